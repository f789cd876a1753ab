"""Two files of somebody's own: compared in the background and thrown away again, or kept as editions of a document."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require, require_haven
from haven.changes.models import Pair, packed
from haven.changes.policy import may_compare_files
from haven.changes.queries.pairs import files_of, found_name
from haven.changes.rules.background import AFTER_ALL_ELSE, COMPARE_PAIR
from haven.changes.rules.pairs import KEPT_FOR, MOST_WAITING, File, bundled
from haven.engines.compare.changes import Comparison
from haven.engines.compare.safely import compare_safely, open_safely
from haven.engines.documents.refusal import Unreadable
from haven.files.sealing import seal
from haven.guidance.models import Document, Edition
from haven.guidance.rules.facts import DocumentFacts, EditionFacts
from haven.guidance.rules.life import Days, Ending
from haven.guidance.services import add_document, add_edition, give_reading
from haven.ledger.services import record
from haven.people.models import Area

BUSY = "Haven is comparing many files just now. Try again in a few minutes."
BOTH = "The two files could not be compared: {line}."
ONE = "This file cannot be read: {line}."


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that is to be added."""

    area: Area
    facts: DocumentFacts


@dataclass(frozen=True, slots=True)
class AsEdition:
    """What a file becomes: an edition that is known, else a new one of this label."""

    edition: UUID | None
    label: str
    in_force_on: date | None = None


@transaction.atomic
def take_pair(*, old: File, new: File, by: Actor, at: datetime) -> UUID:
    """Take two files, sealed, to be compared in the background. Raises `Refused`, with advice where many wait."""
    require(may_compare_files(by))
    if Pair.objects.filter(state=Pair.State.WAITING).count() >= MOST_WAITING:
        raise Refused(Reason.NOT_READY, BUSY)
    pair = Pair(id=uuid4(), given_at=at)
    sealed = seal(bundled(old, new), file=pair.pk, secret=settings.FILE_KEY)
    pair.given, pair.given_key = sealed.content, sealed.wrapped_key
    pair.save(force_insert=True)
    app.configure_task(COMPARE_PAIR, priority=AFTER_ALL_ELSE).defer(pair_id=str(pair.pk))
    return pair.pk


def compare_pair(*, pair_id: UUID, by: Actor, at: datetime) -> None:
    """Compare two files that wait, in a confined process. What was thrown away meanwhile is left alone."""
    require_haven(by)
    if not Pair.objects.filter(pk=pair_id, state=Pair.State.WAITING).exists():
        return
    old, new = files_of(pair_id=pair_id)
    try:
        told = _done(pair_id, compare_safely(old, new), at)
    except Unreadable as unreadable:
        told = _refused(old, new, unreadable, at)
    Pair.objects.filter(pk=pair_id, state=Pair.State.WAITING).update(**told)


def forget_pair(*, pair_id: UUID, by: Actor, at: datetime) -> None:  # noqa: ARG001 - nothing of it stays
    """Throw two files and what was found away."""
    Pair.objects.filter(pk=pair_id).delete()


def sweep_pairs(*, by: Actor, at: datetime) -> int:
    """Throw away what was given longer ago than a session lasts; how many."""
    require_haven(by)
    count, _ = Pair.objects.filter(given_at__lt=at - KEPT_FOR).delete()
    return count


def keep_pair(
    *,
    pair_id: UUID,
    document: Document | NewDocument,
    old: AsEdition,
    new: AsEdition,
    by: Actor,
    at: datetime,
) -> tuple[Edition, Edition]:
    """Keep two files as editions of a document, new or known. The files are read before anything is locked.

    Raises `Refused`, with advice, whatever guidance says of a document, an edition or a file that it does not take.
    """
    files = files_of(pair_id=pair_id)
    try:
        readings = [open_safely(*file) for file in files]
    except Unreadable as unreadable:
        raise Refused(Reason.UNFIT_FILE, ONE.format(line=unreadable.line.rstrip("."))) from unreadable
    with transaction.atomic():
        of = document
        if isinstance(of, NewDocument):
            of = add_document(area=of.area, facts=of.facts, by=by, at=at)
        later = _edition(of, new, None, by, at)
        kept = (_edition(of, old, later, by, at), later)
        for edition, (name, content), read in zip(kept, files, readings, strict=True):
            give_reading(edition_id=edition.pk, read=read, name=name, content=content, by=by, at=at)
        record("changes.files_kept", by=by, at=at, about={"document": of.pk, "editions": [each.pk for each in kept]})
        Pair.objects.filter(pk=pair_id).delete()
    return kept


def _edition(of: Document, wanted: AsEdition, later: Edition | None, by: Actor, at: datetime) -> Edition:
    """The edition that is known, else a new one; superseded by the later one where that came into force after it."""
    if wanted.edition:
        return Edition.objects.get(pk=wanted.edition, document=of)
    facts = EditionFacts(label=wanted.label, days=Days(in_force_on=wanted.in_force_on))
    if later and wanted.in_force_on and later.in_force_on and wanted.in_force_on < later.in_force_on:
        days = replace(facts.days, ended_on=later.in_force_on, ending=Ending.SUPERSEDED)
        facts = replace(facts, days=days, superseded_by=later.pk)
    return add_edition(document_id=of.pk, facts=facts, by=by, at=at)


def _done(pair_id: UUID, found: Comparison, at: datetime) -> dict[str, object]:
    sealed = seal(packed(found), file=found_name(pair_id), secret=settings.FILE_KEY)
    return {"state": Pair.State.DONE, "found": sealed.content, "found_key": sealed.wrapped_key, "done_at": at}


def _refused(old: File, new: File, unreadable: Unreadable, at: datetime) -> dict[str, object]:
    """One line for each file that cannot be read; for both where each can be read and the two cannot be compared."""
    faults = [_fault(*file) for file in (old, new)]
    if not any(faults):
        faults = ["", BOTH.format(line=unreadable.line.rstrip("."))]
    return {"state": Pair.State.REFUSED, "old_fault": faults[0], "new_fault": faults[1], "done_at": at}


def _fault(name: str, content: bytes) -> str:
    try:
        open_safely(name, content)
    except Unreadable as unreadable:
        return ONE.format(line=unreadable.line.rstrip("."))
    return ""
