"""What runs through the audits of an area: where most is lacking, and what changed since last time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from haven.access.actor import Actor
from haven.audits.models import Cycle, Return
from haven.people.models import Cluster
from haven.questions.rules.changed import Change, changes
from haven.questions.rules.outline import Outline, Question, Section
from haven.reports.queries.sent import Sought, answers_sent, choices_of, cycle_kept, returns_sought, sent
from haven.reports.queries.words import Recurring, words_lacking
from haven.reports.rules.shares import JUDGED, Share, share_of

MOST_QUESTIONS = 15
LEAST_CHANGE = 5  # hundredths
LEAST_SCHOOLS = 5  # that were judged both times: a change of fewer says little of an area


@dataclass(frozen=True, slots=True)
class Theme:
    """A section or a question, and how far it is in place."""

    section: Section
    question: Question | None
    share: Share
    schools: int  # that were judged on it


@dataclass(frozen=True, slots=True)
class Moved:
    """A question whose share moved, of the schools judged on it both times."""

    question: Question
    section: Section
    schools: int
    then: Share
    now: Share
    is_reworded: bool

    @property
    def points(self) -> int:
        """By how many hundredths."""
        return (self.now.percent or 0) - (self.then.percent or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Themes:
    """What runs through a cycle."""

    cycle: Cycle
    sought: Sought
    phases: Sequence[tuple[str, str]]
    clusters: Sequence[Cluster]
    schools: int
    sent: int
    sections: tuple[Theme, ...]
    questions: tuple[Theme, ...]
    enough: int  # schools that must be judged on a question for it to be ranked
    words: Sequence[Recurring]
    both: int  # schools that sent both times
    then: Share
    now: Share
    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]


def themes(*, cycle_id: UUID, by: Actor, on: date, sought: Sought) -> Themes:
    """Sections and questions by how much is lacking, and what moved since last time. Raises `Refused`."""
    cycle = cycle_kept(cycle_id=cycle_id, by=by)
    outline = cycle.version.outline
    returns = returns_sought(cycle, sought, on)
    judged = _judged(outline, returns)
    shares = {key: share_of(list(schools.values())) for key, schools in judged.items()}
    moved, both = moved_since(cycle, judged, returns, sought, on)
    enough = min(settings.AUDIT_FEWEST, max(len(sent(returns)), 1))
    phases, clusters = choices_of(cycle)
    return Themes(
        cycle=cycle,
        sought=sought,
        phases=phases,
        clusters=clusters,
        schools=len(returns),
        sent=len(sent(returns)),
        sections=tuple(_sections(outline, judged, shares)),
        questions=tuple(_questions(outline, shares, enough)),
        enough=enough,
        words=words_lacking(outline, returns, judged),
        both=both,
        then=sum((each.then for each in moved), Share()),
        now=sum((each.now for each in moved), Share()),
        better=tuple(_told([each for each in moved if each.points >= LEAST_CHANGE], falling=False)),
        worse=tuple(_told([each for each in moved if each.points <= -LEAST_CHANGE], falling=True)),
    )


Judged = Mapping[str, Mapping[UUID, str]]
"""For each question the schools that were judged on it, and what their answer is worth."""


def _judged(outline: Outline, returns: Sequence[Return]) -> Judged:
    chosen = [question.key for question in outline if question.is_chosen]
    found: dict[str, dict[UUID, str]] = {key: {} for key in chosen}
    for given in answers_sent(outline, returns, chosen):
        if given.stands in JUDGED:
            found[given.question.key][given.school] = given.stands
    return found


def _sections(outline: Outline, judged: Judged, shares: Mapping[str, Share]) -> list[Theme]:
    found = []
    for section in outline.sections:
        keys = [each.key for each in section.questions if each.key in judged]
        schools = {school for key in keys for school in judged[key]}
        found.append(Theme(section, None, sum((shares[key] for key in keys), Share()), len(schools)))
    return sorted((each for each in found if each.share.judged), key=lambda each: each.share.percent or 0)


def _questions(outline: Outline, shares: Mapping[str, Share], enough: int) -> list[Theme]:
    """Those that enough schools were judged on, as in the report: what two schools lack says little of an area."""
    found = [
        Theme(outline.section_of[key], outline.questions[key], share, share.judged)
        for key, share in shares.items()
        if share.lacking and share.judged >= enough
    ]
    return sorted(found, key=lambda each: (each.share.percent or 0, -each.share.lacking))[:MOST_QUESTIONS]


def moved_since(
    cycle: Cycle, now: Judged, returns: Sequence[Return], sought: Sought, on: date
) -> tuple[list[Moved], int]:
    """Every question of both years, of the schools judged on it both times; and how many schools sent both times."""
    if cycle.before is None:
        return [], 0
    outline, earlier = cycle.version.outline, cycle.before.version.outline
    old_returns = returns_sought(cycle.before, sought, on)
    then, changed = _judged(earlier, old_returns), changes(outline, earlier)
    moved = []
    for key in now.keys() & then.keys():
        both = sorted(now[key].keys() & then[key].keys())
        if len(both) >= LEAST_SCHOOLS:
            old, new = (share_of([year[key][school] for school in both]) for year in (then, now))
            reworded = changed[key] is Change.REWORDED
            moved.append(Moved(outline.questions[key], outline.section_of[key], len(both), old, new, reworded))
    schools = [{each.organisation_id for each in sent(year)} for year in (returns, old_returns)]
    return moved, len(schools[0] & schools[1])


def _told(moved: Sequence[Moved], *, falling: bool) -> list[Moved]:
    ordered = sorted(moved, key=lambda each: (each.points if falling else -each.points, each.question.ref))
    return ordered[:MOST_QUESTIONS]
