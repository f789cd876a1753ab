"""Which contacts a marking covers that is told by a key, a column, a section or a sentence apart.

Each case: the file's form and, contact by contact, P professionals only, F not for families, S within school, - none.
"""

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.items import Marking
from haven.engines.reading.who.contacts import find_contacts

MEANING = {"P": Marking.PROFESSIONAL_ONLY, "F": Marking.NOT_FOR_PARENTS, "S": Marking.INTERNAL, "-": None}
CASES = """
=== txt -SS
Insp Quayle ...... 01632 960540
Sgt Farrant ...... 07700 900540
PC Haldane ...... 07700 900541
Mobile numbers above are for school staff only.
=== txt -F
Ann Archer: 01632 960102
Ben Booth: 07700 900103

Please do not give the mobile numbers to parents.
=== txt -P
Mobiles are for professionals only.

Ann Archer: 01632 960102
Ben Booth: 07700 900103
=== txt -PP
The numbers below are for professionals only, except the front door.

Front door: 01632 960100
Ann Archer, LADO: 01632 960102
Ben Booth, nurse: 01632 960103
=== txt -S
All of these are for school staff only apart from the helpline.

Helpline: 01632 960100
Ann Archer, LADO: 01632 960102
=== txt FF-
Ann Archer, LADO: 01632 960102
Ben Booth, nurse: 01632 960103
Front door: 01632 960100

None of these may be given to parents, other than the front door.
=== txt S-
Ann Archer, LADO: 01632 960102
Ben Booth, nurse: 01632 960103

Please do not share these numbers, with the exception of Ben Booth's.
=== txt PS-
Key: P = professionals only; S = school staff only; A = anyone

Ann Archer (P) 01632 960102
Ben Booth (S) 01632 960103
Front door (A) 01632 960100
=== txt PS-
Ann Archer [P] 01632 960102
Ben Booth [S] 01632 960103
Front door 01632 960100

[P] professionals only
[S] schools only
=== txt PF-
Ann Archer* 01632 960102
Ben Booth** 01632 960103
Front door 01632 960100

* professionals only
** not for parents
=== md PS-
| Name | Tel | Code |
|---|---|---|
| Ann Archer | 01632 960102 | P |
| Ben Booth | 01632 960103 | S |
| Front door | 01632 960100 | A |

P: professionals only. S: staff only. A: anybody.
=== md PS-
| Name | Tel | Code |
|---|---|---|
| Ann Archer | 01632 960102 | 1 |
| Ben Booth | 01632 960103 | 2 |
| Front door | 01632 960100 | 3 |

1 = professionals only, 2 = schools only, 3 = may be given to parents
=== txt PF-
† professionals only   ‡ not for parents

Ann Archer † 01632 960102
Ben Booth ‡ 01632 960103
Front door 01632 960100
=== txt P-
Ann Archer 01632 960102 (R)
Ben Booth 01632 960103

(R) means restricted to professionals.
=== txt S-
An asterisk means that the number is for school staff only.

Ann Archer* 01632 960102
Ben Booth 01632 960103
=== txt F-
Numbers with an asterisk must not be given to parents.

Ann Archer 01632 960102*
Ben Booth 01632 960103
=== txt S-
Entries marked (C) are confidential to schools.

Ann Archer (C) 01632 960102
Ben Booth 01632 960103
=== md F-
| Name | Tel | Parents? |
|---|---|---|
| Ann Archer | 01632 960102 | No |
| Ben Booth | 01632 960103 | Yes |
=== md F-
| Name | Tel | For parents? |
|---|---|---|
| Ann Archer | 01632 960102 | N |
| Ben Booth | 01632 960103 | Y |
=== md P-
| Name | Tel | Professionals only |
|---|---|---|
| Ann Archer | 01632 960102 | Yes |
| Ben Booth | 01632 960103 | No |
=== md P-
| Name | Tel | Professionals only |
|---|---|---|
| Ann Archer | 01632 960102 | ✓ |
| Ben Booth | 01632 960103 | |
=== md S-
| Name | Tel | Staff only? |
|---|---|---|
| Ann Archer | 01632 960102 | Y |
| Ben Booth | 01632 960103 | N |
=== md P-S
| Name | Tel | Audience |
|---|---|---|
| Ann Archer | 01632 960102 | Professionals |
| Ben Booth | 01632 960103 | Parents and schools |
| Cy Dale | 01632 960104 | Schools |
=== md F-S
| Name | Tel | Handling |
|---|---|---|
| Ann Archer | 01632 960102 | Do not give to parents |
| Ben Booth | 01632 960103 | None |
| Cy Dale | 01632 960104 | Keep within school |
=== md S-P
| Name | Tel | Who can have it |
|---|---|---|
| Ann Archer | 01632 960102 | DSLs and heads |
| Ben Booth | 01632 960103 | Parents, schools, anyone |
| Cy Dale | 01632 960104 | Professionals, not families |
=== md S-P
| Name | Tel | Notes |
|---|---|---|
| Ann Archer | 01632 960102 | not on the website please |
| Ben Booth | 01632 960103 | mornings |
| Cy Dale | 01632 960104 | professionals |
=== md S-
| Name | Tel | OK to share? |
|---|---|---|
| Ann Archer | 01632 960102 | No |
| Ben Booth | 01632 960103 | Yes |
=== md S-
| Name | Tel | Can go on website |
|---|---|---|
| Ann Archer | 01632 960102 | No |
| Ben Booth | 01632 960103 | Yes |
=== md S-
| Name | Tel | Restricted? |
|---|---|---|
| Ann Archer | 01632 960102 | Yes - staff |
| Ben Booth | 01632 960103 | no |
=== md P
| Name | For professionals | For families |
|---|---|---|
| MASH | 01632 960102 | 01632 960103 |
=== txt P-S
Name	Tel	Who for
Ann Archer	01632 960102	professionals
Ben Booth	01632 960103	anyone
Cy Dale	01632 960104	school staff
=== txt P-S
Name              Number          Open to
Ann Archer        01632 960102    professionals
Front door        01632 960103    anyone
Cy Dale           01632 960104    school staff
=== md FF-
## Numbers (not for parents)

- Ann Archer 01632 960102
- Ben Booth 01632 960103

## Numbers for parents

- Front door 01632 960100
=== md PP-
Contacts. The next two numbers are for professionals only.

- Ann Archer 01632 960102
- Ben Booth 01632 960103
- Front door 01632 960100
=== md PP-
- Ann Archer 01632 960102
- Ben Booth 01632 960103
- Front door 01632 960100

The first two numbers are for professionals only.
=== md --F
- Ann Archer 01632 960102
- Ben Booth 01632 960103
- Front door 01632 960100

The last of these is not for parents.
=== md -SS
- Ann Archer 01632 960102
- Ben Booth 01632 960103
- Front door 01632 960100

The last two are for school staff only.
=== txt FF-
Ann Archer 01632 960102
Ben Booth 01632 960103

Neither number should be given to parents.

Front door 01632 960100
=== txt P-
Ann Archer 01632 960102
Ben Booth 01632 960103

Ann's number is for professionals only. Ben's may be given to families.
=== txt -F
Ann Archer 01632 960102
Ben Booth 01632 960103

Please don't give Ben's number to parents.
=== txt F-
LADO: 01632 960102
Front door: 01632 960103

The LADO's number must not be given to parents.
=== txt PP-
Bulletin

FOR PROFESSIONALS ONLY
Ann Archer 01632 960102
Ben Booth 01632 960103

FOR ANYONE
Front door 01632 960100
=== txt SS-
Bulletin

Useful numbers

Staff only:
Ann Archer 01632 960102
Ben Booth 01632 960103

Everybody:
Front door 01632 960100
=== md PP-
- Professionals only:
  - Ann Archer 01632 960102
  - Ben Booth 01632 960103
- Anyone:
  - Front door 01632 960100
=== md FF-
- Not for parents
    - Ann Archer 01632 960102
    - Ben Booth 01632 960103
- For parents
    - Front door 01632 960100
=== txt P-
Contacts

LADO (professionals only): Ann Archer, 01632 960102
Nurse: Ben Booth, 01632 960103
=== txt P-
Contacts

LADO - Ann Archer - 01632 960102 - professionals only
Nurse - Ben Booth - 01632 960103
=== txt P-
Contacts

Professionals only - LADO - Ann Archer - 01632 960102
Nurse - Ben Booth - 01632 960103
=== txt P-
Ann Archer can be reached on 01632 960102, a number for professionals only. Ben Booth is on 01632 960103.
=== txt S-
Ring Ann Archer on 01632 960102 (this is her direct line, so please don't pass it on) or Ben Booth on 01632 960103.
=== txt F-
Ann Archer's mobile is 07700 900102. She would rather parents did not have it.

Ben Booth: 01632 960103
=== txt F-
Ann Archer's mobile is 07700 900102; it is not to be given to families.

Ben Booth: 01632 960103
=== txt S-
The out-of-hours number, which is for heads only, is 07700 900102.

Ben Booth: 01632 960103
=== txt S-
The out-of-hours number (07700 900102) is for heads only.

Ben Booth: 01632 960103
=== txt S-
For heads only: out of hours 07700 900102.

Ben Booth: 01632 960103
=== txt F-
Schools may ring 07700 900102 but should not give it to parents.

Ben Booth: 01632 960103
=== txt S-
Please note that 07700 900102 is not to be shared.

Ben Booth: 01632 960103
=== txt P-
We have a new number for professionals: 01632 960102. Parents continue to use 01632 960103.
=== txt -P
Front door: 01632 960100 (parents and professionals). Consultation line: 01632 960102 (professionals).
=== txt P-
Consultation line (professionals only) 01632 960102; families: 01632 960103
=== txt F-S
Ann Archer 01632 960102 | not for parents
Ben Booth 01632 960103 | anyone
Cy Dale 01632 960104 | staff only
=== txt F-
Ann Archer 01632 960102 NOT FOR PARENTS
Ben Booth 01632 960103
=== txt P-
Ann Archer 01632 960102 [OFFICIAL - professionals]
Ben Booth 01632 960103
=== txt P-
Ann Archer 01632 960102 <- professionals only!!
Ben Booth 01632 960103
=== txt F-
Ann Archer 01632 960102. Not for parents, please.
Ben Booth 01632 960103. Happy for this to be shared.
=== txt F-
*Ann Archer 01632 960102
Ben Booth 01632 960103

*not to be given to parents
=== txt P-
Ann Archer 01632 960102 (1)
Ben Booth 01632 960103

(1) professionals only
=== txt P-
Contacts (P = professionals only)

Ann Archer, LADO, 01632 960102 P
Ben Booth, nurse, 01632 960103
=== md PP-
# Contacts

> The following are for professionals only.

- Ann Archer 01632 960102
- Ben Booth 01632 960103

> The rest may be shared.

- Front door 01632 960100
=== md SS-
# Contacts

### Please keep these within school

* Ann Archer 01632 960102
* Ben Booth 01632 960103

### You may give these to families

* Front door 01632 960100
=== md FF-
# Contacts

### For you (not for parents)

* Ann Archer 01632 960102
* Ben Booth 01632 960103

### For parents

* Front door 01632 960100
=== md SS-
# Contacts

### Restricted

* Ann Archer 01632 960102
* Ben Booth 01632 960103

### Open

* Front door 01632 960100
=== md P-
# Contacts

### Professional line

* Ann Archer 01632 960102

### Family line

* Front door 01632 960100
=== md PP-
# Contacts

### For professionals

* Ann Archer 01632 960102
* Ben Booth 01632 960103

### For families

* Front door 01632 960100
=== txt SS
Please do not put any of these numbers on your website.

Ann Archer 01632 960102
Ben Booth 01632 960103
=== txt FF
Ann Archer 01632 960102
Ben Booth 01632 960103

The above are for your information and should not be shared with parents.
=== txt SS
Ann Archer 01632 960102
Ben Booth 01632 960103

(Both for school use only.)
=== txt SS
Ann Archer 01632 960102 - please don't publish
Ben Booth 01632 960103 - ditto
=== txt FFF-
Ann Archer 01632 960102 (not for parents)
Ben Booth 01632 960103 (ditto)
Cy Dale 01632 960104 (likewise)
Front door 01632 960100
=== txt FF-
Ann Archer 01632 960102 (not for parents)
Ben Booth 01632 960103 (as above)
Front door 01632 960100
"""
MARKS_NOBODY = [
    "Please do not give parents the direct numbers of social workers.\n\nFront door: 01632 960100",
    "Front door: 01632 960100. Please do not give parents social workers’ direct numbers.",
    "Front door: 01632 960100. Do not share staff mobile numbers with pupils.",
    "Ring Ann Archer on 01632 960102. Please do not tell parents about the referral.",
    "Ann Archer, 01632 960102. Never give pupils your own mobile number.",
    "Ann Archer, 01632 960102. Do not share passwords.",
    "Ann Archer, 01632 960102. Do not send the form home.",
    "Ann Archer, 01632 960102. Calls are confidential.",
    "Childline: 0800 960102 is free and confidential.",
    "Talk in confidence to Ann Archer on 01632 960102.",
    "For schools: Ann Archer, 01632 960102. For colleges: Ben Booth, 01632 960103.",
    "Ann Archer, adviser for schools, 01632 960102",
    "Advice line for schools: 01632 960102",
    "Only schools with a nursery class need reply, to Ann Archer, 01632 960102.",
    "Staff can only book through Ann Archer, 01632 960102.",
    "Ann Archer (01632 960102) keeps the list of schools.",
    "Please do not publish the list before Friday. Ann Archer, 01632 960102.",
    "Please do not use this address for referrals: ann@example.org",
    "Ann Archer, 01632 960102, works with families and professionals.",
    "Places are limited to two per school. Book with Ann Archer, 01632 960102.",
    "Not for emergencies: 01632 960102",
    "Support for parents and professionals: 01632 960102",
    "Helpline for professionals and parents, 01632 960102",
    "This line is for parents and professionals: 01632 960102",
    "Ann Archer, 01632 960102 (not Fridays). Schools should not ring after 5pm.",
    "Please keep your own staff list up to date; changes to ann@example.org",
    "A leaflet for parents, not for professionals, from ann@example.org.",
    "Places are for school staff only. ann@example.org",
    "The minutes are confidential. Ann Archer, clerk, 01632 960102",
    "Staff should never give out pupils' details. Ann Archer, 01632 960102",
    "Parents should ring 01632 960102, not the school.",
    "Please do not pass this on to Ann; ring her on 01632 960102.",
]


def marks(text: str, form: str = "txt") -> list[Marking | None]:
    return [c.marking for c in find_contacts(open_document(f"note.{form}", text.encode()))]


@pytest.mark.parametrize("case", CASES.split("=== ")[1:])
def test_a_marking_covers_whom_it_means(case: str) -> None:
    head, _, text = case.partition("\n")
    form, expected = head.split()
    assert marks(text, form) == [MEANING[letter] for letter in expected]


@pytest.mark.parametrize("text", MARKS_NOBODY)
def test_what_is_said_of_others_marks_nobody_here(text: str) -> None:
    assert set(marks(text)) == {None}
