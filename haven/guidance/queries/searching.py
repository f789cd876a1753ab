"""Search in the clauses. However common the words are, no more than some hundreds of clauses are ever read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchQueryCombinable,
    SearchRank,
)
from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, F
from django.db.models.expressions import RawSQL

from haven.access.actor import Actor
from haven.access.decision import require
from haven.guidance.models import Clause, Document, Edition
from haven.guidance.policy import may_enter, read_by
from haven.guidance.queries.standing import in_force
from haven.guidance.rules.reading import Marked, marked, place_in_words, shortened
from haven.guidance.rules.searching import Part, PartKind, Wanted, stems_within, wanted

MOST_FOUND = 300  # clauses ranked; of words that stand in more, those first kept
CONFIG = "guidance"
PLANNED = "set local enable_seqscan = off; set local random_page_cost = 1.1"
STARTS, STOPS = "\ue000", "\ue001"  # around what is marked: they stand in no text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for: in one edition, in one document, in all that is in force, or (`has_all`) in every edition."""

    words: str = ""
    document: UUID | None = None
    edition: UUID | None = None
    has_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClause:
    """A clause that was found, with the words that were looked for marked in it."""

    edition: UUID
    place: int
    title: str
    label: str
    where: str
    is_in_force: bool
    text: tuple[Marked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what was found, and how many there are: `has_more` where there are more than were looked at."""

    clauses: tuple[FoundClause, ...] = ()
    total: int = 0
    has_more: bool = False
    fault: str = ""
    editions: int = 0


class Row(SearchQuery):
    """Words in a row, spelt plainly."""

    def __init__(self, plain: str) -> None:
        super().__init__(plain)
        self.function = "guidance_row_of"


class Within(RawSQL):
    """Clauses of these editions, told to the database in one array: hundreds of single values take long to plan."""

    conditional = True

    def __init__(self, editions: Sequence[UUID]) -> None:
        super().__init__("guidance_clause.edition_id = any(%s::uuid[])", [list(editions)], BooleanField())  # nosec


def clauses_found(*, by: Actor, on: date, sought: Sought, start: int, size: int) -> Found:
    """The clauses that fit, the best first, from one place on. Raises `Refused`."""
    require(may_enter(by))
    asked = wanted(sought.words)
    editions = editions_sought(by=by, on=on, sought=sought)
    if asked.fault or not asked.parts:
        return Found(fault=asked.fault, editions=len(editions))
    query = _query(asked.parts)
    ranked = _ranked(query, editions)
    page = [pk for _, pk in ranked[:MOST_FOUND][start : start + size]]
    return Found(
        clauses=tuple(_lines(page, asked, on)),
        total=min(len(ranked), MOST_FOUND),
        has_more=len(ranked) > MOST_FOUND,
        editions=len(editions),
    )


def editions_sought(*, by: Actor, on: date, sought: Sought) -> list[UUID]:
    """The editions with words in which she looks."""
    documents = Document.objects.filter(read_by(by))
    editions = Edition.objects.filter(document__in=documents, clause_count__gt=0)
    if sought.document:
        editions = editions.filter(document=sought.document)
    if sought.edition:
        editions = editions.filter(pk=sought.edition)
    elif not sought.has_all:
        editions = editions.filter(in_force(on))
    return list(editions.order_by().values_list("pk", flat=True))


def _ranked(query: SearchQueryCombinable, editions: Sequence[UUID]) -> list[tuple[float, int]]:
    """The clauses that have it, by their rank; of more than `MOST_FOUND`, those first kept and one to tell that there
    are more. An index is always used: the one of words or, for words that are everywhere, that of the editions, which
    is left as soon as enough are found. So the same search finds the same clauses, and none reads the whole table."""
    found = Clause.objects.filter(Within(editions), search=query).order_by()
    ranked = found.annotate(rank=SearchRank(F("search"), query, cover_density=True))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNED)
        rows = list(ranked.values_list("rank", "pk")[: MOST_FOUND + 1])
    return sorted(rows, key=lambda row: (-row[0], row[1]))


def _lines(page: Sequence[int], asked: Wanted, on: date) -> list[FoundClause]:
    marks = SearchQuery(" | ".join(asked.marks), config=CONFIG, search_type="raw")
    headline = SearchHeadline("text", marks, config=CONFIG, start_sel=STARTS, stop_sel=STOPS, highlight_all=True)
    held = ExpressionWrapper(in_force(on, "edition__"), BooleanField())
    columns = ("pk", "edition", "place", "number", "heading", "page", "edition__label", "edition__document__title")
    rows = Clause.objects.filter(pk__in=page).order_by().annotate(shown=headline, held=held)
    by_key = {row[0]: _line(*row[1:]) for row in rows.values_list(*columns, "shown", "held")}
    return [by_key[pk] for pk in page if pk in by_key]


def _line(  # the columns of one row
    edition: UUID,
    place: int,
    number: str,
    heading: list[str],
    page: int | None,
    label: str,
    title: str,
    shown: str,
    held: bool,
) -> FoundClause:
    return FoundClause(
        edition=edition,
        place=place,
        title=title,
        label=label,
        where=place_in_words(number=number, heading=heading, page=page),
        is_in_force=held,
        text=shortened(marked(shown, STARTS, STOPS)),
    )


def _query(parts: Sequence[Part]) -> SearchQueryCombinable:
    """All the parts, each in any of its ways."""
    return reduce(and_, (_of(part) for part in parts))


def _of(part: Part) -> SearchQueryCombinable:
    match part.kind:
        case PartKind.ROW:
            return reduce(or_, [Row(each) for each in (part.plain, *part.others)])
        case PartKind.WORD:
            return reduce(or_, [_raw(f"'{part.plain}'"), *(Row(each) for each in part.others)])
        case PartKind.BEGINNING:
            ways = [_raw(f"'{part.plain}':*"), *(_raw(f"'{each}'") for each in part.others)]
            if stems := stems_within(part.plain):
                ways.append(_raw(" | ".join(f"'{stem}'" for stem in stems), config="simple"))
            return reduce(or_, ways)


def _raw(words: str, config: str = CONFIG) -> SearchQueryCombinable:
    return SearchQuery(words, config=config, search_type="raw")
