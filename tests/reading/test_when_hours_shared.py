"""Hours that several days share, however the note says it: once before them, once behind, ‘ditto’, or in words."""

import pytest

from tests.reading.families import due, note, on

SHARED: list[tuple[str, list[str], list[str]]] = [
    (
        "Briefings, 4pm to 5pm on Zoom\n\n- 17 June\n- 24 June\n- 1 July",
        [],
        ["06-17 16:00", "06-24 16:00", "07-01 16:00"],
    ),
    (
        "Drop-ins run from 3.30 until 4.30.\n\n* Tues 17 June, Library\n* Weds 25 June, Town Hall",
        [],
        ["06-17 15:30", "06-25 15:30"],
    ),
    (
        "Network meetings (all 1.30pm start)\nNorth  17 June\nSouth  18 June\nEast   19 June",
        [],
        ["06-17 13:30", "06-18 13:30", "06-19 13:30"],
    ),
    (
        "North: 17 June, 9.30am. South: 18 June, same time. East: 19 June, ditto.",
        [],
        ["06-17 09:30", "06-18 09:30", "06-19 09:30"],
    ),
    (
        "Forum dates: 17 June, 24 June and 1 July. We start at 9.15 sharp each time.",
        [],
        ["06-17 09:15", "06-24 09:15", "07-01 09:15"],
    ),
    ("DSL forum: 17 June and 1 July. Both run 2-4pm.", [], ["06-17 14:00", "07-01 14:00"]),
    ("DSL forum: 17 June and 1 July, in each case at 2pm.", [], ["06-17 14:00", "07-01 14:00"]),
    ("DSL forum: 17 June and 1 July, always at 2pm.", [], ["06-17 14:00", "07-01 14:00"]),
    ("DSL forum: 17 June and 1 July, at 2pm on both.", [], ["06-17 14:00", "07-01 14:00"]),
    ("The forum meets at 2pm on 17 June, 1 July and 15 July.", [], ["06-17 14:00", "07-01 14:00", "07-15 14:00"]),
    (
        "Our three summer surgeries are at 8am. They are on 17 June, 1 July and 15 July.",
        [],
        ["06-17 08:00", "07-01 08:00", "07-15 08:00"],
    ),
    ("Morning session 9-12: 17 June. Afternoon session 1-4: 24 June.", [], ["06-17 09:00", "06-24 13:00"]),
    (
        "Tuesday 17 June\n9.00 Heads' meeting\n11.00 Panel\n\nWednesday 18 June\n1.30 Forum",
        [],
        ["06-17 09:00", "06-17 11:00", "06-18 13:30"],
    ),
    ("We meet again on Tuesday 17 June, usual time (2pm).", [], ["06-17 14:00"]),
    ("Next meeting: Tuesday 17 June at the usual time of 2pm.", [], ["06-17 14:00"]),
    ("Forum, 17 June, two o'clock till four.", [], ["06-17 14:00"]),
    ("Forum on 17 June at half past one for a quarter to two.", [], ["06-17 13:30"]),
    ("Forum on 17 June from ten until noon.", [], ["06-17 10:00"]),
    ("Forum on 17 June from one to three in the afternoon.", [], ["06-17 13:00"]),
    ("Breakfast on 17 June, eight till nine.", [], ["06-17 08:00"]),
    ("Open evening on 17 June, seven o'clock.", [], ["06-17 19:00"]),
    ("Open evening on 17 June at seven in the evening.", [], ["06-17 19:00"]),
    ("Briefing 17 June 0900h-1030h", [], ["06-17 09:00"]),
    ("Briefing 17 June, 9:00am - 10:30am, and 24 June, 1:00pm - 2:30pm", [], ["06-17 09:00", "06-24 13:00"]),
    ("17/06/25  09:00  Briefing\n24/06/25  13:00  Panel", [], ["06-17 09:00", "06-24 13:00"]),
    ("Briefing | Tue 17 Jun | 09:00 | Teams\nPanel | Tue 24 Jun | 13:00 | Teams", [], ["06-17 09:00", "06-24 13:00"]),
    ("The conference moves to Friday 3 October at the Pavilion; doors 9, start 9.30.", [], ["10-03 09:30"]),
    ("Conference 3 October 9.30 (coffee from 9).", [], ["10-03 09:30"]),
    ("Webinar at ten to four on Wed 11 June (30 minutes).", [], ["06-11 15:50"]),
    ("Webinar, Wed 11 June, 3.50pm sharp, half an hour.", [], ["06-11 15:50"]),
    ("Lunchtime webinar, Wed 11 June, 12.15-1.", [], ["06-11 12:15"]),
    ("Wed 11 June (12.15-1pm) or Thu 12 June (4-4.45pm): webinar", [], ["06-11 12:15", "06-12 16:00"]),
    ("Office hours: Wed 11 June, 10 to 12 and 2 to 4.", [], ["06-11 10:00"]),
    ("Training day 1 is 11 June and day 2 is 25 June; both are 9.30 to 3.30.", [], ["06-11 09:30", "06-25 09:30"]),
    ("Level 3: part one 11 June (9.30-12.30), part two 25 June (same times).", [], ["06-11 09:30", "06-25 09:30"]),
    ("Level 3: 11 and 25 June, 9.30-3.30 (you need both days).", [], ["06-11 09:30", "06-25 09:30"]),
    ("Level 3 – 11th June and 25th June – 9:30am to 3:30pm – Mill Centre", [], ["06-11 09:30", "06-25 09:30"]),
    ("11 June, 25 June & 9 July 2025 | 4.00pm | Zoom | Supervision", [], ["06-11 16:00", "06-25 16:00", "07-09 16:00"]),
    ("Supervision: 11/06, 25/06, 09/07 (4pm, Zoom)", [], ["06-11 16:00", "06-25 16:00", "07-09 16:00"]),
    (
        "Supervision - 4pm on the following Wednesdays: 11 June, 25 June, 9 July",
        [],
        ["06-11 16:00", "06-25 16:00", "07-09 16:00"],
    ),
    (
        "Supervision will be held at 4pm on 11 June, 25 June and 9 July.",
        [],
        ["06-11 16:00", "06-25 16:00", "07-09 16:00"],
    ),
    ("Supervision\n11 June, 4pm\n25 June, 4pm\n9 July, 5pm", [], ["06-11 16:00", "06-25 16:00", "07-09 17:00"]),
    (
        "North cluster: 11 June; south cluster: 12 June; east cluster: 13 June (all 1.15pm).",
        [],
        ["06-11 13:15", "06-12 13:15", "06-13 13:15"],
    ),
    ("East hub on 11 June and west hub on 12 June, 1pm prompt, finishing 3.15.", [], ["06-11 13:00", "06-12 13:00"]),
    (
        (
            "Autumn hubs: east, Tuesday 7th October; west, Thursday 9th October. 1pm prompt, finishing 3.15. "
            "Venues to follow."
        ),
        [],
        ["10-07 13:00", "10-09 13:00"],
    ),
    ("Hubs (1pm to 3.15pm)\nEast: Tuesday 7th October\nWest: Thursday 9th October", [], ["10-07 13:00", "10-09 13:00"]),
    ("Bookings for 11 June close on 6 June.", ["06-06"], []),
    ("There are still places on 11 June (4pm) and 12 June (8am).", [], ["06-11 16:00", "06-12 08:00"]),
    ("The event on 11 June has a waiting list.", [], ["06-11"]),
    ("See you on Wednesday 11th!", [], ["06-11"]),
    ("Looking forward to seeing everybody on the 11th at 2pm.", [], ["06-11 14:00"]),
    ("Date for your diary: 11 June, 2pm, DSL forum.", [], ["06-11 14:00"]),
    ("Diary date! DSL forum, 11 June, 2pm", [], ["06-11 14:00"]),
    ("What: DSL forum. When: 11 June, 2pm. Where: Guildhall.", [], ["06-11 14:00"]),
    ("What: DSL forum\nWhen: Weds 11 June\nTime: 2pm\nWhere: Guildhall\nReply: by 6 June", ["06-06"], ["06-11 14:00"]),
    (
        "Event: DSL forum\nDate: 11/06/2025\nStart: 14:00\nFinish: 16:00\nDeadline for booking: 06/06/2025",
        ["06-06"],
        ["06-11 14:00"],
    ),
    ("DSL forum\nWednesday 11 June\n2pm - 4pm\nGuildhall\nBook by 6 June", ["06-06"], ["06-11 14:00"]),
    ("*11 June* DSL forum (2pm) *12 June* Panel (10am)", [], ["06-11 14:00", "06-12 10:00"]),
    ("Our offices will be closed from noon on 24 December until 2 January.", [], ["12-24 12:00"]),
    ("Holidays: autumn half term 27-31 October; Christmas 22 December - 2 January.", [], ["10-27", "12-22"]),
]

TOLD = [
    ("Forum, 17 June, half nine till noon, Guildhall", ["06-17 09:30"]),
    ("Forum on 17 June, ten to one, Guildhall", ["06-17 12:50"]),
    ("Dates: 17/6 or (repeat) 24/6. Either way 18:00-19:30.", ["06-17 18:00", "06-24 18:00"]),
    ("Prevent, 17 June, 4–5pm, Teams\n\nPrevent, 24 June, same again", ["06-17 16:00", "06-24 16:00"]),
    ("Panel (17 June): put off because of illness; will run on the 24th instead, half three.", ["06-24 15:30"]),
    ("Two-day foundation, 17 & 18 June, Lodge, 9.30 start each day", ["06-17 09:30", "06-18 09:30"]),
    ("Level 3, two days    17 and 24 June. Each day 9.15am to 3pm.", ["06-17 09:15", "06-24 09:15"]),
    ("The farewell was to have been on 10th June. It's now the 17th at half three.", ["06-17 15:30"]),
    (
        "Network: Tuesday 17 June. We have added one in the morning, 10.00–12.00; the other is 1.30–3.30 pm.",
        ["06-17 10:00", "06-17 13:30"],
    ),
    ("Tue 17 June    0900-1200    Refresher\nditto          1300-1600    Repeat", ["06-17 09:00", "06-17 13:00"]),
    (
        "Unless it says otherwise every course runs from 9.15am to 3.15pm.\n\nTWILIGHTS (all 4 - 5.30pm)\n\n"
        "10 June    Recording\n\nSUMMER\n\nLevel 3 update               Tue 17 June",
        ["06-10 16:00", "06-17 09:15"],
    ),
]


@pytest.mark.parametrize(("words", "days_due", "days_on"), SHARED)
def test_days_take_the_hours_said_for_them(words: str, days_due: list[str], days_on: list[str]) -> None:
    reading = note(words)
    assert (due(reading), on(reading)) == (days_due, days_on)


@pytest.mark.parametrize(("words", "starts"), TOLD)
def test_hours_are_told_in_words_and_once_for_several(words: str, starts: list[str]) -> None:
    assert on(note(words)) == starts
