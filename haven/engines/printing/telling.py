"""Words, numbers and days as they are printed."""

import datetime as dt
import re
from math import ceil, log10

from haven.engines.printing.paper import Bars, Cell, Lengths, Span, Table, Text

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
_BLANK = re.compile(r"\n{3,}")
_UNBROKEN = re.compile(r"\S{25,}")
_JOINTS = re.compile(r"(?<=[/._\-?&=,;:@#+%])(?=\w)")
_PIECE = 12
_LINKS = ("https://", "http://", "mailto:")
_A_PART = 20


def clean(text: str) -> str:
    """Words that any file can hold: line ends of one kind, and a mark for each character that nobody can see."""
    return _BLANK.sub("\n\n", _UNPRINTABLE.sub("\ufffd", _ENDS.sub("\n", text).replace("\t", " ")))


def spans_of(text: Text) -> tuple[Span, ...]:
    """A text as spans, cleaned; a link that leads anywhere but to the web or an e-mail address is left out."""
    spans = (Span(text),) if isinstance(text, str) else (text,) if isinstance(text, Span) else text
    return tuple(Span(clean(span.text), span.bold, _link_of(span)) for span in spans if span.text)


def _link_of(span: Span) -> str:
    link = span.link.strip()
    printable = link.isprintable() and " " not in link
    return link if printable and link.lower().startswith(_LINKS) else ""


def breakable(text: str) -> str:
    """The same with places, which nobody sees, where a long word may break: an address after its signs, say."""
    return _UNBROKEN.sub(lambda found: _broken(found[0]), text)


def _broken(word: str) -> str:
    pieces = [piece[at : at + _PIECE] for piece in _JOINTS.split(word) for at in range(0, len(piece), _PIECE)]
    return "\u200b".join(pieces)


def words_of(text: Text) -> str:
    """The words of a text alone."""
    return "".join(span.text for span in spans_of(text))


def cell_of(cell: Cell | Text) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


def day_told(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def number_told(value: float) -> str:
    """1,234 as it is; anything between whole numbers to one place."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def share_told(value: float, whole: float) -> str:
    return f"{100 * value / whole:.0f}%" if whole else "–"


def most_of(bars: Bars) -> float:
    """Where the axis ends: at the whole of a share, or at the next round number over the longest bar."""
    if bars.lengths is Lengths.SHARE:
        return 100.0
    longest = max((sum(bar.values) for bar in bars.bars), default=0)
    return step_of(longest) * ceil(longest / step_of(longest)) if longest else 1.0


def step_of(longest: float) -> float:
    """From mark to mark of an axis, so that there are at most five: a 1, 2 or 5 with noughts."""
    power = 10.0 ** ceil(log10(longest / 5) - 1)
    step = next((digit * power for digit in (1, 2, 5, 10) if longest <= 5 * digit * power), 10 * power)
    return max(step, 1.0) if longest >= 1 else step


def marks_of(bars: Bars) -> list[float]:
    """The marks of the axis, from nought to its end."""
    most = most_of(bars)
    step = 25.0 if bars.lengths is Lengths.SHARE else step_of(most)
    return [step * at for at in range(round(most / step) + 1)]


def in_parts(bars: Bars) -> list[Bars]:
    """Bars of which each fits on a page, told apart in their captions."""
    count = ceil(len(bars.bars) / _A_PART)
    if count < 2:
        return [bars]
    size = ceil(len(bars.bars) / count)
    return [
        Bars(
            caption=f"{bars.caption} (part {at + 1} of {count})",
            alt=f"Part {at + 1} of {count}. {bars.alt}",
            of=bars.of,
            series=bars.series,
            bars=bars.bars[at * size : (at + 1) * size],
            lengths=bars.lengths,
        )
        for at in range(count)
    ]


def table_behind(bars: Bars) -> Table:
    """Every value of a picture, and what share of its bar it is where there are several."""
    is_one = len(bars.series) == 1
    rows = tuple(
        (bar.name, *(_told(value, bar.values) for value in bar.values), *(() if is_one else (_sum(bar.values),)))
        for bar in bars.bars
    )
    header = (bars.of, *(each.name for each in bars.series), *(() if is_one else ("All",)))
    return Table(caption=f"The figures: {bars.caption}", header=header, rows=rows, with_row_headers=True)


def _told(value: float, values: tuple[float, ...]) -> str:
    return number_told(value) if len(values) == 1 else f"{number_told(value)} ({share_told(value, sum(values))})"


def _sum(values: tuple[float, ...]) -> str:
    return number_told(sum(values))
