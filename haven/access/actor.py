"""Who does something: a person as she is at this moment, with the posts that are live and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from haven.access.roles import COUNCIL_LEADS, Kind, Role


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One live post: a role in an organisation, for the areas that the organisation serves."""

    role: Role
    organisation: UUID
    organisation_name: str
    kind: Kind
    areas: frozenset[UUID] = frozenset()
    is_cover: bool = False  # held for somebody who is away


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and her live posts. An actor without posts may do nothing but look after her own account."""

    person: UUID | None
    name: str
    posts: tuple[HeldPost, ...] = ()
    standing: str = ""  # why there are no posts, where there are none: "no second factor", "no live post"

    def holds(self, *roles: Role, organisation: UUID | None = None, area: UUID | None = None) -> bool:
        """Whether she has one of the roles, where given in this organisation or for this area."""
        return any(
            post.role in roles
            and (organisation is None or post.organisation == organisation)
            and (area is None or area in post.areas)
            for post in self.posts
        )

    def organisations(self, roles: Collection[Role]) -> frozenset[UUID]:
        """Where she holds one of the roles."""
        return frozenset(post.organisation for post in self.posts if post.role in roles)

    def areas(self, roles: Collection[Role]) -> frozenset[UUID]:
        """For which areas she holds one of the roles."""
        return frozenset(area for post in self.posts if post.role in roles for area in post.areas)

    @property
    def leads(self) -> frozenset[UUID]:
        """The areas she leads for the council."""
        return self.areas(COUNCIL_LEADS)


NOBODY = Actor(person=None, name="nobody")
"""Whoever has not signed in."""

HAVEN = Actor(person=None, name="Haven")
"""Haven itself, for what it does unasked: raising the next of a recurring action, sending a digest."""
