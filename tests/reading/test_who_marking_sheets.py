"""How far a marking reaches on a sheet: sections, tables, columns, signs and exceptions.

Each case: the file's form and, contact by contact, P professionals only, F not for families, S within school, - none.
"""

import pytest

from tests.reading.marked import MEANING, cases, marks

NOTES = """
=== md PPP-
## Allegations

Everything under this heading is for professionals only.

- LADO: 01632 960102
- Deputy LADO: 01632 960103

Out of hours: 07700 900104

## Early help

- Hub: 01632 960100
=== md PP-
## Allegations

This section is for professionals only.

- LADO: 01632 960102
- Deputy LADO: 01632 960103

## Early help

- Hub: 01632 960100
=== md FFF
# Who to ring

None of the numbers on this card may be given to parents.

## A

- Ann Archer 01632 960102

## B

- Ben Booth 01632 960103
- Cy Dale 01632 960104
=== md SS-
# Staff room list

All the numbers on this page are for school staff only, apart from the helpline.

- Ann Archer 01632 960102
- Ben Booth 01632 960103
- Helpline 01632 960100
=== md SS-
Every number here is for school staff only, the helpline excepted.

- Ann Archer 01632 960102
- Ben Booth 01632 960103
- Helpline 01632 960100
=== md PP-
The first two numbers are for professionals; the third is for anyone.

- Ann Archer 01632 960102
- Ben Booth 01632 960103
- Helpline 01632 960100
=== md -PP
Only the helpline may be given to families. The others are for professionals only.

- Helpline 01632 960100
- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md -SS
- Helpline 01632 960100 (anyone)
- Ann Archer 01632 960102
- Ben Booth 01632 960103

The rest are for schools only.
=== html PP-
<table>
<caption>For professionals only</caption>
<tr>
<th>Name</th>
<th>Tel</th>
</tr>
<tr>
<td>Ann Archer</td>
<td>01632 960102</td>
</tr>
<tr>
<td>Ben Booth</td>
<td>01632 960103</td>
</tr>
</table>
<p>Front door: 01632 960100</p>
=== html -PP
<table>
<tr>
<th>Name</th>
<th>Tel</th>
</tr>
<tr>
<td>Front door</td>
<td>01632 960100</td>
</tr>
<tr>
<td colspan="2">Professionals only</td>
</tr>
<tr>
<td>Ann Archer</td>
<td>01632 960102</td>
</tr>
<tr>
<td>Ben Booth</td>
<td>01632 960103</td>
</tr>
</table>
=== html PP-
<table>
<tr>
<th>Name</th>
<th>Tel</th>
</tr>
<tr>
<td colspan="2">Not to be given to parents; professionals only</td>
</tr>
<tr>
<td>Ann Archer</td>
<td>01632 960102</td>
</tr>
<tr>
<td>Ben Booth</td>
<td>01632 960103</td>
</tr>
<tr>
<td colspan="2">For anybody</td>
</tr>
<tr>
<td>Front door</td>
<td>01632 960100</td>
</tr>
</table>
=== md P-
| Line | Number | Parents may ring? |
|---|---|---|
| LADO | 01632 960102 | no, professionals only |
| Hub | 01632 960100 | yes |
=== md F-
| Line | Number | Families |
|---|---|---|
| LADO | 01632 960102 | ✗ |
| Hub | 01632 960100 | ✓ |
=== md S-
| Line | Number | Website? |
|---|---|---|
| LADO | 01632 960102 | No |
| Hub | 01632 960100 | Yes |
=== md PSF-
| Line | Number | For |
|---|---|---|
| LADO | 01632 960102 | professionals |
| Duty head | 01632 960103 | schools only |
| Nurse | 01632 960104 | not parents |
| Hub | 01632 960100 | all |
=== md P-S
| Line | Number | Restrictions |
|---|---|---|
| LADO | 01632 960102 | professionals |
| Hub | 01632 960100 | none |
| Duty head | 01632 960103 | DSLs |
=== md F-
| Line | Number | Can be given to parents |
|---|---|---|
| LADO | 01632 960102 | No |
| Hub | 01632 960100 | Yes |
=== md P-
**LADO** 01632 960102¹

**Front door** 01632 960100

¹ Professionals only.
=== md PPP
# Professionals' contacts

- Ann Archer 01632 960102
- Ben Booth 01632 960103

Out of hours 01632 960104
=== md SS-
### Internal numbers

- Ann Archer 01632 960102
- Ben Booth 01632 960103

### Everyone

- Front door 01632 960100
=== md FF-
### Not for families

- Ann Archer 01632 960102
- Ben Booth 01632 960103

### Others

- Front door 01632 960100
=== md F-F
### Not for families

- Ann Archer 01632 960102
- Ben Booth 01632 960103 – families may have this one
- Cy Dale 01632 960104
=== md --
## For schools

- Ann Archer 01632 960102

## For families

- Front door 01632 960100
=== md SS
## Schools only

- Ann Archer 01632 960102
- Ben Booth 01632 960103
=== md P-
- For professionals: 01632 960102
- For families: 01632 960100
=== md PPF-
| Who | Number | Note |
|---|---|---|
| LADO | 01632 960102 | P |
| Deputy LADO | 01632 960103 | P |
| Nurse | 01632 960104 | F |
| Hub | 01632 960100 | |

P = professionals only. F = not for families.
=== md PP-
| Who | Number |
|---|---|
| LADO † | 01632 960102 |
| Nurse † | 01632 960103 |
| Hub | 01632 960100 |

† Professionals only
=== md SS
## Numbers

These are for staff only and should not leave the staff room.

| Who | Number |
|---|---|
| Ann Archer | 01632 960102 |
| Ben Booth | 01632 960103 |
=== md SS-
## Numbers

| Who | Number |
|---|---|
| Ann Archer | 01632 960102 |
| Ben Booth | 01632 960103 |

The numbers in the table are for school staff only. Anyone may ring the hub on 01632 960100.
=== md FF-
## Numbers

| Who | Number |
|---|---|
| Ann Archer | 01632 960102 |
| Ben Booth | 01632 960103 |

Please do not pass these numbers to families.

## Help for families

Hub: 01632 960100
=== html PP-
<h2>Numbers</h2>
<div>
<p>
<strong>For professionals only</strong>
</p>
<ul>
<li>Ann Archer 01632 960102</li>
<li>Ben Booth 01632 960103</li>
</ul>
</div>
<div>
<p>
<strong>For everyone</strong>
</p>
<ul>
<li>Front door 01632 960100</li>
</ul>
</div>
=== html P-
<ul>
<li>LADO <em>(professionals only)</em>: <a href="tel:01632960102">01632 960102</a>
</li>
<li>Front door: <a href="tel:01632960100">01632 960100</a>
</li>
</ul>
=== html F
<p>Ann Archer<br>Head of Service<br>01632 960102<br>
<small>Please do not give this number to parents.</small>
</p>
=== md P-
- **LADO** – 01632 960102 – *professionals only*
- **Front door** – 01632 960100 – *all*
=== md -P
> Front door: 01632 960100
>
> LADO: 01632 960102. Professionals only.
=== md PP-
**LADO team (professionals only)**

- Ann Archer 01632 960102
- Ben Booth 01632 960103

**Front door**

- 01632 960100
=== md P-P
Anyone may have the front door's number. The other two are for professionals only.

- LADO 01632 960102
- Front door 01632 960100
- Nurse 01632 960103
=== md FF-
Do not give parents any of these except the hub:

- LADO 01632 960102
- Nurse 01632 960103
- Hub 01632 960100
=== md SS-
With the exception of the hub, these are internal numbers.

- Ann Archer 01632 960102
- Ben Booth 01632 960103
- Hub 01632 960100
=== md SS-
Not for the website, save the last.

- Ann Archer 01632 960102
- Ben Booth 01632 960103
- Hub 01632 960100
"""


@pytest.mark.parametrize(("form", "expected", "text"), cases(NOTES))
def test_a_marking_covers_whom_it_means(form: str, expected: str, text: str) -> None:
    assert marks(text, form) == [MEANING[letter] for letter in expected]
