"""The colours of tones and of series. Each is told apart from the others by how light it is, too."""

from dataclasses import dataclass

from haven.engines.printing.paper import Series, Tone

INK = "#0b0c0c"
QUIET = "#505a5f"
RULE = "#b1b4b6"
ACCENT = "#1d4f77"
_PAPER = "#ffffff"

SHADES = {Tone.GOOD: "#cfe8da", Tone.PARTLY: "#fff1c2", Tone.BAD: "#f4c3ba", Tone.NONE: "#eceeef"}
"""Behind the words of a cell, which stay in ink."""


@dataclass(frozen=True, slots=True)
class Fill:
    """The colour of a part of a bar, of its hatching where it has any, and of the figure that stands on it."""

    colour: str
    ink: str
    hatching: str = ""


_FILLS = {
    Tone.GOOD: Fill("#00703c", _PAPER),
    Tone.PARTLY: Fill("#f4c744", INK),
    Tone.BAD: Fill("#c5341f", _PAPER, hatching="#a12312"),
    Tone.NONE: Fill("#c5cacd", INK),
}
_OTHERS = (
    Fill(ACCENT, _PAPER),
    Fill("#8fbbe0", INK),
    Fill("#54307d", _PAPER),
    Fill("#cbb2e0", INK),
    Fill("#1e6663", _PAPER),
    Fill("#9fd4ca", INK),
)


def fills_of(series: tuple[Series, ...]) -> list[Fill]:
    """A fill for each series: its tone's, or the next of those that mean nothing."""
    without = [each for each in series if each.tone is None]
    return [_OTHERS[without.index(each) % len(_OTHERS)] if each.tone is None else _FILLS[each.tone] for each in series]
