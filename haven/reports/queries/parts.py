"""The pictures and tables of a report, in either edition."""

from collections.abc import Iterator, Sequence

from haven.engines.printing.paper import Bar, Bars, Cell, HeatMap, HeatRow, Lengths, Series, Text, Tone
from haven.engines.printing.telling import number_told
from haven.questions.rules.outline import Section
from haven.reports.queries.distributions import Numbers
from haven.reports.queries.figures import Figures, QuestionFigures
from haven.reports.queries.themes import LEAST_CHANGE, Moved
from haven.reports.rules.reporting import Edition, share_told, shortened
from haven.reports.rules.shares import BANDS, HALF_IN_PLACE, LESS_IN_PLACE, NOTHING_JUDGED, Band, Share
from haven.reports.rules.withholding import WITHHELD, counts_told, shares_told, told_together

WORTHS = (Series("In place", Tone.GOOD), Series("Partly", Tone.PARTLY), Series("Not in place", Tone.BAD))
TONES = {HALF_IN_PLACE: Tone.PARTLY, LESS_IN_PLACE: Tone.BAD, NOTHING_JUDGED: Tone.NONE}
LONGEST_COLUMN = 34


def tone_of(share: Share) -> Tone:
    """How a share stands."""
    return TONES.get(share.band, Tone.GOOD)


def section_bars(figures: Figures) -> Bars:
    """Every section through all schools."""
    fewest = 1 if figures.is_named else figures.fewest
    shown = [each for each in figures.sections if each.schools >= fewest]
    bars = [Bar(f"{each.section.number}. {each.section.title}", _values(figures, each.share)) for each in shown]
    return Bars(
        caption="Section by section" if figures.is_named else "Section by section, of a hundred answers",
        alt=_alt(figures, [(each.section.title, each.share) for each in shown]),
        of="Section",
        series=WORTHS,
        bars=tuple(bars),
        lengths=Lengths.SHARE,
    )


def worth_bars(figures: Figures, section: Section, questions: Sequence[QuestionFigures]) -> Bars:
    """Every question of a section."""
    title = f"Section {section.number}, question by question"
    return Bars(
        caption=title if figures.is_named else f"{title}, of a hundred schools",
        alt=_alt(figures, [(f"Question {each.question.ref}", each.share) for each in questions]),
        of="Question",
        series=WORTHS,
        bars=tuple(
            Bar(f"{each.question.ref} {shortened(each.question.words)}", _values(figures, each.share))
            for each in questions
        ),
        lengths=Lengths.SHARE,
    )


def _values(figures: Figures, share: Share) -> tuple[int, int, int]:
    return (share.in_place, share.partly, share.not_in_place) if figures.is_named else shares_told(share)


def _alt(figures: Figures, lines: Sequence[tuple[str, Share]]) -> str:
    """What a picture shows, for those who do not see it: its ends."""
    ordered = sorted(lines, key=lambda each: each[1].percent or 0)
    if not ordered:
        return "There is nothing to show."
    (least, lowest), (most, highest) = ordered[0], ordered[-1]
    told = [share_told(each, figures.edition) for each in (highest, lowest)]
    if len(ordered) == 1:
        return f"{most}: {told[0]} in place."
    return f"From {told[0]} in place in {most} down to {told[1]} in {least}."


Line = tuple[str, tuple[Share, ...]]
"""A school with its shares: of everything, then of each section."""


def heat_map(figures: Figures) -> HeatMap:
    """Schools by those sections in which anybody was judged; without names, in which enough were."""
    fewest = 1 if figures.is_named else figures.fewest
    places = [place for place, each in enumerate(figures.sections) if each.schools >= fewest]
    sections = [figures.sections[place].section for place in places]
    columns = tuple(f"{each.number}. {shortened(each.title, LONGEST_COLUMN)}" for each in sections)
    lines = [(each.label, (each.share, *(each.cells[place] for place in places))) for each in figures.schools]
    rows = _named_rows(lines) if figures.is_named else _unnamed_rows(lines, figures.fewest)
    return HeatMap(
        caption=f"How much of each section is in place, {'by school' if figures.is_named else 'school by school'}",
        corner="School",
        columns=("All sections", *columns),
        rows=tuple(rows),
        key=_NAMED_KEY if figures.is_named else _UNNAMED_KEY,
        when_empty=f"Fewer than {figures.fewest} schools have sent their audit, so none is shown.",
    )


def _named_rows(lines: Sequence[Line]) -> Iterator[HeatRow]:
    for label, cells in lines:
        yield HeatRow(label, tuple(_cell(share) for share in cells))


def _cell(share: Share) -> Cell:
    return Cell("–" if share.percent is None else str(share.percent), tone_of(share))


def _unnamed_rows(lines: Sequence[Line], fewest: int) -> Iterator[HeatRow]:
    """Cell by cell in words that at least so many schools of the column share."""
    by_column = zip(*(cells for _, cells in lines), strict=True)
    columns = [told_together([share.band for share in column], fewest) for column in by_column]
    for label, cells in lines:
        told = []
        for share, column in zip(cells, columns, strict=True):
            known = column.get(share.band)
            told.append(Cell(known.word, _tone(known.band)) if known else Cell("–" if column else "·", Tone.NONE))
        yield HeatRow(label, tuple(told))


def _tone(band: Band) -> Tone:
    return TONES.get(band, Tone.GOOD)


_NAMED_KEY = (
    (Cell("75 to 100", Tone.GOOD), BANDS[1].label),
    (Cell("50 to 74", Tone.PARTLY), BANDS[2].label),
    (Cell("0 to 49", Tone.BAD), BANDS[3].label),
    (Cell("–", Tone.NONE), BANDS[4].label),
)
_UNNAMED_KEY = (
    (Cell("75+", Tone.GOOD), "75 or more of a hundred"),
    (Cell("50–74", Tone.PARTLY), "50 to 74"),
    (Cell("<50", Tone.BAD), "fewer than 50"),
    (Cell("–", Tone.NONE), "nothing to judge"),
    (Cell("·", Tone.NONE), "too few schools to show"),
)


def change_cells(moved: Moved, edition: Edition) -> tuple[Text | Cell, ...]:
    """Then, now and the change between them."""
    told = tuple(share_told(each, edition) for each in (moved.then, moved.now))
    if abs(moved.points) < LEAST_CHANGE:
        return (*told, Cell("About the same", Tone.NONE))
    tone, sign = (Tone.GOOD, "More") if moved.points > 0 else (Tone.BAD, "Less")
    points = f": {abs(moved.points)} points" if edition is Edition.NAMED else ""
    return (*told, Cell(f"{sign}{points}", tone))


def question_rows(figures: Figures, questions: Sequence[QuestionFigures]) -> Iterator[tuple[Text | Cell, ...]]:
    """Each question with every answer that could be given to it."""
    for each in questions:
        last = share_told(each.moved.then, figures.edition) if each.moved and figures.tells(each) else "–"
        row = (each.question.ref, each.question.words, _asked(figures, each), answers_told(figures, each))
        yield (*row, *((last,) if figures.cycle.before else ()))


def _asked(figures: Figures, each: QuestionFigures) -> str:
    is_shown = figures.is_named or each.asked >= figures.fewest or not each.asked
    return f"{each.asked:,}" if is_shown else WITHHELD


def answers_told(figures: Figures, each: QuestionFigures) -> str:
    """Every answer with how many schools gave it, a line for each."""
    if not each.asked:
        return "No school that sent was asked this."
    if each.numbers:
        return _numbers_told(figures, each.numbers)
    lines = zip(each.levels, level_counts(figures, each), strict=True)
    told = [
        f"{level.label}: {number}{_share(figures, level.percent)}"
        for level, number in lines
        if _is_told(level.label, number)
    ]
    return "\n".join(told)


def level_counts(figures: Figures, each: QuestionFigures) -> list[str]:
    """How many schools gave each answer."""
    counts = [level.number for level in each.levels]
    return [f"{count:,}" for count in counts] if figures.is_named else counts_told(counts, figures.fewest)


def _is_told(label: str, number: str) -> bool:
    return number != "0" or label not in ("Not answered", "Does not apply")


def _share(figures: Figures, percent: int | None) -> str:
    return f" ({percent}%)" if figures.is_named and percent is not None else ""


def _numbers_told(figures: Figures, numbers: Numbers) -> str:
    """The smallest and the largest are single schools' own."""
    if not figures.is_named and numbers.schools < figures.fewest:
        return WITHHELD
    middle = f"Half of the schools said {number_told(numbers.middle)} or fewer"
    if not figures.is_named:
        return middle
    ends = f"from {number_told(numbers.least)} to {number_told(numbers.most)}"
    total = "" if numbers.total is None else f"{number_told(numbers.total)} in all, "
    return f"{(total + ends).capitalize()}. {middle}"
