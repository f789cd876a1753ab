"""One clause: its words, where they stand in other editions, and everything that hangs on it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from haven.access.actor import Actor
from haven.engines.compare.telling import counted
from haven.guidance.models import Clause, Document, Edition, digest_of
from haven.guidance.queries.pages import edition_to_read, in_order
from haven.guidance.queries.strands import Strand, strands_on
from haven.guidance.rules.life import Stage, stage_on
from haven.guidance.rules.reading import place_in_words
from haven.guidance.rules.showing import COLOURS, LABELS


@dataclass(frozen=True, slots=True)
class Kind:
    """What of one kind hangs on a clause."""

    name: str
    strands: tuple[Strand, ...]

    @property
    def counted(self) -> str:
        """How many: "1 action", "2 policies"."""
        return counted(len(self.strands), self.name.lower())


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition of the same document, and where these very words stand in it; no place where they do not."""

    edition: UUID
    label: str
    stage: str
    colour: str
    place: int | None
    called: str
    older: UUID  # of the two editions
    newer: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ClausePage:
    """One clause with its thread."""

    clause: Clause
    edition: Edition
    where: str
    stage: str
    colour: str
    others: tuple[Standing, ...]
    kinds: tuple[Kind, ...]
    on_document: tuple[Kind, ...]
    before: int | None
    after: int | None


def address_of_clause(edition: UUID, place: int) -> str:
    """The page of a clause, whatever stands around it."""
    return f"/guidance/editions/{edition}/clauses/{place}/thread/"


def clause_to_read(*, edition_id: UUID, place: int, by: Actor) -> Clause:
    """A clause of an edition that she may read. Raises `Refused`."""
    edition = edition_to_read(edition_id=edition_id, by=by)
    clause = edition.clauses.defer("search").get(place=place)
    clause.edition = edition
    return clause


def clause_page(*, edition_id: UUID, place: int, by: Actor, on: date) -> ClausePage:
    """One clause, its words in other editions, and what hangs on it: one query for each kind. Raises `Refused`."""
    clause = clause_to_read(edition_id=edition_id, place=place, by=by)
    edition, words = clause.edition, digest_of(clause)
    hanging = strands_on(document=edition.document, words=[words, ""], by=by, on=on)
    stage = stage_on(edition.days, on)
    return ClausePage(
        clause=clause,
        edition=edition,
        where=place_in_words(number="", heading=clause.heading, page=clause.page),
        stage=LABELS[stage],
        colour=COLOURS[stage],
        others=tuple(_others(clause, on)),
        kinds=by_kind(hanging.get(words, ())),
        on_document=by_kind(hanging.get("", ())),
        before=place - 1 if place > 1 else None,
        after=place + 1 if place < edition.clause_count else None,
    )


def hanging_on(
    *, document: Document, clauses: Collection[Clause], by: Actor, on: date
) -> Mapping[int, tuple[Kind, ...]]:
    """What hangs on each of these clauses, by its place; those on which nothing hangs are left out."""
    digests = {clause.place: digest_of(clause) for clause in clauses}
    hanging = strands_on(document=document, words=set(digests.values()), by=by, on=on) if digests else {}
    return {place: by_kind(hanging[digest]) for place, digest in digests.items() if digest in hanging}


def by_kind(strands: Iterable[Strand]) -> tuple[Kind, ...]:
    """Strands by their kind, in the order in which they come."""
    return tuple(Kind(name, tuple(group)) for name, group in groupby(strands, key=lambda each: each.kind))


def _others(clause: Clause, on: date) -> Iterable[Standing]:
    """The other editions that have their text, the newest first."""
    siblings = in_order(Edition.objects.filter(document=clause.edition.document_id, clause_count__gt=0))
    same = Clause.objects.filter(edition__in=siblings, key=clause.key).defer("search").order_by("-place")
    stands = {each.edition_id: each for each in same}  # of several the first
    own = siblings.index(clause.edition)
    for at, each in reversed([*enumerate(siblings)]):
        if at == own:
            continue
        stage: Stage = stage_on(each.days, on)
        older, newer = (each, clause.edition) if at < own else (clause.edition, each)
        found = stands.get(each.pk)
        place, called = (found.place, found.called) if found else (None, "")
        yield Standing(each.pk, each.label, LABELS[stage], COLOURS[stage], place, called, older.pk, newer.pk)
