"""Which of several numbers a marking speaks of, in sentences, signatures, tables and headings, and what marks none.

Each case: the file's form and, contact by contact, P professionals only, F not for families, S within school, - none.
"""

import pytest

from tests.reading.marked import MEANING, cases, marks

NOTES = """
=== txt P-
LADO: Ann Archer
Tel: 01632 960102
Professionals only

MASH
Tel: 01632 960100
=== txt PS-
LADO
  Ann Archer
  01632 960102
  (professionals only)
Duty head
  Ben Booth
  07700 900103
  (heads only)
MASH
  01632 960100
=== md P-
### LADO

Ann Archer, 01632 960102, ann@example.org

*This number is for professionals only.*

### MASH

01632 960100
=== md P-
### LADO

*For professionals only.*

Ann Archer, 01632 960102, ann@example.org

### MASH

01632 960100
=== md PP-
### LADO team

Ann Archer, 01632 960102

Ben Booth, 01632 960103

*Both numbers are for professionals only.*

### MASH

01632 960100
=== txt -F
The nurse is on 01632 960100 and her manager on 01632 960102, though the latter is not for parents.
=== txt F-
The manager is on 01632 960102 and the nurse on 01632 960100; the first is not for parents.
=== txt FF
The manager is on 01632 960102 and the nurse on 01632 960100; neither is for parents.
=== txt FF
The manager is on 01632 960102 and the nurse on 01632 960100, both of which should be kept from parents.
=== txt F-
Parents should not be given Ann Archer's number (01632 960102) but may have the front door's (01632 960100).
=== txt -F
Parents may have the front door's number (01632 960100) but should not be given Ann Archer's (01632 960102).
=== txt -P
Anybody may ring 01632 960100; only professionals may ring 01632 960102.
=== txt P-
Only professionals may ring 01632 960102; anybody may ring 01632 960100.
=== txt P-
01632 960102 (professionals) or 01632 960100 (public)
=== txt -P
Tel 01632 960100 (public) / 01632 960102 (professionals only)
=== txt P-
MASH professionals' line 01632 960102; public line 01632 960100
=== txt P-
For professionals: 01632 960102. For the public: 01632 960100.
=== txt P-
Professional enquiries: 01632 960102. All other enquiries: 01632 960100.
=== txt P-
Professionals – 01632 960102
Parents and carers – 01632 960100
=== md P-
- **Professionals:** 01632 960102
- **Parents and carers:** 01632 960100
=== md S-
- **Schools' line (not for publication):** 01632 960102
- **Public line:** 01632 960100
=== txt -
Schools: 01632 960102
=== txt --
Schools: 01632 960102
Parents: 01632 960100
=== txt S-
Ann Archer's mobile, 07700 900102, is for emergencies and for heads only. Her office is 01632 960100.
=== txt -S
My office number is 01632 960100. My mobile is 07700 900102 - please don't pass that on.
=== txt -S
My office number is 01632 960100, and my mobile, which is for you alone, is 07700 900102.
=== md -S
| Role | Number |
|---|---|
| Front door | 01632 960100 |
| Caretaker (staff only) | 07700 900102 |
=== md -S
| Role | Number |
|---|---|
| Front door | 01632 960100 |
| Caretaker | 07700 900102 (staff only) |
=== md -S
| Role | Number | |
|---|---|---|
| Front door | 01632 960100 | |
| Caretaker | 07700 900102 | staff only |
=== md -SS
| Role | Number | Notes |
|---|---|---|
| Front door | 01632 960100 | 24 hours |
| Caretaker | 07700 900102 | staff only |
| Deputy | 07700 900103 | as above |
=== md -SS
| Role | Number | Notes |
|---|---|---|
| Front door | 01632 960100 | 24 hours |
| Caretaker | 07700 900102 | staff only |
| Deputy | 07700 900103 | ditto |
=== md F-F
| Role | Number | OK for parents? |
|---|---|---|
| Nurse | 01632 960102 | no |
| Front door | 01632 960100 | yes |
| LADO | 01632 960103 | NO |
=== md -F-
| Role | Number | Not for parents |
|---|---|---|
| Front door | 01632 960100 | |
| Nurse | 01632 960102 | x |
| Helpline | 01632 960103 | |
=== md -P-
| Role | Number | Prof only |
|---|---|---|
| Front door | 01632 960100 | N |
| Nurse | 01632 960102 | Y |
| Helpline | 01632 960103 | N |
=== md PFS-
| Role | Number | Share with |
|---|---|---|
| LADO | 01632 960102 | Professionals only |
| Nurse | 01632 960103 | Anyone except parents |
| Caretaker | 01632 960104 | School staff |
| Front door | 01632 960100 | Anyone |
=== md PS-
| Role | Number | Audience |
|---|---|---|
| LADO | 01632 960102 | Practitioners |
| Caretaker | 01632 960104 | Heads |
| Front door | 01632 960100 | Families |
=== md S-S
| Role | Number | May be printed in newsletters? |
|---|---|---|
| LADO | 01632 960102 | No |
| Front door | 01632 960100 | Yes |
| Caretaker | 01632 960104 | No |
=== md SS-
| Role | Number | Confidential? |
|---|---|---|
| LADO | 01632 960102 | Yes |
| Caretaker | 01632 960104 | Yes |
| Front door | 01632 960100 | No |
=== html PP-
<table>
<caption>Professionals only</caption>
<tr>
<td>LADO</td>
<td>01632 960102</td>
</tr>
<tr>
<td>Nurse</td>
<td>01632 960103</td>
</tr>
</table>
<p>MASH 01632 960100</p>
=== html PP-
<table>
<tr>
<td>LADO</td>
<td>01632 960102</td>
</tr>
<tr>
<td>Nurse</td>
<td>01632 960103</td>
</tr>
</table>
<p>The above numbers are for professionals only.</p>
<p>MASH 01632 960100</p>
=== html PP-
<p>The following numbers are for professionals only.</p>
<table>
<tr>
<td>LADO</td>
<td>01632 960102</td>
</tr>
<tr>
<td>Nurse</td>
<td>01632 960103</td>
</tr>
</table>
<p>MASH 01632 960100</p>
=== html SS-
<h2>Heads only</h2>
<ul>
<li>Ann Archer 01632 960102</li>
<li>Ben Booth 01632 960103</li>
</ul>
<h2>Everyone</h2>
<ul>
<li>MASH 01632 960100</li>
</ul>
=== html SS-
<fieldset>
<legend>Heads only</legend>
<p>Ann Archer 01632 960102</p>
<p>Ben Booth 01632 960103</p>
</fieldset>
<fieldset>
<legend>Everyone</legend>
<p>MASH 01632 960100</p>
</fieldset>
=== html S-
<p>Ann Archer<br>Tel: 01632 960102<br><i>Internal use only</i></p><p>MASH<br>Tel: 01632 960100</p>
=== html S-
<p><i>Internal use only</i><br>Ann Archer<br>Tel: 01632 960102</p><p>MASH<br>Tel: 01632 960100</p>
=== txt SSS
CONTACTS - INTERNAL

Ann Archer 01632 960102
Ben Booth 01632 960103
Cy Dale 01632 960104
=== txt SS--
Contacts

Internal
Ann Archer 01632 960102
Ben Booth 01632 960103

External
Front door 01632 960100
Helpline 01632 960101
=== txt FF--
USEFUL NUMBERS

Not to be given to parents:
LADO 01632 960102
Nurse 01632 960103

For parents:
Front door 01632 960100
Helpline 01632 960101
=== txt --FF
USEFUL NUMBERS

These can go in newsletters:
Front door 01632 960100
Helpline 01632 960101

These must not go to parents:
LADO 01632 960102
Nurse 01632 960103
=== txt FF-
LADO 01632 960102, nurse 01632 960103 (neither for parents), front door 01632 960100.
=== txt -S-
Monday: Ann Archer 01632 960101
Tuesday: Ben Booth 07700 900102 (his own mobile, please don't share)
Wednesday: Cy Dale 01632 960103
=== txt S
Dear colleague

If you need me over half term I am on 07700 900102. Please don't give this to anyone else.

Ann Archer
=== txt F
Dear colleague

If you need me over half term I am on 07700 900102. I should be glad if this were not passed to parents.

Ann Archer
=== txt S
Dear colleague

I am on 07700 900102 over half term. You have this as heads; it goes no further.

Ann Archer
=== eml -S
From: Ann Archer <ann.archer@example.org>
Subject: Half term
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

Dear all

The duty line over half term is 07700 900102. Please keep this number within your school.

Regards
Ann
=== eml -P
From: Ann Archer <ann.archer@example.org>
Subject: New line
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

Dear all

We have a new line for professionals on 01632 960102.

Regards
Ann
=== eml S
From: Ann Archer <ann.archer@example.org>
Subject: Half term
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

Dear all

Nothing this week.

Ann Archer
Head of Service
01632 960102 (direct, not for onward circulation)
=== eml -
From: Ann Archer <ann.archer@example.org>
Subject: Half term
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

Dear all

Nothing this week.

Ann Archer
Head of Service
01632 960102

This e-mail is confidential and intended for the addressee only. If you are not the addressee please do not copy
or share it.
=== eml -
From: Ann Archer <ann.archer@example.org>
Subject: Half term
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

Dear all

Nothing this week.

Ann Archer
Head of Service
01632 960102
Private and confidential: the contents of this message are for the recipient only.
=== eml -
From: Ann Archer <ann.archer@example.org>
Subject: Half term
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

OFFICIAL

Dear all

Nothing this week.

Ann Archer
01632 960102
=== txt -
OFFICIAL-SENSITIVE

Minutes of the board

Clerk: Ann Archer, 01632 960102
=== txt --
RESTRICTED

Report to governors

Ann Archer, 01632 960102
Ben Booth, 01632 960103
=== txt --
STRICTLY CONFIDENTIAL

Report to governors

Ann Archer, 01632 960102
Ben Booth, 01632 960103
=== md --
# Minutes (confidential)

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md --
# Safeguarding briefing for professionals

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md --
# Bulletin

For school staff

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md --
# Bulletin for heads and DSLs

Please share with staff but not with parents.

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md --
## News for practitioners

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md --
## Training for school staff only

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md --
## Information for professionals

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md PP
## Numbers for professionals

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md SS
## Confidential numbers

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md SS
## Contacts for school use

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== txt -
A leaflet for parents is coming; until then please do not share the draft. Ann Archer, 01632 960102.
=== txt -
Please do not forward this e-mail. Ann Archer, 01632 960102.
=== txt -
The dates are not to be published before Friday. Ann Archer, 01632 960102.
=== txt -
Ann Archer, 01632 960102. The address of the refuge is not to be given to parents.
=== txt -
Ann Archer, 01632 960102. The child's new address must never be given to a parent.
=== txt -
Ann Archer, 01632 960102. Do not give a pupil's new address to a former carer.
=== txt -
Ann Archer, 01632 960102. Staff phones are not to be used in front of pupils.
=== txt -
Ann Archer, 01632 960102. The side gate is for staff only.
=== txt -
Ann Archer, 01632 960102. Side gate: staff only.
=== txt -
Ann Archer, 01632 960102. Tea for staff only afterwards.
=== txt -
Ann Archer, 01632 960102, advises heads only on admissions.
=== txt -
The network is for DSLs only. To join write to Ann Archer, ann@example.org.
=== txt -
Governors only: please send your declarations to Ann Archer, ann@example.org.
=== txt -
DSLs only: please complete the survey by Friday and send it to ann@example.org.
=== txt -
Secondary schools only: send Year 11 destinations to ann@example.org.
=== txt -
For heads: please send your staffing return to ann@example.org.
=== txt -
Heads only need reply if something has changed (ann@example.org).
=== txt -
Schools need only send one return, to ann@example.org.
=== txt -
Please send only the form, not the evidence, to ann@example.org.
=== txt -
Not for parents' evenings but for all other bookings ring 01632 960102.
=== txt -
Parents cannot book through this address: ann@example.org is for invoices.
=== txt -
Parent governors should write to ann@example.org.
=== txt -
Please do not send children home without ringing 01632 960102.
=== txt -
Parents must not be charged. Queries to 01632 960102.
=== txt -
No parent should be turned away: ring 01632 960102.
=== txt -
Do not wait for the parents to agree. Ring 01632 960102.
=== txt -
Please do not ring parents before you have spoken to the front door, 01632 960102.
=== txt -
Do not tell parents about a referral before speaking to 01632 960102.
=== txt -
Please do not speak to the family until you have rung 01632 960102.
=== txt -
Please do not share this with the family until you have rung 01632 960102.
=== txt -
If you must not tell the parents, ring 01632 960102 for advice.
=== txt -
Never promise confidentiality to a child. Advice: 01632 960102.
=== txt -
All information is held in confidence. Ring Ann Archer on 01632 960102.
=== txt -
You can talk to Ann Archer in confidence on 01632 960102.
=== txt -
Calls to 01632 960102 are treated in confidence.
=== txt -
Ring 01632 960102 in confidence at any time.
=== txt -
Ring Ann Archer on 01632 960102. Please do not share names on the phone.
=== txt -
Send it by secure e-mail only to ann@example.org.
=== txt -
Ann Archer works with professionals and families: 01632 960102.
=== txt -
Advice for parents and professionals. Ann Archer, 01632 960102.
=== txt -
Ann Archer, parent support, 01632 960102 (parents can ring her directly)
=== txt -
Ann Archer is the named professional: 01632 960102.
=== md PF-PF-
- Red: for professionals only
- Amber: never to be given to parents
- Green: print it wherever you like

| Line | Number | Colour |
|---|---|---|
| LADO | 01632 960102 | Red |
| Nurse | 01632 960103 | Amber |
| Front door | 01632 960100 | Green |
| Police | 01632 960104 | Red |
| Taxis | 01632 960105 | Amber |
| Hub | 01632 960106 | Green |
=== txt P-P
Handling: this sheet is for professionals. Nothing on it may be passed to parents unless the entry says OPEN.

1  Emergency duty team      01632 960102
2  Front door               01632 960100  OPEN
3  Police control room      01632 960104
=== txt -S
LIST A
Front door       01632 960100

LIST B
Chief executive  01632 960102

List A can be printed in the end-of-term letter. List B is internal and should go no further than your team.
=== md P-P
## Council

- LADO – 01632 960102
- Front door – 01632 960100

## Partners

- Sgt Ann Archer – 07700 900104

## Before the frost

Every school needs a gritting plan.

All of the above, apart from the front door, are numbers for professionals and should not be given to families.
=== txt PP
PC Ann Archer (north)   07700 900442
PC Ben Booth (south)    07700 900443
School gates operation begins on Monday. Please don't tell pupils about it.
The two police numbers above are for professionals only.
=== txt -
The listening service, 020 7946 0864, was closed to families in the spring. That has ended: it may be given to
parents again.
"""


@pytest.mark.parametrize(("form", "expected", "text"), cases(NOTES))
def test_a_marking_covers_whom_it_means(form: str, expected: str, text: str) -> None:
    assert marks(text, form) == [MEANING[letter] for letter in expected]
