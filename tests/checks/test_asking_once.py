"""A check is asked of each agency about its own children, and of none of them twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail

from haven.access.decision import Refused
from haven.checks.disclosure.checks import open_check
from haven.checks.disclosure.requests import open_request
from haven.checks.models import Ask, Check, Followup
from haven.checks.queries.boards import board, requests
from haven.checks.rules.states import AskState
from haven.checks.services import allocate, ask, say_nothing_known
from haven.subjects.models import Disclosure, Told
from tests.behind import behind
from tests.cast import NOW
from tests.checks.asked import (
    ATTENDANCE,
    CONCERN,
    LATER,
    SOON,
    again,
    answered,
    ask_of,
    asked,
    count,
    look_up,
    new,
    written,
)
from tests.people.seen import last_told, told
from tests.subjects.known import ISLA, JONAH, child, kept_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def jonah(fairhaven):
    """At Oakfield."""
    return child(fairhaven, JONAH, fairhaven.oakfield)


def test_a_school_is_asked_and_reads_the_request_once_that_is_written_down(fairhaven, jonah) -> None:
    check = asked(fairhaven, jonah, fairhaven.oakfield)
    row = ask_of(check, fairhaven.oakfield)
    assert last_told()["verb"] == "check.asked"
    (line,) = requests(by=fairhaven.actor("priya"), at=SOON).waiting
    assert (line.ask, line.reference, line.state) == (row.pk, "FH-1017", AskState.ASKED)
    before = count(Disclosure.objects.filter(outcome="shown"))
    seen = open_request(ask_id=row.pk, by=fairhaven.actor("priya"), at=SOON)
    assert [each.name for each in seen.children] == ["Jonah Quayle"]
    assert seen.wanted[0].concern == CONCERN
    assert seen.answers[0].question == ATTENDANCE
    assert count(Disclosure.objects.filter(outcome="shown")) == before + 2
    again(row)
    assert (row.state, row.opened_at) == (AskState.OPENED, SOON)


def test_the_time_runs_while_the_mash_is_open(fairhaven, jonah) -> None:
    check = asked(fairhaven, jonah, fairhaven.oakfield, at=NOW.replace(hour=15))
    assert check.due_at == (NOW + timedelta(days=1)).replace(hour=11, minute=30)


def test_what_is_sent_twice_is_asked_once(fairhaven, jonah) -> None:
    look_up(fairhaven, "mina")
    once = new(fairhaven, {fairhaven.oakfield.pk: {jonah.pk}})
    first = ask(new=once, by=fairhaven.actor("mina"), at=NOW)
    assert ask(new=once, by=fairhaven.actor("mina"), at=NOW) == first
    assert (count(Check.objects), count(Ask.objects)) == (1, 1)


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"reference": " "}, "case reference"),
        ({"concern": ""}, "concerned"),
        ({"needs_for_task": False}, "public task"),
        ({"told": Told.NO_RISK}, "family has not been told"),
        ({"questions": ()}, "question"),
        ({"agencies": {}}, "school or agency"),
        ({"is_other": True}, "something else"),
    ],
)
def test_nothing_is_asked_while_something_is_lacking(fairhaven, jonah, lacking, words) -> None:
    wanting = replace(new(fairhaven, {fairhaven.oakfield.pk: {jonah.pk}}), **lacking)
    with pytest.raises(Refused) as caught:
        ask(new=wanting, by=fairhaven.actor("mina"), at=NOW)
    assert words in caught.value.advice
    assert count(Check.objects) == 0


@pytest.mark.parametrize("who", ["priya", "tom", "bell", "osei", "peter", "nadia", "sam"])
def test_only_the_council_asks(fairhaven, jonah, who) -> None:
    with pytest.raises(Refused):
        asked(fairhaven, jonah, fairhaven.oakfield, who=who)


def test_the_e_mail_says_only_that_there_is_something(fairhaven, jonah, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked(fairhaven, jonah, fairhaven.oakfield)
    assert sorted(each.to[0] for each in mail.outbox) == ["dee@example.org", "priya@example.org"]
    whole = "".join(each.subject + each.body for each in mail.outbox)
    assert not any(word in whole for word in ("Jonah", "Quayle", "FH-1017", "Oakfield", CONCERN))


def test_a_second_check_of_the_same_episode_opens_the_earlier_answer_and_asks_what_is_new(fairhaven, jonah) -> None:
    first = asked(fairhaven, jonah, fairhaven.oakfield)
    answered(fairhaven, ask_of(first, fairhaven.oakfield), "priya", "Here 91 days of 100.")
    second = asked(fairhaven, jonah, fairhaven.oakfield, at=LATER, reference="FH-1017/assessment")
    row = ask_of(second, fairhaven.oakfield)
    assert (row.state, row.thread.of) == (AskState.FOLLOWS, first)
    assert last_told()["about"]["asked_twice"] == 1
    (thread,) = open_check(check_id=second.pk, by=fairhaven.actor("mina"), at=LATER).threads
    assert [each.wording.words for each in thread.answers if each.wording] == ["Here 91 days of 100."]
    assert thread.earlier == "FH-1017"
    (line,) = requests(by=fairhaven.actor("priya"), at=LATER).waiting
    assert (line.ask, line.state) == (row.thread_id, AskState.AGAIN)
    say_nothing_known(ask_id=row.thread_id, by=fairhaven.actor("dee"), at=LATER + timedelta(minutes=5))
    with behind():
        assert Followup.objects.get().answered_at == LATER + timedelta(minutes=5)
    assert not requests(by=fairhaven.actor("priya"), at=LATER).waiting


def test_while_the_first_answer_is_on_its_way_nothing_more_is_asked(fairhaven, jonah) -> None:
    first = asked(fairhaven, jonah, fairhaven.oakfield, band="green")
    second = asked(fairhaven, jonah, fairhaven.oakfield, at=LATER, reference="FH-1018")
    assert count(Followup.objects) == 0
    thread = ask_of(first, fairhaven.oakfield)
    assert (thread.due_at, len(requests(by=fairhaven.actor("priya"), at=LATER).waiting)) == (second.due_at, 1)
    seen = open_request(ask_id=thread.pk, by=fairhaven.actor("priya"), at=LATER)
    assert [each.reference for each in seen.wanted] == ["FH-1017", "FH-1018"]


def test_another_episode_is_asked_anew_with_the_last_answer_offered(fairhaven, jonah) -> None:
    first = asked(fairhaven, jonah, fairhaven.oakfield)
    answered(fairhaven, ask_of(first, fairhaven.oakfield), "priya", "Here 91 days of 100.")
    second = asked(
        fairhaven, jonah, fairhaven.oakfield, at=LATER, reference="FH-2", is_other=True, other="Another adult"
    )
    row = ask_of(second, fairhaven.oakfield)
    assert row.thread_id is None
    seen = open_request(ask_id=row.pk, by=fairhaven.actor("priya"), at=LATER)
    assert seen.last["attendance"].words == "Here 91 days of 100."
    assert all(each.wording is None for each in seen.answers)


def test_with_a_brother_or_sister_it_is_asked_anew_so_that_who_is_kept_from_her_reads_nothing(fairhaven, jonah) -> None:
    first = asked(fairhaven, jonah, fairhaven.oakfield)
    answered(fairhaven, ask_of(first, fairhaven.oakfield), "priya", "Here 91 days of 100.")
    isla = child(fairhaven, ISLA, fairhaven.oakfield)
    kept_from(fairhaven, isla, "dee")
    look_up(fairhaven, "mina")
    said = new(fairhaven, {fairhaven.oakfield.pk: {jonah.pk, isla.pk}}, concern="Isla has run away")
    second = ask(new=said, by=fairhaven.actor("mina"), at=LATER)
    row = ask_of(second, fairhaven.oakfield)
    assert row.thread_id is None
    assert not requests(by=fairhaven.actor("dee"), at=LATER).waiting
    thread = ask_of(first, fairhaven.oakfield)
    assert "run away" not in str(open_request(ask_id=thread.pk, by=fairhaven.actor("dee"), at=LATER))
    seen = open_request(ask_id=row.pk, by=fairhaven.actor("priya"), at=LATER)
    assert seen.last["attendance"].words == "Here 91 days of 100."


def test_each_school_of_a_family_sees_its_own_child_and_not_where_the_other_is(fairhaven, jonah) -> None:
    isla = child(fairhaven, ISLA, fairhaven.ashdown)
    both = {fairhaven.oakfield.pk: {jonah.pk}, fairhaven.ashdown.pk: {isla.pk}}
    look_up(fairhaven, "mina")
    check = ask(new=new(fairhaven, both), by=fairhaven.actor("mina"), at=NOW)
    row = ask_of(check, fairhaven.oakfield)
    seen = open_request(ask_id=row.pk, by=fairhaven.actor("priya"), at=SOON)
    assert [each.name for each in seen.children] == ["Jonah Quayle"]
    assert not any(word in str(seen) for word in ("Isla", "Ashdown"))
    whole = open_check(check_id=check.pk, by=fairhaven.actor("mina"), at=SOON)
    assert [each.name for each in whole.children] == ["Isla Quayle", "Jonah Quayle"]


def test_who_is_excluded_from_one_of_them_is_not_told_of_the_other(fairhaven, jonah) -> None:
    isla = child(fairhaven, ISLA, fairhaven.ashdown)
    kept_from(fairhaven, isla, "priya")
    both = {fairhaven.oakfield.pk: {jonah.pk}, fairhaven.ashdown.pk: {isla.pk}}
    look_up(fairhaven, "mina")
    check = ask(new=new(fairhaven, both), by=fairhaven.actor("mina"), at=NOW)
    assert not requests(by=fairhaven.actor("priya"), at=SOON).waiting
    assert len(requests(by=fairhaven.actor("dee"), at=SOON).waiting) == 1
    with pytest.raises(Refused):
        open_request(ask_id=ask_of(check, fairhaven.oakfield).pk, by=fairhaven.actor("priya"), at=SOON)


def test_where_no_lead_of_the_school_may_the_head_answers_by_name(fairhaven, jonah) -> None:
    for who in ("priya", "dee"):
        kept_from(fairhaven, jonah, who)
    check = asked(fairhaven, jonah, fairhaven.oakfield)
    row = ask_of(check, fairhaven.oakfield)
    assert row.is_alarm
    assert answered(fairhaven, row, "tom", "He is settled.").state == AskState.ANSWERED
    for who in ("priya", "dee", "ruth"):
        assert not requests(by=fairhaven.actor(who), at=SOON).waiting


def test_an_asker_who_is_excluded_cannot_ask(fairhaven, jonah) -> None:
    kept_from(fairhaven, jonah, "mina")
    with pytest.raises(Refused):
        asked(fairhaven, jonah, fairhaven.oakfield)
    assert count(Check.objects) == 0


def test_a_social_worker_works_with_what_was_given_to_her_and_with_nothing_else(fairhaven, jonah) -> None:
    asked(fairhaven, jonah, fairhaven.oakfield)
    assert not board(by=fairhaven.actor("lena"), at=SOON).open
    assert len(board(by=fairhaven.actor("dara"), at=SOON).open) == 1
    hers = asked(fairhaven, child(fairhaven, ISLA, fairhaven.oakfield), fairhaven.oakfield, who="lena", reference="L1")
    assert [each.check for each in board(by=fairhaven.actor("lena"), at=SOON).open] == [hers.pk]


def test_a_check_is_given_to_no_worker_who_is_kept_from_its_child(fairhaven, jonah) -> None:
    check = asked(fairhaven, jonah, fairhaven.oakfield)
    kept_from(fairhaven, jonah, "lena")
    mail.outbox.clear()
    with pytest.raises(Refused):
        allocate(check_id=check.pk, person_id=fairhaven.lena.pk, by=fairhaven.actor("mina"), at=SOON)
    assert mail.outbox == []


def test_the_ledger_holds_no_word_of_it(fairhaven, jonah) -> None:
    check = asked(fairhaven, jonah, fairhaven.oakfield, untold="Her partner would hear", told=Told.NO_RISK)
    written(fairhaven, ask_of(check, fairhaven.oakfield), "priya", "Seen with a black eye")
    whole = str(told())
    assert "check.part_written" in whole
    assert not any(word in whole for word in (CONCERN, "partner", "black eye", "Jonah", "Quayle"))
