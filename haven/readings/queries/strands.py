"""Which parts of the rounds of a reader's own school hold a clause."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from haven.access.actor import Actor
from haven.engines.days.moments import day_in_words
from haven.guidance.models import Clause, Document
from haven.guidance.queries.strands import Strand
from haven.guidance.rules.fingerprints import words_digest
from haven.readings.models import Part, Round
from haven.readings.policy import may_see, schools_read_in
from haven.readings.queries.parts import parts_of

KIND = "Reading"


def strands(document: Document, words: Collection[str], by: Actor, on: date) -> Mapping[str, Sequence[Strand]]:
    """What her schools read of a document now: under "" the rounds, under a clause's digest the parts that hold it."""
    rounds = _rounds(document, by)
    if not rounds:
        return {}
    found: dict[str, list[Strand]] = {}
    if "" in words:
        found[""] = [_strand(each, each.matrix.edition.label, by, on) for each in rounds]
    if wanted := set(words) - {""}:
        digests = _digests({each.matrix.edition_id for each in rounds})
        parts = parts_of(matrices=[each.matrix for each in rounds])
        for each in rounds:
            for part in parts[each.matrix]:
                for digest in wanted & _held(part, digests[each.matrix.edition_id]):
                    found.setdefault(digest, []).append(_strand(each, part.name, by, on))
    return found


def _rounds(document: Document, by: Actor) -> list[Round]:
    open_ = Round.objects.filter(organisation__in=schools_read_in(by), document=document, ended_at__isnull=True)
    return list(open_.select_related("organisation", "matrix__edition__document"))


def _digests(editions: Iterable[UUID]) -> dict[UUID, dict[int, str]]:
    """The digest of each clause by its place."""
    found: dict[UUID, dict[int, str]] = {edition: {} for edition in editions}
    for edition, place, key in Clause.objects.filter(edition__in=found).values_list("edition", "place", "key"):
        found[edition][place] = words_digest([key])
    return found


def _held(part: Part, digests: Mapping[int, str]) -> set[str]:
    if not part.kinds or part.place is None or part.until is None:
        return set()
    return {digests[place] for place in range(part.place, part.until) if place in digests}


def _strand(round_: Round, title: str, by: Actor, on: date) -> Strand:
    due = day_in_words(round_.due_on)
    sees = may_see(by, round_.organisation_id)
    return Strand(
        kind=KIND,
        title=title,
        address=reverse("readings:round", args=[round_.pk]) if sees else reverse("readings:own"),
        beside=f"{round_.organisation.name}, {'was due' if round_.due_on < on else 'by'} {due}",
    )
