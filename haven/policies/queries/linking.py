"""Choosing what a policy rests on: a document, and clauses of it by words or by number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.access.roles import SCHOOL_LEADS
from haven.guidance.models import Clause, Document, Edition
from haven.guidance.queries.clauses import clause_to_read
from haven.guidance.queries.pages import document_to_read, documents_read, in_order
from haven.guidance.queries.searching import Sought, clauses_found
from haven.guidance.queries.standing import in_force
from haven.guidance.rules.reading import Marked, marked, place_in_words, shortened
from haven.policies.models import Link, Policy

MOST = 20
NUMBER = re.compile(r"(?:para(?:graph)?\.?\s*|clause\s*|¶\s*)?(\d+(?:\.\d+)*[a-z]?)\.?", re.IGNORECASE)
NO_MARK = "\ue000"  # stands in no text


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause that a policy may be linked to."""

    edition: UUID
    place: int
    label: str
    where: str
    text: tuple[Marked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """What she is shown to choose from."""

    documents: tuple[tuple[UUID, str], ...]
    document: Document | None
    edition: Edition | None  # the newest in force
    choices: tuple[Choice, ...]
    has_more: bool
    fault: str


def choosing(*, by: Actor, on: date, document_id: UUID | None, words: str) -> Choosing:
    """The documents she may read; of the one she chose, the clauses that fit. Raises `Refused`."""
    documents = tuple(documents_read(by=by).order_by("title").values_list("pk", "title"))
    document = document_to_read(document_id=document_id, by=by) if document_id else None
    edition = _newest(document, on) if document else None
    choices: tuple[Choice, ...] = ()
    has_more, fault = False, ""
    if document and edition and edition.clause_count and words.strip():
        if number := NUMBER.fullmatch(words.strip()):
            choices = tuple(_of_number(edition, number[1]))
        else:
            found = clauses_found(by=by, on=on, sought=Sought(words=words, edition=edition.pk), start=0, size=MOST)
            has_more, fault = found.total > MOST, found.fault
            choices = tuple(
                Choice(each.edition, each.place, each.label, each.where, each.text) for each in found.clauses
            )
    return Choosing(
        documents=documents, document=document, edition=edition, choices=choices, has_more=has_more, fault=fault
    )


def policies_to_link(*, edition_id: UUID, place: int, by: Actor) -> tuple[Clause, list[tuple[UUID, str, bool]]]:
    """A clause she reads, and the policies she keeps: identifier, title, whether it rests on the clause already.

    Raises `Refused` where she may not read it.
    """
    clause = clause_to_read(edition_id=edition_id, place=place, by=by)
    mine = Policy.objects.filter(school__in=by.organisations(SCHOOL_LEADS), withdrawn_at__isnull=True)
    probe = Link()
    probe.point_to(clause)
    linked = set(Link.objects.filter(document=probe.document_id, words=probe.words).values_list("policy", flat=True))
    several = len({each.school_id for each in mine}) > 1
    rows = mine.select_related("school").order_by("title")
    return clause, [
        (each.pk, f"{each.title}, {each.school.name}" if several else each.title, each.pk in linked) for each in rows
    ]


def policy_of(*, link_id: UUID) -> UUID:
    """The policy that a link is of. Who may see it, the service asks."""
    policy: UUID = Link.objects.values_list("policy", flat=True).get(pk=link_id)
    return policy


def _newest(document: Document, on: date) -> Edition | None:
    editions = in_order(document.editions.filter(in_force(on)))
    return editions[-1] if editions else None


def _of_number(edition: Edition, number: str) -> Iterable[Choice]:
    rows = (
        edition.clauses.filter(number__iregex=rf"^\W*{re.escape(number)}\W*$").defer("search", "key").order_by("place")
    )
    for each in rows[:MOST]:
        where = place_in_words(number=each.number, heading=each.heading, page=each.page)
        yield Choice(edition.pk, each.place, edition.label, where, shortened(marked(each.text, NO_MARK, NO_MARK)))
