"""Markings told by who asks, who alone may ring and which entry is meant, and words of the press and the phone.

Each case: the file's form and, contact by contact, P professionals only, F not for families, S within school, - none.
"""

import pytest

from tests.reading.marked import MEANING, cases, marks

NOTES = """
=== txt F
A plea from Ann Archer (01632 960102): when parents are cross, please don't hand them her number.
=== txt P
Members of the public cannot be helped on 01632 960102, which is there for professionals.
=== txt F
On no account give a parent Ann Archer's number, 01632 960102.
=== txt F
Whatever you do, don't give Ann Archer's number (01632 960102) to a parent.
=== txt S
Ann Archer would be obliged if you kept her number (01632 960102) to yourselves.
=== txt S
Ann Archer would be grateful if heads did not pass on her number, 01632 960102.
=== txt -
Ann Archer is happy for parents to have her number, 01632 960102.
=== txt -
Ann Archer has said that parents may have her number after all: 01632 960102.
=== txt -
Contrary to what we said last week, 01632 960102 is not confidential and may be given to parents.
=== txt -
Ann Archer's number, 01632 960102, is not a secret: please give it to parents.
=== txt F-
Do parents ask you for Ann Archer's number (01632 960102)? Please don't give it; they should ring the office on
01632 960100.
=== txt P-
The consultation line for professionals has a new number: 01632 960102. The number for families, 01632 960100,
is as before.
=== md FF-
| Service | Number | Families? |
|---|---|---|
| LADO | 01632 960102 | never |
| Nurse | 01632 960103 | not without asking |
| Hub | 01632 960100 | always |
=== md S-P
| Service | Number | Who may use it |
|---|---|---|
| Site team | 01632 960102 | our staff |
| Hub | 01632 960100 | all |
| LADO | 01632 960103 | profs |
=== md P-S
| Service | Number | Shared with |
|---|---|---|
| LADO | 01632 960102 | professionals only |
| Hub | 01632 960100 | public |
| Duty head | 01632 960103 | heads only |
=== md PS-
| Service | Number | Level |
|---|---|---|
| LADO | 01632 960102 | A |
| Duty head | 01632 960103 | B |
| Hub | 01632 960100 | C |

Level A: professionals only. Level B: school staff only. Level C: anyone.
=== txt F-F
LADO            01632 960102   NP
Hub             01632 960100
Nurse           01632 960103   NP

NP: not to be given to parents
=== txt F-
LADO (P) 01632 960102
Hub 01632 960100

(P): please don't give to parents
=== txt PP-
Nos 1 and 2 are for professionals only.

1. LADO 01632 960102
2. Nurse 01632 960103
3. Hub 01632 960100
=== txt PP-
1. LADO 01632 960102
2. Nurse 01632 960103
3. Hub 01632 960100

Numbers 1 and 2 are for professionals only.
=== txt --S
1. LADO 01632 960102
2. Nurse 01632 960103
3. Caretaker 01632 960104

Number 3 is for school staff only.
=== txt PP-
LADO 01632 960102
Nurse 01632 960103
Hub 01632 960100

LADO and nurse are for professionals; the hub is for everyone.
=== txt SS-
The two mobiles below are for heads only.

Ann Archer 07700 900102
Ben Booth 07700 900103
Office 01632 960100
=== txt -SS
Office 01632 960100
Ann Archer 07700 900102
Ben Booth 07700 900103

The mobiles are for heads only; the office is for everybody.
=== txt SS
Ann Archer 07700 900102
Ben Booth 07700 900103

(All for heads only)
=== txt SS
Ann Archer 07700 900102
Ben Booth 07700 900103
^ both heads only
=== html S-
<ul><li>Ann Archer, 01632 960102<ul><li>school staff only</li></ul></li><li>Hub, 01632 960100</li></ul>
=== html PP-
<details>
<summary>For professionals only</summary>
<ul>
<li>LADO 01632 960102</li>
<li>Nurse 01632 960103</li>
</ul>
</details>
<h2>For all</h2>
<ul>
<li>Hub 01632 960100</li>
</ul>
=== html P-
<div class="card">
<strong>LADO</strong> <em>(professionals)</em>
<br>01632 960102</div>
<div class="card">
<strong>Hub</strong>
<br>01632 960100</div>
=== html F-
<p>LADO <a href="tel:01632960102">01632 960102</a> <abbr title="not for parents">(not for parents)</abbr>
</p>
<p>Hub <a href="tel:01632960100">01632 960100</a>
</p>
=== txt -
Parents who are worried should not be told to ring the police; they can ring 01632 960102.
=== txt -
Heads are not to ring 01632 960102 to chase invoices.
=== txt -
Schools are asked not to ring 01632 960102 before nine.
=== txt -
Please don't use 01632 960102 for anything but referrals.
=== txt -
01632 960102 is not for general enquiries.
=== txt -
Staff must not use their own phones to ring parents. School office: 01632 960102.
=== txt -
Only the head should speak to the press. Press desk: 01632 960102.
=== txt -
Say nothing to the press; refer them to 01632 960102.
=== txt -
The draft is embargoed and not for publication. Press desk: 01632 960102.
=== txt -
Our counsellors (01632 960102) keep what pupils tell them private.
=== txt -
Childline, 01632 960102, is private and confidential.
=== txt -
Keep your school's login private. Forgotten it? Ring 01632 960102.
=== txt -
The staff room is private. Visitors should ring 01632 960102.
=== txt -
Only two schools have not replied: ring 01632 960102.
=== txt -
Only staff with a badge may park. Site team: 01632 960102.
=== txt -
Just heads this time: please reply to ann@example.org.
=== txt -
Interpreters are for professionals to book: ring 01632 960102.
=== txt -
Restricted places: ring 01632 960102 soon.
=== txt -
Internal verification is on Friday. Ann Archer, 01632 960102.
=== txt -
Ann Archer (internal candidate) joins us in June: 01632 960102.
=== txt -
Public health nurse: Ann Archer, 01632 960102
=== txt -
Ann Archer, not Ben Booth, now leads: 01632 960102
"""


@pytest.mark.parametrize(("form", "expected", "text"), cases(NOTES))
def test_a_marking_covers_whom_it_means(form: str, expected: str, text: str) -> None:
    assert marks(text, form) == [MEANING[letter] for letter in expected]
