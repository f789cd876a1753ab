"""What policies rest on: whether it still stands in the edition in force, and the words then and now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Func, Q
from django.urls import reverse

from haven.engines.days.moments import local_day
from haven.guidance.models import Clause, Edition, digest_of
from haven.guidance.queries.clauses import address_of_clause
from haven.guidance.queries.pages import in_order
from haven.guidance.queries.standing import in_force
from haven.policies.models import Link
from haven.policies.rules.resting import (
    TOUCHED,
    Footing,
    but_for_references,
    footing_of_clause,
    footing_of_document,
    marked,
    nearest,
)


class WordsDigest(Func):
    """In the database, what `guidance.models.digest_of` says of a clause."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8') || '\\x00'::bytea), 'hex')"
    output_field = CharField()


@dataclass(frozen=True, slots=True)
class Foot:
    """How a link stands: its footing and, where there is one, the newest edition in force and the place in it."""

    footing: Footing
    edition: Edition | None
    place: int | None = None

    @property
    def is_touched(self) -> bool:
        """Whether somebody should look."""
        return self.footing in TOUCHED


@dataclass(frozen=True, slots=True)
class Words:
    """A clause as it stands in an edition."""

    label: str
    called: str
    address: str
    text: str
    edition: UUID
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """One thing that a policy rests on, as it is shown."""

    id: UUID
    document: UUID
    title: str
    called: str
    address: str
    footing: Footing
    is_touched: bool
    label: str  # of the edition in force
    then: Words | None
    now: Words | None
    runs: tuple[tuple[str, str], ...]  # both texts as one, what differs marked
    comparison: str  # the address of the comparison of both editions, where one can be made
    looked_at: datetime
    looked_by: str
    is_checked: bool  # rather than just linked


def feet(links: Collection[Link], on: date) -> dict[UUID, Foot]:
    """How each link stands on this day: two questions, whatever their number, and two more where words are missed."""
    newest = _newest_in_force({link.document_id for link in links}, on)
    filled = [edition for edition in newest.values() if edition.clause_count]
    words = {link.words for link in links if link.words}
    stands: dict[tuple[UUID, str], int] = {}
    if filled and words:
        rows = Clause.objects.filter(edition__in=filled).annotate(digest=WordsDigest(F("key")))
        for edition, digest, place in rows.filter(digest__in=words).values_list("edition", "digest", "place"):
            stands.setdefault((edition, digest), place)
        stands |= _renumbered(links, newest, stands)
    return {link.pk: _foot(link, newest.get(link.document_id), stands) for link in links}


def rests_of(links: Sequence[Link], on: date) -> list[Rest]:
    """What a policy rests on, what has moved first, with the words then and now of what has."""
    standing = feet(links, on)
    moved = [link for link in links if standing[link.pk].footing is Footing.MOVED]
    then = _clauses_then(moved)
    now = _clauses_now(moved, then, standing)
    rests = [_rest(link, standing[link.pk], then.get(link.pk), now.get(link.pk)) for link in links]
    return sorted(rests, key=lambda rest: not rest.is_touched)


def touched_counts(links: Collection[Link], on: date) -> dict[UUID, int]:
    """For each policy with such links, how many of them somebody should look at."""
    standing = feet(links, on)
    counts: dict[UUID, int] = {}
    for link in links:
        counts[link.policy_id] = counts.get(link.policy_id, 0) + standing[link.pk].is_touched
    return counts


def _newest_in_force(documents: Iterable[UUID], on: date) -> dict[UUID, Edition]:
    rows = Edition.objects.filter(in_force(on), document__in=set(documents)).select_related("document")
    by_document: dict[UUID, list[Edition]] = {}
    for edition in rows:
        by_document.setdefault(edition.document_id, []).append(edition)
    return {document: in_order(editions)[-1] for document, editions in by_document.items()}


def _renumbered(
    links: Collection[Link], newest: Mapping[UUID, Edition], stands: Mapping[tuple[UUID, str], int]
) -> dict[tuple[UUID, str], int]:
    """Where words still stand but for the numbers of what they point to."""
    there = {link: edition for link in links if link.words and (edition := newest.get(link.document_id))}
    missed = [link for link, each in there.items() if each.clause_count and (each.pk, link.words) not in stands]
    then = _clauses_then(missed)
    places: dict[tuple[UUID, str], int] = {}
    rows = Clause.objects.filter(edition__in={there[link].pk for link in missed if link.pk in then}).order_by("-place")
    for pk, place, key in rows.values_list("edition", "place", "key") if then else ():
        places[pk, but_for_references(key)] = place
    found = {
        (there[link].pk, link.words): places.get((there[link].pk, but_for_references(then[link.pk].key)))
        for link in missed
        if link.pk in then
    }
    return {key: place for key, place in found.items() if place is not None}


def _foot(link: Link, edition: Edition | None, stands: Mapping[tuple[UUID, str], int]) -> Foot:
    if not link.words:
        looked_on = local_day(link.checked_at or link.linked_at)
        since = edition.in_force_on if edition else None
        return Foot(footing_of_document(in_force_since=since, looked_on=looked_on), edition)
    place = stands.get((edition.pk, link.words)) if edition else None
    footing = footing_of_clause(
        is_in_force=edition is not None,
        has_text=bool(edition and edition.clause_count),
        stands=place is not None,
    )
    return Foot(footing, edition, place)


def _clauses_then(moved: Sequence[Link]) -> dict[UUID, Clause]:
    """The clauses that links were made to, as far as they are still kept."""
    places = Q(pk__in=[])
    for link in moved:
        places |= Q(edition=link.edition_id, place=link.place)
    rows = Clause.objects.filter(places).select_related("edition").defer("search") if moved else []
    found = {(each.edition_id, each.place, digest_of(each)): each for each in rows}  # another file may be kept now
    then = {link.pk: found.get((link.edition_id, link.place, link.words)) for link in moved}  # type: ignore[arg-type]
    return {pk: each for pk, each in then.items() if each is not None}


def _clauses_now(
    moved: Sequence[Link], then: Mapping[UUID, Clause], standing: Mapping[UUID, Foot]
) -> dict[UUID, Clause]:
    """For each of them the clause that most likely stands there now."""
    editions = {foot.edition for link in moved if link.pk in then and (foot := standing[link.pk]).edition}
    among: dict[UUID, list[Any]] = {edition.pk: [] for edition in editions if edition}
    rows = Clause.objects.filter(edition__in=among).exclude(kind="heading").order_by("place")
    for edition, *row in rows.values_list("edition", "place", "number", "key"):
        among[edition].append(row)
    places: dict[UUID, tuple[UUID, int]] = {}
    for link in moved:
        there, old = standing[link.pk].edition, then.get(link.pk)
        if there and old and (place := nearest(old.key, old.number, among[there.pk])):
            places[link.pk] = (there.pk, place)
    wanted = Q(pk__in=[])
    for edition_id, place in places.values():
        wanted |= Q(edition=edition_id, place=place)
    kept = Clause.objects.filter(wanted).select_related("edition").defer("search", "key") if places else []
    found = {(each.edition_id, each.place): each for each in kept}
    return {pk: found[at] for pk, at in places.items() if at in found}


def _rest(link: Link, foot: Foot, then: Clause | None, now: Clause | None) -> Rest:
    return Rest(
        id=link.pk,
        document=link.document_id,
        title=link.document.title,
        called=link.said,
        address=_address(link, foot),
        footing=foot.footing,
        is_touched=foot.is_touched,
        label=foot.edition.label if foot.edition else "",
        then=_words(then) if then else None,
        now=_words(now) if now else None,
        runs=marked(then.text, now.text) if then and now else (),
        comparison=_comparison(link, foot),
        looked_at=link.checked_at or link.linked_at,
        looked_by=_name(link.checked_by if link.checked_at else link.linked_by),
        is_checked=link.checked_at is not None,
    )


def _name(person: Any) -> str:
    return str(person.name) if person else "Haven"


def _address(link: Link, foot: Foot) -> str:
    if foot.edition and foot.place:
        return address_of_clause(foot.edition.pk, foot.place)
    if link.edition_id and link.place:
        return address_of_clause(link.edition_id, link.place)
    return reverse("guidance:document", args=[link.document_id])


def _comparison(link: Link, foot: Foot) -> str:
    """Where both editions have their text they can be compared."""
    old, new = link.edition, foot.edition
    if foot.footing is not Footing.MOVED or not (old and new and old.clause_count) or old.pk == new.pk:
        return ""
    return reverse("changes:comparison", args=[old.pk, new.pk])


def _words(clause: Clause) -> Words:
    return Words(
        label=clause.edition.label,
        called=clause.called,
        address=address_of_clause(clause.edition_id, clause.place),
        text=clause.text,
        edition=clause.edition_id,
        place=clause.place,
    )
