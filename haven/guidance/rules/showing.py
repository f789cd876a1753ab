"""Dates and stages as people say them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from haven.engines.days.moments import day_in_words
from haven.guidance.rules.life import STAGES, Days, Stage, Together, is_late, stage_on

LABELS = dict(STAGES)
COLOURS = {
    Stage.PROMISED: "purple",
    Stage.CONSULTATION: "yellow",
    Stage.CONSULTED: "orange",
    Stage.FOR_INFORMATION: "blue",
    Stage.IN_FORCE: "green",
    Stage.SUPERSEDED: "grey",
    Stage.WITHDRAWN: "red",
    Stage.ABSORBED: "grey",
}
DATED = (
    ("expected_on", "Expected"),
    ("opens_on", "Consultation opened"),
    ("closes_on", "Consultation open until"),
    ("answered_on", "Response to the consultation"),
    ("issued_on", "Issued"),
    ("for_information_on", "For information from"),
    ("in_force_on", "In force from"),
    ("ended_on", "Ended"),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its name; `is_unsourced` where no source for it was found."""

    name: str
    when: str
    is_unsourced: bool


def when(days: Days, name: str, said: Mapping[str, str]) -> str:
    """A date of an edition as its source says it; blank where there is none."""
    day: date | None = getattr(days, name)
    return said.get(name) or (day_in_words(day) if day else "")


def dated(days: Days, said: Mapping[str, str], unsourced: Sequence[str]) -> list[Dated]:
    """The dates that an edition has, in the order of its life."""
    return [Dated(label, words, name in unsourced) for name, label in DATED if (words := when(days, name, said))]


def standing_in_words(days: Days, said: Mapping[str, str], on: date) -> str:
    """Where an edition stands, with the date that matters there."""
    stage = stage_on(days, on)
    words = LABELS[stage]
    match stage:
        case Stage.PROMISED if days.expected_on:
            return f"{words}: {'was ' if is_late(days, on) else ''}expected {when(days, 'expected_on', said)}"
        case Stage.CONSULTATION if days.closes_on:
            return f"{words} until {when(days, 'closes_on', said)}"
        case Stage.CONSULTED:
            return _consulted(days, said, on)
        case Stage.FOR_INFORMATION if days.in_force_on:
            return f"{words}: in force from {when(days, 'in_force_on', said)}"
        case Stage.IN_FORCE:
            return f"{words} since {when(days, 'in_force_on', said)}"
        case Stage.SUPERSEDED | Stage.WITHDRAWN | Stage.ABSORBED:
            return f"{words}{_on(days, 'ended_on', said)}"
    return words


def beside_label(standing: str, label: str) -> str:
    """Where an edition stands, without what its label says already."""
    return standing.removeprefix(label).removeprefix(":").strip()


def _consulted(days: Days, said: Mapping[str, str], on: date) -> str:
    words = f"Consultation closed{_on(days, 'closes_on', said)}"
    if days.answered_on and days.answered_on <= on:
        words += f", response out{_on(days, 'answered_on', said)}"
    if days.expected_on:
        words += f"; {'was ' if is_late(days, on) else ''}expected {when(days, 'expected_on', said)}"
    return words


def _on(days: Days, name: str, said: Mapping[str, str]) -> str:
    return f": {said[name]}" if said.get(name) else f" on {when(days, name, said)}"


def together_in_words(stretch: Together, labels: Sequence[str], on: date) -> str:
    """That several editions are, were or will be in force at once."""
    names = " and ".join(f"“{labels[place]}”" for place in stretch.places)
    start = day_in_words(stretch.from_on)
    if stretch.until_on is None:
        return f"{names} {'are' if stretch.from_on <= on else 'will be'} in force at once from {start} on."
    tense = "were" if stretch.until_on <= on else "are" if stretch.from_on <= on else "will be"
    return f"{names} {tense} in force at once from {start} until {day_in_words(stretch.until_on)}."
