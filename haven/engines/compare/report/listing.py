"""Every change in order, under its headings."""

from itertools import groupby

from haven.engines.compare.changes import Change, ChangeKind, Comparison
from haven.engines.compare.clauses import Clause
from haven.engines.compare.marking import Run, excerpt, inline, news_marked, olds_marked
from haven.engines.compare.report.markup import marked, tag, words
from haven.engines.compare.telling import (
    STRENGTH,
    Path,
    changes_of_strength,
    kinds_of,
    moved_told,
    pages_of,
    standing_under,
    strength_told,
    title_of,
)

_MANY = frozenset({ChangeKind.SPLIT, ChangeKind.MERGED})
_WHOLE = {ChangeKind.ADDED: ("ins", "added"), ChangeKind.REMOVED: ("del", "removed")}


def strength_list(comparison: Comparison) -> str:
    """What asks more or less than before, each with its words."""
    told = changes_of_strength(comparison)
    if not told:
        return ""
    places = {id(change): at for at, change in enumerate(comparison.changes)}
    lines = "".join(_strength_line(change, places[id(change)]) for change in told)
    title = '<h2 id="strength">What is asked more or less strongly</h2>'
    return f'<section>{title}<ul class="strength">{lines}</ul></section>'


def _strength_line(change: Change, at: int) -> str:
    kinds = "".join(tag(kind) for kind in kinds_of(change) if kind in STRENGTH)
    return (
        f'<li><div class="line"><a href="#c{at}">{words(title_of(change))}</a><ul class="tags">{kinds}</ul></div>'
        f"<p>{_kept_with_its_end(marked(excerpt(change, context=70, room=200)))}</p></li>"
    )


def _kept_with_its_end(shown: str) -> str:
    return shown.replace(" …", "\u00a0…").replace("… ", "…\u00a0")


def listing(comparison: Comparison) -> str:
    """All changes, each run of them under its headings."""
    paths = standing_under(comparison)
    each = groupby(zip(paths, range(len(paths)), comparison.changes, strict=True), key=lambda one: one[0])
    return "".join(
        f'<section class="part">{_heading(path)}{"".join(_change(change, at) for _, at, change in run)}</section>'
        for path, run in each
    )


def _heading(path: Path) -> str:
    if not path:
        return "<h3>Before the first heading</h3>"
    above = f'<span class="above">{words(" › ".join(path[:-1]))} › </span>' if path[:-1] else ""
    return f"<h3>{above}{words(path[-1])}</h3>"


def _change(change: Change, at: int) -> str:
    kinds = kinds_of(change)
    facts = " · ".join(filter(None, [pages_of(change), moved_told(change)]))
    return (
        f'<article class="change {" ".join(f"is-{kind}" for kind in kinds)}" id="c{at}">'
        f'<div class="line"><h4>{words(title_of(change))}</h4><ul class="tags">{"".join(map(tag, kinds))}</ul></div>'
        + (f'<p class="facts">{words(facts[:1].upper() + facts[1:])}</p>' if facts else "")
        + _strength(change)
        + _texts(change)
        + "</article>"
    )


def _strength(change: Change) -> str:
    """The words of strength, called out."""
    told = strength_told(change)
    return f'<p class="modal">{words("; ".join(told))}</p>' if told else ""


def _texts(change: Change) -> str:
    if not change.old or not change.new:
        (clause,), (name, said) = change.old or change.new, _WHOLE[change.kinds[0]]
        text = f'<span class="said">{said}: </span>{words(clause.text)}'
        return f'<p class="text whole">{_number(clause)}<{name}>{text}</{name}></p>'
    sides = _sides(change)
    if _MANY & set(change.kinds):
        return f'<div class="both">{sides}</div>'
    one = f'<p class="text">{_number(change.new[0])}{marked(inline(change))}</p>'
    if all(kind == "same" for kind, _ in change.words):
        return one
    return f'<div class="inline">{one}</div><div class="sides">{sides}</div>'


def _sides(change: Change) -> str:
    return _side("Earlier edition", change.old, olds_marked(change)) + _side(
        "Later edition", change.new, news_marked(change)
    )


def _side(name: str, clauses: tuple[Clause, ...], texts: list[list[Run]]) -> str:
    told = "".join(
        f'<p class="text">{_number(clause)}{marked(runs)}</p>' for clause, runs in zip(clauses, texts, strict=True)
    )
    return f'<div class="side"><p class="side-name">{name}</p>{told}</div>'


def _number(clause: Clause) -> str:
    return f'<b class="number">{words(clause.number)}</b> ' if clause.number else ""
