"""Every constraint of what comes back, broken once; every service of it undone by a failing ledger; and the policy."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from haven.access.actor import Actor, HeldPost
from haven.access.roles import Kind, Role
from haven.audits import policy as audits
from haven.audits.models import Copy, Notice, Return
from haven.audits.rules.life import State
from haven.moderation import policy, services
from haven.moderation.models import Feedback, Finding, Reading, Remark, Visit
from haven.moderation.rules.sampling import Rule
from haven.moderation.services.visits import Found
from haven.people.models import Area
from haven.questions.models import Sheet
from tests.audits.asked import begun, opened, return_of
from tests.cast import NOW, TODAY, Cast
from tests.moderation.read import again, drawn, given, in_hand, remarked, sent_back, visited

pytestmark = pytest.mark.django_db
CAST = ("nobody", "sam", "priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia")
MODELS = (Reading, Remark, Feedback, Visit, Finding)
LATER = NOW + timedelta(hours=1)


def _again(model: type) -> Callable[[], object]:
    """Another row like the first."""

    def make() -> object:
        row = model.objects.first()
        row.pk = uuid4() if "uuid" in type(row._meta.pk).__name__.lower() else None
        row._state.adding = True
        return row.save(force_insert=True)

    return make


def _set(model: type, **values: object) -> Callable[[], object]:
    return lambda: model.objects.filter(pk=model.objects.first().pk).update(**values)


BREAKS: dict[str, Callable[[], object]] = {
    "a_reader_is_noted_once_a_day": _again(Reading),
    "a_remark_on_an_audit_says_something": _set(Remark, words=""),
    "feedback_on_a_copy_stands_once": _again(Feedback),
    "feedback_says_something": _set(Feedback, words=""),
    "feedback_has_its_digest": _set(Feedback, digest="short"),
    "a_return_is_visited_once": _again(Visit),
    "an_agreed_visit_took_place": _set(Visit, agreed_at=NOW),
    "a_visit_finds_once_on_a_question": _again(Finding),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_what_must_not_be(cast: Cast, name: str) -> None:
    of, by = in_hand(cast), cast.actor("marcus")
    services.note_reading(return_id=of.pk, by=by, at=NOW)
    remarked(cast, of)
    given(cast, of)
    services.note_findings(visit_id=visited(cast, of).pk, found={"policy-read": Found("red")}, by=by, at=NOW)
    with pytest.raises(IntegrityError, match=name):
        _break(name)


@transaction.atomic
def _break(name: str) -> None:
    BREAKS[name]()
    connection.check_constraints()  # those that wait for the end of the transaction


def test_every_constraint_is_broken_here() -> None:
    assert {each.name for model in MODELS for each in model._meta.constraints} == set(BREAKS)


DEEDS: dict[str, Callable[[Cast, Return, Visit], object]] = {
    "reading.note_reading": lambda cast, of, _: services.note_reading(
        return_id=of.pk, by=cast.actor("marcus"), at=LATER + timedelta(days=2)
    ),
    "remarks.remark_on": lambda cast, of, _: remarked(cast, of, words="Another."),
    "remarks.drop_remark": lambda cast, _, __: services.drop_remark(
        remark_id=Remark.objects.get(shown_at=None).pk, by=cast.actor("marcus"), at=LATER
    ),
    "remarks.reply_to_remarks": lambda cast, of, _: services.reply_to_remarks(
        return_id=of.pk, question="policy-read", words="Thank you.", by=cast.actor("priya"), at=LATER
    ),
    "feedback.give_feedback": lambda cast, of, _: given(cast, of, "More."),
    "feedback.send_back": lambda cast, of, _: sent_back(cast, of),
    "visits.add_visit": lambda cast, of, _: services.add_visit(
        return_id=return_of(cast, of.cycle, "ashdown").pk, reason="A new head.", by=cast.actor("marcus"), at=LATER
    ),
    "visits.draw_visits": lambda cast, of, _: drawn(cast, of.cycle, Rule(random=1, seed="s")),
    "visits.plan_visit": lambda cast, _, visit: services.plan_visit(
        visit_id=visit.pk,
        planned_on=TODAY + timedelta(days=9),
        visitor=cast.people["marcus"].pk,
        by=cast.actor("marcus"),
        at=LATER,
    ),
    "visits.note_findings": lambda cast, _, visit: services.note_findings(
        visit_id=visit.pk, found={"policy-read": Found("red")}, by=cast.actor("marcus"), at=LATER
    ),
    "visits.agree_visit": lambda cast, _, visit: services.agree_visit(
        visit_id=visit.pk, visited_on=TODAY, words="Well.", by=cast.actor("marcus"), at=LATER
    ),
    "visits.call_off_visit": lambda cast, _, visit: services.call_off_visit(
        visit_id=visit.pk, why="Snow.", by=cast.actor("marcus"), at=LATER
    ),
}


def _everything() -> list[object]:
    models = (*MODELS, Return, Copy, Sheet, Notice)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("name", DEEDS)
def test_a_failing_ledger_undoes_what_was_done(cast: Cast, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    of = in_hand(cast)
    remarked(cast, of, "policy-read")
    given(cast, of)
    remarked(cast, of)
    visit = visited(cast, of)
    before = _everything()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no ledger")

    monkeypatch.setattr(f"haven.moderation.services.{name.split('.')[0]}.record", fail)
    with pytest.raises(RuntimeError, match="no ledger"):
        DEEDS[name](cast, of, visit)
    assert _everything() == before


def _those(cast: Cast, rule: object, *things: object) -> set[str]:
    return {name for name in CAST if rule(cast.actor(name), *things)}  # type: ignore[operator]


def _elsewhere(cast: Cast) -> Actor:
    """A lead of another area."""
    area = Area.objects.create(name="Elsewhere", code="998")
    post = HeldPost(Role.SAFEGUARDING_LEAD, uuid4(), "Elsewhere Council", Kind.COUNCIL, frozenset({area.pk}))
    return replace(cast.actor("marcus"), posts=(post,))


def test_an_area_sees_no_answer_before_it_is_sent_and_another_area_none(cast: Cast) -> None:
    of = begun(cast)
    assert _those(cast, audits.may_read, of) == _those(cast, policy.may_see, of) == {"priya", "tom"}
    assert _those(cast, policy.may_remark, of) == set()
    sent = in_hand(cast, of.cycle)
    assert _those(cast, audits.may_read, sent) == {"priya", "tom", "marcus"}
    assert _those(cast, policy.may_oversee, sent) == _those(cast, policy.may_remark, sent) == {"marcus"}
    assert _those(cast, policy.may_keep, cast.area.pk) == {"marcus"}
    other = _elsewhere(cast)
    assert not audits.may_read(other, sent)
    assert not policy.may_remark(other, sent)
    assert not policy.may_oversee(other, sent)
    assert policy.council_of(other, cast.area.pk) == ""


@pytest.mark.parametrize(
    ("role", "replies"),
    [
        (Role.DSL, True),
        (Role.DEPUTY_DSL, True),
        (Role.HEAD, True),
        (Role.GOVERNOR, True),
        (Role.CHAIR, True),
        (Role.SCHOOL_STAFF, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_who_in_a_school_replies(cast: Cast, role: Role, replies: bool) -> None:
    of = return_of(cast, opened(cast))
    post = HeldPost(role, cast.organisations["oakfield"].pk, "Oakfield", Kind.SCHOOL, frozenset({cast.area.pk}))
    assert bool(policy.may_reply(replace(cast.actor("priya"), posts=(post,)), of)) is replies
    assert _those(cast, policy.may_reply, of) == {"priya", "tom"}


def test_what_was_sent_back_is_still_what_the_area_read(cast: Cast) -> None:
    of = in_hand(cast)
    sent_back(cast, of)
    of = again(of)
    assert of.state == State.SENT_BACK
    assert audits.may_read(cast.actor("marcus"), of)
    assert not policy.may_remark(cast.actor("marcus"), of)
