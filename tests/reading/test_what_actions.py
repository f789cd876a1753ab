"""What schools are asked to do, and must not do."""

import datetime as dt

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.items import Action, Deadline, Recurs
from haven.engines.reading.what.actions import find_actions
from haven.engines.reading.what.asking import asked, recurrence


def actions(text: str, name: str = "note.txt", *deadlines: Deadline) -> tuple[Action, ...]:
    return find_actions(open_document(name, text.encode()), deadlines)


def quotes(text: str, name: str = "note.txt") -> list[str]:
    return [a.quote for a in actions(text, name)]


ASKED = [
    "Please return the audit to us.",
    "Feedback form is here – two minutes, so please fill it in.",
    "Please could every school check its website.",
    "Would those with an open action please update me?",
    "Complete all nine sections.",
    "Update policy and CPD around the changes.",
    "If you have not done so, complete the form.",
    "By Thursday – sign off the plans.",
    "ACTION: all to reply to the questionnaire.",
    "Governing bodies to approve the policy.",
    "ANK to circulate the revised chart.",
    "All staff must have read Part one.",
    "Schools should upload the updated plan.",
    "Schools that were given a plan last year should upload it.",
    "Members should correct the reference.",
    "Each DSL is expected to bring one case a term.",
    "Governors need to approve the policy.",
    "Leads have to record consent.",
    "Questions that do not apply to you should be marked N/A.",
    "The directory entry has to be confirmed every term.",
    "The monthly return is due on the last working day.",
    "We request all schools share information with them.",
    "FOL asked that every contact says what has been tried.",
    "For non-urgent intelligence use the form.",
    "Any intelligence, ring 101 and quote the name.",
    "Remember to send in your monthly data.",
    "You do not need consent, but tell us at once.",
    "1.2  Ask your data officer to load the codes.",
    "Count and photograph your first aid kits.",
]
FORBIDDEN = [
    "Please do not call parent/child about the notification.",
    "Do not e-mail the return to me.",
    "Don’t leave messages about urgent matters.",
    "Schools must not ring the parent.",
    "Schools are asked not to post pictures.",
    "Never put a child’s name in the subject line.",
    "Reports to governors must not name children.",
    "Our letters of 2022 must no longer be used.",
    "Nobody may attend in place of a colleague.",
    "Canvassers are not allowed on the site.",
    "Photography isn’t allowed.",
    "You need not ring, but please never reply to all.",
]
NOT_ASKED = [
    "61 of our 74 schools were represented.",
    "We will write to schools without a return.",
    "You need not ring to ask.",
    "Schools that answered need do nothing more.",
    "There is nothing you have to send us.",
    "The Bill should receive Royal Assent next week.",
    "You should hear from us by Friday.",
    "Any questions just let me know.",
    "For any difficulties booking please email the office.",
    "If a child is in immediate danger ring 999.",
    "Calendar invitations to follow.",
    "Thank you for keeping doors open.",
    "Report expected in June.",
    "Print version",
    "Contact sheet for schools",
    "See the offer in the covering e-mail.",
    "The DfE intends to consult on the next edition.",
    "Checks received should be read by social workers.",
    "Notifications rose by 18% between September and October.",
    "The training is delivered in two parts.",
    "Topics covered include the role of social media.",
]


@pytest.mark.parametrize("words", ASKED)
def test_what_is_asked_is_found(words: str) -> None:
    ask = asked(words)
    assert ask is not None
    assert not ask.prohibits


@pytest.mark.parametrize("words", FORBIDDEN)
def test_what_is_forbidden_is_found_and_marked_so(words: str) -> None:
    ask = asked(words)
    assert ask is not None
    assert ask.prohibits


@pytest.mark.parametrize("words", NOT_ASKED)
def test_what_is_only_told_is_not_asked(words: str) -> None:
    assert asked(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "If you would like a place, write to Dunstan.",
        "Book your place through the portal.",
        "If you would like to host one let Beatrix know.",
        "Tell Ansel if you wish, no obligation.",
    ],
)
def test_an_invitation_is_optional(words: str) -> None:
    ask = asked(words)
    assert ask is not None
    assert ask.optional


@pytest.mark.parametrize(
    ("words", "recurs"),
    [
        ("Please remember your monthly returns.", Recurs.MONTHLY),
        ("Send the list by the 7th of every month.", Recurs.MONTHLY),
        ("Weekly: look at the portal.", Recurs.WEEKLY),
        ("Figures go to us every Monday.", Recurs.WEEKLY),
        ("Bring one case a term.", Recurs.TERMLY),
        ("Confirm it every term.", Recurs.TERMLY),
        ("Sign it every year.", Recurs.YEARLY),
        ("Complete the annual return.", None),
        ("Send it once.", None),
    ],
)
def test_how_often_is_read_where_it_is_said(words: str, recurs: Recurs | None) -> None:
    assert recurrence(words) is recurs


def test_who_is_asked_is_read_where_it_is_said() -> None:
    assert actions("All staff must read Part one.")[0].who == ("All staff",)
    assert actions("Governing bodies to approve the policy.")[0].who == ("Governing bodies",)
    assert actions("Please send it back.")[0].who == ()


def test_a_sentence_that_asks_two_things_gives_two() -> None:
    text = "Please do not interview anybody until you have spoken to us; ring on the same day."
    assert [(a.quote, a.prohibits) for a in actions(text)] == [
        ("Please do not interview anybody until you have spoken to us", True),
        ("ring on the same day.", False),
    ]


def test_an_action_log_gives_each_live_row_with_its_owner() -> None:
    text = (
        "| No | Action | Owner | Due |\n|---|---|---|---|\n| 1 | Lockdown checklist to all | CB | Done 3/2 |\n"
        "| 2 | Draft a guide | FOL, CB | w/e 21 March |\n| 3 | Bullying log | All | Monthly |\n"
    )
    found = actions(text, "a.md")
    assert [(a.quote, a.who, a.recurs) for a in found] == [
        ("Draft a guide", ("FOL", "CB"), None),
        ("Bullying log", ("All",), Recurs.MONTHLY),
    ]


def test_a_table_written_with_spaces_is_read_alike() -> None:
    text = (
        "TASKING                         WHO             WHEN\nCheck CCTV clock is on GMT      All "
        "sites       By 06/11\n"
        "Update keyholder list           All sites       asap\nReturn survey                   Secondaries     done\n"
    )
    assert [(a.quote, a.who) for a in actions(text)] == [
        ("Check CCTV clock is on GMT", ("All sites",)),
        ("Update keyholder list", ("All sites",)),
    ]


def test_a_table_of_events_asks_nothing() -> None:
    text = "| Date | Time | What | Venue |\n|---|---|---|---|\n| 3 Dec | 1.30 | Level 3 refresher | Tarn Centre |\n"
    assert actions(text, "a.md") == ()


def test_bullets_under_actions_needed_are_asked() -> None:
    text = (
        "# Actions needed\n\n- Report visit dates for summer\n- Review the code of conduct\n\n# "
        "News\n\n- Report from the panel\n"
    )
    assert quotes(text, "a.md") == ["Report visit dates for summer", "Review the code of conduct"]


def test_an_action_and_its_deadline_share_their_words_and_day() -> None:
    text = "Please return the action plan by 5th March. Thank you."
    quote = "Please return the action plan by 5th March."
    day = dt.date(2021, 3, 5)
    deadline = Deadline(start=0, end=len(quote), quote=quote, confidence=0.9, date=day, who=("DSLs",))
    (found,) = actions(text, "note.txt", deadline)
    assert (found.quote, found.due, found.who) == (quote, day, ("DSLs",))


def test_a_deadline_that_orders_nothing_is_an_action_unless_it_only_invites() -> None:
    text = "Names to me by 5 March."
    asked_for = Deadline(start=0, end=len(text), quote=text, confidence=0.9, date=dt.date(2021, 3, 5))
    assert [a.due for a in actions(text, "note.txt", asked_for)] == [dt.date(2021, 3, 5)]
    text = "The consultation closes on 5 March."
    invited = Deadline(start=0, end=len(text), quote=text, confidence=0.9, date=dt.date(2021, 3, 5), optional=True)
    assert actions(text, "note.txt", invited) == ()


def test_by_the_date_above_takes_the_day_given_above() -> None:
    text = "To be completed by 11/11/2022\n\nSend the short return by the date at the top of this sheet.\n"
    head = Deadline(start=0, end=29, quote=text[:29], confidence=0.9, date=dt.date(2022, 11, 11))
    (found,) = actions(text, "note.txt", head)
    assert found.quote.startswith("Send the short return")
    assert found.due == dt.date(2022, 11, 11)
