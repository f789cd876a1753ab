"""Deadlines in the many ways that schools, councils, police and health services write them, family by family."""

import pytest

from tests.reading.families import due, note, on, page, table

TOLD_FROM_TODAY = [
    ("Replies by a week today, please.", ["06-11"]),
    ("You have until a week today to answer.", ["06-11"]),
    ("Please let me have numbers by this time next week.", ["06-11"]),
    ("Forms back to me by a fortnight today please.", ["06-18"]),
    ("Can I have your lists by tomorrow week?", ["06-12"]),
    ("Please send your return by a week on Friday.", ["06-13"]),
    ("Logs to be uploaded by Friday week.", ["06-13"]),
    ("Please reply by close tomorrow.", ["06-05"]),
    ("Ring me no later than first thing on Tuesday 10 June.", ["06-10"]),
    ("Applications must reach us by first post on Fri 13 June.", ["06-13"]),
    ("If you have not yet sent it, Thursday at the very latest please.", ["06-05"]),
    ("Please answer within a week, that is by next Wednesday.", ["06-11"]),
    ("I need the figures today.", ["06-04"]),
    ("Send me the name of your deputy by first thing Monday.", ["06-09"]),
    ("Please have it with us by two weeks today.", ["06-18"]),
    ("It must be with the clerk by a week tomorrow.", ["06-12"]),
]

AT_THE_LATEST = [
    ("Name one deputy for the panel, Tuesday 10/6/25 latest", ["06-10"]),
    ("Return the log, 13 June at the very latest.", ["06-13"]),
    ("Photo consents to the office: 13 June, latest.", ["06-13"]),
    ("Audit is 30 June, 5pm, hard stop.", ["06-30 17:00"]),
    ("Your list of leavers, Friday 27 June at the latest.", ["06-27"]),
    ("Governors’ comments to the clerk, last day Fri 27 June.", ["06-27"]),
    ("Checklist: final date 20 June.", ["06-20"]),
    ("The window finishes on Friday 27 June.", ["06-27"]),
    ("The portal shuts at midnight on Sunday 29 June.", ["06-29 23:59"]),
    ("The audit opens on 9 June and the closing date is Friday 27 June at 12 noon.", ["06-27 12:00"]),
    ("Bookings are taken until Tuesday 24 June.", ["06-24"]),
    ("Cut-off for late entries is noon on 12 June.", ["06-12 12:00"]),
    ("The absolute last date for claims is 26 June.", ["06-26"]),
    ("Requests have to be in by 20 June.", ["06-20"]),
    ("No returns will be accepted after 20 June.", ["06-20"]),
    ("Your policy should reach us on or before 27 June.", ["06-27"]),
    ("The form has to be back with us on Friday 13 June.", ["06-13"]),
    ("Register not later than midday on 13 June.", ["06-13 12:00"]),
    ("Register before 11 June.", ["06-11"]),
    ("The deadline, originally 13 June, has been put back to 20 June.", ["06-20"]),
    ("The deadline has been brought forward to the 13th.", ["06-13"]),
    ("The closing date has been extended from 6 June to 20 June.", ["06-20"]),
]

BEFORE_SOMETHING = [
    ("Have the governor’s visit written up by half-term (13 June).", ["06-13"]),
    ("The head is to publish the number by the last day of term, Friday 18 July.", ["07-18"]),
    ("Each pair settles its date with Hilary by the Wednesday before sports week (18 June).", ["06-18"]),
    ("Please see that new deputies are registered before the holiday begins on Monday 21 July.", ["07-21"]),
    ("All schools to have tested the alarm by the end of the first week of July (Friday 4th).", ["07-04"]),
    ("Sign-off sheets must be with us by the end of term – Tuesday 22 July.", ["07-22"]),
    ("Before you break up on Friday 18 July, please lock your alerts.", ["07-18"]),
    ("Please finish your referrals before term ends on 22 July.", ["07-22"]),
    ("Keys must be handed in by close of play on the last Friday of term, 18 July.", ["07-18"]),
    ("Update the risk register by the start of next term (Monday 1 September).", ["09-01"]),
    ("The front door moves on 30 June. Amend your policies so that they are right by then.", ["06-30"]),
    ("The panel sits on 18 June. Please have your papers with the clerk before then.", ["06-18"]),
]

TO_DO_LISTS = [
    (
        "TO DO - CHAIRS\n[ ] Section 175 return signed: 20 June, 4pm\n[ ] Policy adopted: 27 June",
        ["06-20 16:00", "06-27"],
    ),
    ("THINGS TO DO\n- Census of carers – 20 June\n- Training log – 27 June", ["06-20", "06-27"]),
    ("RETURNS DUE\n13 June: SEND register\n20 June: restraint log", ["06-13", "06-20"]),
    ("What we need from you\n- Welfare forms: Friday 13 June\n- Peer review slot: Friday 20 June", ["06-13", "06-20"]),
    ("Deadlines\n13/6  SEND register\n20/6  restraint log", ["06-13", "06-20"]),
    ("Actions\n- Upload your policy (13 June)\n- Return the audit (20 June)", ["06-13", "06-20"]),
    ("Your checklist\n[ ] Send the SCR sample - 13 June\n[ ] Book supervision - 20 June", ["06-13", "06-20"]),
    (
        "What is due from settings, in date order:\n\n"
        "Thurs 12 June    Ring-round of absent children: tell us your arrangement.\n"
        "Mon 16 June    Self-check to be returned",
        ["06-12", "06-16"],
    ),
    ("Thurs 12 June    Closing date, places on Level 2\n", ["06-12"]),
    ("Mon 23 June    Self-check to be returned, both sides, signed", ["06-23"]),
]

CHAT = [
    ("audit = 30 june, hard stop", ["06-30"]),
    ("audit - 30/6", ["06-30"]),
    ("s175 return - 30 june, 5pm", ["06-30 17:00"]),
    ("need ur numbers by mon pls", ["06-09"]),
    ("screenshot to me by fri", ["06-06"]),
    ("say which by 20/6", ["06-20"]),
    ("pls fill it in b4 20 june", ["06-20"]),
    ("forms in by 20/6 latest!!", ["06-20"]),
    ("census due 20/6", ["06-20"]),
    ("SCR check form: 20th June", ["06-20"]),
]

COLUMNS = [
    (("Form | To be returned by", "Restraint log | 13 June", "Staff list | 20 June"), ["06-13", "06-20"]),
    (("Due | What", "13 June | Restraint log", "20 June | Staff list"), ["06-13", "06-20"]),
    (("Return | Last day for returning", "Restraint log | 13 June", "Staff list | 20 June"), ["06-13", "06-20"]),
    (("What | Send to | No later than", "Restraint log | the clerk | 13 June"), ["06-13"]),
    (("Action | Who | By", "Restraint log | All DSLs | 13 June", "Lettings | CAF | Next meeting"), ["06-13"]),
    (("Task | Completion date", "Restraint log | 13 June"), ["06-13"]),
    (("Document | Submit to us by", "Restraint log | 13 June"), ["06-13"]),
    (("Return | Date due in", "Restraint log | 13/06/25"), ["06-13"]),
    (("What | Cut-off", "Restraint log | 13 June, noon"), ["06-13 12:00"]),
    (("Requirement | Responsible | To be done by", "Restraint log | Heads | 13 June"), ["06-13"]),
    (
        ("Date | What", "13 June | Last day for headcount amendments", "20 June | Closing date for bids"),
        ["06-13", "06-20"],
    ),
]

NO_DEADLINE = [
    "The new threshold guide comes into force on 1 September.",
    "We will write to you by 20 June with the results.",
    "Referrals rose by 12 June figures and stood at 40.",
    "Records must be kept until the child is 25.",
    "From 30 June please ring the new number.",
    "All visits were completed by 30 May.",
    "The minutes of 13 June will be circulated.",
    "The forum is on Friday 13 June at 10am.",
    "The guidance, published on 2 June, replaces that of 2018.",
    "The inquiry reports by the end of the year.",
]


@pytest.mark.parametrize(("words", "wanted"), TOLD_FROM_TODAY)
def test_deadlines_told_from_today(words: str, wanted: list[str]) -> None:
    assert due(note(words)) == wanted


@pytest.mark.parametrize(("words", "wanted"), AT_THE_LATEST)
def test_last_days_by_whatever_name(words: str, wanted: list[str]) -> None:
    assert due(note(words)) == wanted


@pytest.mark.parametrize(("words", "wanted"), BEFORE_SOMETHING)
def test_deadlines_set_by_another_happening(words: str, wanted: list[str]) -> None:
    assert due(note(words)) == wanted


@pytest.mark.parametrize(("words", "wanted"), TO_DO_LISTS)
def test_lists_of_things_to_do_give_deadlines_and_no_events(words: str, wanted: list[str]) -> None:
    reading = note(words)
    assert (due(reading), on(reading)) == (wanted, [])


@pytest.mark.parametrize(("words", "wanted"), CHAT)
def test_deadlines_in_chat_style(words: str, wanted: list[str]) -> None:
    reading = note(words)
    assert (due(reading), on(reading)) == (wanted, [])


@pytest.mark.parametrize(("rows", "wanted"), COLUMNS)
def test_columns_of_due_days(rows: tuple[str, ...], wanted: list[str]) -> None:
    reading = page(table(*rows))
    assert (due(reading), on(reading)) == (wanted, [])


@pytest.mark.parametrize("words", NO_DEADLINE)
def test_days_by_which_nobody_is_asked_anything_are_no_deadlines(words: str) -> None:
    assert due(note(words)) == []
