"""Changing what is asked: amended, withdrawn, replaced, come round; and that history stays."""

from datetime import date, timedelta

import pytest

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.actions.models import Action, Prompt, Version
from haven.actions.rules import Reach, ReachKind
from haven.actions.services import (
    GivenEvidence,
    amend_action,
    close_assignment,
    raise_next_occurrences,
    replace_action,
    withdraw_action,
)
from haven.engines.days.recurrence import Rhythm
from haven.ledger.models import Detail
from tests.actions.raised import DUE, raised, wish
from tests.cast import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def amend(cast, action, **changes):
    return amend_action(
        action_id=action.pk, wanted=wish(cast, **changes), why="The date moved", by=cast.actor("marcus"), at=LATER
    )


def only(organisation):
    return (Reach(ReachKind.ORGANISATION, str(organisation.pk)),)


def states(action):
    return dict(action.assignments.values_list("organisation__name", "state"))


def answered(cast, action):
    row = action.assignments.get(organisation=cast.oakfield)
    return close_assignment(assignment_id=row.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("priya"), at=NOW)


def test_a_change_keeps_the_old_words_and_tells_those_who_wait(cast):
    action = raised(cast)
    answered(cast, action)
    amend(cast, action, what="Return the short audit")
    action.refresh_from_db()
    assert (action.what, action.version) == ("Return the short audit", 2)
    assert Version.objects.get(action=action).was["what"] == "Return the audit"
    changed = Prompt.objects.filter(kind="changed").values_list("assignment__organisation__name", flat=True)
    assert list(changed) == ["Ashdown Academy"]
    assert '"verb":"action.amended"' in Detail.objects.latest("pk").text


def test_a_new_date_holds_for_those_who_wait(cast):
    action = raised(cast)
    amend(cast, action, due_on=date(2026, 4, 10))
    assert set(action.assignments.values_list("due_on", "occurrence_on")) == {(date(2026, 4, 10),) * 2}


def test_whoever_is_no_longer_meant_is_told_and_whoever_is_new_is_asked(cast):
    action = raised(cast, audience=only(cast.oakfield))
    amend(cast, action, audience=only(cast.ashdown))
    assert states(action) == {"Oakfield Primary School": "withdrawn", "Ashdown Academy": "open"}
    amend(cast, action)
    assert states(action) == {"Oakfield Primary School": "open", "Ashdown Academy": "open"}


def test_an_answer_stands_when_its_school_is_no_longer_meant(cast):
    action = raised(cast)
    answered(cast, action)
    amend(cast, action, audience=only(cast.ashdown))
    assert states(action) == {"Oakfield Primary School": "done", "Ashdown Academy": "open"}


def test_withdrawing_leaves_answers_and_tells_the_others(cast):
    action = raised(cast)
    answered(cast, action)
    withdraw_action(action_id=action.pk, why="By mistake", by=cast.actor("marcus"), at=LATER)
    assert states(action) == {"Oakfield Primary School": "done", "Ashdown Academy": "withdrawn"}
    assert Prompt.objects.filter(kind="withdrawn").count() == 1
    action.refresh_from_db()
    assert (action.standing, action.ended_at, action.ended_why) == ("withdrawn", LATER, "By mistake")


def test_replacing_asks_the_new_and_points_to_it(cast):
    action = raised(cast)
    new = replace_action(
        action_id=action.pk, wanted=wish(cast, what="The new audit"), why="New form", by=cast.actor("marcus"), at=LATER
    )
    action.refresh_from_db()
    assert (action.standing, action.replaced_by) == ("replaced", new)
    assert set(states(action).values()) == {"withdrawn"}
    assert set(states(new).values()) == {"open"}


def test_what_has_ended_cannot_be_changed(cast):
    action = raised(cast)
    withdraw_action(action_id=action.pk, why="By mistake", by=cast.actor("marcus"), at=LATER)
    for again in (
        lambda: amend(cast, action),
        lambda: withdraw_action(action_id=action.pk, why="Twice", by=cast.actor("marcus"), at=LATER),
        lambda: replace_action(action_id=action.pk, wanted=wish(cast), why="Twice", by=cast.actor("marcus"), at=LATER),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.reason is Reason.WRONG_STATE


@pytest.mark.parametrize("who", ["priya", "tom", "lena", "nadia", "sam"])
def test_nobody_but_the_areas_leads_changes_it(cast, who):
    action = raised(cast)
    with pytest.raises(Refused):
        withdraw_action(action_id=action.pk, why="No", by=cast.actor(who), at=LATER)
    with pytest.raises(Refused):
        amend_action(action_id=action.pk, wanted=wish(cast), why="No", by=cast.actor(who), at=LATER)
    action.refresh_from_db()
    assert action.is_published


def test_a_failing_ledger_undoes_every_change(cast, monkeypatch):
    action = raised(cast)
    monkeypatch.setattr("haven.actions.services.asking.record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        withdraw_action(action_id=action.pk, why="By mistake", by=cast.actor("marcus"), at=LATER)
    with pytest.raises(ZeroDivisionError):
        amend(cast, action, what="Other words")
    action.refresh_from_db()
    assert (action.what, action.standing) == ("Return the audit", "published")
    assert set(states(action).values()) == {"open"}
    assert not Version.objects.exists()


def test_a_monthly_action_comes_round_by_itself_and_only_once(cast):
    action = raised(cast, recurs=Rhythm.MONTHLY)
    on_the_day = NOW + (DUE - NOW.date())
    assert raise_next_occurrences(by=HAVEN, at=on_the_day) == 0
    assert raise_next_occurrences(by=HAVEN, at=on_the_day + timedelta(days=3)) == 1
    assert raise_next_occurrences(by=HAVEN, at=on_the_day + timedelta(days=3)) == 0
    days = sorted(set(action.assignments.values_list("occurrence_on", "due_on")))
    assert days == [(DUE, DUE), (date(2026, 4, 20), date(2026, 4, 20))]
    assert action.assignments.count() == 4


def test_an_action_without_a_day_comes_round_without_one(cast):
    action = raised(cast, due_on=None, recurs=Rhythm.WEEKLY)
    assert raise_next_occurrences(by=HAVEN, at=NOW + timedelta(days=8)) == 2
    assert set(action.assignments.values_list("due_on", flat=True)) == {None}


def test_what_no_longer_is_asked_does_not_come_round(cast):
    action = raised(cast, recurs=Rhythm.MONTHLY)
    withdraw_action(action_id=action.pk, why="By mistake", by=cast.actor("marcus"), at=NOW)
    assert raise_next_occurrences(by=HAVEN, at=NOW + timedelta(days=40)) == 0


def test_a_school_that_has_closed_meanwhile_is_not_asked_again(cast):
    action = raised(cast, recurs=Rhythm.MONTHLY)
    cast.ashdown.status = "closed"
    cast.ashdown.save()
    raise_next_occurrences(by=HAVEN, at=NOW + timedelta(days=25))
    assert action.assignments.filter(organisation=cast.ashdown).count() == 1
    assert action.assignments.filter(organisation=cast.oakfield).count() == 2


def test_changing_the_words_of_what_comes_round_leaves_its_days(cast):
    action = raised(cast, recurs=Rhythm.MONTHLY)
    raise_next_occurrences(by=HAVEN, at=NOW + timedelta(days=25))
    amend(cast, action, what="Send the return", recurs=Rhythm.MONTHLY)
    assert set(action.assignments.values_list("due_on", flat=True)) == {DUE, date(2026, 4, 20)}


def test_an_occurrence_does_not_move_before_the_one_before_it(cast):
    action = raised(cast, recurs=Rhythm.MONTHLY)
    raise_next_occurrences(by=HAVEN, at=NOW + timedelta(days=25))
    with pytest.raises(Refused) as refused:
        amend(cast, action, due_on=date(2026, 3, 19), recurs=Rhythm.MONTHLY)
    assert "must be after" in refused.value.advice
    assert Action.objects.get().version == 1
