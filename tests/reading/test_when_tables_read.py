"""Tables of dues, of facts and of dates: which columns hold limits, and which cells are said by another."""

import pytest

from tests.reading.families import due, on, page, table

TABLES: list[tuple[str, list[str], list[str]]] = [
    (
        table("Course|Date|Time", "Prevent|17 June|9.30-12.30", "FGM|24 June|as above", 'Neglect|1 July|"'),
        [],
        ["06-17 09:30", "06-24 09:30", "07-01 09:30"],
    ),
    (
        table("Course|Date|Time", "Prevent|17 June|9.30-12.30", "FGM|24 June|", "Neglect|1 July|1-4pm"),
        [],
        ["06-17 09:30", "06-24 09:30", "07-01 13:00"],
    ),
    (
        table("Date|Course", "17 June, 9.30am|Prevent", "ditto, 1.30pm|FGM", "1 July, 10am|Neglect"),
        [],
        ["06-17 09:30", "06-17 13:30", "07-01 10:00"],
    ),
    (
        table("|Session 1|Session 2", "Prevent (9.30am)|17 June|24 June", "FGM (1pm)|18 June|25 June"),
        [],
        ["06-17 09:30", "06-18 13:00", "06-24 09:30", "06-25 13:00"],
    ),
    (
        table("Course|10am|2pm", "Prevent|17 June|24 June", "FGM|18 June|25 June"),
        [],
        ["06-17 10:00", "06-18 10:00", "06-24 14:00", "06-25 14:00"],
    ),
    (
        table("Cohort|Day 1|Day 2|Hours", "A|17 June|18 June|9.30-3.30", "B|1 July|8 July|9.30-3.30"),
        [],
        ["06-17 09:30", "06-18 09:30", "07-01 09:30", "07-08 09:30"],
    ),
    (table("Audit return|Details", "Opens|9 June", "Closes|27 June, 5pm", "Contact|Jo"), ["06-27 17:00"], ["06-09"]),
    (table("Deadline|Friday 27 June", "Who|All schools", "How|Portal"), ["06-27"], []),
    (
        table(
            "Action|Owner|By when",
            "Send GP the list|All schools|2 July",
            "Ask the trust|MTS|9/7/25",
            "Circulate slides|MTS|done",
            "Find out why|VS|next meeting",
            "Compare lists|AO|monthly",
            "Report to board|LF|end of term",
        ),
        ["07-02", "07-09"],
        [],
    ),
    (table("No|Action|Who|When", "1|Send the list|All|2 July", "2|Ask the trust|JB|9 July"), ["07-02", "07-09"], []),
    (table("Ref|Task|Lead|Target", "1|Send the list|All|2 July", "2|Ask the trust|JB|30/6"), ["06-30", "07-02"], []),
    (table("What|Who|When", "Audit return|Heads|27 June", "Staff list|DSL|Fri 4 July"), ["06-27", "07-04"], []),
    (table("What|Where|When", "Forum|Guildhall|27 June, 2pm", "Panel|Teams|Fri 4 July"), [], ["06-27 14:00", "07-04"]),
    (
        table("Return|Sent to|Latest", "Audit|portal|27 June", "Staff list|Jo|4 July, noon"),
        ["06-27", "07-04 12:00"],
        [],
    ),
    (table("Task|Deadline|Done?", "Audit|27 June|", "Staff list|20 June|yes"), ["06-27"], []),
    (table("Task|To be done by|Status", "Audit|27 June|Open", "Staff list|20 June|Completed"), ["06-27"], []),
    (table("Owed by|What|Expected", "Heads|Audit|27 June", "DSLs|Staff list|4 July"), ["06-27", "07-04"], []),
    (
        table("Who|Does what|Before", "Heads|Sign the audit|27 June", "DSLs|Check staff list|4 July"),
        ["06-27", "07-04"],
        [],
    ),
    (table("Date|What is due|Send to", "27 June|Audit return|portal", "4 July|Staff list|Jo"), ["06-27", "07-04"], []),
    (table("Date|Return|Who", "27 June|Section 175 audit|Heads", "4 July|Staff list|DSL"), ["06-27", "07-04"], []),
    (table("Date|Task", "27 June|Return the audit", "4 July|Send in the staff list"), ["06-27", "07-04"], []),
    (table("Date|Event", "27 June|DSL forum", "4 July|Audit due in"), ["07-04"], ["06-27"]),
    (
        table("Date|Item", "Fri 27 June|Deadline for audit returns", "Fri 4 July|DSL forum, 2pm"),
        ["06-27"],
        ["07-04 14:00"],
    ),
    (
        table("Month|What to do", "June|Return the audit by 27 June", "July|Staff list by 4 July"),
        ["06-27", "07-04"],
        [],
    ),
    (table("Week of|Focus", "9 June|Attendance", "16 June|Online safety"), [], ["06-09", "06-16"]),
    (table("Date for return|Form", "27/06/2025|EHE1", "04/07/2025|EHE2"), ["06-27", "07-04"], []),
    (table("Form|Send it by", "EHE1|27/06/2025", "EHE2|04/07/2025"), ["06-27", "07-04"], []),
    (table("Consultation|Closes", "Thresholds|27 June", "Neglect strategy|4 July"), ["06-27", "07-04"], []),
    (
        table("Course|Date|Book by", "Prevent|27 June, 2pm|20 June", "FGM|4 July, 2pm|27 June"),
        ["06-20", "06-27"],
        ["06-27 14:00", "07-04 14:00"],
    ),
    (table("Course|Starts|Ends", "Prevent|27 June|27 June", "FGM|4 July|11 July"), [], ["06-27", "07-04"]),
    (table("Programme|Opens|Closes", "Bids to the fund|9 June|27 June"), ["06-27"], ["06-09"]),
    (
        table("Date|Time|Event", "Tue 10 June|9.30am|Neglect", "|1.30pm|Online harms", "Wed 11 June|9.30am|Panel"),
        [],
        ["06-10 09:30", "06-10 13:30", "06-11 09:30"],
    ),
    (
        table(
            "Event|Date and time|Venue",
            "Neglect|Tuesday 10 June\n9.30am – 12 noon|Guildhall",
            "Panel|Wednesday 11 June\n2pm|Teams",
        ),
        [],
        ["06-10 09:30", "06-11 14:00"],
    ),
    (
        table("Area|Autumn|Spring", "North|9 Sept, 2pm|13 Jan, 2pm", "South|10 Sept, 2pm|cancelled"),
        [],
        ["01-13 14:00", "09-09 14:00", "09-10 14:00"],
    ),
    (
        table("Area|June|July", "North|Tue 10th|Tue 8th", "South|Wed 11th|Wed 9th"),
        [],
        ["06-10", "06-11", "07-08", "07-09"],
    ),
    (
        table("Month|Forum|Panel", "June|10th, 2pm|12th, 10am", "July|8th, 2pm|10th, 10am"),
        [],
        ["06-10 14:00", "06-12 10:00", "07-08 14:00", "07-10 10:00"],
    ),
    (table("Mon 9|Tue 10|Wed 11", "Forum 2pm|Panel 10am|–"), [], ["06-09 14:00", "06-10 10:00"]),
    (
        table("|Monday 9 June|Tuesday 10 June", "Morning|Forum 9.30|Panel 10.00", "Afternoon|Drop-in 1.30|–"),
        [],
        ["06-09 09:30", "06-09 13:30", "06-10 10:00"],
    ),
    (
        table("What|DSL forum", "When|Tuesday 10 June, 2pm to 4pm", "Where|Guildhall", "Book by|Thursday 5 June"),
        ["06-05"],
        ["06-10 14:00"],
    ),
]


@pytest.mark.parametrize(("words", "days_due", "days_on"), TABLES)
def test_a_table_gives_its_deadlines_and_its_happenings(words: str, days_due: list[str], days_on: list[str]) -> None:
    reading = page(words)
    assert (due(reading), on(reading)) == (days_due, days_on)
