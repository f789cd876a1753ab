"""Whatever is done with an assignment, in whatever order: the states, the history and the ledger stay in step."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from haven.access.decision import Refused
from haven.actions.models import Assignment
from haven.actions.rules import CLOSED, Move, State, after
from haven.actions.services import (
    GivenEvidence,
    close_assignment,
    hand_to,
    mark_not_applicable,
    reopen,
    return_assignment,
    withdraw_action,
)
from haven.ledger.models import Detail
from tests.actions.raised import assigned
from tests.cast import NOW
from tests.sealed import sealed_and_verified

pytestmark = pytest.mark.django_db

MOVES = {
    Move.CLOSE: lambda cast, row, at: close_assignment(
        assignment_id=row.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("priya"), at=at
    ),
    Move.SET_ASIDE: lambda cast, row, at: mark_not_applicable(
        assignment_id=row.pk, reason="No boarders", by=cast.actor("tom"), at=at
    ),
    Move.RETURN: lambda cast, row, at: return_assignment(
        assignment_id=row.pk, comment="More", by=cast.actor("marcus"), at=at
    ),
    Move.REOPEN: lambda cast, row, at: reopen(assignment_id=row.pk, by=cast.actor("priya"), at=at),
    Move.HAND_ON: lambda cast, row, at: hand_to(
        assignment_id=row.pk, person=cast.tom.pk, by=cast.actor("priya"), at=at
    ),
    Move.WITHDRAW: lambda cast, row, at: withdraw_action(
        action_id=row.action_id, why="By mistake", by=cast.actor("marcus"), at=at
    ),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=some.lists(some.sampled_from(list(MOVES)), min_size=1, max_size=8))
def test_every_life_follows_the_table_and_leaves_its_traces(cast, moves):
    row, state, is_asked, made, proofs = assigned(cast), State.OPEN, True, [], 0
    entries = Detail.objects.count()
    for step, move in enumerate(moves):
        expected = after(state, move)
        if move is Move.WITHDRAW:
            expected = (expected or state) if is_asked else None
        elif not is_asked and move is not Move.REOPEN:
            expected = None
        try:
            MOVES[move](cast, row, NOW + timedelta(minutes=step))
        except Refused:
            assert expected is None
            continue
        assert expected is not None
        if move is not Move.WITHDRAW or expected is not state:
            made.append(move.value)
        is_asked = is_asked and move is not Move.WITHDRAW
        entries += 1
        proofs += move is Move.CLOSE
        state = expected
    kept = Assignment.objects.get(pk=row.pk)
    assert kept.state == state
    assert (kept.closed_at is not None) == (state in CLOSED)
    assert list(kept.remarks.values_list("move", flat=True)) == made
    assert kept.evidence.count() == proofs
    assert Detail.objects.count() == entries
    assert sealed_and_verified().holds
