"""As whom the database is asked, for one transaction. Outside of it, and before it, nobody sees a locked row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused

P = ParamSpec("P")
Given = TypeVar("Given")

HOLD = """
    select 1 from people_post
    where person_id = %(person)s or id in (select post_id from people_cover where covered_by_id = %(person)s)
    order by id for share
"""
"""Whoever takes a post or a cover away waits for those who read by it, and whoever reads after that sees it gone."""

HOLD_COVERS = "select 1 from people_cover where covered_by_id = %(person)s order by id for share"
PUT = "select set_config('haven.person', %s, true), set_config('haven.service', %s, true)"
SET = """
    with before as materialized (
        select coalesce(current_setting('haven.person', true), '') as person,
            coalesce(current_setting('haven.service', true), '') as service
    )
    select person, service, set_config('haven.person', %s, true), set_config('haven.service', %s, true) from before
"""
"""Both settings as they were, and as they are from now on."""


class SeeingNeedsTransaction(Exception):
    """Somebody was to see locked rows outside a transaction: her right could not end with it."""


@contextmanager
def seeing_as(actor: Actor) -> Iterator[None]:
    """Within, the database shows what concerns this person, by the posts and covers she holds today.

    It is the second lock and does not replace a policy: exclusions, states and reasons are for that to ask. What it
    decides by must be seen too, so ask it before, or as Haven. Raises `Refused` for an actor without a live post.
    """
    if actor.person is None or not actor.posts:
        raise Refused(Reason.NO_LIVE_POST)
    with looking(person=str(actor.person), service="") as is_new:
        if is_new:
            with connection.cursor() as cursor:
                cursor.execute(HOLD, {"person": actor.person})
                cursor.execute(HOLD_COVERS, {"person": actor.person})
        yield


@contextmanager
def working_as(actor: Actor, service: str, /, *, or_as: str = "") -> Iterator[None]:
    """Within, Haven itself does what it does unasked, and sees the tables that name this service. For nobody else.

    Where the block around this one works as `or_as`, which the same tables name too, nothing is set.
    """
    if actor != HAVEN:
        raise Refused(Reason.NOT_THE_ROLE)
    with looking(person="", service=service, or_as=or_as):
        yield


def seeing(service: str, /) -> Callable[[Callable[P, Given]], Callable[P, Given]]:
    """A function of the keyword `by`, in one transaction in which the database shows what concerns whoever does it.

    Where Haven itself does it, it works as the service of this name. A refusal undoes everything the function wrote:
    what must stand although it was refused is written in a transaction of its own.
    """

    def sighted(function: Callable[P, Given]) -> Callable[P, Given]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> Given:
            by = kwargs["by"]
            assert isinstance(by, Actor)
            with transaction.atomic(), working_as(HAVEN, service) if by is HAVEN else seeing_as(by):
                return function(*args, **kwargs)

        return call

    return sighted


@contextmanager
def looking(*, person: str, service: str, or_as: str = "") -> Iterator[bool]:
    """Both settings, until the end of the block or of the transaction, whichever comes first; whether they are new.

    Where the block around this one has set the same, nothing is asked of the database. For this module and for tests.
    """
    if not connection.in_atomic_block:
        raise SeeingNeedsTransaction("open a transaction first")
    around, wanted = _blocks(), (person, service)
    if around and around[-1] in (wanted, (person, or_as or service)):
        yield False
        return
    with connection.cursor() as cursor:
        cursor.execute(SET, wanted)
        before = cursor.fetchone()[:2]
    around.append(wanted)
    try:
        yield True
    except BaseException:
        around.pop()
        with suppress(DatabaseError):  # where the transaction has failed, its end unsets them
            _put(before)
        raise
    around.pop()
    _put(before)


def _blocks() -> list[tuple[str, str]]:
    """What the blocks that are open on this connection have set, the innermost last.

    It spares a question and opens nothing: if it were wrong, the database would show no row.
    """
    here = vars(connections[DEFAULT_DB_ALIAS])  # of this thread
    held: list[tuple[str, str]] = here.setdefault("haven_looking", [])
    return held


def _put(settings: tuple[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PUT, settings)
