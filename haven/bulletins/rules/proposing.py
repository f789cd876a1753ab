"""What a reading proposes: each item once, a deadline and the action asked with the same words as one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from haven.access.roles import SCHOOL_LEADS, Role
from haven.actions.rules import LONGEST_WHAT, Reach, ReachKind
from haven.bulletins.rules.facts import (
    AskedFacts,
    ContactFacts,
    EventFacts,
    Facts,
    GuidanceFacts,
    ItemKind,
    LinkFacts,
)
from haven.bulletins.rules.narrowing import narrowed
from haven.engines.reading.items import Action, Contact, Deadline, Event, Guidance, Item, Link

SURE = 0.8
"""From this confidence on the reader counts as sure, where the text does not contradict itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One item as the reader proposes it."""

    kind: ItemKind
    start: int
    end: int
    quote: str
    confidence: float
    facts: Facts
    conflict: str = ""
    phases: tuple[str, ...] = ()  # for whose schools its words say that it is
    narrowed_by: str = ""  # those words


def proposals(items: Iterable[Item]) -> list[Proposal]:
    """The items of a reading, paired, in the order of their words."""
    made = [_proposal(item) for item in items]
    return sorted(paired(made), key=lambda each: (each.start, each.end, each.kind))


def paired(made: Iterable[Proposal]) -> list[Proposal]:
    """An action and the one deadline with the same quote become one action that is due on the deadline's day."""
    kept = list(made)
    counts = Counter((each.start, each.end, each.kind) for each in kept)
    for deadline in [each for each in kept if each.kind is ItemKind.DEADLINE]:
        action = next((each for each in kept if is_pair(each, deadline)), None)
        if action is None or counts[deadline.start, deadline.end, ItemKind.DEADLINE] != 1:
            continue
        if counts[action.start, action.end, ItemKind.ACTION] == 1:
            kept[kept.index(action)] = as_one(action, deadline)
            kept.remove(deadline)
    return kept


def is_pair(action: Proposal, deadline: Proposal) -> bool:
    """Whether these are one thing asked: the same words, and no two days."""
    if action.kind is not ItemKind.ACTION or (action.start, action.end) != (deadline.start, deadline.end):
        return False
    asked, due = action.facts, deadline.facts
    return isinstance(asked, AskedFacts) and isinstance(due, AskedFacts) and asked.due_on in (None, due.due_on)


def audience_of(proposal: Proposal) -> tuple[Reach, ...]:
    """Whom a proposal is for, of those its bulletin is for; none where it is for all of them."""
    return tuple(Reach(ReachKind.PHASE, phase) for phase in proposal.phases)


def is_sure(confidence: float, conflict: str, narrowed_by: str) -> bool:
    """Whether 'accept all the sure ones' may take it: the reader is sure enough, and it goes where all of them go."""
    return confidence >= SURE and not conflict and not narrowed_by


def why_unsure(confidence: float, conflict: str, narrowed_by: str) -> str:
    """The sentences that say why an item comes first; empty where the reader is sure."""
    said = [
        f"{conflict.rstrip('.')}." if conflict else "",
        f"The reader is only {round(confidence * 100)}% sure of this." if confidence < SURE and not conflict else "",
        f"The note says “{narrowed_by}”, so it goes to them alone unless you say otherwise." if narrowed_by else "",
    ]
    return " ".join(filter(None, said))


ROLE_WORDS = {
    "ddsl": Role.DEPUTY_DSL,
    "deputy": Role.DEPUTY_DSL,
    "deputies": Role.DEPUTY_DSL,
    "governor": Role.GOVERNOR,
    "trustee": Role.GOVERNOR,
    "chair": Role.GOVERNOR,
    "dsl": Role.DSL,
    "designated": Role.DSL,
    "safeguarding lead": Role.DSL,
    "head": Role.HEAD,
    "principal": Role.HEAD,
    "all staff": Role.SCHOOL_STAFF,
    "teacher": Role.SCHOOL_STAFF,
    "staff": Role.SCHOOL_STAFF,
}


def roles_named(who: Iterable[str]) -> tuple[Role, ...]:
    """The roles that the note's own words for those who are asked name; none where they name none."""
    found = {role for words in who if (role := _role(words.lower()))}
    return tuple(sorted(found, key=lambda role: (role not in SCHOOL_LEADS, role.value)))


def _role(words: str) -> Role | None:
    if "headteacher" in words or "head teacher" in words:
        return Role.HEAD
    return next((role for sign, role in ROLE_WORDS.items() if sign in words), None)


def as_one(action: Proposal, deadline: Proposal) -> Proposal:
    """A pair as the one action it is."""
    asked, due = action.facts, deadline.facts
    assert isinstance(asked, AskedFacts)
    assert isinstance(due, AskedFacts)
    facts = replace(
        asked,
        due_on=due.due_on,
        due_time=due.due_time or asked.due_time,
        who=asked.who or due.who,
        roles=asked.roles or due.roles,
        recurs=asked.recurs or due.recurs,
        is_optional=asked.is_optional or due.is_optional,
    )
    return replace(
        action,
        facts=facts,
        confidence=min(action.confidence, deadline.confidence),
        conflict=deadline.conflict or action.conflict,
        phases=action.phases or deadline.phases,
        narrowed_by=action.narrowed_by or deadline.narrowed_by,
    )


NARROWED = frozenset({ItemKind.ACTION, ItemKind.DEADLINE, ItemKind.EVENT})


def _proposal(item: Item) -> Proposal:
    kind = ItemKind(type(item).__name__.lower())
    facts = _facts(item)
    who = facts.who if isinstance(facts, AskedFacts) else ()
    said = narrowed(item.quote, who) if kind in NARROWED else None
    return Proposal(
        kind=kind,
        start=item.start,
        end=item.end,
        quote=item.quote,
        confidence=item.confidence,
        conflict=getattr(item, "conflict", None) or "",
        facts=facts,
        phases=said.phases if said else (),
        narrowed_by=said.words if said else "",
    )


def _facts(item: Item) -> Facts:
    match item:
        case Action():
            asked = _asked(item.what or item.quote, item.who, item.due)
            return replace(asked, recurs=item.recurs, is_optional=item.optional, prohibits=item.prohibits)
        case Deadline():
            asked = _asked(item.what or item.quote, item.who, item.date)
            return replace(asked, due_time=item.time, recurs=item.recurs, is_optional=item.optional)
        case Event():
            return _event(item)
        case Contact():
            return ContactFacts(
                name=item.name or "",
                role=item.role or "",
                phones=item.phones,
                emails=item.emails,
                marking=item.marking,
                marking_quote=item.marking_quote or "",
            )
        case Guidance():
            return GuidanceFacts(title=item.title, edition=item.edition or "", status=item.status)
        case Link():
            return LinkFacts(url=item.url, text=item.text)
    raise TypeError(type(item).__name__)


def _asked(what: str, who: tuple[str, ...], due: date | None) -> AskedFacts:
    return AskedFacts(what=" ".join(what.split())[:LONGEST_WHAT], who=who, roles=roles_named(who), due_on=due)


def _event(item: Event) -> EventFacts:
    starts, ends = _moment(item.starts), _moment(item.ends)
    return EventFacts(
        title=" ".join((item.title or item.quote).split())[:LONGEST_WHAT],
        starts_on=starts[0],
        starts_time=starts[1],
        ends_on=ends[0],
        ends_time=ends[1],
        place=item.place or "",
        is_online=bool(item.online),
        recurs=item.recurs,
        is_optional=item.optional,
        is_cancelled=item.cancelled,
    )


def _moment(at: date | datetime | None) -> tuple[date | None, time | None]:
    return (at.date(), at.time()) if isinstance(at, datetime) else (at, None)
