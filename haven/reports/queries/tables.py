"""The figures of a report as tables to count on with: the same as in the document, a sheet for each."""

from collections.abc import Iterator, Mapping, Sequence

from haven.engines.printing.telling import words_of
from haven.reports.queries.figures import Figures, QuestionFigures
from haven.reports.queries.parts import heat_map, level_counts
from haven.reports.rules.reporting import Arrived
from haven.reports.rules.shares import Share
from haven.reports.rules.withholding import WITHHELD, roughly, shown_groups

Row = Sequence[object]
RETURNS = ("", "This time", "Last time")
PHASES = ("Phase", "Asked", "Sent", "% in place")
SHARES = ("% in place", "% partly", "% not in place")
QUESTIONS = (
    "No",
    "Section",
    "Question",
    "Schools asked",
    *SHARES,
    "% in place last time",
    "% with something behind it",
)
ANSWERS = ("No", "Section", "Question", "Answer", "Schools")


def report_tables(figures: Figures) -> Mapping[str, tuple[Sequence[str], list[Row]]]:
    """By the title of its sheet, the columns and rows of each."""
    heat = heat_map(figures)
    return {
        "Returns": (RETURNS, list(_returns(figures))),
        "By phase": (PHASES, list(_phases(figures))),
        "Sections": (("No", "Section", *SHARES), list(_sections(figures))),
        "Schools": (
            (heat.corner, *heat.columns),
            [(row.name, *(_number(words_of(cell.text)) for cell in row.cells)) for row in heat.rows],
        ),
        "Questions": (QUESTIONS, [_question(figures, each) for each in figures.questions]),
        "Answers": (ANSWERS, [row for each in figures.questions for row in _answers(figures, each)]),
    }


def _number(told: str) -> object:
    """A figure as a figure, so that it can be counted with."""
    plain = told.replace(",", "")
    return int(plain) if plain.isdecimal() else told


def _returns(figures: Figures) -> Iterator[Row]:
    before = _arrived(figures.before) if figures.before else ("", "", "", "")
    names = ("Asked", "Sent by the first deadline", "Sent by the final deadline", "Sent so far")
    yield from zip(names, _arrived(figures.arrived), before, strict=True)


def _arrived(arrived: Arrived) -> tuple[object, ...]:
    in_time = (each.number if each and each.has_passed else "" for each in (arrived.first, arrived.final))
    return (arrived.asked, *in_time, arrived.sent)


def _phases(figures: Figures) -> Iterator[Row]:
    sizes = {each.label: each.sent for each in figures.phases}
    shown = set(sizes) if figures.is_named else shown_groups(sizes, figures.fewest)
    for each in figures.phases:
        share = _percent(figures, each.share.percent) if each.label in shown or not each.sent else WITHHELD
        yield (each.label, each.asked, each.sent, share)


def _sections(figures: Figures) -> Iterator[Row]:
    for each in figures.sections:
        yield (each.section.number, each.section.title, *_shares(figures, each.share, each.schools))


def _shares(figures: Figures, share: Share, schools: int) -> tuple[object, ...]:
    if not figures.is_named and 0 < schools < figures.fewest:
        return (WITHHELD, WITHHELD, WITHHELD)
    return tuple(_percent(figures, each) for each in (share.percent, share.partly_percent, share.not_percent))


def _percent(figures: Figures, percent: int | None) -> int | None:
    return percent if figures.is_named else roughly(percent)


def _question(figures: Figures, each: QuestionFigures) -> Row:
    is_asked_of_enough = figures.is_named or each.asked >= figures.fewest or not each.asked
    is_told = figures.tells(each)
    backed = Share(each.backed, 0, each.claims - each.backed)
    return (
        each.question.ref,
        each.section.title,
        each.question.words,
        each.asked if is_asked_of_enough else WITHHELD,
        *(_shares(figures, each.share, each.share.judged) if is_told else (WITHHELD,) * len(SHARES)),
        _percent(figures, each.moved.then.percent) if each.moved and is_told else None,
        _percent(figures, backed.percent) if is_told and each.claims >= figures.enough else None,
    )


def _answers(figures: Figures, each: QuestionFigures) -> Iterator[Row]:
    for level, told in zip(each.levels, level_counts(figures, each), strict=True):
        yield (each.question.ref, each.section.title, each.question.words, level.label, _number(told))
