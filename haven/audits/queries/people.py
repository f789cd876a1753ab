"""Whom to write to in a school, and who there can sign."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from haven.actions.queries.audiences import people_to_tell
from haven.audits.rules.life import Steps
from haven.audits.rules.standing import ANSWERING

Posts = Mapping[UUID, Sequence[tuple[str, UUID, str]]]
"""For each school its live posts, as role, person and address."""


def posts_in(*, organisations: Collection[UUID], on: date) -> Posts:
    """The live posts of these schools, those of whoever covers among them."""
    return people_to_tell(organisations=organisations, on=on)


def meant(posts: Posts, school: UUID, step: int, steps: Steps) -> Sequence[tuple[str, UUID, str]]:
    """Of a school's posts those whose turn it is: who can sign this step, or with step nought who answers."""
    groups = ANSWERING if step == 0 else (frozenset(steps[step - 1]),)
    for roles in groups:
        if found := [post for post in posts.get(school, ()) if post[0] in roles]:
            return found
    return ()
