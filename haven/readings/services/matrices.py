"""Who reads what of an edition: set by a governing body, and moved to the edition that follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.guidance.models import Edition
from haven.guidance.queries.pages import edition_to_read
from haven.ledger.services import record
from haven.readings.models import Matrix, Part, Replacement
from haven.readings.policy import may_decide, may_prompt
from haven.readings.queries.changing import school_locked
from haven.readings.queries.matrices import MovePage, matrix_before, moving
from haven.readings.queries.parts import PartFound, parts_of, parts_of_edition, place_in
from haven.readings.rules.kinds import ReaderKind, in_order
from haven.readings.rules.moving import Choice, faults_of_choices, reassigned
from haven.readings.rules.parts import LONGEST_NAME, part_key

MOVE_INSTEAD = (
    "Your school reads another edition of this document. Move from that one, so that nobody’s reading is lost."
)
NOBODY_READS = "Tick at least one part for at least one kind of reader."
TWICE = "“{name}” stands twice in the list."
MOST_PARTS = 60
TOO_MANY = f"An edition may have up to {MOST_PARTS} parts here."
HAS_ONE = "Who reads what of this edition is set already."


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A part by its name, and who must read it."""

    name: str
    kinds: frozenset[ReaderKind]


@transaction.atomic
def set_matrix(
    *, school_id: UUID, edition_id: UUID, rows: Sequence[ReadBy], decided_on: date | None, by: Actor, at: datetime
) -> Matrix:
    """Set who reads which part of an edition, or set it anew. Rounds that run by it ask accordingly from then on.

    Raises `Refused`, with advice, where nobody would read anything, and where the school reads another edition of the
    document and has to move from it.
    """
    school = school_locked(school_id=school_id)
    require(may_decide(by, school.pk))
    edition = edition_to_read(edition_id=edition_id, by=by)
    is_new = not Matrix.objects.filter(organisation=school, edition=edition).exists()
    if is_new and matrix_before(school_id=school.pk, edition=edition):
        raise Refused(Reason.WRONG_STATE, MOVE_INSTEAD)
    _require_sound(rows)
    set_now: dict[str, Any] = {"decided_on": decided_on, "set_at": at, "set_by_id": by.person}
    set_now |= {"file_sha256": edition.sha256}
    matrix, _ = Matrix.objects.update_or_create(organisation=school, edition=edition, defaults=set_now)
    _keep_parts(matrix, {part_key(row.name): row for row in rows}, parts_of_edition(edition=edition))
    record("reading.matrix_set", by=by, at=at, about=_about(matrix) | {"decided_on": decided_on})
    return matrix


@transaction.atomic
def move_matrix(
    *,
    school_id: UUID,
    edition_id: UUID,
    choices: Mapping[str, Choice],
    added: Mapping[str, frozenset[ReaderKind]],
    decided_on: date | None,
    by: Actor,
    at: datetime,
) -> Matrix:
    """Let a school read another edition of a document. `choices` say, by the key of each earlier part that does not go
    on by itself, what its readers read now; `added` who reads what is new.

    Raises `Refused`, with advice, while anybody's part is left without a word.
    """
    school = school_locked(school_id=school_id)
    require(may_decide(by, school.pk))
    edition = edition_to_read(edition_id=edition_id, by=by)
    before = matrix_before(school_id=school.pk, edition=edition)
    if before is None or Matrix.objects.filter(organisation=school, edition=edition).exists():
        raise Refused(Reason.WRONG_STATE, HAS_ONE)
    page = moving(matrix=before, edition=edition)
    names = {each.key: each.name for each in page.known}
    if faults := faults_of_choices(page.movement, page.readers, names, choices):
        raise Refused(Reason.NOT_READY, " ".join(faults.values()))
    told = reassigned(page.movement, page.readers, choices, {key: own for key, own in added.items() if key in names})
    rows = {key: ReadBy(name, told.kinds.get(key, frozenset())) for key, name in names.items()}
    _require_sound(list(rows.values()))
    set_now: dict[str, Any] = {"decided_on": decided_on, "set_at": at, "set_by_id": by.person}
    set_now |= {"file_sha256": edition.sha256, "moved_from": before}
    matrix = Matrix.objects.create(organisation=school, edition=edition, **set_now)
    _keep_parts(matrix, rows, page.found, told.goes_on_from)
    replaced = _keep_replacements(matrix, page, choices)
    about = _about(matrix) | {"moved_from": before.pk, "instead": replaced, "decided_on": decided_on}
    record("reading.matrix_moved", by=by, at=at, about=about)
    return matrix


@transaction.atomic
def find_parts_again(*, by: Actor, at: datetime) -> int:
    """Keep where the parts stand in the file that their edition has now, where people are asked to read; how many
    matrices were brought up to date. Until then they are found anew each time somebody looks."""
    require(may_prompt(by))
    asked = Matrix.objects.filter(rounds__ended_at__isnull=True, rounds__isnull=False)
    stale = asked.exclude(file_sha256=F("edition__sha256")).select_related("edition__document").distinct()
    found = list(stale)
    for matrix, parts in parts_of(matrices=found).items():
        for part in parts:
            part.save()
        Matrix.objects.filter(pk=matrix.pk).update(file_sha256=matrix.edition.sha256)
    if found:
        record("reading.parts_found_again", by=by, at=at, about={"matrices": [each.pk for each in found]})
    return len(found)


def _require_sound(rows: Sequence[ReadBy]) -> None:
    keys = [part_key(row.name) for row in rows]
    if twice := next((row.name for row, key in zip(rows, keys, strict=True) if keys.count(key) > 1), ""):
        raise Refused(Reason.NOT_READY, TWICE.format(name=twice))
    if len(rows) > MOST_PARTS:
        raise Refused(Reason.NOT_READY, TOO_MANY)
    if not any(row.kinds for row in rows):
        raise Refused(Reason.NOT_READY, NOBODY_READS)


def _keep_parts(
    matrix: Matrix,
    rows: Mapping[str, ReadBy],
    found: Sequence[PartFound],
    goes_on_from: Mapping[str, str] | None = None,
) -> None:
    """Parts of the text always stay in the matrix, read or not; one that was typed goes when nobody reads it."""
    places = {each.key: each for each in found}
    known = {part.key: part for part in matrix.parts.all()}
    names = {each.key: each.name for each in found}
    names |= {key: row.name for key, row in rows.items() if key and key not in names and row.kinds}
    made: list[Part] = []
    for position, (key, name) in enumerate(names.items(), start=1):
        before = known.pop(key, None)
        part = before or Part(matrix=matrix, key=key)
        part.position, part.name = position, name[:LONGEST_NAME]
        part.kinds = [kind.value for kind in in_order(rows[key].kinds)] if key in rows else []
        part.was_key = (goes_on_from or {}).get(key, part.was_key)
        place_in(part, places.get(key))
        if before:
            part.save()
        else:
            made.append(part)
    Part.objects.bulk_create(made)
    Part.objects.filter(pk__in=[part.pk for part in known.values()]).delete()


def _keep_replacements(matrix: Matrix, page: MovePage, choices: Mapping[str, Choice]) -> dict[str, str]:
    """For each part whose readers were told by hand what to read: which part they read now, and blank for none."""
    parts = {part.key: part for part in matrix.parts.all()}
    replaced = {}
    for each in page.asked:
        choice = choices[each.old.key]
        Replacement.objects.create(
            matrix=matrix,
            key=each.old.key,
            name=each.old.name,
            kinds=[kind.value for kind in page.readers[each.old.key]],
            instead=parts.get(choice.instead),
            why=choice.why.strip(),
        )
        replaced[each.old.key] = choice.instead
    return replaced


def _about(matrix: Matrix) -> dict[str, object]:
    edition: Edition = matrix.edition
    read = {part.key: list(part.kinds) for part in matrix.parts.all() if part.kinds}
    return {
        "matrix": matrix.pk,
        "organisation": matrix.organisation_id,
        "document": edition.document_id,
        "edition": edition.pk,
        "parts": read,
    }
