"""What the area's leads see of reading: how many have signed in each school, and nobody's name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.people.models import Area
from haven.people.queries import schools_of
from haven.readings.models import Round
from haven.readings.policy import may_count
from haven.readings.queries.standing import standings
from haven.readings.rules.signing import Counts

COLUMNS = ("School", "Document", "Edition", "Due", "Signed", "To sign", "Per cent signed", "Overdue")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLine:
    """How far one school is with one edition."""

    school: str
    title: str
    label: str
    due_on: date
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsPage:
    """How far the schools of an area are."""

    area: Area
    areas: tuple[Area, ...]
    documents: tuple[tuple[UUID, str], ...]
    document: UUID | None
    lines: tuple[SchoolLine, ...]
    schools: int  # of the area
    asking: int  # that have a round under way, of this document where one is chosen
    counts: Counts


def counts_page(*, by: Actor, on: date, area_id: UUID | None = None, document_id: UUID | None = None) -> CountsPage:
    """How far each school of an area is, the furthest behind first. Raises `Refused`."""
    areas = tuple(Area.objects.filter(pk__in=by.leads))
    area = next((each for each in areas if each.pk == area_id), next(iter(areas), None))
    if area is None:
        raise Refused(Reason.NOT_THE_ROLE)
    require(may_count(by, area.pk))
    schools = set(schools_of(area=area.pk, on=on).values_list("pk", flat=True))
    rounds = list(
        Round.objects.filter(ended_at__isnull=True, organisation__in=schools).select_related(
            "organisation", "document", "matrix__edition__document"
        )
    )
    documents = tuple(sorted({(each.document_id, each.document.title) for each in rounds}, key=lambda each: each[1]))
    asked = [each for each in rounds if document_id in (None, each.document_id)]
    lines = _lines(asked, on)
    total = [line.counts for line in lines]
    return CountsPage(
        area=area,
        areas=areas,
        documents=documents,
        document=document_id,
        lines=tuple(lines),
        schools=len(schools),
        asking=len({each.organisation_id for each in asked}),
        counts=Counts(sum(c.done for c in total), sum(c.open for c in total), sum(c.late for c in total)),
    )


def exported(
    *, by: Actor, on: date, area_id: UUID | None = None, document_id: UUID | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as a table to take away. Raises `Refused`."""
    page = counts_page(by=by, on=on, area_id=area_id, document_id=document_id)
    rows: list[tuple[object, ...]] = [
        (
            line.school,
            line.title,
            line.label,
            line.due_on,
            line.counts.done,
            line.counts.all,
            line.counts.percent,
            line.counts.late,
        )
        for line in page.lines
    ]
    return COLUMNS, rows


def _lines(rounds: Collection[Round], on: date) -> list[SchoolLine]:
    lines = [
        SchoolLine(
            school=each.round.organisation.name,
            title=each.round.document.title,
            label=each.round.matrix.edition.label,
            due_on=each.round.due_on,
            counts=each.counts,
        )
        for each in standings(rounds=list(rounds), on=on)
    ]
    return sorted(lines, key=lambda line: (line.counts.percent, line.school))
