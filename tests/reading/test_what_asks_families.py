"""Asks by habit, by report, by label, in lists of orders; and what only sounds like one."""

import datetime as dt

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.items import Action, Deadline
from haven.engines.reading.what.actions import find_actions
from haven.engines.reading.what.asking import asked
from haven.engines.reading.what.phrasing import short_order


def actions(text: str, *deadlines: Deadline, name: str = "note.txt") -> tuple[Action, ...]:
    return find_actions(open_document(name, text.encode()), deadlines)


def deadline(text: str, quote: str, what: str = "") -> Deadline:
    start = text.index(quote)
    end = start + len(quote)
    return Deadline(start=start, end=end, quote=quote, confidence=0.9, date=dt.date(2025, 7, 4), what=what)


@pytest.mark.parametrize(
    "words",
    [
        "Governors review the complaints policy once a year.",
        "Each half term, the DSL and head go through the list of absent children together.",
        "First Monday of the month: figures to returns@example.gov.uk.",
        "A count of young carers goes to carers@example.gov.uk every month.",
        "Vulnerable pupils sheet - still wanted weekly.",
        "Review open concerns at least weekly.",
        "Members were asked to let the chair know.",
        "It was agreed that schools would say whether consent was given.",
        "The adviser warned against sending records as photographs.",
        "All staff – read Part one in September.",
        "DSL: on the first working day, submit the return to the office.",
        "Everyone - spare copies of the old booklet: bin them",
        "Have the headteacher sign it.",
        "Have a look at your certificate.",
        "In the meantime carry on using the old form.",
        "Until then work from the sixth edition.",
        "Throw it away.",
        "Use first names only.",
        "Report such calls to the office.",
        "Start recording seclusion now.",
        "Come to both days.",
        "The poster must be shown beside each telephone.",
        "Old lists should be shredded.",
        "The 2022 sheet should come off the wall.",
        "Parents are to be consulted first.",
        "If the date is past, book.",
    ],
)
def test_an_ask_is_heard_however_it_is_put(words: str) -> None:
    assert asked(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        "They are not to bring lists of pupils.",
        "No file is to go home with a pupil.",
        "Nobody under Level 2 may come to the course.",
        "Remember: no photographs of pupils go on personal phones.",
        "No mobile numbers on it, please.",
        "Costumes ought not to include toy weapons.",
    ],
)
def test_a_prohibition_is_heard_whomever_it_binds(words: str) -> None:
    ask = asked(words)
    assert ask is not None
    assert ask.prohibits


@pytest.mark.parametrize(
    "words",
    [
        "Dear all, please read to the end",
        "Please read on.",
        "Please read this letter carefully.",
        "Read this online",
        "Leave the list | Top",
        "Change your preferences • Stop these e-mails",
        "If you no longer want these e-mails, tell us.",
        "Print it",
        "Save the date!",
        "Keep safe and enjoy the break.",
        "Train the trainer: 4 March",
        "Take effect on 2 October.",
        "Draft, out for views.",
        "6 February: put off because of illness.",
        "Nobody has to take part.",
        "SEND advice for families: 01632 960131",
        "The clerk asked whether governors have to read all of it.",
        "The panel agreed that the numbers were too small to publish.",
        "The board meets every term.",
        "Revised text out today for schools to see.",
        "The form is to be consulted on this spring.",
        "I am not asking you to come.",
        "The line is not to be confused with the helpdesk.",
        "The trust's policy has gone and the new one is expected in April.",
    ],
)
def test_what_only_sounds_like_an_order_asks_nothing(words: str) -> None:
    assert asked(words) is None


def test_in_a_list_where_most_begin_with_a_verb_each_line_is_asked() -> None:
    orders = ("Audit training logs", "Review transition plans for new pupils", "Plan assemblies and events")
    text = "Autumn\n\n" + "".join(f"- {order}\n" for order in orders)
    assert tuple(a.what for a in actions(text)) == orders


def test_the_half_of_a_sentence_that_asks_is_the_ask() -> None:
    assert [a.what for a in actions("Goodbye to Leo Hand; take 01632 960676 off speed dial.\n")] == [
        "Take 01632 960676 off speed dial"
    ]


def test_a_bare_date_is_no_ask_where_the_note_says_what_to_do() -> None:
    text = "Reply needed by 4 July\n\nCompare your leavers with our list.\n"
    found = actions(text, deadline(text, "Reply needed by 4 July"))
    assert [a.what for a in found] == ["Compare your leavers with our list"]


def test_a_bare_date_is_an_ask_where_nothing_else_is() -> None:
    text = "# Spring audit\n\nReply needed by 4 July\n"
    found = actions(text, deadline(text, "Reply needed by 4 July"), name="note.md")
    assert [(a.what, a.due) for a in found] == [("Spring audit: reply needed", dt.date(2025, 7, 4))]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The yearly audit is open. Complete it by 4 July.\n", "Yearly audit: complete it"),
        ("# Yearly audit\n\nWe look forward to yours. Complete it by 4 July.\n", "Yearly audit: complete it"),
        ("Yearly audit\n\nComplete it by 4 July.\n", "Yearly audit: complete it"),
        ("# Actions\n\nReturn the audit by 4 July.\n", "Return the audit"),
    ],
)
def test_an_order_that_says_only_to_complete_it_says_what(text: str, what: str) -> None:
    quote = text[text.rindex("C" if "Complete" in text else "R") : -1]
    assert [a.what for a in actions(text, deadline(text, quote), name="note.md")] == [what]


def test_a_table_of_routine_jobs_is_read_and_a_table_of_people_is_not() -> None:
    jobs = "| Every | Job | Post it to |\n|---|---|---|\n| Friday | Exclusions log | the office |\n| year | – | – |\n"
    people = "| Name | Job | Number |\n|---|---|---|\n| Ann Vale | LADO | 01632 960111 |\n"
    assert [a.what for a in actions(jobs, name="note.md")] == ["Exclusions log"]
    assert actions(people, name="note.md") == ()


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("Nominate a pupil for the award (optional) by 4 July.", "Nominate a pupil for the award (optional)"),
        ("Amend them in your policy, please.", "Amend them in your policy"),
        ("Keyholder forms: these are due by Friday 4 July.", "Keyholder forms"),
        ("Count your first aid kits by 18.06.", "Count your first aid kits"),
        ("Thurs 13 Jan (C) Ring-round: tell us your arrangement.", "Ring-round: tell us your arrangement"),
        ("Parents are to be consulted by Friday 4 July.", "Parents are to be consulted"),
        ("Returns from heads are to reach us by Friday 4 July.", "Returns from heads are to reach us"),
        ("give this to partner agencies only).", "Give this to partner agencies only"),
    ],
)
def test_nothing_is_left_hanging_at_the_end_of_a_title(words: str, order: str) -> None:
    assert short_order(words, is_dated=True) == order


def test_a_line_of_a_thousand_labels_is_read_as_any_other() -> None:
    assert actions("Note: " * 4000 + "\n") == ()
