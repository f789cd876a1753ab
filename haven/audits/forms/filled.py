"""A section as it was filled in: which questions were touched, what was typed for each, and what cannot be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict

from haven.questions.queries.asking import Typed as Again
from haven.questions.rules.filling import entry_of, fields_typed, fingerprint
from haven.questions.rules.outline import Section
from haven.questions.services.answering import Typed


@dataclass(frozen=True, slots=True)
class Touched:
    """What somebody changed in a form."""

    typed: dict[str, Typed]
    fields: dict[str, dict[str, str]]
    faults: dict[str, str]


def touched_in(section: Section, sent: QueryDict) -> Touched:
    """The questions whose fields say something else than when the page was made: the rest is left alone."""
    fields = fields_typed((name, str(sent[name])) for name in sent)
    touched = Touched({}, {}, {})
    for question in section.questions:
        own = fields.get(question.key)
        if own is None or "was" not in own:
            continue
        filled = entry_of(question, own)
        if fingerprint(question, filled.entry) == own["was"] and not filled.fault:
            continue
        touched.typed[question.key] = Typed(filled.entry, number(own.get("seen", "")))
        touched.fields[question.key] = own
        if filled.fault:
            touched.faults[question.key] = filled.fault
    return touched


def number(text: str) -> int:
    """A count as a form brings it; nought where it is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def again(fields: Mapping[str, dict[str, str]], faults: Mapping[str, str]) -> dict[str, Again]:
    """What could not be kept, to be shown as it was typed. Where the rest of an answer was kept, what the form knew of
    it before is of no use any more."""
    return {
        key: Again(
            fields={name: value for name, value in each.items() if key not in faults or name not in ("seen", "was")},
            fault=faults.get(key, ""),
        )
        for key, each in fields.items()
    }


def with_days(touched: Touched, days: Mapping[str, date | None]) -> dict[str, Typed]:
    """What was typed, with the days that stand wherever what was typed instead is no day."""
    return {
        key: replace(each, entry=replace(each.entry, by_on=days.get(key))) if key in touched.faults else each
        for key, each in touched.typed.items()
    }


def flat(fields: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The fields of several questions by the names that they bear in a form."""
    return {f"{key}.{name}" if name else key: value for key, own in fields.items() for name, value in own.items()}
