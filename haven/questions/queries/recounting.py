"""Every sheet counted again from its answers, and where its counts are otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from haven.questions.models import Answer, Sheet, Tally
from haven.questions.queries.counting import ByQuestion, counts_of
from haven.questions.rules.kinds import Stands
from haven.questions.rules.showing import Counts, Given, School, asked, counts

AT_A_TIME = 500
KNOWN = {
    is_confirmed: {stands: Given(Stands(stands) if stands else None, is_confirmed) for stands in ("", *Stands)}
    for is_confirmed in (True, False)
}
"""Everything that can be known of an answer, made once: there are millions of answers."""


@dataclass(frozen=True, slots=True)
class Amiss:
    """A section of a sheet whose counts are not what its answers say. None where they are missing."""

    sheet: UUID
    section: str
    kept: Counts | None
    counted: Counts

    def __str__(self) -> str:
        told = f"{self.kept.answered} of {self.kept.asked} answered" if self.kept else "nothing"
        return (
            f"sheet {self.sheet}, section {self.section}: {told} kept, {self.counted.answered} of"
            f" {self.counted.asked} counted"
        )


def counts_amiss() -> Iterator[Amiss]:
    """Every section whose counts differ. What differs is looked at twice: schools save while this runs."""
    last = UUID(int=0)
    rows = Sheet.objects.select_related("organisation", "version").defer("version__content").order_by("pk")
    alike: dict[tuple[str, School, str], frozenset[str]] = {}
    while sheets := list(rows.filter(pk__gt=last)[:AT_A_TIME]):
        last = sheets[-1].pk
        kept = _kept([sheet.pk for sheet in sheets])
        given, values = _given(sheets)
        for sheet in sheets:
            keys = _asked(sheet, values.get(sheet.pk, {}), alike)
            own = given.get(sheet.pk, {})
            counted = {each.key: counts(each, keys, own) for each in sheet.version.outline.sections}
            if counted != kept.get(sheet.pk, {}):
                yield from _looked_at_again(sheet)


def sheets() -> int:
    """How many sheets there are."""
    return Sheet.objects.count()


def _looked_at_again(sheet: Sheet) -> Iterator[Amiss]:
    kept, counted = _kept([sheet.pk]).get(sheet.pk, {}), counts_of(sheet)
    for section, each in counted.items():
        if kept.get(section) != each:
            yield Amiss(sheet.pk, section, kept.get(section), each)


def _kept(keys: Sequence[UUID]) -> dict[UUID, dict[str, Counts]]:
    found: dict[UUID, dict[str, Counts]] = {}
    rows = Tally.objects.filter(sheet__in=keys).order_by()
    for sheet, section, *figures in rows.values_list("sheet_id", "section", *Counts.__dataclass_fields__):
        found.setdefault(sheet, {})[section] = Counts(*figures)
    return found


def _given(sheets: Sequence[Sheet]) -> tuple[dict[UUID, dict[str, Given]], dict[UUID, dict[str, object]]]:
    """Of each sheet what its answers are worth, and the values of those on which other questions hang."""
    given: dict[UUID, dict[str, Given]] = {}
    rows = Answer.objects.filter(sheet__in=[sheet.pk for sheet in sheets]).order_by()
    worth = ByQuestion("question", "stands")
    for is_confirmed, known in KNOWN.items():
        told = rows.filter(is_confirmed=is_confirmed).values("sheet_id").annotate(said=worth)
        for sheet, said in told.values_list("sheet_id", "said"):
            given.setdefault(sheet, {}).update({question: known[stands] for question, stands in said.items()})
    governing = {key for sheet in sheets for key in sheet.version.outline.governing}
    values: dict[UUID, dict[str, object]] = {}
    for sheet, question, value in rows.filter(question__in=governing).values_list("sheet_id", "question", "value"):
        values.setdefault(sheet, {})[question] = value
    return given, values


def _asked(
    sheet: Sheet, values: Mapping[str, object], alike: dict[tuple[str, School, str], frozenset[str]]
) -> frozenset[str]:
    """The questions it is asked; sheets alike in all that decides on it are worked out once."""
    key = (sheet.version.digest, sheet.school, repr(sorted(values.items())))
    if key not in alike:
        alike[key] = frozenset(question.key for question in asked(sheet.version.outline, sheet.school, values))
    return alike[key]
