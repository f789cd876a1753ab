"""The rules of bulletins, in tables and properties, without a database."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.access.roles import Role
from haven.actions.rules import ALL_SCHOOLS
from haven.bulletins.rules.asking import are_one
from haven.bulletins.rules.cutting import Mark, find_words, halves, places_to_split, segments
from haven.bulletins.rules.facts import (
    SHAPES,
    AskedFacts,
    ContactFacts,
    EventFacts,
    GuidanceFacts,
    ItemKind,
    LinkFacts,
    as_kind,
    faults,
    is_web_address,
    joined_facts,
    read_back,
    written,
)
from haven.bulletins.rules.marking import Secret, hidden_spans, hides, is_looser, name_parts, redacted, stricter
from haven.bulletins.rules.proposing import Proposal, is_sure, paired, roles_named, why_unsure
from haven.bulletins.rules.publishing import (
    BulletinKind,
    ItemState,
    Move,
    Settings,
    after,
    faults_of,
    hindrances,
)
from haven.bulletins.rules.searching import meant
from haven.bulletins.rules.showing import as_dialled, clock, due, facts_in_words, telephone, when
from haven.engines.reading.items import Marking, Recurs, Status

BELL = Secret("Harry Quill", ("+447700900321",), ("harry.quill@example.org",))
DAY = dt.date(2026, 3, 20)


@pytest.mark.parametrize(
    "written_so",
    [
        "07700 900321",
        "07700900321",
        "07700-900-321",
        "(07700) 900 321",
        "+44 7700 900321",
        "+44 (0)7700 900321",
        "0044 7700 900 321",
        "44 7700 900321",
        "07700.900.321",
        "07700\u00a0900\u00a0321",
        "7700 900321",
        "harry.quill@example.org",
        "HARRY.QUILL@EXAMPLE.ORG",
        "harry.quill (at) example (dot) org",
        "harry.quill at example.org",
        "harry.quill%40example.org",
        "Harry Quill",
        "HARRY QUILL",
        "harry  quill",
        "Harry\nQuill",
        "Harry",
        "Quill’s",
    ],
)
def test_a_contact_is_found_however_it_is_written(written_so: str) -> None:
    text = f"Before {written_so} after"
    assert hides(text, [BELL])
    kept = redacted(text, [BELL])
    assert "[contact withheld]" in kept
    assert kept.startswith("Before ")
    assert kept.endswith(" after")
    assert not hides(kept, [BELL])


@pytest.mark.parametrize(
    "other",
    ["07700 900322", "107700900321", "0770090032", "harry.quills@example.org.uk", "Harrying", "quilled", "harry", ""],
)
def test_what_is_only_like_a_contact_is_left_alone(other: str) -> None:
    assert redacted(f"x {other} y", [BELL]) == f"x {other} y"


def test_a_team_is_withheld_only_as_a_whole() -> None:
    assert name_parts("Fairhaven Duty Team") == []
    assert name_parts("PC O’Hara Bell") == ["O’Hara", "Bell"]
    assert redacted("Fairhaven schools: Fairhaven Duty Team", [Secret("Fairhaven Duty Team")]) == (
        "Fairhaven schools: [contact withheld]"
    )


def test_without_secrets_nothing_is_withheld() -> None:
    assert hidden_spans("Harry Quill", []) == []


def test_markings_are_ordered_and_the_stricter_wins() -> None:
    order = ["", "not-for-parents", "professional-only", "internal"]
    for i, loose in enumerate(order):
        for strict in order[i + 1 :]:
            assert stricter(loose, strict) == stricter(strict, loose) == strict
            assert is_looser(loose, strict)
            assert not is_looser(strict, loose)


texts = st.text(alphabet="ab c\n<é😀", max_size=60)
spans = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=8)


@given(texts, spans)
def test_cutting_loses_no_character_and_opens_every_mark_once(text: str, found: list[tuple[int, int]]) -> None:
    marks = [Mark(number, min(span), max(span)) for number, span in enumerate(found)]
    cut = segments(text, marks)
    assert "".join(each.text for each in cut) == text
    if text:
        assert sorted(number for each in cut for number in each.opening) == list(range(len(marks)))


def test_marks_may_lie_in_one_another_and_overlap() -> None:
    cut = segments("abcdef", [Mark(1, 0, 4), Mark(2, 1, 2), Mark(3, 3, 6)])
    assert [(each.text, each.covering, each.opening) for each in cut] == [
        ("a", (1,), (1,)),
        ("b", (1, 2), (2,)),
        ("c", (1,), ()),
        ("d", (1, 3), (3,)),
        ("ef", (3,), ()),
    ]


def test_what_is_hidden_is_replaced_once_though_a_mark_begins_inside() -> None:
    cut = segments("Ring Bell now", [Mark(1, 7, 13)], [(5, 9)])
    assert "".join(each.text for each in cut) == "Ring [contact withheld] now"
    assert [number for each in cut for number in each.opening] == [1]


@pytest.mark.parametrize(
    ("words", "near", "found"),
    [
        ("to me", None, (0, 5)),
        ("to me", 20, (10, 15)),
        ("to\n me", None, (0, 5)),
        ("TO ME", None, (0, 5)),
        ("nothing", None, None),
        ("  ", None, None),
    ],
)
def test_words_are_found_white_space_and_capitals_apart(
    words: str, near: int | None, found: tuple[int, int] | None
) -> None:
    assert find_words("to me and to me", words, near) == found


def test_an_item_parts_at_its_sentences_lines_and_clauses() -> None:
    quote = "Read it. Then sign and return it"
    assert [quote[at:] for at in places_to_split(quote)] == ["Then sign and return it", "return it"]
    first, second = halves(10, quote, 9) or pytest.fail("should part")
    assert (first.quote, first.start, first.end) == ("Read it.", 10, 18)
    assert (second.quote, second.start) == ("Then sign and return it", 19)
    assert halves(0, quote, 0) is None


EVERY = [
    (ItemKind.ACTION, AskedFacts(what="Do", due_on=DAY, due_time=dt.time(17), roles=(Role.DSL,), who=("DSLs",))),
    (ItemKind.DEADLINE, AskedFacts(what="Do", recurs=Recurs.TERMLY, prohibits=True)),
    (ItemKind.EVENT, EventFacts(title="Meet", starts_on=DAY, ends_time=dt.time(17, 30), is_online=True)),
    (ItemKind.CONTACT, ContactFacts(name="A", phones=("+44",), marking=Marking.INTERNAL)),
    (ItemKind.GUIDANCE, GuidanceFacts(title="G", status=Status.CONSULTATION)),
    (ItemKind.LINK, LinkFacts(url="https://example.org")),
]


@pytest.mark.parametrize(("kind", "facts"), EVERY)
def test_facts_are_read_back_as_they_were_written(kind: ItemKind, facts: object) -> None:
    assert read_back(kind, written(facts)) == facts


@pytest.mark.parametrize("kind", list(ItemKind))
@pytest.mark.parametrize(("_", "facts"), EVERY)
def test_any_facts_become_any_kind(kind: ItemKind, _: ItemKind, facts: object) -> None:
    assert isinstance(as_kind(kind, facts, "the words"), SHAPES[kind])


@pytest.mark.parametrize(
    ("kind", "facts", "wrong"),
    [
        (ItemKind.ACTION, AskedFacts(what=" "), "Say what is asked."),
        (ItemKind.DEADLINE, AskedFacts(what="Do"), "A deadline needs its date."),
        (ItemKind.ACTION, AskedFacts(what="Do", due_time=dt.time(9)), "Give a date as well as a time."),
        (ItemKind.ACTION, AskedFacts(what="x" * 301), "Say what is asked in no more than 300 characters."),
        (ItemKind.EVENT, EventFacts(title="Meet"), "Give the day of the event."),
        (
            ItemKind.EVENT,
            EventFacts(title="Meet", starts_on=DAY, ends_on=DAY - dt.timedelta(1)),
            "The event must not end before it starts.",
        ),
        (
            ItemKind.EVENT,
            EventFacts(title="Meet", starts_on=DAY, starts_time=dt.time(9), ends_time=dt.time(8)),
            "The event must not end before it starts.",
        ),
        (
            ItemKind.EVENT,
            EventFacts(title="Meet", starts_on=DAY, ends_time=dt.time(8)),
            "Give the time at which it starts as well.",
        ),
        (ItemKind.CONTACT, ContactFacts(name="A"), "Give a telephone number or an e-mail address."),
        (ItemKind.GUIDANCE, GuidanceFacts(title=""), "Give the title of the document."),
        (
            ItemKind.LINK,
            LinkFacts(url="javascript:alert(1)"),
            "Give an address that begins with http:// or https://.",
        ),
    ],
)
def test_what_an_item_lacks_is_said_in_one_sentence(kind: ItemKind, facts: object, wrong: str) -> None:
    assert faults(kind, facts) == [wrong]


@pytest.mark.parametrize(("kind", "facts"), [pair for pair in EVERY if pair[0] not in {"deadline", "event"}])
def test_whole_items_lack_nothing(kind: ItemKind, facts: object) -> None:
    assert faults(kind, facts) == []


@pytest.mark.parametrize("address", ["mailto:a@example.org", "//example.org", "https://", "http://[", "https://a b"])
def test_what_is_no_web_address(address: str) -> None:
    assert not is_web_address(address)


def test_joining_keeps_what_either_knows_and_the_stricter_marking() -> None:
    one = ContactFacts(name="A", phones=("+441",), marking=Marking.NOT_FOR_PARENTS)
    other = ContactFacts(role="Desk", phones=("+441", "+442"), emails=("a@example.org",), marking=Marking.INTERNAL)
    assert joined_facts(one, other) == ContactFacts(
        name="A", role="Desk", phones=("+441", "+442"), emails=("a@example.org",), marking=Marking.INTERNAL
    )
    asked = joined_facts(AskedFacts(what="Read it."), AskedFacts(what="Sign it", due_on=DAY, prohibits=True))
    assert asked == AskedFacts(what="Read it. Sign it", due_on=DAY, prohibits=True)


def _proposal(kind: ItemKind, due_on: dt.date | None = None, start: int = 0) -> Proposal:
    facts = AskedFacts(what="Do", due_on=due_on)
    return Proposal(kind=kind, start=start, end=start + 9, quote="Do it now", confidence=0.9, facts=facts)


def test_a_deadline_joins_the_action_with_its_words_unless_there_are_two_days() -> None:
    action, deadline = _proposal(ItemKind.ACTION), _proposal(ItemKind.DEADLINE, DAY)
    assert [(each.kind, each.facts.due_on) for each in paired([action, deadline])] == [("action", DAY)]
    elsewhere = _proposal(ItemKind.DEADLINE, DAY, start=5)
    assert len(paired([action, elsewhere])) == 2
    assert len(paired([action, deadline, _proposal(ItemKind.DEADLINE, DAY + dt.timedelta(1))])) == 3
    assert len(paired([_proposal(ItemKind.ACTION, DAY + dt.timedelta(1)), deadline])) == 2


def test_the_less_sure_of_a_pair_says_how_sure_it_is() -> None:
    deadline = replace(_proposal(ItemKind.DEADLINE, DAY), confidence=0.5, conflict="6 March is a Friday")
    [one] = paired([_proposal(ItemKind.ACTION), deadline])
    assert (one.confidence, one.conflict) == (0.5, "6 March is a Friday")


@pytest.mark.parametrize(
    ("confidence", "conflict", "why"),
    [
        (0.9, "", ""),
        (0.5, "", "The reader is only 50% sure of this."),
        (0.95, "6 March is a Friday", "6 March is a Friday."),
    ],
)
def test_why_an_item_comes_first(confidence: float, conflict: str, why: str) -> None:
    assert why_unsure(confidence, conflict, "") == why
    assert is_sure(confidence, conflict, "") == (not why)


def test_an_item_for_some_only_comes_first_however_sure_the_reader_is() -> None:
    assert not is_sure(0.99, "", "secondary schools")
    assert why_unsure(0.99, "", "secondary schools").startswith("The note says “secondary schools”")


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        (("DSLs", "Heads"), (Role.DSL, Role.HEAD)),
        (("headteachers",), (Role.HEAD,)),
        (("deputy DSLs",), (Role.DEPUTY_DSL,)),
        (("Chairs of governors",), (Role.GOVERNOR,)),
        (("all schools",), ()),
    ],
)
def test_the_notes_words_for_people_name_roles(who: tuple[str, ...], roles: tuple[Role, ...]) -> None:
    assert roles_named(who) == roles


def test_what_can_be_decided_of_an_item() -> None:
    assert after(ItemState.PROPOSED, Move.DISMISS) is ItemState.DISMISSED
    assert after(ItemState.DISMISSED, Move.RECONSIDER) is ItemState.PROPOSED
    assert after(ItemState.SUPERSEDED, Move.ACCEPT) is None
    assert after(ItemState.WITHDRAWN, Move.ACCEPT) is None


def test_what_stands_in_the_way_of_publishing() -> None:
    states = [ItemState.PROPOSED, ItemState.PROPOSED, ItemState.ACCEPTED]
    assert hindrances(has_words=False, states=states, faults=["Give the bulletin a title."]) == [
        "The note has not been read. Paste its words first.",
        "2 items have not been looked at. Accept or dismiss each one first.",
        "Give the bulletin a title.",
    ]
    assert hindrances(has_words=True, states=[ItemState.DISMISSED], faults=[]) == []


def test_faults_of_settings() -> None:
    sound = Settings(title="T", kind=BulletinKind.ACTION, audience=(ALL_SCHOOLS,), expires_on=DAY)
    assert faults_of(sound, DAY - dt.timedelta(1)) == []
    assert faults_of(sound, DAY) == ["The day on which it expires must lie ahead."]
    assert faults_of(replace(sound, title=" ", audience=(), expires_on=None), DAY) == [
        "Give the bulletin a title.",
        "Choose whom it is for.",
    ]


def test_searching_means_every_form_of_a_word() -> None:
    assert meant('child "early help" -') == [("child", "children"), ("early help",)]
    assert meant("Children") == [("child", "children")]
    assert meant("  ") == []


def test_days_times_and_numbers_as_people_say_them() -> None:
    assert (clock(dt.time(9)), clock(dt.time(16, 30)), clock(dt.time(0, 5))) == ("9am", "4:30pm", "12:05am")
    assert due(AskedFacts(what="x", due_on=DAY, due_time=dt.time(12))) == "Friday 20 March 2026, 12pm"
    event = EventFacts(title="x", starts_on=DAY, starts_time=dt.time(18), ends_time=dt.time(19, 30))
    assert when(event) == "Friday 20 March 2026, 6pm to 7:30pm"
    longer = EventFacts(title="x", starts_on=DAY, ends_on=DAY + dt.timedelta(1))
    assert when(longer) == "Friday 20 March 2026 to Saturday 21 March 2026"
    assert telephone("+447700900321") == "07700 900321"
    assert telephone("+33123456789").startswith("+33")
    assert telephone("999999999999999999999") == "999999999999999999999"
    assert (as_dialled("07700 900321"), as_dialled("later"), as_dialled("12")) == ("+447700900321", None, None)


@pytest.mark.parametrize(("kind", "facts"), EVERY)
def test_facts_in_words_leave_out_what_is_blank(kind: ItemKind, facts: object) -> None:
    said = facts_in_words(facts)
    assert said
    assert all(value for _, value in said)


@pytest.mark.parametrize(
    ("name", "other", "one"), [("Ann Lee", "A Lee", True), ("", "Ann", True), ("Ann Lee", "Ann Day", False)]
)
def test_two_names_may_be_one_persons(name: str, other: str, one: bool) -> None:
    assert are_one(name, other) is one
