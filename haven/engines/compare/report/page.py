"""The page around the changes: what was compared, how much changed, and how to look at it."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from haven.engines.compare.changes import ChangeKind, Comparison, EditionSummary
from haven.engines.compare.report.listing import listing, strength_list
from haven.engines.compare.report.markup import NAMES, shape, shapes, words
from haven.engines.compare.report.picture import parts_of, picture
from haven.engines.compare.telling import ORDER, amount_of, counted, sameness_of
from haven.engines.compare.wire import summary

_SHEET = Path(__file__).with_name("report.css")


def report_of(comparison: Comparison) -> str:
    """The page. It asks nothing of any other place and runs no script."""
    title = comparison.new.title or comparison.old.title or comparison.new.name
    style = _style()
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>What changed: {words(title)}</title><style>{style}</style></head><body>{shapes()}"
        f'<a class="skip" href="#changes">Skip to the changes</a>{_head(comparison, title)}<main>{_body(comparison)}'
        "</main><footer><p>Quotation marks, hyphens, line breaks, running heads, page numbers and references that only "
        "follow a new numbering are not counted as changes. The editions themselves are what counts: look there before "
        "you act. Compared by Haven.</p></footer></body></html>\n"
    )


@cache
def _style() -> str:
    """The style sheet and the rules by which each choice shows its kind alone. The page's policy names its hash."""
    rules = "".join(
        f"body:has(#f-{kind}:checked) .change:not(.is-{kind},:target),"
        f"body:has(#f-{kind}:checked) .part:not(:has(.is-{kind},:target)){{display:none}}"
        for kind in ORDER
    )
    return _SHEET.read_text(encoding="utf-8") + rules


def _head(comparison: Comparison, title: str) -> str:
    editions = _edition("Earlier edition", comparison.old) + _edition("Later edition", comparison.new)
    return (
        f'<header><p class="above">What changed between two editions</p><h1>{words(title)}</h1><dl>{editions}</dl>'
        f'<p class="sum">{_sum(comparison)}</p>{_warnings(comparison)}</header>'
    )


def _edition(name: str, edition: EditionSummary) -> str:
    title = f"{words(edition.title)}<br>" if edition.title else ""
    told = f"{title}<span>{words(edition.name)}, {counted(edition.clauses, 'clause')}</span>"
    return f"<div><dt>{name}</dt><dd>{told}</dd></div>"


def _sum(comparison: Comparison) -> str:
    return f"<strong>{amount_of(comparison)}.</strong> {sameness_of(comparison)}".rstrip()


def _warnings(comparison: Comparison) -> str:
    if not comparison.warnings:
        return ""
    told = "".join(f"<p>{words(warning[:1].upper() + warning[1:])}</p>" for warning in comparison.warnings)
    return f'<div class="warning"><p><strong>Please note</strong></p>{told}</div>'


def _body(comparison: Comparison) -> str:
    if not comparison.changes:
        return '<p id="changes">There is nothing to list.</p>'
    return (
        picture(comparison, parts_of(comparison))
        + strength_list(comparison)
        + f'<h2 id="changes">Every change, in order</h2>{_choices(comparison)}{listing(comparison)}'
    )


def _choices(comparison: Comparison) -> str:
    """Which kinds to show, and how: choices that work by the style sheet alone."""
    counts = summary(comparison)
    shown = _choice("f", "all", f"All {len(comparison.changes):,}", is_first=True) + "".join(
        _choice("f", kind, f"{shape(ChangeKind(kind))}{NAMES[kind]} {counts[kind]:,}") for kind in ORDER if counts[kind]
    )
    views = _choice("v", "inline", "In one text", is_first=True) + _choice("v", "sides", "Side by side")
    return (
        f'<div class="choices"><fieldset><legend>Show</legend>{shown}</fieldset>'
        f'<fieldset class="views"><legend>Reworded clauses</legend>{views}</fieldset></div>'
    )


def _choice(name: str, value: str, label: str, *, is_first: bool = False) -> str:
    checked = " checked" if is_first else ""
    return (
        f'<span class="choice"><input type="radio" name="{name}" id="{name}-{value}"{checked}>'
        f'<label for="{name}-{value}">{label}</label></span>'
    )
