"""Happenings in the many ways that schools, councils, police and health services write them, family by family."""

import pytest

from tests.reading.families import note, on, page, table

TOLD_FROM_TODAY = [
    ("Panel: this Friday 10am, I am not asking you to come.", ["06-06 10:00"]),
    ("Catch-up: Thursday week, 3.30, usual Teams link.", ["06-12 15:30"]),
    ("Big Picnic: first Saturday in July, noon - 3pm, Lido Park.", ["07-05 12:00"]),
    ("Governors’ tea: second Wednesday of July at 4pm, school hall.", ["07-09 16:00"]),
    ("The forum meets a week on Monday at 9.30am.", ["06-16 09:30"]),
    ("Drop-in: tomorrow 4pm, Zoom.", ["06-05 16:00"]),
    ("Supervision is next Tuesday at 4pm in the library.", ["06-10 16:00"]),
    ("Briefing a week today at 8.30am, Teams.", ["06-11 08:30"]),
    ("Webinar: this time next week, 2pm.", ["06-11 14:00"]),
    ("Heads’ call: Monday 9am.", ["06-09 09:00"]),
]

ONE_HOUR_FOR_ALL = [
    ("Forums: 10 June (primary) and 12 June (secondary), both at 1.30pm, Quay House", ["06-10 13:30", "06-12 13:30"]),
    (
        "Join Aurelio at 16:15 on any of these days: 10 June, 12 June, 16 June (online).",
        ["06-10 16:15", "06-12 16:15", "06-16 16:15"],
    ),
    ("huddles: 11/6, 18/6, 25/6. all 4pm, 20 mins", ["06-11 16:00", "06-18 16:00", "06-25 16:00"]),
    ("Supervision with Blaise: mon 9th or weds 11th, 2pm.", ["06-09 14:00", "06-11 14:00"]),
    ("Parents’ evening: Mon 16th, 4-7 (and Wed 18th, same)", ["06-16 16:00", "06-18 16:00"]),
    (
        "DATES OF FUTURE MEETINGS (all at 3.45pm)\n\nWednesday 11 June - Fairoak\nWednesday 9 July - The Mount",
        ["06-11 15:45", "07-09 15:45"],
    ),
    ("All sessions run 10 to noon.\n\n- Neglect: 10 June\n- Exploitation: 12 June", ["06-10 10:00", "06-12 10:00"]),
    ("Twilights, all 4pm–5pm:\n- 10 June: neglect\n- 12 June: online harms", ["06-10 16:00", "06-12 16:00"]),
    ("Drop-ins on 10, 17 and 24 June, 4pm to 4.30, Zoom.", ["06-10 16:00", "06-17 16:00", "06-24 16:00"]),
    ("- Neglect: 10 June\n- Exploitation: 12 June\n\nAll sessions 4pm–5pm.", ["06-10 16:00", "06-12 16:00"]),
    ("Level 3, part 1 Monday 9 June, part 2 Monday 16 June (9.00 – 3.30)", ["06-09 09:00", "06-16 09:00"]),
    ("Clinics run from 2pm until 4pm on 10 June and 24 June.", ["06-10 14:00", "06-24 14:00"]),
]

BOARDS = [
    (
        "w/c 9 June\n\nMon    Staff briefing 8.20\nTues   Twilight: neglect, 3.45-5, Library",
        ["06-09 08:20", "06-10 15:45"],
    ),
    (
        "WEEK BEGINNING MONDAY 9TH JUNE\n\nMon     Staff briefing 8.20.\nTues    Fire practice a.m.\n"
        "        Twilight: Recognising neglect, 3.45-5, Library.\nWed     Nurse in from 10",
        ["06-09 08:20", "06-10", "06-10 15:45", "06-11 10:00"],
    ),
    ("This week\nThu: Assembly 9.10\nFri: Nurse, year 6, from 10am", ["06-05 09:10", "06-06 10:00"]),
    (
        "Week commencing 16 June\n\nMonday - photographer, 9am\nThursday - sports day, 1pm",
        ["06-16 09:00", "06-19 13:00"],
    ),
    ("Coming up\n16th    Visit, all morning\n20th    Comic event (£1)", ["06-16", "06-20"]),
    ("Mon 16th    Parents' evening 4-7", ["06-16 16:00"]),
    ("Diary for June\n\nFri 6 – INSET day\nTue 10 – forum, 2pm", ["06-06", "06-10 14:00"]),
    ("JULY\n\n1  Transition day\n8  Sports day\n", ["07-01", "07-08"]),
    ("June\n12th: heads' breakfast, 8am\n19th: DSL forum, 2pm", ["06-12 08:00", "06-19 14:00"]),
    ("July\nThurs 3   Leavers' assembly 9.30\nTues 8   Moderation 4pm", ["07-03 09:30", "07-08 16:00"]),
]

FIGURES = [
    ("Diary\n17.06 0930 Forum, Mill Centre", ["06-17 09:30"]),
    ("Diary\n17/06 0930-1130 Forum, Mill Centre", ["06-17 09:30"]),
    ("17/06 1400hrs Tabletop, Skipsea Lane Stn", ["06-17 14:00"]),
    ("Tue 17/6 at 1400: tabletop exercise", ["06-17 14:00"]),
    ("17.06.25, 09.30: forum", ["06-17 09:30"]),
    ("Forum 17/6 @ 2pm, Teams", ["06-17 14:00"]),
    ("INSET 17 June. Trust-wide safeguarding update 0845–1015, streamed.", ["06-17 08:45"]),
    ("Weds 18 June 2025 @ 18:00, Teams   |   repeated Sat 21 June @ 10:30, Guildhall", ["06-18 18:00", "06-21 10:30"]),
    ("2025-06-17 14:00 Multi-agency forum", ["06-17 14:00"]),
    ("Multi-agency forum 17-06-2025 2.00pm", ["06-17 14:00"]),
]

MOVED = [
    ("The residential has been put back from 16 and 17 June to 23 and 24 June, Gisby Hall.", ["06-23"]),
    ("The twilight was to be on 21 June; it has now been brought forward to the 14th, 3.45pm.", ["06-14 15:45"]),
    ("The conference is on 20 June, not the 19th, and not at the Pavilion.", ["06-20"]),
    ("Forum: 24 June (was 17 June), 2pm", ["06-24 14:00"]),
    ("NB the forum on 17 June is now on 24 June.", ["06-24"]),
    ("The briefing moves back by one week to Thursday 19 June at 18:00.", ["06-19 18:00"]),
    ("no its moved to fri 20th, 9 til 12, depot rm 4", ["06-20 09:00"]),
    ("Drop-in 11 June cancelled, next one 18 June at 4pm.", ["06-18 16:00"]),
    ("Please note the change of date: the forum will be on 26 June instead of 19 June.", ["06-26"]),
    ("Supervision – new date 17 June, 1pm (previously 10 June)", ["06-17 13:00"]),
]

NAMED = [
    ("Children’s Play Week is 9 to 15 June and Clean Air Day is on Thursday 19 June.", ["06-09", "06-19"]),
    ("Schools close on Friday 18 July.", ["07-18"]),
    ("Term ends Tuesday 22 July.", ["07-22"]),
    ("Our offices are shut from 7 July till 11 July.", ["07-07"]),
    ("Refugee Week: 16-22 June", ["06-16"]),
    ("The office will be closed on Monday 16 June.", ["06-16"]),
    ("We meet again on Thursday 12 June.", ["06-12"]),
    ("Next meeting: 12 June, 2pm, Chapter House", ["06-12 14:00"]),
    ("The survey reports on 20 June at 1 pm in the Guildhall: come if you can.", ["06-20 13:00"]),
    ("PC Imlach will visit on Tuesday 17 June to talk about knives.", ["06-17"]),
    ("We are holding a conference for deputies on 24 June.", ["06-24"]),
    ("INSET day: Monday 23 June", ["06-23"]),
]

TABLES = [
    (("When | What | Where", "17 June | Childminder evening, 7pm | Teams"), ["06-17 19:00"]),
    (("When | What | Where", "16-20 June | Office closed"), ["06-16"]),
    (("Date | Time | Course | Venue", "17 June | 9.30am-12.30pm | Level 3 | Mill Centre"), ["06-17 09:30"]),
    (("Course | Dates", "Neglect | 17 June, 2pm", "Exploitation | 19 June, 2pm"), ["06-17 14:00", "06-19 14:00"]),
    (("Event | Date | Time", "Forum | Tue 17 June | 0930-1130"), ["06-17 09:30"]),
    (("Meeting | Date", "Forum | 24 June (was 17 June)"), ["06-24"]),
    (("17 June | Forum, 2pm",), ["06-17 14:00"]),
    (("Date | Event", "22 July | Last day of term"), ["07-22"]),
]

NO_EVENT = [
    "The new threshold guide comes into force on 1 September.",
    "The new form goes live on 16 June.",
    "This alert will be withdrawn on 5 August 2025.",
    "The trust template lands w/c 16 June and you localise pages 2 and 3 only.",
    "Our policy was adopted on 12 November 2018.",
    "The chair visited nine schools between 8 and 26 May and is grateful for the tea.",
    "The figures are for the year to 30 June 2025.",
    "Data are for the period 1 January to 31 March 2025.",
    "The plan covers 1 September 2025 to 31 August 2026.",
    "The new edition will be published on 16 June.",
    "The regulations take effect from 1 July.",
    "Dashiell has been appointed manager and starts on 27 June.",
    "The number changes on 16 June to 01632 960 111.",
    "Next update: 18 June.",
    "Copy date for the next issue: 20 June.",
    "Children born between 1 September 2014 and 31 August 2015 move up.",
    "The contract with Wenning Networks expires on 30 June.",
    "The draft replaces the one of 1 June 2018.",
    "The grant is for the financial year 1 April 2025 to 31 March 2026.",
    "Summer edition, 18th of June 2025.",
    "The duty has applied since 1 March.",
    "The old number will stop working on 30 June.",
    "The Act received Royal Assent on 29 June.",
    "Version 3 is dated 20 June.",
    "The new rules apply from 1 September 2025.",
    "Certificates are valid until 30 June.",
]


@pytest.mark.parametrize(("words", "wanted"), TOLD_FROM_TODAY)
def test_happenings_told_from_today(words: str, wanted: list[str]) -> None:
    assert on(note(words)) == wanted


@pytest.mark.parametrize(("words", "wanted"), ONE_HOUR_FOR_ALL)
def test_hours_said_once_serve_all_the_days_of_a_list(words: str, wanted: list[str]) -> None:
    assert on(note(words)) == wanted


@pytest.mark.parametrize(("words", "wanted"), BOARDS)
def test_boards_of_weekdays_and_months(words: str, wanted: list[str]) -> None:
    assert on(note(words)) == wanted


@pytest.mark.parametrize(("words", "wanted"), FIGURES)
def test_days_and_hours_in_figures(words: str, wanted: list[str]) -> None:
    assert on(note(words)) == wanted


@pytest.mark.parametrize(("words", "wanted"), MOVED)
def test_moved_happenings_count_on_their_new_day(words: str, wanted: list[str]) -> None:
    assert on(note(words)) == wanted


@pytest.mark.parametrize(("words", "wanted"), NAMED)
def test_happenings_named_in_a_sentence(words: str, wanted: list[str]) -> None:
    assert on(note(words)) == wanted


@pytest.mark.parametrize(("rows", "wanted"), TABLES)
def test_tables_of_happenings(rows: tuple[str, ...], wanted: list[str]) -> None:
    assert on(page(table(*rows))) == wanted


@pytest.mark.parametrize("words", NO_EVENT)
def test_days_on_which_nothing_happens_are_no_events(words: str) -> None:
    assert on(note(words)) == []
