"""Where a consultation stands, what its questions are, and until when views are taken: without a database."""

from datetime import date, timedelta

import pytest

from haven.access.roles import Kind
from haven.consultations.rules import life, months
from haven.consultations.rules.final import Answered, composed, digest_of, plain, quoted, with_quote
from haven.consultations.rules.groups import AGENCIES, CONTRIBUTING, ORDER, group_of
from haven.consultations.rules.life import Stage
from haven.consultations.rules.questions import QuestionKind, Said, WantedQuestion, faults_of, is_sound, numbered, split
from haven.consultations.rules.standing import Standing, standing_of, tag_for
from haven.guidance.rules.life import Days, Ending

TODAY = date(2026, 3, 2)


def day(distance: int) -> date:
    return TODAY + timedelta(days=distance)


@pytest.mark.parametrize(
    ("days", "stage", "said"),
    [
        (Days(opens_on=day(-3), closes_on=day(12)), Stage.OPEN, "Until 14 March 2026: 12 days left"),
        (Days(opens_on=day(0), closes_on=day(0)), Stage.OPEN, "Until 2 March 2026: today is the last day"),
        (Days(closes_on=day(1)), Stage.OPEN, "Until 3 March 2026: tomorrow is the last day"),
        (Days(opens_on=day(-3)), Stage.OPEN, "No closing date is known"),
        (Days(opens_on=day(1), closes_on=day(30)), Stage.COMING, "Opens on 3 March 2026, until 1 April 2026"),
        (Days(opens_on=day(1)), Stage.COMING, "Opens on 3 March 2026"),
        (Days(opens_on=day(-30), closes_on=day(-1)), Stage.WAITING, "Closed on 1 March 2026"),
        (
            Days(opens_on=day(-30), closes_on=day(-9), answered_on=day(0)),
            Stage.ANSWERED,
            "Closed on 21 February 2026; answered on 2 March 2026",
        ),
        (Days(opens_on=day(-30), closes_on=day(-9), answered_on=day(1)), Stage.WAITING, "Closed on 21 February 2026"),
        (
            Days(closes_on=day(-9), issued_on=day(-1), in_force_on=day(9)),
            Stage.ANSWERED,
            "Closed on 21 February 2026; the text came out on 1 March 2026",
        ),
        (Days(opens_on=day(-30), in_force_on=day(-1)), Stage.ANSWERED, "The text came out on 1 March 2026"),
        (
            Days(opens_on=day(-3), closes_on=day(12), ended_on=day(0), ending=Ending.WITHDRAWN),
            Stage.CALLED_OFF,
            "Withdrawn on 2 March 2026",
        ),
        (
            Days(opens_on=day(-3), closes_on=day(12), ended_on=day(1), ending=Ending.WITHDRAWN),
            Stage.OPEN,
            "Until 14 March 2026: 12 days left",
        ),
    ],
)
def test_where_a_consultation_stands_follows_from_its_dates(days: Days, stage: Stage, said: str) -> None:
    assert life.stage_on(days, TODAY) is stage
    assert life.in_words(days, {}, TODAY) == said


def test_a_source_that_names_no_exact_day_is_quoted() -> None:
    days = Days(opens_on=date(2026, 6, 1))
    assert life.in_words(days, {"opens_on": "in the summer"}, TODAY) == "Opens: in the summer"


@pytest.mark.parametrize(
    ("own", "national", "fault"),
    [
        (0, 5, ""),
        (5, 5, ""),
        (5, None, ""),
        (-1, 5, life.PASSED),
        (6, 5, "Choose a closing date on or before 7 March 2026, when the consultation itself closes."),
    ],
)
def test_an_areas_own_date_lies_between_today_and_the_consultations(own: int, national: int | None, fault: str) -> None:
    assert life.fault_of_closing(day(own), None if national is None else day(national), TODAY) == fault


def test_a_week_before_the_consultation_closes_is_proposed_but_no_day_that_has_passed() -> None:
    assert life.proposed_day(day(20), TODAY) == day(13)
    assert life.proposed_day(day(3), TODAY) == TODAY
    assert life.proposed_day(None, TODAY) is None


@pytest.mark.parametrize(
    ("left", "asked_ago", "due"),
    [
        (15, 30, None),
        (14, 30, 0),
        (13, 30, -1),  # a day on which nothing ran is made up for
        (4, 30, -10),
        (3, 30, 0),
        (0, 30, -3),
        (-1, 30, None),  # over
        (14, 0, None),  # asked today: no reminder on the same day
        (13, 0, None),  # asked after that day
        (3, 5, 0),
    ],
)
def test_a_reminder_is_due_once_for_each_day_before_the_last(left: int, asked_ago: int, due: int | None) -> None:
    found = life.reminder_due(day(left), (14, 3), since=day(-asked_ago), day=TODAY)
    assert found == (None if due is None else day(due))


@pytest.mark.parametrize(
    ("sent", "called_off", "invited", "over", "standing"),
    [
        (False, False, False, False, Standing.PREPARING),
        (False, False, False, True, Standing.PREPARING),
        (False, False, True, False, Standing.GATHERING),
        (False, False, True, True, Standing.WRITING),
        (False, True, True, False, Standing.CALLED_OFF),
        (True, True, True, True, Standing.SENT),
    ],
)
def test_where_a_response_stands(sent: bool, called_off: bool, invited: bool, over: bool, standing: Standing) -> None:
    assert standing_of(is_invited=invited, is_sent=sent, is_called_off=called_off, is_over=over) is standing


def test_who_has_answered_is_told_so_while_it_gathers() -> None:
    assert tag_for(Standing.GATHERING, has_said=True)[0] == "You have answered"
    assert tag_for(Standing.GATHERING, has_said=False)[0] == "Your view is asked"
    assert tag_for(Standing.SENT, has_said=True)[0] == "Sent for the area"


PASTED = """Question 1: Do you agree with the new threshold?
Strongly agree
Agree
Disagree

Question 2
Should every school keep a list,
and who should see it?
- Yes
- No
Q3. What is missing from the draft?
4) To what extent do you agree that staff need training?
"""


def test_pasted_lines_are_split_where_they_are_numbered() -> None:
    assert split(PASTED) == [
        WantedQuestion(number="1", words="Do you agree with the new threshold?", kind=QuestionKind.AGREE),
        WantedQuestion(
            number="2", words="Should every school keep a list, and who should see it?", kind=QuestionKind.YES_NO
        ),
        WantedQuestion(number="3", words="What is missing from the draft?"),
        WantedQuestion(
            number="4", words="To what extent do you agree that staff need training?", kind=QuestionKind.AGREE
        ),
    ]


def test_lines_without_numbers_are_a_question_each_and_get_numbers() -> None:
    found = numbered(split("• Is the form short enough?\n\n• What would you change?\n"))
    assert [(each.number, each.words, each.kind) for each in found] == [
        ("1", "Is the form short enough?", QuestionKind.YES_NO),
        ("2", "What would you change?", QuestionKind.FREE),
    ]


@pytest.mark.parametrize("text", ["", "  \n ", "Yes\nNo\n"])
def test_where_there_is_no_question_none_is_found(text: str) -> None:
    assert split(text) == []


def test_a_number_with_a_letter_and_a_sentence_that_begins_with_a_number() -> None:
    found = split("2a. Who reads it?\n2b. Who signs it?\n30 pages are too many for that.")
    assert [(each.number, each.words) for each in found] == [
        ("2a", "Who reads it?"),
        ("2b", "Who signs it? 30 pages are too many for that."),
    ]


def test_questions_without_words_or_too_many_or_too_long_are_at_fault() -> None:
    assert faults_of([WantedQuestion(words=" ")]) == ["Give each question its words."]
    assert faults_of([WantedQuestion(words="x" * 2001)]) == ["Keep each question to 2,000 characters."]
    assert faults_of([WantedQuestion(words="x", number="1" * 21)]) == [
        "Keep the number of a question to 20 characters."
    ]
    assert faults_of([WantedQuestion(words="x")] * 101) == ["Keep to 100 questions."]


@pytest.mark.parametrize(
    ("kind", "said", "sound"),
    [
        (QuestionKind.YES_NO, Said(choice="yes"), True),
        (QuestionKind.YES_NO, Said(choice="agree"), False),
        (QuestionKind.FREE, Said(choice="yes"), False),
        (QuestionKind.FREE, Said(words="A sentence."), True),
        (QuestionKind.FREE, Said(words="x" * 5001), False),
    ],
)
def test_only_what_a_question_offers_can_be_said_to_it(kind: QuestionKind, said: Said, sound: bool) -> None:
    assert is_sound(kind, said) is sound


def test_the_final_text_has_each_answer_below_its_question() -> None:
    answers = [Answered("1", "Should we?", "Yes", "Because."), Answered("", "What else?", "", "")]
    assert composed(answers) == "1. Should we?\n\nYes\n\nBecause.\n\n\nWhat else?\n\nNo answer."


def test_the_digest_does_not_depend_on_how_a_form_ends_its_lines() -> None:
    assert plain(" One\r\nTwo\r ") == "One\nTwo"
    assert digest_of("One\r\nTwo") == digest_of("One\nTwo\n")
    assert digest_of("One\nTwo") != digest_of("One Two")


def test_a_quotation_is_told_by_the_kind_of_who_said_it() -> None:
    assert quoted("It helps.\r\n", "a primary school") == "“It helps.” (a primary school)"
    assert with_quote("", "“It helps.”") == "“It helps.”"
    assert with_quote("We agree.\n", "“It helps.”") == "We agree.\n\n“It helps.”"


@pytest.mark.parametrize(("kind", "phase"), [(Kind.SCHOOL, "primary"), (Kind.SCHOOL, ""), (Kind.SCHOOL, "new")])
def test_every_school_belongs_to_a_group(kind: Kind, phase: str) -> None:
    assert group_of(kind, phase)[0] in ORDER


def test_neither_the_partnership_nor_a_trust_contributes() -> None:
    assert {*AGENCIES, Kind.SCHOOL} == CONTRIBUTING == set(Kind) - {Kind.PARTNERSHIP, Kind.TRUST}


@pytest.mark.parametrize(
    ("typed", "month"),
    [("2026-05", "2026-05"), ("", "2026-03"), ("2026-13", "2026-03"), ("1066-10", "2026-03"), ("May", "2026-03")],
)
def test_a_month_that_is_no_month_is_this_month(typed: str, month: str) -> None:
    assert str(months.month_asked(typed, TODAY)) == month


def test_months_follow_each_other_over_the_turn_of_the_year() -> None:
    december = months.Month(2026, 12)
    assert december.after == months.Month(2027, 1)
    assert december.after.before == december
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in december.weeks)
    assert december.name == "December 2026"
