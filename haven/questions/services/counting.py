"""Keeping the counts of a sheet's sections: part of every save, in its transaction."""

from collections.abc import Collection

from haven.questions.models import Sheet, Tally
from haven.questions.queries.counting import counts_of
from haven.questions.rules.showing import Counts

FIGURES = list(Counts.__dataclass_fields__)


def count_again(sheet: Sheet, sections: Collection[str] | None = None) -> None:
    """Count sections of a sheet as its answers stand now; all of them unless told which. The sheet is locked."""
    counted = counts_of(sheet, sections)
    rows = [Tally(sheet=sheet, section=key, **_figures(each)) for key, each in counted.items()]
    Tally.objects.bulk_create(rows, update_conflicts=True, unique_fields=["sheet", "section"], update_fields=FIGURES)


def _figures(counted: Counts) -> dict[str, int]:
    return dict(zip(FIGURES, counted.figures, strict=True))
