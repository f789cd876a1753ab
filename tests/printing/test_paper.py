"""A paper that cannot be printed well is refused when it is made."""

from collections.abc import Callable

import pytest

from haven.engines.printing.columns import figures_of, room_of, shares_of
from haven.engines.printing.paper import Bar, Bars, Cell, Heading, HeatMap, HeatRow, Series, Table, Wide
from haven.engines.printing.telling import breakable, clean, in_parts, marks_of, number_told
from tests.printing.printedpapers import bars, paper


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: paper(title=" "), "without a title"),
        (lambda: paper(Heading("Two", 2)), "skip a level: 2 under 0"),
        (lambda: paper(Heading("One"), Wide((Heading("Three", 3),))), "skip a level: 3 under 1"),
        (lambda: Heading("Five", 5), "level 5"),
        (lambda: Heading(" "), "without words"),
        (lambda: Table(caption="c", header=(), rows=()), "without columns"),
        (lambda: Table(caption="c", header=("a",), rows=(("1", "2"),)), r"rows of \[2\] cells under 1"),
        (lambda: Table(caption="c", header=("a",), rows=(), widths=(1, 2)), "as many widths"),
        (lambda: Table(caption="c", header=("a",), rows=(), widths=(0,)), "without width"),
        (lambda: Bars(caption="c", alt=" ", of="o", series=(Series("s"),), bars=()), "do not see it"),
        (lambda: Bars(caption="c", alt="a", of="o", series=(), bars=()), "without a series"),
        (lambda: Bars(caption="c", alt="a", of="o", series=(Series("s"),), bars=(Bar("b", (1, 2)),)), r"bars of \[2\]"),
        (lambda: Bars(caption="c", alt="a", of="o", series=(Series("s"),), bars=(Bar("b", (-1,)),)), "below nought"),
        (lambda: HeatMap(caption="c", corner="x", columns=("a",), rows=(HeatRow("r", ()),)), r"rows of \[0\] cells"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_words(make: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_columns_are_as_wide_as_what_they_hold_and_together_the_whole() -> None:
    shares = shares_of(
        Table(caption="c", header=("No.", "What"), rows=(("1", "A long account of what was done " * 4),))
    )
    assert sum(shares) == pytest.approx(1)
    assert shares[1] > 4 * shares[0]


def test_widths_that_are_given_are_kept() -> None:
    assert shares_of(Table(caption="c", header=("a", "b"), rows=(), widths=(1, 3))) == [0.25, 0.75]


def test_columns_of_figures_stand_to_the_right() -> None:
    rows = (("1", "12", "3 (4%)", "–", "5 March"), ("2", Cell("1,234.5%"), "0 (0%)", "", "6"))
    assert figures_of(Table(caption="c", header=tuple("abcde"), rows=rows)) == [False, True, True, True, False]


@pytest.mark.parametrize(("value", "told"), [(0, "0"), (1234, "1,234"), (2.0, "2"), (2.25, "2.2"), (0.04, "0.0")])
def test_numbers_are_told(value: float, told: str) -> None:
    assert number_told(value) == told


@pytest.mark.parametrize(
    ("longest", "marks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (7, [0, 2, 4, 6, 8]),
        (96, [0, 20, 40, 60, 80, 100]),
        (101, [0, 50, 100, 150]),
        (0.4, [0, 0.1, 0.2, 0.3, 0.4]),
    ],
)
def test_an_axis_has_few_round_marks_and_ends_past_the_longest_bar(longest: float, marks: list[float]) -> None:
    one = Bars(caption="c", alt="a", of="o", series=(Series("s"),), bars=(Bar("b", (longest,)),))
    assert marks_of(one) == pytest.approx(marks)


def test_parts_of_many_bars_hold_every_bar_once_in_order() -> None:
    many = bars(95)
    parts = in_parts(many)
    assert len(parts) == 5
    assert sum((part.bars for part in parts), ()) == many.bars


def test_a_long_word_may_break_after_its_signs_and_loses_nothing() -> None:
    digest, address = "9f86d081" * 8, "https://example.org/a-long/path?of=many&parts=there"
    assert breakable("short words only") == "short words only"
    assert breakable(digest).replace("\u200b", "") == digest
    assert max(map(len, breakable(digest).split("\u200b"))) == 12
    assert "/\u200ba-\u200blong/\u200bpath?" in breakable(address)


def test_line_ends_are_of_one_kind_and_no_gap_is_longer_than_a_line() -> None:
    assert clean("a\r\nb\rc\u2028d\n\n\n\n\ne\tf\x07") == "a\nb\nc\nd\n\ne f\ufffd"


def test_a_small_table_is_not_drawn_out_over_the_page() -> None:
    small = Table(caption="c", header=("Year", "Schools"), rows=(("2026", "112"),))
    assert room_of(small) == 0.5
    assert room_of(Table(caption="c", header=("Year", "Schools"), rows=(), widths=(1, 1))) == 1
    assert room_of(Table(caption="c", header=("What", "Why"), rows=(("so it is " * 40,) * 2,))) == 1
