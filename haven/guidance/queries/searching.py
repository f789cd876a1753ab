"""Search in the clauses. However common the words are, no more than some hundreds of clauses are ever read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from haven.access.actor import Actor
from haven.access.decision import require
from haven.guidance.models import Clause, Document, Edition
from haven.guidance.policy import may_enter, read_by
from haven.guidance.queries.standing import in_force
from haven.guidance.rules.reading import Marked, marked, place_in_words, shortened
from haven.guidance.rules.searching import Part, PartKind, Wanted, stems_within, wanted

MOST_FOUND = 300  # clauses ranked; of words that stand in more, those first kept
CONFIG = "guidance"
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


def clauses_found(*, by: Actor, on: date, sought: Sought, start: int, size: int) -> Found:
    """The clauses that fit, the best first, from one place on. Raises `Refused`."""
    require(may_enter(by))
    asked = wanted(sought.words)
    editions = editions_sought(by=by, on=on, sought=sought)
    if asked.fault or not asked.parts:
        return Found(fault=asked.fault, editions=len(editions))
    ranked = _ranked(asked.parts, editions)
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
        editions = editions.filter(in_force(on), document__withdrawn_on__isnull=True)
    return list(editions.order_by().values_list("pk", flat=True))


def _ranked(parts: Sequence[Part], editions: Sequence[UUID]) -> list[tuple[float, int]]:
    """The clauses that have all the parts, by their rank; of more than `MOST_FOUND`, those found first and one to tell
    that there are more. How they are found stands in the first migration."""
    query, values = _query(parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select worth, clause from guidance_found({query}, %s, %s)",  # of the wordings below only  # nosec
            [*values, list(editions), MOST_FOUND + 1],
        )
        return sorted(cursor.fetchall(), key=lambda row: (-row[0], row[1]))


def _lines(page: Sequence[int], asked: Wanted, on: date) -> list[FoundClause]:
    marks = SearchQuery(" | ".join(asked.marks), config=CONFIG, search_type="raw")
    headline = SearchHeadline("text", marks, config=CONFIG, start_sel=STARTS, stop_sel=STOPS, highlight_all=True)
    held = ExpressionWrapper(
        in_force(on, "edition__") & Q(edition__document__withdrawn_on__isnull=True), BooleanField()
    )
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


ROW, RAW, STEM = "guidance_row_of(%s)", "to_tsquery('guidance', %s)", "to_tsquery('simple', %s)"


def _query(parts: Sequence[Part]) -> tuple[str, list[str]]:
    """All the parts, each in any of its ways, and the values that stand in them."""
    ways = [_ways(part) for part in parts]
    query = " && ".join(f"({' || '.join(wording for wording, _ in part)})" for part in ways)
    return query, [value for part in ways for _, value in part]


def _ways(part: Part) -> list[tuple[str, str]]:
    match part.kind:
        case PartKind.ROW:
            return [(ROW, each) for each in (part.plain, *part.others)]
        case PartKind.WORD:
            return [(RAW, f"'{part.plain}'"), *((ROW, each) for each in part.others)]
        case PartKind.BEGINNING:
            stems = [(STEM, f"'{each}'") for each in stems_within(part.plain)]
            return [(RAW, f"'{part.plain}':*"), *((RAW, f"'{each}'") for each in part.others), *stems]
