"""A paper: what is to be printed, and nothing of how."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

LEVELS = (1, 2, 3, 4)


class Tone(StrEnum):
    """How something stands. It shows as a shade beside the words, never in their place."""

    GOOD = "good"
    PARTLY = "partly"
    BAD = "bad"
    NONE = "none"


class Lengths(StrEnum):
    """What the length of a bar tells: how many there are, or what share each part has of bars of one length."""

    COUNT = "count"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a text. A link to anything but a web page or an e-mail address prints as its words alone."""

    text: str
    bold: bool = False
    link: str = ""


Text = str | Span | tuple[Span, ...]
"""Words as they are: nothing in them is markup. A line break in them breaks the line."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. The levels go from 1 to 4, begin with 1, and skip none on their way down."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        _need(self.level in LEVELS, f"a heading of level {self.level}: the levels are 1 to 4")
        _need(bool(self.text.strip()), "a heading without words")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    told: Text


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms and what is so of each: who, when, which."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something set apart from the text beside it, with a rule at its side."""

    paragraphs: tuple[Text, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Cell:
    text: Text
    tone: Tone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. Its header stands again on every page; `widths` are shares of the whole, measured on what the columns
    hold where none are given. A cell is words alone, or a `Cell`."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell | Text, ...], ...]
    with_row_headers: bool = False
    widths: tuple[float, ...] = ()
    when_empty: str = "There is nothing to list."

    def __post_init__(self) -> None:
        _need(bool(self.header), f"a table without columns: {self.caption}")
        wrong = {len(row) for row in self.rows} - {len(self.header)}
        _need(not wrong, f"rows of {sorted(wrong)} cells under {len(self.header)} headings: {self.caption}")
        _need(len(self.widths) in {0, len(self.header)}, f"as many widths as columns, or none: {self.caption}")
        _need(all(width > 0 for width in self.widths), f"a column without width: {self.caption}")


@dataclass(frozen=True, slots=True)
class Series:
    """One of the parts that every bar is made of."""

    name: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: one value for each series, none below nought."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars side by side, of one series or of several on top of one another. `alt` says in words what there is to see;
    the table with every value follows the picture by itself."""

    caption: str
    alt: str
    of: str
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    lengths: Lengths = Lengths.COUNT

    def __post_init__(self) -> None:
        _need(bool(self.alt.strip()), f"a picture without words for those who do not see it: {self.caption}")
        _need(bool(self.series), f"bars without a series: {self.caption}")
        wrong = {len(bar.values) for bar in self.bars} - {len(self.series)}
        _need(not wrong, f"bars of {sorted(wrong)} values for {len(self.series)} series: {self.caption}")
        _need(all(value >= 0 for bar in self.bars for value in bar.values), f"a value below nought: {self.caption}")


@dataclass(frozen=True, slots=True)
class HeatRow:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Rows by columns, each cell a short word or sign with a tone. `key` says what the words and the tones mean. One of
    more than six or seven columns stands best in a `Wide`."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    key: tuple[tuple[Cell, str], ...] = ()
    when_empty: str = "There is nothing to list."

    def __post_init__(self) -> None:
        wrong = {len(row.cells) for row in self.rows} - {len(self.columns)}
        _need(not wrong, f"rows of {sorted(wrong)} cells under {len(self.columns)} columns: {self.caption}")


Plain = Heading | Paragraph | Bullets | Facts | Note | PageBreak | Table | Bars | HeatMap


@dataclass(frozen=True, slots=True)
class Wide:
    """Blocks on pages turned on their side."""

    blocks: tuple[Plain, ...]


Block = Plain | Wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper. It begins with the organisation it is from, its title, the day it is of, and `facts`."""

    title: str
    organisation: str
    dated: dt.date
    subtitle: str = ""
    facts: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        _need(bool(self.title.strip()), "a paper without a title")
        levels = [0, *(block.level for block in plain_blocks(self) if isinstance(block, Heading))]
        skipped = [(above, below) for above, below in pairwise(levels) if below > above + 1]
        _need(
            not skipped,
            f"headings that skip a level: {', '.join(f'{below} under {above}' for above, below in skipped)}",
        )


def plain_blocks(paper: Paper) -> tuple[Plain, ...]:
    """Every block in order, those on turned pages among them."""
    return tuple(each for block in paper.blocks for each in (block.blocks if isinstance(block, Wide) else (block,)))


def _need(holds: bool, words: str) -> None:
    if not holds:
        raise ValueError(words)
