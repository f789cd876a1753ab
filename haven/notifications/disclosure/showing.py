"""Showing a notification in two steps: whom it concerns; and, once the child is theirs, what happened.

Each step is written down and committed before anything is opened, the refusal too. A recall and an opening wait for
the same row, so one of them comes first and the other sees that it did.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.decision import Decision, Reason, Refused, refuse
from haven.engines.faultpoints import faultpoint
from haven.ledger.services import record as record_deed
from haven.notifications.models import AreaRule, Delivery, ForceProfile, Notice, Support
from haven.notifications.policy import delivery_to_change, may_know, may_open, may_receive
from haven.notifications.rules.items import ASKED, Item, in_words
from haven.notifications.rules.sending import from_content
from haven.notifications.rules.showing import WHAT, WHO
from haven.notifications.rules.stages import HOLDING, Stage, Step, leads_to
from haven.notifications.rules.support import IN_WORDS, Kind
from haven.people.models import Area
from haven.people.seeing import seeing_as, working_as
from haven.subjects.disclosure.opening import identities, opened
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Outcome, Record, Subject
from haven.subjects.queries.deciding import decide
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.naming import Identity
from haven.subjects.rules.ties import Asker, Deed

RECALLED = "It was recalled. Nothing of it can be opened any more"
RULE_FIRST = "Read first how this may be handled"
NOT_NOW = "Say first whether the child is yours"


@dataclass(frozen=True, slots=True)
class FirstLook:
    """Whom a delivery concerns. `identity` is none where it does not open."""

    delivery: UUID
    identity: Identity | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """One item as it is read."""

    item: Item
    label: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that the school did. `note` is none where there is none, or it does not open."""

    kind: str
    note: str | None = field(repr=False)
    by: str
    at: datetime
    remind_on: date | None


@dataclass(frozen=True, slots=True)
class WholeLook:
    """A delivery as whoever opened it reads it. `told` is none where it does not open."""

    delivery: UUID
    identity: Identity | None = field(repr=False)
    told: Sequence[Told] | None = field(repr=False)
    handling: str
    force_says: str
    done: Sequence[Done] = field(repr=False)


def open_name(*, delivery_id: UUID, by: Actor, at: datetime) -> FirstLook:
    """Whom it concerns, for those at the place it was sent to. Raises `Refused`."""
    with transaction.atomic(), seeing_as(by):
        row = delivery_to_change(delivery_id=delivery_id)
        decision = may_receive(Asker(by, at), row)
        stage = leads_to(Step.SEE, Stage(row.stage))
        if decision and stage is None and Stage(row.stage) not in HOLDING:
            decision = refuse(Reason.WRONG_STATE)
        _write(row, _record_of_subject(row), WHO, decision, by, at)
        if decision and row.stage == Stage.AVAILABLE:
            row.stage, row.seen_at, row.seen_by_id = Stage.SEEN, at, by.person
            row.save(update_fields=["stage", "seen_at", "seen_by"])
            record_deed("notification.seen", by=by, at=at, about=row.facts)
    _require(decision)
    faultpoint("notifications.seen.written")
    with transaction.atomic(), seeing_as(by):
        return FirstLook(row.pk, _identity(row, by))


def open_circumstances(*, delivery_id: UUID, by: Actor, at: datetime) -> WholeLook:
    """What happened, once the child is confirmed and the area's rule was seen. Raises `Refused`, with advice."""
    with transaction.atomic(), seeing_as(by):
        row = delivery_to_change(delivery_id=delivery_id)
        decision = may_know(by, row)  # first: nobody else is told where it stands
        if decision:
            stage = leads_to(Step.OPEN, Stage(row.stage))
            decision = may_open(Asker(by, at), row) if stage else refuse(Reason.WRONG_STATE)
        if decision and row.ruled_at is None:
            decision = refuse(Reason.NOT_READY)
        _write(row, _record_of_notice(row), WHAT, decision, by, at)
        done = _readable_supports(row, by, at) if decision else []
        if decision and row.stage == Stage.CONFIRMED:
            row.stage, row.opened_at, row.opened_by_id, row.next_step_at = Stage.OPENED, at, by.person, None
            row.save(update_fields=["stage", "opened_at", "opened_by", "next_step_at"])
            record_deed("notification.opened", by=by, at=at, about=row.facts)
    _require(decision, row)
    faultpoint("notifications.opened.written")
    with transaction.atomic(), seeing_as(by):
        return _whole(row, done, by)


def _require(decision: Decision, row: Delivery | None = None) -> None:
    if decision:
        return
    advice = RULE_FIRST if decision.reason is Reason.NOT_READY else ""
    if decision.reason is Reason.WRONG_STATE and row is not None:
        advice = RECALLED if row.recalled_at else NOT_NOW
    raise Refused(decision.reason, advice)


def _write(row: Delivery, record: Record, words: str, decision: Decision, by: Actor, at: datetime) -> None:
    purpose = Purpose(Flow.POLICE_TO_SCHOOL, words.format(reference=row.reference))
    outcome = Outcome.SHOWN if decision else Outcome.REFUSED
    write_down(outcome, record=record, purpose=purpose, post=_post(row, by), by=by, at=at)


def _post(row: Delivery, by: Actor) -> HeldPost | None:
    """The post in which she reads it: at the school first, and her own before a cover."""
    return min(by.posts, key=lambda post: (post.organisation != row.school_id, post.is_cover), default=None)


def _record_of_subject(row: Delivery) -> Record:
    with working_as(HAVEN, "subjects.delivering"):
        return Record.objects.get(subject=row.subject_id)


def _record_of_notice(row: Delivery) -> Record:
    with working_as(HAVEN, "subjects.delivering"):
        return Record.objects.get(notice=row.notice_id)


def _readable_supports(row: Delivery, by: Actor, at: datetime) -> list[Support]:
    """What was done there, as far as she may read it, and that it is shown to her."""
    rows = list(Support.objects.filter(delivery=row).select_related("record", "by"))
    found = [each for each in rows if decide(Asker(by, at), Deed.READ, each.record)]
    purpose = Purpose(Flow.WITHIN, WHAT.format(reference=row.reference))
    for each in found:
        write_down(Outcome.SHOWN, record=each.record, purpose=purpose, post=_post(row, by), by=by, at=at)
    return found


def _whole(row: Delivery, supports: Sequence[Support], by: Actor) -> WholeLook:
    places = {post.organisation for post in by.posts}
    notice = Notice.objects.filter(pk=row.notice_id).first()
    content = opened(notice.record_id, "content", notice.content, organisations=places) if notice else None
    told = None
    if content is not None:
        told = [Told(item, ASKED[item].label, in_words(item, words)) for item, words in from_content(content).items()]
    rule = AreaRule.objects.filter(area=row.area_id).first() or AreaRule(area=Area(pk=row.area_id))
    profile = ForceProfile.objects.filter(organisation=row.sender_id).first()
    return WholeLook(
        delivery=row.pk,
        identity=_identity(row, by),
        told=told,
        handling=rule.handling,
        force_says=profile.free_words if profile else "",
        done=[
            Done(
                IN_WORDS[Kind(each.kind)],
                opened(each.record_id, "note", each.note, organisations=places),
                each.by.name,
                each.at,
                each.remind_on,
            )
            for each in supports
        ],
    )


def _identity(row: Delivery, by: Actor) -> Identity | None:
    subjects = Subject.objects.filter(pk=row.subject_id)
    return identities(subjects, organisations={post.organisation for post in by.posts}).get(row.subject_id)
