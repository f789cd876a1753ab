"""Which days of a note are happenings, and what, when and where they are."""

import datetime as dt

import pytest

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.reading.items import Event, Recurs
from haven.engines.reading.when.events import find_events
from haven.engines.reading.when.mentions import find_mentions

NOTE = dt.date(2025, 1, 14)


def note(*lines: str) -> Document:
    text, blocks = "", []
    for line in lines:
        kind = BlockKind.BULLET if line.startswith("- ") else BlockKind.PARAGRAPH
        if line.startswith("# "):
            kind, line = BlockKind.HEADING, line.removeprefix("# ")
        blocks.append(Block(len(text), len(text) + len(line), kind, level=int(kind is BlockKind.HEADING)))
        text += f"{line}\n"
    return Document("note.txt", "text/plain", text, tuple(blocks))


def events_in(document: Document) -> tuple[Event, ...]:
    return find_events(document, find_mentions(document, NOTE), NOTE)


def live_starts(document: Document) -> list[str]:
    return [
        event.starts.isoformat(timespec="minutes")
        if isinstance(event.starts, dt.datetime)
        else event.starts.isoformat()
        for event in events_in(document)
        if not event.cancelled
    ]


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        ("Next date is Weds 23rd April 6pm to 7:30pm via Microsoft Teams.", ["2025-04-23T18:00"]),
        ("Governors’ briefing    6–7.30pm Weds 29 Jan via Teams, open to all", ["2025-01-29T18:00"]),
        ("Level 3 refresher    5th February, 9.15 for 9.30 until 12.30, Oakhouse Centre.", ["2025-02-05T09:30"]),
        (
            "Level 3, two days: Tuesday 18 and Tuesday 25 March, 9.15am–3.45pm.",
            ["2025-03-18T09:15", "2025-03-25T09:15"],
        ),
        ("9 May, 4 o'clock till 5.30, repeated 16 May at the same time.", ["2025-05-09T16:00", "2025-05-16T16:00"]),
        ("MOVED from Thurs 20 March to Thurs 27 March       6.30 - 8 p.m.", ["2025-03-27T18:30"]),
        ("The forum will now be on Thursday 27 March, not on Tuesday 25 March.", ["2025-03-27"]),
        ("The briefing on 14 February is cancelled. The next is Tuesday 11 March, 8.30–9.30am.", ["2025-03-11T08:30"]),
        ("The roadshow planned for 11 March will not take place.", []),
        ("First aid: Mon 10 Feb, noon-3pm.  CANCELLED, trainer unwell", []),
        ("Anti-Bullying Week runs 10–14 March.", ["2025-03-10"]),
        ("Schools close on Friday 14 February and children come back on the 24th.", ["2025-02-14", "2025-02-24"]),
        ("Library van on Thursday 6th March. Please return all books by this date.", ["2025-03-06"]),
        ("East – Tues 10th June;  West – Thurs 12th June. Both 1pm–3.30pm.", ["2025-06-10T13:00", "2025-06-12T13:00"]),
        ("Tomorrow: test kits arrive.", ["2025-01-15"]),
        ("Drop-in on Thursday 16th, quarter to four", ["2025-01-16T15:45"]),
    ],
)
def test_a_dated_happening_ahead_is_an_event(words: str, starts: list[str]) -> None:
    assert live_starts(note(words)) == starts


@pytest.mark.parametrize(
    "words",
    [
        "Important changes came into force on the 28th November 2024.",
        "The return opened on 6th January.",
        "Please return the audit by 5 March.",
        "We will write to schools without a return on 21 March.",
        "Absence was 9.1% against 6.4% in the same week of 2019.",
        "Contacts on older forms will be sent back from 1 April.",
        "Born on 3 May 2010.",
        "The next issue comes out on 23 March.",
        "Guidance becomes statutory on 19 August 2025.",
        "See pages 11-13 and paragraph 171.",
    ],
)
def test_laws_limits_promises_and_the_past_are_no_events(words: str) -> None:
    assert live_starts(note("# Notes", "Something else first.", words)) == []


def test_an_old_date_and_a_called_off_one_are_kept_as_cancelled() -> None:
    found = events_in(
        note("Supervision group: moved from 22 January to Thursday 30 January, 3.30 pm to 5 pm, Weir Room.")
    )
    assert [(e.starts, e.cancelled) for e in found] == [
        (dt.date(2025, 1, 22), True),
        (dt.datetime(2025, 1, 30, 15, 30), False),
    ]


def test_the_notes_own_meeting_is_an_event_and_its_issue_date_is_not() -> None:
    (meeting,) = events_in(note("January Cluster Meetings – 14th/15th January 2025:", "Welcome, all."))
    assert (meeting.starts, meeting.ends, meeting.title) == (
        dt.date(2025, 1, 14),
        dt.date(2025, 1, 15),
        "January Cluster Meetings",
    )
    assert events_in(note("Heads’ message no. 13 – Tuesday 14 January 2025", "Dear colleagues,")) == ()


def test_an_event_has_its_title_place_and_end() -> None:
    (found,) = events_in(note("- Neglect conference: Wednesday 26 March, 9.30 am to 3.30 pm, Bridge Hall."))
    assert found.title == "Neglect conference"
    assert found.place == "Bridge Hall"
    assert found.ends == dt.datetime(2025, 3, 26, 15, 30)
    assert found.online is None


@pytest.mark.parametrize(
    ("words", "online"),
    [
        ("on Zoom", True),
        ("via Microsoft Teams", True),
        ("online", True),
        ("a webinar", True),
        ("in the hall", None),
        ("our teams meet", None),
    ],
)
def test_online_is_true_only_where_the_text_says_so(words: str, online: bool | None) -> None:
    (found,) = events_in(note(f"Briefing: Wednesday 26 March at 4pm, {words}"))
    assert found.online is online


def test_a_line_of_hours_serves_the_days_listed_below_it() -> None:
    document = note(
        "# Lunch and learn",
        "Short talks online, 12.30–1.15pm:",
        "- 4 February: private law orders",
        "- 11 February: fabricated illness",
    )
    found = events_in(document)
    assert [e.starts for e in found] == [dt.datetime(2025, 2, 4, 12, 30), dt.datetime(2025, 2, 11, 12, 30)]
    assert all(e.online for e in found)


def test_days_under_the_name_of_a_month_belong_to_it() -> None:
    document = note("February", "Mon 3 – INSET day", "Fri 14 – Schools close", "March", "6th: World Book Day")
    assert live_starts(document) == ["2025-02-03", "2025-02-14", "2025-03-06"]


def test_a_happening_told_twice_is_given_once_with_its_hours() -> None:
    document = note(
        "# Diary",
        "- Thursday 6th February: Cross Country",
        "The cross country will be on Thursday 6th February from 10am until 12 noon.",
    )
    (found,) = events_in(document)
    assert found.starts == dt.datetime(2025, 2, 6, 10)


def test_two_happenings_on_one_day_are_two() -> None:
    document = note(
        "- Wednesday 26 March: P5 party", "- Wednesday 26 March: P7 party", "- Wednesday 26 March: Church service"
    )
    assert [e.title for e in events_in(document)] == ["P5 party", "P7 party", "Church service"]


def test_a_monthly_drop_in_recurs_from_its_next_day() -> None:
    (found,) = events_in(note("Drop-in supervision: last Thursday of every month, 3.45pm, Beck Centre"))
    assert (found.recurs, found.starts) == (Recurs.MONTHLY, dt.datetime(2025, 1, 30, 15, 45))


def test_a_tentative_or_contradicted_day_is_less_sure() -> None:
    (sure,) = events_in(note("The walk is on Wednesday 26 March 2025."))
    (tentative,) = events_in(note("The walk is on Wednesday 26 March 2025 (tbc)."))
    (odd,) = events_in(note("The walk is on Monday 26 March 2025."))
    assert sure.confidence > tentative.confidence
    assert odd.conflict == "The note says Monday, but 26 March 2025 is a Wednesday."
    assert odd.confidence < sure.confidence
