"""What a marking speaks of: a subject, a sentence before or after, an exception, a badge, a rule that is lifted.

Each case: the file's form and, contact by contact, P professionals only, F not for families, S within school, - none.
"""

import pytest

from tests.reading.marked import MEANING, cases, marks

NOTES = """
=== txt F-
Ann Archer, LADO: 01632 960102
Ben Booth, nurse: 01632 960103

A word about Ann's number. It is not to be given to parents.
=== txt -
Book with cpd@example.org by Friday.

The hall projector is for school use only, so bring your own.
=== txt -
Ask Ann Archer for batteries: 01632 960102. The alarms are for school use only.
=== txt -
The alarms are for school use only. Ask Ann Archer for batteries: 01632 960102.
=== txt -
Ann Archer, 01632 960102. The yellow form is confidential.
=== txt -
Ann Archer, 01632 960102. Passwords are never shared, not even with her.
=== txt -
The back entrance is private. Reception is on 01632 960102.
=== txt -
Reception is on 01632 960102 (ext. 4 for internal calls).
=== txt -
The car park is for staff only. Site office: 01632 960102.
=== txt -
The first-aid cupboard is for staff use only. Ann Archer, 01632 960102, has the key.
=== txt PPP-
As the subject line says, the numbers in this message are for professionals only. The one exception is the family hub.

LADO: 01632 960102
Nurse: 01632 960103
Deputy: 01632 960104
Family hub: 01632 960100
=== txt PP-
The numbers in this letter are for professionals only. The only exception is the helpline.

LADO: 01632 960102
Nurse: 01632 960103
Helpline: 01632 960100
=== txt SS-
Please do not publish the numbers below. This does not apply to the helpline.

LADO: 01632 960102
Nurse: 01632 960103
Helpline: 01632 960100
=== txt FF-
None of the numbers below are for parents. The helpline is the exception.

LADO: 01632 960102
Nurse: 01632 960103
Helpline: 01632 960100
=== md SS--
# Handbook, chapter 4

> All names and numbers in this chapter are for staff of the trust and must not be passed on outside it, except
those in 4.3.

## 4.1 First

Ann Archer, 01632 960102.

## 4.2 Next

Ben Booth, 01632 960103.

## 4.3 Outside bodies

- Front door 01632 960100
- Helpline 01632 960101
=== md PP-
# Who to ring

Numbers in this guide are for professionals only, apart from those in section 3.

## 1. LADO

Ann Archer, 01632 960102.

## 2. Nurse

Ben Booth, 01632 960103.

## 3. Helplines

- Front door 01632 960100
=== md PP-
# Who to ring

Numbers in this leaflet are for professionals only, except those under Helplines.

## LADO

Ann Archer, 01632 960102.

## Nurse

Ben Booth, 01632 960103.

## Helplines

- Front door 01632 960100
=== txt SSS-
The numbers below are for schools only, please don't put them in newsletters.

  Mondays       Ann Archer          01632 960102
  Tuesdays      Ben Booth           01632 960103
  Wednesdays    Ann Archer          as Monday
  Thursdays     Cy Dale             07700 900104

Who families should be pointed to
  Front door, any hour              01632 960100
=== txt S-
Ann Archer takes referrals at ann@example.org. The chair asked that Ann's details stay among school staff; a
leaflet for parents, with the team's own number (01632 960123), is coming.
=== txt FFF-
CALL THESE FOR ADVICE
*** NOT FOR FAMILIES - PLEASE DO NOT HAND THESE OUT ***

Front door
    01632 960102
Nurse: Ann Archer
    01632 960103
Adviser: Ben Booth
    07700 900104

PUT THESE ON YOUR NOTICEBOARD

Helpline
    01632 960100
=== txt SS-
WHEN STAFF ARE ACCUSED
(heads and chairs only; nobody else should hold these numbers)

LADO: Ann Archer
    01632 960102
Duty solicitor
    01632 960103

FOR EVERYBODY

Helpline
    01632 960100
=== html -PP
<h1>Directory</h1>
<p>“Practitioners” means that the details are for people who work with children and may not be given to parents.</p>
<h3>Front door</h3><p>01632 960100</p>
<h3>Consultation line <span>Practitioners</span></h3><p>01632 960102</p>
<h3>LADO <span>Practitioners</span></h3><p>Ann Archer<br>01632 960103</p>
=== txt S-
Entries marked RESTRICTED are for school staff only.

Ann Archer 01632 960102 RESTRICTED
Front door 01632 960100
=== txt F-
Numbers marked "school" must not be given to parents.

Ann Archer 01632 960102 (school)
Front door 01632 960100
=== txt -PP
Helpline: 01632 960100
LADO: 01632 960102
Nurse: 01632 960103

Only the first of these may be given to parents; the others are for professionals.
=== txt -FF
Helpline: 01632 960100
LADO: 01632 960102
Nurse: 01632 960103

Only the helpline is for parents. Please don't pass on the others to families.
=== txt P-
LADO: 01632 960102
Helpline: 01632 960100

The former is for professionals only, the latter for anyone.
=== txt -P
Helpline: 01632 960100
LADO: 01632 960102

The former is for anyone, the latter for professionals only.
=== txt -S
Ring the office on 01632 960100 or, if it is shut, the caretaker on 07700 900102; the second is for staff only.
=== txt S-
Ann Archer's mobile (07700 900102) should stay among heads, whereas the office (01632 960100) takes calls from anyone.
=== txt -S
The office (01632 960100) takes calls from anyone, whereas Ann Archer's mobile (07700 900102) should stay among heads.
=== txt -S
You may give the office number, 01632 960100, to parents but not Ann Archer's mobile, 07700 900102, which is for
staff only.
=== txt -F
You may give the office number, 01632 960100, to parents but not Ann Archer's mobile, 07700 900102.
=== txt F-
Please do not give Ann Archer's mobile (07700 900102) to parents; give them the office number (01632 960100).
=== txt F-
Ann Archer's mobile (07700 900102) is not for parents, who should be given the office number (01632 960100) instead.
=== txt -
The line, 01632 960102, used to be for professionals only and is now open to all.
=== txt -
01632 960102 was until now for professionals only. It can now be given to parents.
=== txt -
01632 960102 is no longer restricted to professionals.
=== txt -
From Monday 01632 960102 ceases to be for professionals only.
=== txt -
The consultation line was kept for schools while we found staff. That is over: the number, 01632 960822, can now
be shared with parents and may go on your website.
=== txt -
We said last term that 01632 960102 was not for parents. That no longer holds.
=== txt -
We asked you last term not to give 01632 960102 to parents. You may now do so.
=== txt -
The restriction on 01632 960102 (professionals only) has been lifted.
=== txt -
Last year's list was marked professionals only. This one is not: front door 01632 960102.
=== txt F
01632 960102 is no longer for parents.
=== txt P
From Monday the line, 01632 960102, is for professionals only; parents used to ring it too.
=== txt P
01632 960102 can no longer be given to parents; from now on it is for professionals only.
=== md P-
## Consultation (professionals only)

Monday to Friday, nine to five.

01632 960102

## Front door

01632 960100
=== md PP
# Contacts

*All contacts on this page: professionals only*

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md PP
- Ann Archer 01632 960102
- Ben Booth 01632 960103

---

*This contact sheet is for professionals only.*
=== txt SS
SAFEGUARDING DUTY ROTA (SCHOOLS ONLY)

Mon  Ann Archer  01632 960102
Tue  Ben Booth   01632 960103
=== txt --
BRIEFING FOR HEADS ONLY

Ann Archer: 01632 960102
Ben Booth: 01632 960103
=== md SS
| Name | Tel |
|---|---|
| Ann Archer | 01632 960102 |
| Ben Booth | 01632 960103 |

Table for internal use only.
=== md SS
Table 1: numbers for school staff only

| Name | Tel |
|---|---|
| Ann Archer | 01632 960102 |
| Ben Booth | 01632 960103 |
=== md F-
| Name | Tel | Share with families? |
|---|---|---|
| Ann Archer | 01632 960102 | Please don't |
| Front door | 01632 960100 | By all means |
=== md F-
| Name | Tel | Families may be told |
|---|---|---|
| Ann Archer | 01632 960102 | ✘ |
| Front door | 01632 960100 | ✔ |
=== md F-P
| Name | Tel | Notes |
|---|---|---|
| Ann Archer | 01632 960102 | NOT parents |
| Front door | 01632 960100 | all |
| LADO | 01632 960103 | Profs |
=== md S-
| Name | Tel | Publish? |
|---|---|---|
| Ann Archer | 01632 960102 | N |
| Front door | 01632 960100 | Y |
=== txt SP-F
Name                     What for                    Number          Code
Duty head                staff                       01632 960101    SO
LADO                     allegations                 01632 960102    PO
Front door               any worry about a child     01632 960100    -
Ann Archer               exclusions                  01632 960104    NFP

Codes:  NFP = not for parents.   PO = professionals only.   SO = school staff only.   - = give it to whoever asks.
=== txt F-
Ann Archer, 01632 960102 (NFP)
Front door, 01632 960100

NFP: not for parents
=== txt S-
(C) confidential to DSLs

Ann Archer, 01632 960102 (C)
Front door, 01632 960100
=== txt F--
◆ Ann Archer 01632 960102
○ Front door 01632 960100
○ Helpline 01632 960103

◆ not for parents   ○ anyone
=== txt P-
LADO (Ann Archer): 01632 960102; this and no other is for professionals only.
Helpline: 01632 960100
=== txt FF-
Ann Archer 01632 960102
Ben Booth 01632 960103
} neither to be given to parents

Front door 01632 960100
=== txt F
Ann Archer's direct line (please, not for parents) is 01632 960102.
=== txt F
Our nurse will be happy to advise schools, though not families, on 01632 960102.
=== txt P
Our nurse will be happy to advise professionals, though not families, on 01632 960102.
=== txt S
Call 01632 960102 - heads only - if the school has to close.
=== txt S
If the school has to close, heads (and only heads) ring 01632 960102.
=== txt S
Heads alone should ring 01632 960102.
=== txt P
Professionals alone should ring 01632 960102.
=== txt P
If, and only if, you are a professional, ring 01632 960102.
=== txt P
Professionals who need advice, and nobody else, may ring 01632 960102.
=== txt F
You can reach Ann Archer on 01632 960102, which we would ask you not to share with families.
=== txt S
You can reach Ann Archer on 01632 960102, which we would ask you not to share.
=== txt S
You can reach Ann Archer on 01632 960102 - a number she'd be grateful if you didn't publish.
=== txt S
Ann Archer has let us have her mobile, 07700 900102, on the understanding that it goes no further.
=== txt S
Ann Archer has let us have her mobile, 07700 900102, on condition that it stays in school.
=== txt F
Ann Archer has let us have her mobile, 07700 900102, on the understanding that parents do not get it.
=== txt F
Ann Archer's mobile is 07700 900102 provided it isn't given to parents.
=== txt --
Ann Archer, 01632 960102, and Ben Booth, 01632 960103, work with schools only on Tuesdays.
=== txt -
Ann Archer (01632 960102) works only with schools.
=== txt -
Ann Archer (01632 960102) works with primary schools only.
=== txt -
Advice for primary schools only: 01632 960102
=== txt -
Ann Archer, 01632 960102, supports school staff only; a colleague supports governors.
=== txt -
Swimming (primary schools only): risk assessments to Ann Archer, 01632 960102.
=== txt -
The offer is for maintained schools only. Details from Ann Archer, 01632 960102.
=== txt -
Free to schools in the trust only. Details from Ann Archer, 01632 960102.
=== txt -
This leaflet is not for parents; for the parents' version ask Ann Archer, 01632 960102.
=== txt -
The film is not to be shown to parents. To borrow it ring Ann Archer, 01632 960102.
=== txt -
The code for the door is not to be given to pupils. Site office 01632 960102.
=== txt -
Governors only should vote. Clerk: Ann Archer, 01632 960102.
=== txt -
Part two of the meeting is confidential and not for parents or governors. Clerk: Ann Archer, 01632 960102.
=== md --
# News

Letters have gone to professionals only.

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md --
# News

The badge scheme is for school staff only.

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== txt -
Please do not share the password. Ann Archer: 01632 960102
=== txt -
Sessions for designated leads only: Tuesday 9 January, 2pm. Book with prevent@example.org.
=== txt -S
Front door: 01632 960100

LADO: 01632 960102
For heads only
=== txt F-
Contextual safeguarding
Ann Archer
01632 960102
ann@example.org
Not for parents

Front door
01632 960100
=== md F-
**Ann Archer**
Contextual safeguarding
01632 960102
*Not for parents*

**Front door**
01632 960100
=== html F-
<div>
<h3>Ann Archer</h3>
<p>01632 960102</p>
<p class="note">Not to be passed to families</p>
</div>
<div>
<h3>Front door</h3>
<p>01632 960100</p>
</div>
=== html F-
<div>
<h3>Ann Archer</h3>
<p class="note">Not to be passed to families</p>
<p>01632 960102</p>
</div>
<div>
<h3>Front door</h3>
<p>01632 960100</p>
</div>
=== html P-
<dl><dt>LADO</dt><dd>01632 960102</dd><dd>Professionals only</dd><dt>Front door</dt><dd>01632 960100</dd></dl>
=== html P-
<table>
<tr>
<td>LADO<br>(professionals only)</td>
<td>01632 960102</td>
</tr>
<tr>
<td>Front door</td>
<td>01632 960100</td>
</tr>
</table>
=== html PP-
<table>
<tr>
<th colspan="2">Professionals only</th>
</tr>
<tr>
<td>LADO</td>
<td>01632 960102</td>
</tr>
<tr>
<td>Nurse</td>
<td>01632 960103</td>
</tr>
<tr>
<th colspan="2">Anyone</th>
</tr>
<tr>
<td>Front door</td>
<td>01632 960100</td>
</tr>
</table>
=== eml -S
From: Cy Dale <cy@example.org>
Subject: FW: News
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

Dear all

Reply to me on 01632 960100.

Please keep Ann's mobile to yourselves: 07700 900102.
=== txt F
Never share Ann's own mobile with parents: it is 07700 900102.
=== txt F-
Staff must never give out Ann Archer's mobile to a parent (07700 900102). The office will take a message on
01632 960100.
=== txt S-
Staff must never share the head's mobile: 07700 900102. The office is 01632 960100.
=== txt -
Staff must never share their own mobile numbers. The office is 01632 960100.
=== txt -
Never share a colleague's mobile number with parents. The office is 01632 960100.
=== txt -
Teachers' mobiles are not to be given to parents. The office is 01632 960100.
"""


@pytest.mark.parametrize(("form", "expected", "text"), cases(NOTES))
def test_a_marking_covers_whom_it_means(form: str, expected: str, text: str) -> None:
    assert marks(text, form) == [MEANING[letter] for letter in expected]
