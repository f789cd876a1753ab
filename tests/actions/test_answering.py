"""Answering an assignment: the change, the refusal, the history and the ledger entry."""

import pytest

from haven.access.decision import Reason, Refused
from haven.actions.models import Assignment, Draft, Evidence, Prompt
from haven.actions.rules import EvidenceAsked
from haven.actions.services import (
    GivenEvidence,
    close_assignment,
    discard_draft,
    hand_to,
    mark_not_applicable,
    mark_seen,
    reopen,
    return_assignment,
    save_draft,
    withdraw_action,
)
from haven.files.models import StoredFile
from haven.ledger.models import Detail
from tests.actions.raised import assigned
from tests.cast import NOW

pytestmark = pytest.mark.django_db
DONE = GivenEvidence(words="We returned it")


def close(cast, assignment, evidence=DONE, who="priya"):
    return close_assignment(assignment_id=assignment.pk, evidence=evidence, by=cast.actor(who), at=NOW)


def last_entry():
    return Detail.objects.latest("pk").text


def test_closing_keeps_who_when_and_what_shows_it(cast):
    row = close(cast, assigned(cast))
    assert (row.state, row.closed_at, row.closed_by) == ("done", NOW, cast.priya)
    assert list(row.evidence.values_list("kind", "words")) == [("word", "We returned it")]
    assert list(row.remarks.values_list("move", "said_by")) == [("close", cast.priya.pk)]
    assert '"verb":"action.closed"' in last_entry()


def test_one_answer_may_be_shown_in_several_ways(cast):
    evidence = GivenEvidence(
        words="Done", link="https://example.org/policy", record="/bulletins/", file=("plan.txt", b"The plan\n")
    )
    row = close(cast, assigned(cast), evidence)
    assert set(row.evidence.values_list("kind", flat=True)) == {"word", "link", "record", "file"}


def test_a_school_closes_only_its_own(cast):
    with pytest.raises(Refused) as refused:
        close(cast, assigned(cast), who="grace")
    assert refused.value.reason is Reason.NOT_THE_ORGANISATION
    assert Assignment.objects.filter(state="done").count() == 0


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (GivenEvidence(words="Done"), "Attach the file"),
        (GivenEvidence(file=("plan.txt", b"Plan"), link="javascript:alert(1)"), "Give the whole address"),
        (GivenEvidence(file=("plan.txt", b"Plan"), record="//example.org"), "Give the whole address"),
        (GivenEvidence(file=("plan.exe", b"MZ")), "Haven keeps PDFs"),
    ],
)
def test_what_is_given_must_be_what_is_asked_for(cast, evidence, said):
    with pytest.raises(Refused) as refused:
        close(cast, assigned(cast, evidence=EvidenceAsked.FILE), evidence)
    assert said in refused.value.advice
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_prohibition_is_closed_by_whoever_has_read_it(cast):
    assignment = assigned(cast, prohibits=True)
    with pytest.raises(Refused):
        close(cast, assignment, GivenEvidence(words="Fine"))
    assert close(cast, assignment, GivenEvidence(has_read=True)).state == "done"


def test_what_does_not_apply_needs_its_reason(cast):
    assignment = assigned(cast)
    with pytest.raises(Refused):
        mark_not_applicable(assignment_id=assignment.pk, reason=" ", by=cast.actor("priya"), at=NOW)
    row = mark_not_applicable(assignment_id=assignment.pk, reason="No boarders", by=cast.actor("priya"), at=NOW)
    assert (row.state, row.reason) == ("not-applicable", "No boarders")
    assert '"why":"No boarders"' in last_entry()


def test_sending_back_keeps_the_answer_and_tells_the_school(cast):
    row = close(cast, assigned(cast))
    row = return_assignment(assignment_id=row.pk, comment="The plan is missing", by=cast.actor("marcus"), at=NOW)
    assert (row.state, row.comment, row.closed_at) == ("returned", "The plan is missing", None)
    assert row.evidence.count() == 1
    assert Prompt.objects.filter(assignment=row, kind="returned").count() == 1
    assert close(cast, row, GivenEvidence(words="With the plan")).state == "done"
    assert row.evidence.count() == 2


def test_a_school_cannot_send_back_its_own_answer(cast):
    row = close(cast, assigned(cast))
    with pytest.raises(Refused):
        return_assignment(assignment_id=row.pk, comment="No", by=cast.actor("priya"), at=NOW)


def test_taking_an_answer_back_opens_it_again(cast):
    row = close(cast, assigned(cast))
    assert reopen(assignment_id=row.pk, by=cast.actor("tom"), at=NOW).state == "open"
    assert '"verb":"action.reopened"' in last_entry()


def test_what_is_closed_cannot_be_closed_again(cast):
    row = close(cast, assigned(cast))
    with pytest.raises(Refused) as refused:
        close(cast, row)
    assert refused.value.reason is Reason.WRONG_STATE


def test_what_is_withdrawn_can_be_neither_answered_nor_handed_on(cast):
    assignment = assigned(cast)
    withdraw_action(action_id=assignment.action_id, why="By mistake", by=cast.actor("marcus"), at=NOW)
    with pytest.raises(Refused):
        close(cast, assignment)
    with pytest.raises(Refused):
        hand_to(assignment_id=assignment.pk, person=cast.tom.pk, by=cast.actor("priya"), at=NOW)


def test_an_action_is_handed_to_a_colleague_who_is_told(cast):
    row = hand_to(assignment_id=assigned(cast).pk, person=cast.tom.pk, by=cast.actor("priya"), at=NOW)
    assert row.handed_to == cast.tom
    assert Prompt.objects.filter(assignment=row, kind="handed-on").exists()


@pytest.mark.parametrize("who", ["grace", "marcus", "sam"])
def test_it_is_handed_to_nobody_outside_the_school(cast, who):
    with pytest.raises(Refused) as refused:
        hand_to(assignment_id=assigned(cast).pk, person=cast.people[who].pk, by=cast.actor("priya"), at=NOW)
    assert refused.value.reason is Reason.NO_LIVE_POST


def test_seeing_is_recorded_once(cast):
    assignment = assigned(cast)
    assert mark_seen(assignment_ids=[assignment.pk], by=cast.actor("priya"), at=NOW) == 1
    entries = Detail.objects.count()
    assert mark_seen(assignment_ids=[assignment.pk], by=cast.actor("tom"), at=NOW) == 0
    assert Detail.objects.count() == entries


def test_a_draft_is_one_persons_and_one_forms(cast):
    for words in ("One", "Two"):
        save_draft(place="close/x", fields={"words": words}, by=cast.actor("priya"), at=NOW)
    assert list(Draft.objects.values_list("person", "fields")) == [(cast.priya.pk, {"words": "Two"})]
    discard_draft(place="close/x", by=cast.actor("tom"), at=NOW)
    assert Draft.objects.exists()
    discard_draft(place="close/x", by=cast.actor("priya"), at=NOW)
    assert not Draft.objects.exists()


def test_nobody_keeps_a_draft_unseen_or_without_end(cast):
    with pytest.raises(Refused):
        save_draft(place="close/x", fields={}, by=cast.actor("nobody"), at=NOW)
    with pytest.raises(Refused):
        save_draft(place="close/x", fields={"words": "x" * 100_001}, by=cast.actor("priya"), at=NOW)


def _close(cast, row):
    close(cast, row)


def _set_aside(cast, row):
    mark_not_applicable(assignment_id=row.pk, reason="No boarders", by=cast.actor("priya"), at=NOW)


def _hand_on(cast, row):
    hand_to(assignment_id=row.pk, person=cast.tom.pk, by=cast.actor("priya"), at=NOW)


def _see(cast, row):
    mark_seen(assignment_ids=[row.pk], by=cast.actor("priya"), at=NOW)


@pytest.mark.parametrize("service", [_close, _set_aside, _hand_on, _see])
def test_a_failing_ledger_undoes_the_answer(cast, monkeypatch, service):
    row = assigned(cast)
    before = Assignment.objects.filter(pk=row.pk).values().get()
    monkeypatch.setattr("haven.actions.services.answering.record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        service(cast, row)
    assert Assignment.objects.filter(pk=row.pk).values().get() == before
    assert not row.remarks.exists()
    assert not row.evidence.exists()


def _return(cast, row):
    return_assignment(assignment_id=row.pk, comment="No", by=cast.actor("marcus"), at=NOW)


def _reopen(cast, row):
    reopen(assignment_id=row.pk, by=cast.actor("priya"), at=NOW)


@pytest.mark.parametrize("service", [_return, _reopen])
def test_a_failing_ledger_leaves_a_closed_assignment_closed(cast, monkeypatch, service):
    row = close(cast, assigned(cast))
    monkeypatch.setattr("haven.actions.services.answering.record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        service(cast, row)
    row.refresh_from_db()
    assert row.state == "done"
