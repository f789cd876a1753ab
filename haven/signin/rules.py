"""How long a session lasts, what counts as a second factor, what must be proved afresh. Seconds throughout."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

IDLE = 15 * 60  # on confidential pages
ABSOLUTE = 8 * 60 * 60  # on every page, however busy
FRESH = 10 * 60  # for changing how one signs in
SEEN_EVERY = 30  # how often a session notes that it was seen
CODE_LASTS = 15 * 60  # a code sent by e-mail
CODE_TRIES = 3
TOO_MANY = "There were too many tries. Wait a few minutes."

SECOND_FACTORS = frozenset({"mfa"})
"""Steps of signing in that show a second factor."""

WHY_AGAIN = {
    "idle": "You were away for 15 minutes, so Haven closed what you had open. Sign in to go on.",
    "over": "You were signed out, because 8 hours had passed since you signed in. Sign in to go on.",
}

View = TypeVar("View", bound=Callable[..., Any])


def confidential(view: View) -> View:
    """Mark a view whose page may not stay open to whoever comes by: after 15 idle minutes it asks who is there.

    What is confidential: the directory with its marked contacts, a bulletin or a note as it was written, a file, the
    ledger, and whatever takes these away or changes them.
    """
    view.is_confidential = True  # type: ignore[attr-defined]
    return view


def before_second_factor(view: View) -> View:
    """Mark a view that a signed-in person may open while she has no second factor: those on the way to having one."""
    view.opens_before_second_factor = True  # type: ignore[attr-defined]
    return view


def is_idle(*, seen_at: float, now: float) -> bool:
    """Whether nobody has been seen for so long that a confidential page closes."""
    return now - seen_at >= IDLE


def is_over(*, signed_in_at: float, now: float) -> bool:
    """Whether a session has lasted as long as one may."""
    return now - signed_in_at >= ABSOLUTE


def is_fresh(records: Sequence[Mapping[str, Any]], *, has_factor: bool, now: float) -> bool:
    """Whether she has lately proved who she is: with the second factor where she has one, else in any way."""
    wanted = SECOND_FACTORS if has_factor else None
    return any(now - record["at"] < FRESH for record in records if wanted is None or record["method"] in wanted)


def has_returned(records: Sequence[Mapping[str, Any]], *, has_factor: bool, noticed_at: float) -> bool:
    """Whether she has shown who she is since it was noticed that the session had been left alone."""
    wanted = SECOND_FACTORS if has_factor else None
    return any(record["at"] >= noticed_at for record in records if wanted is None or record["method"] in wanted)


def is_dormant(*, seen_at: datetime, now: datetime, days: int) -> bool:
    """Whether an account was left alone so long that its address must be shown to be hers still. Never for 0 days."""
    return days > 0 and now - seen_at >= timedelta(days=days)


def proves_second_factor(claims: Mapping[str, Any], wanted: Mapping[str, Collection[str]]) -> bool:
    """Whether a token's `acr` or `amr` says, where we trust it, that its provider asked for a second factor."""
    methods = claims.get("amr")
    used = set(methods) if isinstance(methods, list) else set()
    return bool(used & set(wanted.get("amr", ()))) or claims.get("acr") in set(wanted.get("acr", ()))
