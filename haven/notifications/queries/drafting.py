"""What must still be settled before something is sent: which school, which age, which words, who is kept out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.notifications.queries.choosing import School, Staff, schools_meant, schools_numbered, staff_called
from haven.notifications.rules.items import ASKED, Item, Sort, in_words
from haven.notifications.rules.phases import teaches
from haven.notifications.rules.sending import Channel, NewChild, NewExclusion, NewNotification, age_on
from haven.notifications.rules.traces import IN_WORDS, traces
from haven.subjects.rules.naming import Identity


@dataclass(frozen=True, slots=True)
class DraftChild:
    """A child as she was typed: where she learns in the officer's own words, or at home."""

    identity: Identity = field(repr=False)
    school: str = field(default="", repr=False)
    is_at_home: bool = False
    items: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """A notification as it was typed. `works_there` are names of staff who must never see it."""

    key: UUID
    sender: UUID
    area: UUID
    children: tuple[DraftChild, ...]
    items: Mapping[str, str] = field(default_factory=dict, repr=False)
    are_siblings: bool = False
    works_there: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Settled:
    """What whoever sends has settled, for each child in order: the number of her school, and why it is right."""

    urns: tuple[int | None, ...] = ()
    overrides: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class CheckedChild:
    """A child with the schools that fit, the one that was chosen, and whether a reason is needed for it."""

    draft: DraftChild
    schools: Sequence[School]
    chosen: School | None
    age: int | None
    needs_reason: bool
    override: str = field(default="", repr=False)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is said of this child, as the school reads it."""
        return in_order(self.draft.items)

    @property
    def is_settled(self) -> bool:
        """Whether it is clear where this child's notification goes."""
        return self.draft.is_at_home or (self.chosen is not None and not (self.needs_reason and not self.override))


@dataclass(frozen=True, slots=True)
class Trace:
    """Words of an item that could tell where somebody is, with the item as the school reads it."""

    label: str
    what: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with everything that is still to be settled."""

    draft: Draft
    children: Sequence[CheckedChild]
    traces: Sequence[Trace]
    staff: Sequence[Staff]

    def new(self, channel: Channel, excluded: Sequence[NewExclusion]) -> NewNotification:
        """What is sent. For a draft whose every child is settled."""
        return NewNotification(
            key=self.draft.key,
            sender=self.draft.sender,
            area=self.draft.area,
            channel=channel,
            children=tuple(_new_child(each, self.draft.area) for each in self.children),
            items=dict(self.draft.items),
            excluded=tuple(excluded),
            are_siblings=self.draft.are_siblings,
        )


def checked(*, draft: Draft, settled: Settled, by: Actor, on: date) -> Checked:
    """The draft with the schools that fit each child, and what must be looked at before it is sent."""
    children = [_child(draft, settled, place, by, on) for place in range(len(draft.children))]
    schools = [each.id for child in children for each in ([child.chosen] if child.chosen else child.schools)]
    staff = staff_called(names=draft.works_there, schools=schools, on=on)
    return Checked(draft, children, traces_of(draft), staff)


def in_order(items: Mapping[str, str]) -> list[tuple[str, str]]:
    """Items by their labels, as the school reads them."""
    return [(ASKED[item].label, in_words(item, items[item])) for item in Item if items.get(item)]


def traces_of(draft: Draft) -> list[Trace]:
    """Every word that could tell where somebody is, of the incident and of each child."""
    told = [*draft.items.items(), *(pair for child in draft.children for pair in child.items.items())]
    return [
        Trace(ASKED[Item(name)].label, IN_WORDS[each.trace], words[each.starts : each.ends])
        for name, words in told
        if ASKED[Item(name)].sort in (Sort.LINE, Sort.TEXT) and name != Item.REFERENCE
        for each in traces(words)
    ]


def _child(draft: Draft, settled: Settled, place: int, by: Actor, on: date) -> CheckedChild:
    child = draft.children[place]
    urn = settled.urns[place] if place < len(settled.urns) else None
    override = settled.overrides[place].strip() if place < len(settled.overrides) else ""
    born_on = child.identity.born_on
    age = age_on(born_on, on) if born_on else None
    if child.is_at_home:
        return CheckedChild(child, (), None, age, needs_reason=False)
    found = schools_meant(words=child.school, by=by, on=on)
    chosen = schools_numbered(urns=[urn]).get(urn) if urn is not None else None
    needs_reason = chosen is not None and age is not None and not teaches(chosen.phase, age)
    return CheckedChild(child, found, chosen, age, needs_reason, override)


def _new_child(child: CheckedChild, area: UUID) -> NewChild:
    assert child.is_settled
    if child.chosen is None:
        return NewChild(child.draft.identity, home_area=area, items=dict(child.draft.items))
    override = child.override if child.needs_reason else ""
    return NewChild(child.draft.identity, (child.chosen.id,), None, dict(child.draft.items), override)
