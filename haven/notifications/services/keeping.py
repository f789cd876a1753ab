"""What a sender does with what was sent: recalls it, sends it on, or settles that nothing is left to do."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.ledger.services import record
from haven.notifications.models import Delivery, Notification
from haven.notifications.policy import delivery_to_change, may_keep
from haven.notifications.queries.breaches import lacking_after
from haven.notifications.queries.changing import NOT_NOW, next_stage
from haven.notifications.queries.telling import subjects_of
from haven.notifications.rules.escalating import Prompting
from haven.notifications.rules.stages import UNREAD, Stage, Step
from haven.notifications.services.breaches import note_breaches
from haven.notifications.services.placing import Place, Placing, Sending, deliver, take_from_places
from haven.notifications.services.telling import tell_all
from haven.people.seeing import seeing, working_as
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.ties import Asker
from haven.subjects.services.delivering import withdraw_records
from haven.subjects.services.naming import Places, attend

SAY_WITHOUT = "Say why it is settled without what is not there, and do not name anybody"
ONE_PLACE = "Choose one school, or the area in which the child is taught at home"


@seeing("notifications.keeping")
def recall(*, notification_id: UUID, by: Actor, at: datetime) -> Notification:
    """Take a notification back from everybody. What nobody had opened, nobody ever opens; where somebody had, it is
    taken away too, and its sender must settle what follows from that. Exactly one of a recall and an opening at the
    same moment comes first: both wait for the delivery's row."""
    rows = list(
        Delivery.objects.select_for_update(of=("self",)).filter(notification=notification_id).order_by("made_at", "id")
    )
    if not rows:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    require(may_keep(Asker(by, at), rows[0]))  # the sender and the notification decide, and all have the same
    notification = Notification.objects.select_for_update().get(pk=notification_id)
    standing = [row for row in rows if row.opened_at or Stage(row.stage) in UNREAD]
    if notification.recalled_at is not None or not standing:
        raise Refused(Reason.WRONG_STATE, NOT_NOW)
    notification.recalled_at, notification.recalled_by_id = at, person_of(by)
    notification.save(update_fields=["recalled_at", "recalled_by"])
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        _recall(standing, by, at)
        withdraw_records(records=notification.notices.values_list("record", flat=True), by=by, at=at)
    about: dict[str, object] = {"notification": notification.pk, "area": notification.area_id}
    about |= {"after_open": [row.pk for row in standing if row.stage == Stage.RECALLED_AFTER_OPEN]}
    record("notification.recalled", by=by, at=at, about=about)
    return notification


@seeing("notifications.keeping")
def send_on(*, delivery_id: UUID, to_school: UUID | None, to_home: UUID | None, by: Actor, at: datetime) -> Delivery:
    """Send to the right place what came back as not theirs. The clock runs from when it was first accepted."""
    row = delivery_to_change(delivery_id=delivery_id)
    require(may_keep(Asker(by, at), row))
    stage = next_stage(row, Step.SEND_ON)
    if (to_school is None) == (to_home is None):
        raise Refused(Reason.NOT_ASKABLE, ONE_PLACE)
    row.stage = stage
    row.save(update_fields=["stage"])
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        attend(subject_id=row.subject_id, places=Places([to_school] if to_school else [], to_home), by=by, at=at)
        children = subjects_of(notification=row.notification_id)
        sending = Sending(row.notification, children, counted_from=row.accepted_at, follows=row)
        placing = Placing(row.notice, sending, Place(to_school, to_home))
        new = deliver(placing=placing, flow=Flow.POLICE_TO_SCHOOL, by=by, at=at)
    record("notification.sent_on", by=by, at=at, about=row.facts | {"delivery_there": new.pk})
    return new


@seeing("notifications.keeping")
def settle(*, delivery_id: UUID, why: str, without: str = "", by: Actor, at: datetime) -> Delivery:
    """Close what is with the sender: what came back and goes nowhere else, or what was recalled after it was read.

    After a recall of what was read there must be a signed list and confirmed copies; `without` says why not. Both it
    and `why` stand in the ledger: a reference or a plain reason, never a name.
    """
    row = delivery_to_change(delivery_id=delivery_id)
    require(may_keep(Asker(by, at), row))
    stage = next_stage(row, Step.SETTLE)
    if not why.strip():
        raise Refused(Reason.NOT_READY, "Say why, without a name")
    lacks = lacking_after(delivery=row)
    if lacks and not without.strip():
        raise Refused(Reason.EVIDENCE_LACKING, SAY_WITHOUT)
    row.stage, row.closed_at, row.closed_by_id = stage, at, person_of(by)
    row.save(update_fields=["stage", "closed_at", "closed_by"])
    words = f"{why.strip()}. Without {' and '.join(lacks)}: {without.strip()}" if lacks else why.strip()
    record("notification.settled", by=by, at=at, about=row.facts | {"lacking": list(lacks)}, why=words)
    return row


def _recall(rows: Sequence[Delivery], by: Actor, at: datetime) -> None:
    """All of them, in as many questions however many they are."""
    had_it = [row for row in rows if row.stage != Stage.NOT_OURS]
    for row in rows:
        row.stage, row.recalled_at = next_stage(row, Step.RECALL), at
    Delivery.objects.bulk_update(rows, ["stage", "recalled_at"])
    note_breaches(deliveries=[row for row in rows if row.opened_at is not None], by=by, at=at)
    tell_all(deliveries=had_it, step=Prompting.RECALLED, by=by, at=at)
    take_from_places(deliveries=had_it, by=by, at=at)
