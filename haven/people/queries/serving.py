"""Which organisations serve which areas on a day, and schools by their rows: asked once in a piece of work."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.roles import Kind
from haven.ledger.together import keep, once_each
from haven.people.models import Organisation, ServedArea, on_day

AGENCIES = (Kind.POLICE, Kind.COUNCIL)
ROW = "people.organisation"


@dataclass(frozen=True, slots=True)
class Serving:
    """That an organisation serves an area."""

    organisation: UUID
    area: UUID
    kind: str
    is_home: bool  # it lies there
    starts_on: date


def areas_served(*, organisations: Collection[UUID], on: date) -> Mapping[UUID, Sequence[Serving]]:
    """The areas that each of these serves on this day."""

    def ask(asked: Collection[UUID]) -> Mapping[UUID, Sequence[Serving]]:
        found = _found(ServedArea.objects.filter(on_day(on), organisation__in=asked))
        return _by(asked, ((each.organisation, each) for each in found))

    return once_each(f"people.served on {on}", organisations, ask)


def agencies_serving(*, areas: Collection[UUID], on: date) -> Mapping[UUID, Sequence[Serving]]:
    """The councils and police forces that serve each of these areas on this day."""

    def ask(asked: Collection[UUID]) -> Mapping[UUID, Sequence[Serving]]:
        found = _found(ServedArea.objects.filter(on_day(on), area__in=asked, organisation__kind__in=AGENCIES))
        return _by(asked, ((each.area, each) for each in found))

    return once_each(f"people.serving on {on}", areas, ask)


def council_of(*, area: UUID, on: date) -> UUID | None:
    """The council of an area; none where it has none."""
    return councils_of(areas=[area], on=on)[area]


def councils_of(*, areas: Collection[UUID], on: date) -> dict[UUID, UUID | None]:
    """The same for each of these areas."""
    found = agencies_serving(areas=areas, on=on)
    home = {
        area: [each for each in those if each.is_home and each.kind == Kind.COUNCIL] for area, those in found.items()
    }
    first = {area: min(those, key=lambda each: each.starts_on, default=None) for area, those in home.items()}
    return {area: each.organisation if each else None for area, each in first.items()}


def organisations_at(*, organisations: Collection[UUID]) -> Mapping[UUID, Organisation]:
    """Their rows."""
    return once_each(ROW, organisations, lambda asked: {each.pk: each for each in _rows(asked)})


def keep_organisations(rows: Iterable[Organisation]) -> None:
    """Keep rows that were found by something else than their identifiers."""
    keep(ROW, {each.pk: each for each in rows})


def _rows(organisations: Collection[UUID]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=organisations).order_by()


def _found(rows: QuerySet[ServedArea]) -> list[Serving]:
    return [
        Serving(*each)
        for each in rows.values_list("organisation", "area", "organisation__kind", "is_home", "starts_on")
    ]


def _by(asked: Collection[UUID], found: Iterable[tuple[UUID, Serving]]) -> Mapping[UUID, Sequence[Serving]]:
    kept: defaultdict[UUID, list[Serving]] = defaultdict(list)
    for key, each in found:
        kept[key].append(each)
    return {each: kept[each] for each in asked}
