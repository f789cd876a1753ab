"""Telling: what was told is received by the unit at once, and who told it is put away from it."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.decision import Reason, Refused, person_of, require
from haven.access.roles import INTELLIGENCE, LABELS, READERS
from haven.engines.days.moments import local_day
from haven.files.queries import require_room
from haven.intelligence import letters
from haven.intelligence.models import Receipt, Source, Submission
from haven.intelligence.policy import may_tell
from haven.intelligence.queries.units import unit_of
from haven.intelligence.rules.telling import Telling, reference
from haven.kit.letters import went_out
from haven.ledger.services import record
from haven.people.queries import holders
from haven.people.seeing import working_as
from haven.subjects.rules.bases import USUAL, Flow, edition_on
from haven.subjects.rules.retention import Kept
from haven.subjects.services import make_record
from haven.subjects.services.records import NewRecord

NO_UNIT = "Your area has no intelligence unit in Haven yet. Ring 101 instead. What you typed is still here."


class Faults(Refused):
    """What is told is not right: what is wrong, by the field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(Reason.NOT_READY, next(iter(faults.values())))
        self.faults = faults


@transaction.atomic
def tell(*, area: UUID, organisation: UUID, key: UUID, telling: Telling, by: Actor, at: datetime) -> Receipt:
    """Tell the area’s unit one matter, and have a receipt for it. Sent twice under one key, it is received once.

    Haven itself puts it away: whoever told it cannot open it again, and no entry of the ledger joins her to it by
    name or number. Raises `Faults` and `Refused`, with advice.
    """
    require(may_tell(by, area))
    post = next((each for each in by.posts if _tells(each, organisation, area)), None)
    if post is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    if faults := telling.faults():
        raise Faults(faults)
    unit = unit_of(area=area, on=local_day(at))
    if unit is None:
        raise Refused(Reason.WRONG_STATE, NO_UNIT)
    with working_as(HAVEN, "intelligence.telling"):
        receipt, is_new = _receipt(area, organisation, key, by, at)
        if is_new:
            require_room()
            _put_away(unit.pk, telling, receipt, post, by, at)
    if is_new:
        record("matter.told", by=by, at=at, about={"receipt": receipt.pk, "area": area})
        _tell_unit(unit.pk, at)
    return receipt


def _tell_unit(unit: UUID, at: datetime) -> None:
    """Write to those of the unit that there is something."""
    for each in holders(roles=INTELLIGENCE, organisations=[unit], on=local_day(at)):
        transaction.on_commit(partial(went_out, partial(letters.something_new, to=each.email)), robust=True)


def _tells(post: HeldPost, organisation: UUID, area: UUID) -> bool:
    return post.organisation == organisation and post.role in READERS and area in post.areas


def _receipt(area: UUID, organisation: UUID, key: UUID, by: Actor, at: datetime) -> tuple[Receipt, bool]:
    """The receipt of this form, and whether it is the first."""
    hers = Receipt.objects.filter(key=key, person=person_of(by))
    if found := hers.first():
        return found, False
    row = Receipt(
        key=key,
        person_id=person_of(by),
        organisation_id=organisation,
        area_id=area,
        reference=reference(),
        sent_on=local_day(at),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # pressed twice at once, or the key of somebody else
        if found := hers.first():
            return found, False
        raise Refused(Reason.NOT_ASKABLE, "Open the form anew") from None
    return row, True


def _put_away(unit: UUID, telling: Telling, receipt: Receipt, post: HeldPost, by: Actor, at: datetime) -> None:
    said = {"matter": telling.matter.strip().encode(), "particulars": telling.particulars().encode()}
    told = NewRecord("intelligence", receipt.area_id, unit, said, kept_as=Kept.INTELLIGENCE)
    row, sealed = make_record(new=told, by=HAVEN, at=at)
    submission = Submission.objects.create(
        pk=uuid4(),
        record=row,
        area_id=receipt.area_id,
        unit_id=unit,
        reference=reference(),
        received_at=at,
        theme=telling.theme,
        **sealed,
    )
    who = {"who": _who(receipt, post, by, at)}
    who |= {"told_by": telling.told_by.strip().encode()} if telling.told_by.strip() else {}
    kept = NewRecord("source", receipt.area_id, unit, who, kept_as=Kept.INTELLIGENCE)
    row, sealed = make_record(new=kept, by=HAVEN, at=at)
    Source.objects.create(submission=submission, record=row, unit_id=unit, **sealed)
    about = {"submission": submission.pk, "area": receipt.area_id, "unit": unit}
    record("matter.received", by=HAVEN, at=at, about=about)


def _who(receipt: Receipt, post: HeldPost, by: Actor, at: datetime) -> bytes:
    """Who told it, as she was then, on what basis; and her receipt, by which an answer finds her."""
    edition, _ = edition_on(local_day(at), recognised_from=settings.RECOGNISED_FROM)
    said = {
        "receipt": str(receipt.pk),
        "name": by.name,
        "role": LABELS[post.role],
        "organisation": post.organisation_name,
        "basis": USUAL[Flow.TO_INTELLIGENCE].code,
        "edition": edition,
    }
    return json.dumps(said, ensure_ascii=False).encode()
