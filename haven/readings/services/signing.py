"""Somebody signs what she has read; a lead records what was signed on paper, and takes back what was a mistake."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import day_in_words, local_day
from haven.ledger.services import Deed, record, record_all
from haven.readings.models import Bookmark, Part, Reader, Signature
from haven.readings.policy import may_keep
from haven.readings.queries.changing import reader_of, round_for_update, signature_for_update
from haven.readings.queries.own import own_part, own_row
from haven.readings.queries.reading import statement_of
from haven.readings.queries.standing import standings
from haven.readings.rules.signing import DONE, WAITING, Way

SIGNED_LATER = "Choose the day on which it was signed. It cannot be a day to come."
SIGNED_EARLY = "This edition was issued on {day}. It cannot have been signed before that."
NONE_LEFT = "Nothing of what you ticked has still to be signed."
TAKEN_BACK = "This signature was taken back before."
SAY_WHY = "Say why it is taken back."
NOBODY_LEFT = "Tick at least one person who has still to sign this part."
ROUND_ENDED = "This round has ended."


@transaction.atomic
def sign(*, part_id: UUID, way: Way, by: Actor, at: datetime) -> Signature | None:
    """Say that she has read and understood a part as it stands. Said again, or where what she signed carries over,
    nothing is done. Raises `Refused`, and `Part.DoesNotExist` for what she is not asked to read."""
    own = own_part(part_id=part_id, by=by, on=local_day(at))
    reader = own_row(school_id=own.round.organisation_id, by=by, at=at)
    own = own_part(part_id=part_id, by=by, on=local_day(at))  # as it stands now that her row is locked
    if own.state in DONE:
        return None
    told = Way.HAVEN if way is Way.CHANGES and own.before is None else way
    signature = _sign(reader, own.part, told, local_day(at), by, at)
    about = _about(signature, reader) | {"round": own.round.pk}
    record("reading.signed", by=by, at=at, about=about, why=statement_of(own.part))
    return signature


@transaction.atomic
def keep_place(*, part_id: UUID, place: int, by: Actor, at: datetime) -> None:
    """Remember where she goes on reading. Raises `Refused`."""
    own = own_part(part_id=part_id, by=by, on=local_day(at))
    part = own.part
    if own.state not in WAITING or part.place is None or part.until is None or not part.place <= place < part.until:
        return
    reader = own_row(school_id=own.round.organisation_id, by=by, at=at)
    Bookmark.objects.update_or_create(
        reader=reader, edition_id=part.matrix.edition_id, part_key=part.key, defaults={"place": place, "kept_at": at}
    )


@transaction.atomic
def record_on_paper(
    *,
    round_id: UUID,
    who: UUID,
    part_ids: Collection[UUID],
    signed_on: date,
    how: str,
    by: Actor,
    at: datetime,
) -> list[Signature]:
    """Record that somebody signed on paper for parts that she has to read. Raises `Refused`, with advice."""
    found = round_for_update(round_id=round_id, by=by)
    require(may_keep(by, found.organisation_id))
    if found.ended_at:
        raise Refused(Reason.WRONG_STATE, ROUND_ENDED)
    _require_day(signed_on, found.matrix.edition.issued_on, local_day(at))
    reader = reader_of(school_id=found.organisation_id, who=who, by=by, at=at)
    waiting = {part.pk: part for part in _waiting(round_id, reader, by, at)}
    parts = [waiting[each] for each in part_ids if each in waiting]
    if not parts:
        raise Refused(Reason.NOT_READY, NONE_LEFT)
    made = [_sign(reader, part, Way.PAPER, signed_on, by, at, how=" ".join(how.split())) for part in parts]
    deeds = [Deed("reading.paper_recorded", _about(each, reader) | {"round": found.pk}) for each in made]
    record_all(deeds, by=by, at=at)
    return made


@transaction.atomic
def record_sheet(
    *, round_id: UUID, part_id: UUID, people: Collection[UUID], signed_on: date, how: str, by: Actor, at: datetime
) -> list[Signature]:
    """Record a sheet that many signed for one part. Who has nothing to sign there is left out. Raises `Refused`, with
    advice, where nobody is left."""
    found = round_for_update(round_id=round_id, by=by)
    require(may_keep(by, found.organisation_id))
    if found.ended_at:
        raise Refused(Reason.WRONG_STATE, ROUND_ENDED)
    _require_day(signed_on, found.matrix.edition.issued_on, local_day(at))
    (standing,) = standings(rounds=[found], on=local_day(at))
    place = next(place for place, part in enumerate(standing.parts) if part.pk == part_id)
    chosen = [row for row in standing.rows if row.reader.who in people and row.cells[place].state in WAITING]
    if not chosen:
        raise Refused(Reason.NOT_READY, NOBODY_LEFT)
    readers = [reader_of(school_id=found.organisation_id, who=row.reader.who, by=by, at=at) for row in chosen]
    said, part = " ".join(how.split()), standing.parts[place]
    made = [_sign(reader, part, Way.PAPER, signed_on, by, at, how=said) for reader in readers]
    about = [_about(each, reader) | {"round": found.pk} for each, reader in zip(made, readers, strict=True)]
    record_all([Deed("reading.paper_recorded", each) for each in about], by=by, at=at)
    return made


@transaction.atomic
def take_back(*, signature_id: UUID, why: str, by: Actor, at: datetime) -> Signature:
    """Let a signature that was recorded by mistake count no longer. Raises `Refused`, with advice."""
    signature = signature_for_update(signature_id=signature_id, by=by)
    if signature.taken_back_at:
        raise Refused(Reason.WRONG_STATE, TAKEN_BACK)
    if not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)
    signature.taken_back_at, signature.taken_back_by_id = at, by.person
    signature.taken_back_why = " ".join(why.split())
    signature.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    record("reading.signature_taken_back", by=by, at=at, about=_about(signature, signature.reader), why=why.strip())
    return signature


def _sign(reader: Reader, part: Part, way: Way, on: date, by: Actor, at: datetime, how: str = "") -> Signature:
    edition = part.matrix.edition_id
    recorded: dict[str, Any] = {"recorded_at": at, "recorded_by_id": by.person}
    Bookmark.objects.filter(reader=reader, edition=edition, part_key=part.key).delete()
    return Signature.objects.create(
        reader=reader,
        edition_id=edition,
        part_key=part.key,
        part_name=part.name,
        words=part.words,
        way=way.value,
        signed_on=on,
        how=how,
        **recorded,
    )


def _waiting(round_id: UUID, reader: Reader, by: Actor, at: datetime) -> list[Part]:
    """The parts of a round that this reader has to sign."""
    found = round_for_update(round_id=round_id, by=by)
    (standing,) = standings(rounds=[found], on=local_day(at))
    row = next(row for row in standing.rows if reader.pk == row.reader.reader)
    return [part for part, cell in zip(standing.parts, row.cells, strict=True) if cell.state in WAITING]


def _require_day(signed_on: date, issued_on: date | None, today: date) -> None:
    if signed_on > today:
        raise Refused(Reason.NOT_READY, SIGNED_LATER)
    if issued_on and signed_on < issued_on:
        raise Refused(Reason.NOT_READY, SIGNED_EARLY.format(day=day_in_words(issued_on)))


def _about(signature: Signature, reader: Reader) -> dict[str, object]:
    """What the ledger keeps of a signature: whose, by her row, and no name."""
    return {
        "signature": signature.pk,
        "reader": reader.pk,
        "organisation": reader.organisation_id,
        "edition": signature.edition_id,
        "part": signature.part_name,
        "words": signature.words,
        "way": signature.way,
        "signed_on": signature.signed_on,
    }
