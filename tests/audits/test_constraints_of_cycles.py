"""Every constraint of a cycle's tables and of its notices, broken once; every service undone by a failing ledger."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from haven.access.actor import HAVEN
from haven.actions.rules import Reach, ReachKind
from haven.audits import services
from haven.audits.models import Audience, Cycle, Moved, Notice, Return, Window
from haven.people.models import Cluster
from tests.audits.asked import WINDOW, opened, prepared, wish
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MODELS = (Cycle, Audience, Window, Moved, Notice)


def _again(model: type, **changes: object) -> Callable[[], object]:
    """Another row like the first, but for what is changed."""

    def make() -> object:
        row = model.objects.first()
        row.pk = uuid4() if "uuid" in type(row._meta.pk).__name__.lower() else None
        row._state.adding = True
        for name, value in changes.items():
            setattr(row, name, value)
        return row.save(force_insert=True)

    return make


def _set(model: type, **values: object) -> Callable[[], object]:
    return lambda: model.objects.filter(pk=model.objects.first().pk).update(**values)


def _notice_twice() -> None:
    for _ in range(2):
        Notice.objects.create(of=Return.objects.first(), kind="soon", due_on=TODAY, made_at=NOW)


BREAKS: dict[str, Callable[[], object]] = {
    "a_cycles_days_run_forward": _set(Cycle, first_due_on=WINDOW.opens_on - DAY),
    "a_cycle_that_was_opened_says_when": _set(Cycle, opened_at=None),
    "a_closed_cycle_says_when": _set(Cycle, standing="closed"),
    "a_cycles_audience_names_what_its_kind_says": _set(Audience, kind="phase"),
    "a_cycles_audience_names_nothing_twice": _again(Audience),
    "a_group_has_one_window_in_a_cycle": _again(Window),
    "a_windows_days_run_forward": _set(Window, final_due_on=WINDOW.first_due_on - DAY),
    "a_moved_deadline_says_why": _set(Moved, why=""),
    "haven_reminds_of_an_audit_once_for_a_day": _notice_twice,
}


def _full(cast: Cast) -> Cycle:
    """An open cycle with a group of its own days, and put off once."""
    cluster = Cluster.objects.create(area=cast.area, name="One")
    cycle = opened(cast, windows={cluster.pk: WINDOW})
    by = cast.actor("marcus")
    return services.put_off(
        cycle_id=cycle.pk, return_id=None, now_on=WINDOW.final_due_on + DAY, why="Snow.", by=by, at=NOW
    )


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_what_must_not_be(cast: Cast, name: str) -> None:
    _full(cast)
    with pytest.raises(IntegrityError, match=name):
        _break(name)


@transaction.atomic
def _break(name: str) -> None:
    BREAKS[name]()
    connection.check_constraints()  # those that wait for the end of the transaction


def test_every_constraint_is_broken_here() -> None:
    assert {each.name for model in MODELS for each in model._meta.constraints} == set(BREAKS)


DEEDS: dict[str, Callable[[Cast, Cycle, Cycle], object]] = {
    "cycles.prepare_cycle": lambda cast, one, _: prepared(cast, one.version, title="A third"),
    "cycles.amend_cycle": lambda cast, _, new: services.amend_cycle(
        cycle_id=new.pk,
        wanted=wish(new.version, title="Changed", audience=(Reach(ReachKind.PHASE, "primary"),)),
        by=cast.actor("marcus"),
        at=NOW,
    ),
    "cycles.open_cycle": lambda cast, _, new: services.open_cycle(cycle_id=new.pk, by=cast.actor("marcus"), at=NOW),
    "cycles.put_off": lambda cast, one, _: services.put_off(
        cycle_id=one.pk,
        return_id=None,
        now_on=WINDOW.final_due_on + 9 * DAY,
        why="More snow.",
        by=cast.actor("marcus"),
        at=NOW,
    ),
    "cycles.close_cycle": lambda cast, one, _: services.close_cycle(cycle_id=one.pk, by=cast.actor("marcus"), at=NOW),
    "cycles.discard_cycle": lambda cast, _, new: services.discard_cycle(
        cycle_id=new.pk, by=cast.actor("marcus"), at=NOW
    ),
    "chasing.chase": lambda cast, one, _: services.chase(
        cycle_id=one.pk, return_ids=[each.pk for each in one.returns.all()], by=cast.actor("marcus"), at=NOW
    ),
    "telling.give_notice": lambda *_: services.give_notice(by=HAVEN, at=NOW + 6 * DAY),
    "telling.send_notices": lambda *_: services.send_notices(by=HAVEN, at=NOW),
}


def _everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (*MODELS, Return)]


@pytest.mark.parametrize("name", DEEDS)
def test_a_failing_ledger_undoes_what_was_done(cast: Cast, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = _full(cast)
    new = prepared(cast, one.version, title="Another")
    before = _everything()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no ledger")

    monkeypatch.setattr(f"haven.audits.services.{name.split('.')[0]}.record", fail)
    with pytest.raises(RuntimeError, match="no ledger"):
        DEEDS[name](cast, one, new)
    assert _everything() == before
