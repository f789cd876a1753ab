"""How far a marking reaches in sentences, and what sentences mark nobody.

Each case: the file's form and, contact by contact, P professionals only, F not for families, S within school, - none.
"""

import pytest

from tests.reading.marked import MEANING, cases, marks

NOTES = """
=== txt P-
Please note that the consultation line, 01632 960102, is for professionals; the public have 01632 960103.
=== txt F
Never share Ms Archer's mobile (07700 900102) with families.
=== txt F
Under no circumstances should families be given Ann Archer's mobile, 07700 900102.
=== txt S
Ann Archer will take calls at home in the holidays (01632 960102), but that number is for heads alone.
=== txt S
Keep Ann Archer's home number to yourselves: 01632 960102.
=== txt S-
Ann's mobile is for heads only. It is 07700 900102. The office, 01632 960103, takes calls from anyone.
=== txt -S
The office is on 01632 960103. For heads only: Ann Archer's mobile, 07700 900102.
=== txt -F
Front door 01632 960100. Please don't give families the LADO's line, 01632 960102.
=== txt SS
Ann Archer 01632 960102
Ben Booth 01632 960103
Neither is to be put on your website.
=== txt SS
Ann Archer: 01632 960102; Ben Booth: 01632 960103 (both for school staff only).
=== txt FF
Ann Archer: 01632 960102, Ben Booth: 01632 960103. Neither number is for parents.
=== txt -F
Ann Archer: 01632 960102. Ben Booth: 01632 960103 (not for parents).
=== txt PP
Ann Archer (LADO) and Ben Booth (deputy): 01632 960102. Professionals only.
=== txt S
Ring me on 07700 900102 in an emergency but please don't pass it on.
=== txt PS-
Ann Archer 01632 960102 ‡
Ben Booth 01632 960103 §
Front door 01632 960100

‡ For professionals. § School staff only.
=== txt F-
LADO* 01632 960102
Front door 01632 960100

* = parents must not be given this number
=== txt S-
(a) Ann Archer 01632 960102 #
(b) Front door 01632 960100

# please keep within school
=== txt S
Dear all

Thank you.

Ann Archer
Head of Service
Tel 01632 960102 (internal use only)
=== txt S
Dear all

Thank you.

Ann Archer
Head of Service
07700 900102
Please do not give out my mobile number.
=== txt -F
Ann Archer's new number is 01632 960102. Ben Booth's is still 01632 960103. Ben does not want his given to families.
=== txt P-
LADO 01632 960102 professionals only; MASH 01632 960100 anyone.
=== txt P-
LADO 01632 960102 (professionals), MASH 01632 960100 (anyone)
=== txt -P
MASH 01632 960100 (public), 01632 960102 (professionals).
=== txt P-
The MASH has two lines: 01632 960102 for professionals and 01632 960100 for the public.
=== txt P-
Professionals ring 01632 960102 and families ring 01632 960100.
=== txt P-
Professionals should use 01632 960102; parents should use 01632 960100.
=== txt S-
School staff use 01632 960102 only among themselves; do not pass it on. Parents use 01632 960100.
=== txt F
Ann Archer, 01632 960102. Parents who want her should go through the school, not ring this number.
=== txt F
Ann Archer, 01632 960102. Parents should not be told this number but should ring the school.
=== txt P-
Professional helpline ....... 01632 960102 (not public)
Family helpline ............. 01632 960100
=== eml S
From: Ann Archer <ann.archer@example.org>
Subject: News
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

Dear all

Nothing this week.

Regards
Ann
--
Ann Archer
Head of Service
M: 07700 900102 (colleagues only, please do not share)
=== txt S-S
Ann Archer 01632 960102 (i)
Front door 01632 960100
Ben Booth 01632 960103 (i)

(i) for internal use only
=== txt S
The head's PA, Ann Archer, 01632 960102. Governors and heads may use this; nobody else, please.
=== txt F
The refuge worker is Ann Archer (07700 900102). For her safety parents must never be told this number.
=== txt P
The line (01632 960102) is staffed by social workers and is not one for families: professionals only.
=== txt -P
Families: 01632 960100
Professionals: 01632 960102
=== txt P-P
LADO 01632 960102
Front door 01632 960100
Duty nurse 01632 960103

LADO and duty nurse: professionals only.
=== txt F--
LADO 01632 960102
Front door 01632 960100
Duty nurse 01632 960103

Do not give parents the LADO's number.
=== txt SSS
CONFIDENTIAL CONTACT LIST - NOT TO BE SHARED OUTSIDE SCHOOL

Ann Archer     01632 960102
Ben Booth      01632 960103
Cy Dale        01632 960104
=== txt F-
Nurse (not for parents) - Ann Archer, 01632 960102
Front door - 01632 960100
=== txt P--
1. LADO, 01632 960102 (professionals only)
2. Front door, 01632 960100 (all)
3. Helpline, 01632 960103
=== txt -P-
Front door ............ 01632 960100
Consultation line ..... 01632 960102 ... professionals only
Helpline .............. 01632 960103
=== txt S
Ann Archer has kindly said that heads may ring her at home, 01632 960102. Please go no further with it.
=== txt S
If the school is closed by snow ring the caretaker, Ann Archer, 07700 900102 (not to be published on the website).
=== txt S-
Closures: site team 07700 900102, for head teachers only; radio station 01632 960100.
=== txt SP-
Ann Archer 01632 960102 - staff only
Ben Booth 01632 960103 - professionals only
Cy Dale 01632 960104 - anyone
=== txt F
Ann Archer, 01632 960102. This is her own number and she asks schools not to give it to parents.
=== txt F
Ann Archer (01632 960102) would be grateful if her number were not passed to parents.
=== txt S
Ann Archer, 01632 960102. The number is unlisted and should stay that way.
=== txt S
My mobile is 07700 900102, but that is between you and me.
=== eml S
From: Ann Archer <ann.archer@example.org>
Subject: News
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

Dear all

My mobile for the half term is 07700 900102. It is for heads only.

Ann
=== eml -P
From: Ann Archer <ann.archer@example.org>
Subject: News
Date: Tue, 3 Jun 2025 09:00:00 +0100
Content-Type: text/plain

Dear all

The new consultation line, 01632 960102, opens on Monday. Professionals only, please.

Ann
"""
MARKS_NOBODY = [
    "Ann Archer, 01632 960102. Parents are welcome to ring.",
    "Ann Archer, 01632 960102. Please put this number in your newsletter.",
    "Ann Archer, 01632 960102. Please do not use the number on last year's card. Ben Booth 01632 960103.",
    "Please do not pass on rumours. Ring Ann Archer on 01632 960102 instead.",
    "The safeguarding file must not be given to parents. Questions to Ann Archer, 01632 960102.",
    "School staff only need to read Part one. Questions: 01632 960102.",
    "Parents must not be asked to pay. Ring 01632 960102.",
    "Do not share the join code with pupils. Trouble joining? 01632 960102",
    "Please do not circulate the minutes before they are agreed. Clerk: 01632 960102",
    "The course is for professionals only. To book ring 01632 960102.",
    "A free session for school staff only; book on 01632 960102.",
    "Photographs must not go on the website. Ask Ann Archer, 01632 960102, for the consent form.",
    "Names must not leave the room. If in doubt ring Ann Archer on 01632 960102.",
    "Keep the register in school. Lost it? Ring 01632 960102.",
    "What parents tell you in confidence may have to be shared. Advice: 01632 960102.",
    "Advice for practitioners working with families: 01632 960102",
    "Ann Archer, professional adviser to schools, 01632 960102",
    "Ann Archer leads on professional curiosity (01632 960102).",
    "Internal audit: Ann Archer, 01632 960102",
    "Private fostering: Ann Archer, 01632 960102",
    "Independent and private schools: Ann Archer, 01632 960102",
    "Staff may ring Ann Archer on 01632 960102 at any time; parents likewise.",
    "This e-mail is for the intended recipients only. Ann Archer, 01632 960102",
    "For staff who are new, Ann Archer (01632 960102) runs an induction.",
    "Ann Archer, 01632 960102, will talk to staff only if the head asks.",
    "Do not leave children alone with visitors. Site office: 01632 960102.",
    "Parents should not park in the bay. Site office: 01632 960102.",
    "Reports are for governors only. Clerk: Ann Archer, 01632 960102.",
    "No parents have complained. Ann Archer, 01632 960102.",
    "The hall is for school use only until May. Lettings: 01632 960102.",
    "The online portal is restricted to DSLs. For a log-in ring 01632 960102.",
    "The group is open to professionals only. Ring Ann Archer on 01632 960102 to join.",
    "Please keep this bulletin within school. Editor: Ann Archer, 01632 960102.",
    "Ann Archer can come to staff meetings; ring 01632 960102. Members of the public may not attend.",
    "Confidential waste is collected on Fridays. Office: 01632 960102.",
    "We never share pupils' data with third parties. Data protection officer: 01632 960102.",
    "If a parent does not want the data passed on, tell Ann Archer on 01632 960102.",
    "Not all parents use e-mail, so ring them. Help desk: 01632 960102.",
    "Children must not be named in e-mails. Send queries to ann@example.org.",
    "For schools: Ann Archer, 01632 960102. For parents: Ben Booth, 01632 960103.",
]


@pytest.mark.parametrize(("form", "expected", "text"), cases(NOTES))
def test_a_marking_covers_whom_it_means(form: str, expected: str, text: str) -> None:
    assert marks(text, form) == [MEANING[letter] for letter in expected]


@pytest.mark.parametrize("text", MARKS_NOBODY)
def test_what_is_said_of_something_else_marks_nobody(text: str) -> None:
    assert set(marks(text)) == {None}
