"""What every part of the page is written with."""

import re
from collections.abc import Iterable
from html import escape

from haven.engines.compare.changes import ChangeKind
from haven.engines.compare.marking import Run, neat

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SHAPES = {  # each kind has a shape of its own, drawn in a square of ten
    ChangeKind.STRENGTHENED: "M5 0 10 10H0z",
    ChangeKind.WEAKENED: "M0 0H10L5 10z",
    ChangeKind.ADDED: "M3.5 0h3v3.5H10v3H6.5V10h-3V6.5H0v-3h3.5z",
    ChangeKind.REMOVED: "M0 3.5h10v3H0z",
    ChangeKind.REWORDED: "M5 0a5 5 0 1 1 0 10A5 5 0 1 1 5 0zM5 2.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z",
    ChangeKind.MOVED: "M0 3.5h5V0l5 5-5 5V6.5H0z",
    ChangeKind.SPLIT: "M0 0h4v10H0zM6 0h4v4H6zM6 6h4v4H6z",
    ChangeKind.MERGED: "M6 0h4v10H6zM0 0h4v4H0zM0 6h4v4H0z",
}
NAMES = {kind: kind.value.capitalize() for kind in ChangeKind}
_TAGS = {"old": ("del", "removed"), "new": ("ins", "added")}


def words(text: str) -> str:
    """Text as it may stand anywhere in the page, in an attribute too."""
    return escape(_CONTROL.sub("\ufffd", text))


def shapes() -> str:
    """The shapes of the kinds, to be drawn by `shape`."""
    drawn = "".join(f'<path id="s-{kind}" d="{path}"/>' for kind, path in _SHAPES.items())
    return f'<svg class="shapes" aria-hidden="true" width="0" height="0"><defs>{drawn}</defs></svg>'


def shape(kind: ChangeKind) -> str:
    """The shape of a kind, beside its name."""
    return f'<svg class="shape is-{kind}" viewBox="0 0 10 10" aria-hidden="true"><use href="#s-{kind}"/></svg>'


def tag(kind: ChangeKind) -> str:
    """The name of a kind, with its shape."""
    return f'<li class="is-{kind}">{shape(kind)}{NAMES[kind]}</li>'


def marked(runs: Iterable[Run]) -> str:
    """Words with what differs marked for the eye and for those who listen."""
    return "".join(_marked(kind, text) for kind, text in neat(runs))


def _marked(kind: str, text: str) -> str:
    if kind not in _TAGS:
        return words(text)
    name, said = _TAGS[kind]
    return f'<{name}><span class="said">{said}: </span>{words(text)}</{name}>'
