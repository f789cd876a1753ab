"""Diaries, logs and plain words from every kind of partner: what is on, what is due, and what is neither."""

import pytest

from tests.reading.families import due, note, on

DIARIES: list[tuple[str, list[str], list[str]]] = [
    (
        "Diary\n\nJune\n10  Heads' breakfast, 8am\n17  DSL forum, 1.30-3.30\n24  Governors, 6pm\nJuly\n1  Panel, 10am",
        [],
        ["06-10 08:00", "06-17 13:30", "06-24 18:00", "07-01 10:00"],
    ),
    ("10, 17 and 24 June: drop-in clinics at the hub, 3 till 4.", [], ["06-10 15:00", "06-17 15:00", "06-24 15:00"]),
    ("Every Tuesday in June (10, 17, 24), 4pm, Zoom", [], ["06-10 16:00", "06-17 16:00", "06-24 16:00"]),
    ("Tuesdays 10/6, 17/6 and 24/6 at 4pm", [], ["06-10 16:00", "06-17 16:00", "06-24 16:00"]),
    (
        "DSL supervision\nTue 10 June 9.30am (North)\nTue 10 June 1.30pm (South)\nWed 11 June 9.30am (East)",
        [],
        ["06-10 09:30", "06-10 13:30", "06-11 09:30"],
    ),
    (
        "DSL supervision: Tue 10 June at 9.30am (north), 1.30pm (south); Wed 11 June at 9.30am (east).",
        [],
        ["06-10 09:30", "06-10 13:30", "06-11 09:30"],
    ),
    ("Tues 17 Jun @ 1330, Guildhall: forum", [], ["06-17 13:30"]),
    ("Tue 17 Jun, 13:30hrs - MARAC", [], ["06-17 13:30"]),
    ("MARAC: 17 & 24 Jun, 0930, County Hall.", [], ["06-17 09:30", "06-24 09:30"]),
    ("Next MACE 17.06.2025 at 10.00hrs by Teams", [], ["06-17 10:00"]),
    ("hi all forum is tues 17th 2pm in the usual place x", [], ["06-17 14:00"]),
    ("forum tues 17 june 2pm, bring cake", [], ["06-17 14:00"]),
    ("reminder - inset fri 13 june, no children in", [], ["06-13"]),
    ("Photos Weds 11th. Sports day Fri 13th (reserve Mon 16th).", [], ["06-11", "06-13", "06-16"]),
    ("Week 1 (9 June): attendance. Week 2 (16 June): online safety.", [], ["06-09", "06-16"]),
    (
        (
            "Sessions (all Guildhall, 4.00-5.30):\n1. Neglect - 10 June\n2. Online harms - 17 June\n3. "
            "Exploitation - 24 June"
        ),
        [],
        ["06-10 16:00", "06-17 16:00", "06-24 16:00"],
    ),
    (
        (
            "We have three dates left: Tues 10 June (Guildhall, 9.30), Thurs 12 June (Zoom, 4pm), Fri 20 June "
            "(Mill Centre, 1pm)."
        ),
        [],
        ["06-10 09:30", "06-12 16:00", "06-20 13:00"],
    ),
    ("Come to whichever suits: Tuesday 10 June, 4pm, or Thursday 12 June, 8am.", [], ["06-10 16:00", "06-12 08:00"]),
    (
        "The briefing will be given twice, at 4pm on Tuesday 10 June and 8am on Thursday 12 June.",
        [],
        ["06-10 16:00", "06-12 08:00"],
    ),
    (
        "The briefing (Tuesday 10 June, 4pm; repeated Thursday 12 June, 8am) is for deputies.",
        [],
        ["06-10 16:00", "06-12 08:00"],
    ),
    ("Repeat session Thursday 12 June, same time.", [], ["06-12"]),
    ("Briefing, Tuesday 10 June, 4pm. Repeat: Thursday 12 June, same time.", [], ["06-10 16:00", "06-12 16:00"]),
    ("Half-day course, 10 June, morning", [], ["06-10"]),
    (
        "Parents' evening Tues 10 June 3.30 - 6.30 (Y1-3) and Thurs 12 June 4 - 7 (Y4-6)",
        [],
        ["06-10 15:30", "06-12 16:00"],
    ),
    (
        "Governors meet Monday 9 June 5.30pm (resources) and Monday 16 June 5.30pm (full board).",
        [],
        ["06-09 17:30", "06-16 17:30"],
    ),
    ("Governors: resources 9 June, full board 16 June, both 5.30pm.", [], ["06-09 17:30", "06-16 17:30"]),
    (
        "Resources committee: Monday 9 June. Full board: Monday 16 June. All meetings start at 5.30pm.",
        [],
        ["06-09 17:30", "06-16 17:30"],
    ),
    (
        "All start at 4pm and finish at 5.30.\n\n• 10 June – Neglect\n• 17 June – Online harms",
        [],
        ["06-10 16:00", "06-17 16:00"],
    ),
    (
        "• 10 June – Neglect\n• 17 June – Online harms\n\nAll start at 4pm and finish at 5.30.",
        [],
        ["06-10 16:00", "06-17 16:00"],
    ),
    (
        "• 10 June – Neglect\n• 17 June – Online harms\n\nTimes: 4pm to 5.30pm. Place: Guildhall.",
        [],
        ["06-10 16:00", "06-17 16:00"],
    ),
    (
        "• 10 June – Neglect\n• 17 June – Online harms\n\nEach session is from 4 to 5.30pm on Teams.",
        [],
        ["06-10 16:00", "06-17 16:00"],
    ),
    ("Neglect (10 June) and online harms (17 June), 4pm on both days, Guildhall", [], ["06-10 16:00", "06-17 16:00"]),
    ("Neglect (10 June) and online harms (17 June). 4pm start. Guildhall.", [], ["06-10 16:00", "06-17 16:00"]),
    ("Book your place on the forum (10 June, 2pm) by 6 June.", ["06-06"], ["06-10 14:00"]),
    ("The forum on 10 June (2pm) needs names by 6 June.", ["06-06"], ["06-10 14:00"]),
    ("Forum, 10 June, 2pm. Book by 6 June: https://events.example.org/forum", ["06-06"], ["06-10 14:00"]),
    ("To come to the forum on 10 June at 2pm, reply before Friday.", ["06-06"], ["06-10 14:00"]),
    (
        "Forum 10 June 2pm (reply by 6 June). Panel 17 June 10am (reply by 13 June).",
        ["06-06", "06-13"],
        ["06-10 14:00", "06-17 10:00"],
    ),
]

LINES: list[tuple[str, list[str], list[str]]] = [
    ("Op Kestrel runs from 9 to 20 June.", [], ["06-09"]),
    ("A man of 20 was charged on the 2nd.", [], []),
    ("The mobile number will be switched off on 17 June.", [], []),
    ("From Monday 9 June the duty line is staffed until 7pm.", [], []),
    ("The nurse is in school on Tuesday 17 June from 10.", [], ["06-17 10:00"]),
    ("Immunisations: Year 9, Tuesday 17 June, morning.", [], ["06-17"]),
    ("Consent forms are needed by 10 June for the Year 9 vaccinations on 17 June.", ["06-10"], ["06-17"]),
    ("Please return consent forms by 10 June; the nurse visits on 17 June.", ["06-10"], ["06-17"]),
    ("The bishop's visit is fixed for 17 June; please tell us by 10 June who will be there.", ["06-10"], ["06-17"]),
    ("Confirmation classes begin on Tuesday 17 June at 4pm.", [], ["06-17 16:00"]),
    ("The new term's programme comes out on 17 June.", [], []),
    ("Enrolment opens on 17 June.", [], ["06-17"]),
    ("Bookings open on 17 June at 9am and close on 27 June.", ["06-27"], ["06-17 09:00"]),
    ("You can book from 17 June.", [], []),
    ("Applications are invited from 9 June until noon on 27 June.", ["06-27 12:00"], []),
    ("Applications open 9 June and must be in by 27 June, 5pm.", ["06-27 17:00"], ["06-09"]),
    ("If your contact has changed since 1 May tell us by 27 June.", ["06-27"], []),
    ("Anyone who joined after 1 May should complete the form by 27 June.", ["06-27"], []),
    ("Staff who trained before 1 September 2022 must renew by 27 June.", ["06-27"], []),
    ("Children born between 1 September 2013 and 31 August 2014 transfer in September.", [], []),
    ("Please check entries dated 1 May to 31 May and reply by 27 June.", ["06-27"], []),
    ("The spring figures (to 31 March) are wanted by 27 June.", ["06-27"], []),
    ("We closed the survey on 30 May. The summer one opens on 1 July.", [], ["07-01"]),
    ("Thanks for your returns, which were due on 30 May.", [], []),
    ("Returns due 30 May are now overdue; send them by Friday.", ["06-06"], []),
    ("Minutes of the meeting of 14 May. Next meeting: 18 June, 2pm.", [], ["06-18 14:00"]),
    ("Date of next meeting: Wednesday 18 June, 2.00pm, Room 4", [], ["06-18 14:00"]),
    ("DONM: 18/6 2pm", [], ["06-18 14:00"]),
    ("Next: 18 June at 2pm.", [], ["06-18 14:00"]),
    (
        "Then we meet on 18 June, 9 July and 10 September, each time at 2pm.",
        [],
        ["06-18 14:00", "07-09 14:00", "09-10 14:00"],
    ),
    (
        "Future meetings: 18 June; 9 July (online); 10 September - all at 2pm",
        [],
        ["06-18 14:00", "07-09 14:00", "09-10 14:00"],
    ),
    (
        "All meetings are at 3.30pm on Zoom: 18 June, 9 July and 10 September.",
        [],
        ["06-18 15:30", "07-09 15:30", "09-10 15:30"],
    ),
    (
        "Policy clinics on Teams: 18 June, 9 July and 10 September, always 12.15 to 1pm.",
        [],
        ["06-18 12:15", "07-09 12:15", "09-10 12:15"],
    ),
    (
        "Wednesdays 11 June, 18 June and 25 June, 8.15 to 9.15 am each time, Civic Centre.",
        [],
        ["06-11 08:15", "06-18 08:15", "06-25 08:15"],
    ),
    ("The deputies' breakfast of 11 June has been moved to 18 June (7.45am, Café Roma).", [], ["06-18 07:45"]),
    ("The meeting of secondary heads on 11 June will not go ahead.", [], []),
    ("The walk-through on 11 June is called off. A new date will be found.", [], []),
    ("L2 refresher, 11 June, a.m.: no longer happening.", [], []),
    ("11 June - NOT RUNNING", [], []),
    ("Fri 13 June  9-12  ****cancelled**** Restraint", [], []),
    ("Parents' evening on sextortion, 11 June 7pm: withdrawn", [], []),
    ("Governors' walkabout, likely on 18 June, weather permitting.", [], ["06-18"]),
    ("Places are held for governors until 11 June. Course: 18 June, 9am.", [], ["06-18 09:00"]),
    ("The hall is booked for 18 June.", [], ["06-18"]),
    ("Ofsted were here on 3 and 4 June.", [], []),
    ("Inspectors will be in from 17 to 19 June.", [], ["06-17"]),
    ("Non-uniform day Friday 13 June (£1).", [], ["06-13"]),
    ("World Book Day is Thursday 5 March.", [], ["03-05"]),
    ("Trip money (£12) to the office by Friday 13 June please.", ["06-13"], []),
    ("Reports go home on Friday 13 June.", [], []),
    ("Year 6 leavers' assembly Fri 18 July 9.15 – all welcome", [], ["07-18 09:15"]),
    ("School closes at 1.30pm on Friday 18 July.", [], ["07-18 13:30"]),
    ("Swimming every Monday until 14 July.", [], []),
    ("Bikeability w/c 16 June", [], ["06-16"]),
    ("KS2 SATs week: 11-14 May 2026", [], ["05-11"]),
    ("Please note the deadline for Year 7 appeals is 27 June.", ["06-27"], []),
    ("Appeals must be lodged within 20 school days, that is by 27 June.", ["06-27"], []),
    ("Send questions to Jo a week before, i.e. by 11 June.", ["06-11"], []),
]


@pytest.mark.parametrize(("words", "days_due", "days_on"), [*DIARIES, *LINES])
def test_partners_write_their_days_in_many_ways(words: str, days_due: list[str], days_on: list[str]) -> None:
    reading = note(words)
    assert (due(reading), on(reading)) == (days_due, days_on)
