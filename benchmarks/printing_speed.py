"""How quick printing is: a school's own copy, and a report of two hundred schools with a table for each question."""

import datetime as dt
import sys
from collections.abc import Iterator

from benchmarks.figures import Figure, milliseconds, print_json, print_tables
from haven.engines.printing.paper import (
    Block,
    Cell,
    Fact,
    Facts,
    Heading,
    HeatMap,
    HeatRow,
    Paper,
    Table,
    Tone,
    Wide,
)
from haven.engines.printing.pdf import to_pdf
from haven.engines.printing.word import to_word

_CELLS = (Cell("Met", Tone.GOOD), Cell("Partly", Tone.PARTLY), Cell("Not met", Tone.BAD))
_QUESTIONS = 120
_DAY = dt.date(2026, 11, 22)


def _paper(title: str, *blocks: Block) -> Paper:
    return Paper(title=title, organisation="Fairhaven Safeguarding Partnership", dated=_DAY, blocks=blocks)


def school_copy() -> Paper:
    """Every question with its answer, its explanation and its evidence."""
    told = (
        Fact("Answer", "Partly met"),
        Fact("Explanation", "The report names it. " * 8),
        Fact("Evidence", "Minutes.pdf"),
    )
    questions = (each for at in range(_QUESTIONS) for each in (Heading(f"Question {at + 1}", 2), Facts(told)))
    return _paper("A school’s own copy", Heading("Answers"), *questions)


def yearly_report() -> Paper:
    """A map of two hundred schools by twelve sections, and a table for each question."""
    rows = tuple(
        HeatRow(f"Oakfield Primary School {at + 1}", tuple(_CELLS[(at * 7 + column * 5) % 3] for column in range(12)))
        for at in range(200)
    )
    sections = tuple(f"Section {at + 1} of the audit" for at in range(12))
    shown = HeatMap(caption="Schools and sections", corner="School", columns=sections, rows=rows)
    answers = tuple(
        (word, str(count), f"{count / 2:.0f}%") for word, count in (("Met", 150), ("Partly", 40), ("Not", 10))
    )
    tables = (
        Table(caption=f"Question {at + 1}", header=("Answer", "Schools", "Share"), rows=answers)
        for at in range(_QUESTIONS)
    )
    return _paper("The yearly report", Wide((Heading("Schools"), shown)), Heading("Questions"), *tables)


def figures() -> Iterator[Figure]:
    for name, paper in (("school's copy, 120 questions", school_copy()), ("report, 200 schools", yearly_report())):
        for kind, printed in (("PDF/UA", to_pdf), ("Word", to_word)):
            taken = milliseconds(lambda printed=printed, paper=paper: printed(paper))  # type: ignore[misc]
            yield Figure(group="printing", name=f"{name}, {kind}", value=taken, unit="ms")
            yield Figure(group="size", name=f"{name}, {kind}", value=len(printed(paper)) / 1024, unit="KiB")


def main() -> None:
    found = list(figures())
    if "--json" in sys.argv:
        print_json("printing_speed", found)
    else:
        print_tables(found)


if __name__ == "__main__":
    main()
