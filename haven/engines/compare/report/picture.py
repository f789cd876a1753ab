"""The picture of the whole document: where the changes lie, a line for each kind."""

from collections import Counter
from dataclasses import dataclass

from haven.engines.compare.changes import Change, ChangeKind, Comparison
from haven.engines.compare.report.markup import NAMES, shape, words
from haven.engines.compare.telling import ORDER, counted, place_of, standing_under, title_of
from haven.engines.compare.telling import parts_of as told_apart

_LEGIBLE = 0.05  # of the whole width: room for the beginning of a name
_WITHOUT = "Before the first heading"


@dataclass(slots=True)
class Part:
    """A part of the document in which something changed: its first change, its place, and how often each kind."""

    name: str
    first: int
    place: float
    counts: Counter[ChangeKind]


def parts_of(comparison: Comparison) -> list[Part]:
    """The parts by the outermost headings that tell the changes apart, in order."""
    paths = standing_under(comparison)
    parts = []
    for path, places in told_apart(paths, max(map(len, paths), default=0)).items():
        first = comparison.changes[places[0]]
        counts = Counter(kind for at in places for kind in comparison.changes[at].kinds)
        parts.append(Part(path[-1] if path else _WITHOUT, places[0], place_of(comparison, first), counts))
    return parts


def picture(comparison: Comparison, parts: list[Part]) -> str:
    """The picture, and the same as a table."""
    lines = "".join(f'<line x1="{_across(part.place)}" x2="{_across(part.place)}" y2="100%"/>' for part in parts)
    lanes = "".join(_lane(comparison, kind, lines) for kind in ORDER)
    return (
        f'<figure class="picture" aria-labelledby="where"><h2 id="where">Where the changes lie</h2>'
        f'<div class="lanes" aria-hidden="true">{_names(parts)}{lanes}'
        '<div class="lane ends"><span></span><span>Beginning of the document</span><span>End</span></div></div>'
        "<figcaption>Each mark is a change and leads to it. What was removed is shown where it stood. "
        f"The name of a part stands at its first change.</figcaption>{_table(parts)}</figure>"
    )


def _names(parts: list[Part]) -> str:
    """The names of the parts, each from its first change to the next part's, where there is room."""
    if len(parts) < 2:
        return ""
    ends = [part.place for part in parts[1:]] + [1.0]
    named = "".join(
        f'<foreignObject x="{_across(part.place)}" width="{_across(max(end - part.place, 0.0))}" height="22">'
        f'<a href="#c{part.first}" tabindex="-1" title="{words(part.name)}">{words(part.name)}</a></foreignObject>'
        for part, end in zip(parts, ends, strict=True)
        if end - part.place > _LEGIBLE
    )
    return f'<div class="lane names"><span></span><svg class="strip">{named}</svg></div>'


def _lane(comparison: Comparison, kind: ChangeKind, lines: str) -> str:
    places = [(at, change) for at, change in enumerate(comparison.changes) if kind in change.kinds]
    if not places:
        return ""
    marks = "".join(_mark(comparison, kind, at, change) for at, change in places)
    return (
        f'<div class="lane is-{kind}"><span class="lane-name">{shape(kind)}{NAMES[kind]} <b>{len(places):,}</b></span>'
        f'<svg class="strip">{lines}{marks}</svg></div>'
    )


def _mark(comparison: Comparison, kind: ChangeKind, at: int, change: Change) -> str:
    return (
        f'<a href="#c{at}" tabindex="-1"><title>{words(title_of(change))}</title>'
        f'<use href="#s-{kind}" x="{_across(place_of(comparison, change))}" y="5"/></a>'
    )


def _across(place: float) -> str:
    return f"{100 * place:.2f}%"


def _table(parts: list[Part]) -> str:
    used = [kind for kind in ORDER if any(kind in part.counts for part in parts)]
    heads = "".join(f'<th scope="col">{NAMES[kind]}</th>' for kind in used)
    rows = "".join(
        f'<tr><th scope="row"><a href="#c{part.first}">{words(part.name)}</a></th>'
        + "".join(f"<td>{part.counts.get(kind) or '–'}</td>" for kind in used)
        + "</tr>"
        for part in parts
    )
    return (
        f"<details><summary>The same as a table: {counted(len(parts), 'part')}</summary>"
        '<div class="scroll" tabindex="0" role="region" aria-label="Changes by part of the document"><table>'
        f'<thead><tr><th scope="col">Part</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>'
    )
