"""Every constraint of the tables of returns, copies, signatures and plans, broken once."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from haven.audits.models import Copy, PlanItem, Return, Signature
from haven.audits.rules.life import State
from tests.audits.asked import opened
from tests.audits.signed import sent
from tests.cast import NOW, Cast

MODELS = (Return, Copy, Signature, PlanItem)


def _again(model: type, **changes: object) -> Callable[[], object]:
    """Another row like the first, but for what is changed."""

    def make() -> object:
        row = model.objects.first()  # type: ignore[attr-defined]
        row.pk = uuid4()
        row._state.adding = True
        for name, value in changes.items():
            setattr(row, name, value)
        return row.save(force_insert=True)

    return make


def _set(model: type, **values: object) -> Callable[[], object]:
    return lambda: model.objects.filter(pk=model.objects.first().pk).update(**values)  # type: ignore[attr-defined]


def _one_reference() -> None:
    (reference,) = Return.objects.exclude(reference="").values_list("reference", flat=True)
    Return.objects.filter(reference="").update(reference=reference)


BREAKS: dict[str, Callable[[], object]] = {
    "a_school_returns_once_in_a_cycle": _again(Return, sheet=None, state=State.WAITING, reference=""),
    "a_reference_stands_once_in_a_cycle": _one_reference,
    "a_return_that_was_begun_has_its_sheet": lambda: Return.objects.exclude(sheet=None).update(sheet=None),
    "a_return_that_was_sent_says_when": lambda: Return.objects.exclude(reference="").update(reference=""),
    "a_copy_of_a_return_stands_once": _again(Copy, lapsed_at=NOW),
    "a_return_has_one_copy_that_stands": _again(Copy, number=2),
    "a_copy_has_its_digest": _set(Copy, digest="0"),
    "a_step_is_signed_once": _again(Signature),
    "a_question_stands_once_in_a_plan": _again(PlanItem),
    "a_plan_item_says_what_is_not_in_place": _set(PlanItem, issue=""),
    "a_dropped_plan_item_says_why": _set(PlanItem, dropped_at=NOW),
}


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_what_a_row_may_not_be_the_database_refuses(cast: Cast, name: str) -> None:
    cycle = opened(cast, steps=(("dsl",),))
    sent(cast, cycle)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name]()


def test_every_constraint_is_broken_here() -> None:
    known = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    assert known == set(BREAKS)
