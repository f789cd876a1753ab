"""`haven keys`: how the keys of what is confidential stand; replacing, splitting, restoring and testing them."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.config.database.cluster import NoDatabase
from haven.config.installation import installation
from haven.engines.sealing.sharing import BadShare, Share, read, written

RECORDS = 100  # that a test opens
TRIES = 5  # to type a share
SPLIT = """\
The root key {name} in three shares. Any two of them give it back; one alone gives nothing.
They are shown this once and kept nowhere. Write each on paper, for three people in two organisations at least:
docs/how-to/keep-the-keys.md says how they keep them.
"""
RESTORED = "The root key {name} is back in its place. Run haven keys test to see that records open.\n"
FAILED = "{failed} records did not open and stay under the old key, which is kept: haven keys test tells more"


class Wrong(Exception):
    """What the command says on standard error before it ends with status 2."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the keys."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("status", help="how the keys stand")
    verbs.add_parser("make", help="make the root key now, where there is none yet")
    rotate = verbs.add_parser("rotate", help="replace an organisation’s key, every organisation’s, or the root key")
    rotate.add_argument(
        "organisation", nargs="?", help="its name, number in the register, or identifier (default: all)"
    )
    rotate.add_argument("--root", action="store_true", help="the root key instead")
    verbs.add_parser("split", help="show the root key in three shares, once")
    verbs.add_parser("restore", help="put a lost root key back, from two of its shares")
    verbs.add_parser("test", help=f"open {RECORDS} records drawn at random, and say how many opened")


def run(args: argparse.Namespace) -> int:
    """0 done, 1 where something does not open or is not in order, 2 where it could not be done."""
    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "status": _status,
        "make": _make,
        "rotate": _rotate,
        "split": _split,
        "restore": _restore,
        "test": _test,
    }
    try:
        with installation():
            return _told(verbs[args.verb], args)
    except (NoDatabase, Wrong) as fault:
        sys.stderr.write(f"haven keys: {fault}\n")
        return 2


def _told(verb: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run it, with whatever refuses said in plain words."""
    faults = (Refused, import_module("haven.keys.roots").RootKeyFault, BadShare)
    try:
        return verb(args)
    except faults as fault:
        raise Wrong(getattr(fault, "advice", "") or str(fault)) from fault


def _status(_: argparse.Namespace) -> int:
    stands = import_module("haven.keys.queries").standing()
    if stands.root is None:
        _say(
            stands.fault
            or "No root key yet: it is made when something confidential is first sealed, or by haven keys make"
        )
        return 1 if stands.fault else 0
    at_hand = "at hand" if stands.is_at_hand else "NOT at hand: haven keys restore"
    _say(f"root key       {stands.root.name}, made {_day(stands.root.made_at)}, {at_hand}")
    _say(f"in shares      {_day(stands.root.split_at) if stands.root.split_at else 'never: haven keys split'}")
    _say(f"tested         {_day(stands.root.drilled_at) if stands.root.drilled_at else 'never: haven keys test'}")
    oldest = f", the oldest of {_day(stands.oldest_made_at)}" if stands.oldest_made_at else ""
    _say(f"organisations  {stands.organisations} with a key{oldest}")
    _say(f"records        {stands.records}, open to {stands.wraps} readers in all")
    for one in stands.replacing:
        _say(f"being replaced version {one.version} of {_name_of(one.organisation)}: {one.left} records left")
    if stands.fault:
        _say(stands.fault)
    return 0 if stands.is_at_hand else 1


def _make(_: argparse.Namespace) -> int:
    made = _services().make_root(by=HAVEN, at=_now())
    _say(f"root key {made.name}, made {_day(made.made_at)}: now haven keys split")
    return 0


def _rotate(args: argparse.Namespace) -> int:
    if args.root:
        made = _services().rotate_root(by=HAVEN, at=_now())
        _say(f"root key {made.name} is in use; shares of the old one give nothing any more: now haven keys split")
        return 0
    queries = import_module("haven.keys.queries")
    chosen = [_organisation(args.organisation)] if args.organisation else queries.organisations_with_keys()
    under_way = {one.organisation for one in queries.replacing(organisations=chosen)}
    for each in chosen:
        if each not in under_way:  # one that was broken off goes on
            _services().rotate_organisation(organisation=each, by=HAVEN, at=_now())
    with _progress() as told:
        done = _services().carry_on(organisations=chosen, told=told, by=HAVEN, at=_now())
    _say(f"{done.moved} records put under new keys; {done.destroyed} old keys destroyed")
    if done.failed:
        sys.stderr.write(f"haven keys: {FAILED.format(failed=done.failed)}\n")
    return 1 if done.failed else 0


def _split(_: argparse.Namespace) -> int:
    shares = _services().split_root(by=HAVEN, at=_now())
    _say(SPLIT.format(name=shares[0].key_name))
    for share in shares:
        lines = "\n    ".join(written(share).splitlines())
        _say(f"Share {share.holder} of {len(shares)}\n\n    {lines}\n")
    return 0


def _restore(_: argparse.Namespace) -> int:
    shares = [_typed("One share"), _typed("Another share")]
    restored = _services().restore_root(shares=shares, by=HAVEN, at=_now())
    sys.stdout.write(RESTORED.format(name=restored.name))
    return 0


def _test(_: argparse.Namespace) -> int:
    drilled = _services().drill(count=RECORDS, by=HAVEN, at=_now())
    _say(f"{drilled.opened} of {drilled.tried} records opened, for {drilled.wraps} readers in all")
    return 0 if drilled.opened == drilled.tried else 1


def _typed(asked: str) -> Share:
    """A share from standard input: its three lines, or all on one. Somebody who types it is asked again."""
    watched = sys.stdin.isatty()
    for tries_left in reversed(range(TRIES)):
        if watched:
            sys.stderr.write(f"{asked}, all its groups; Enter on an empty line ends it:\n")
        try:
            return read("".join(_lines()))
        except BadShare as fault:
            if not watched or not tries_left:
                raise
            sys.stderr.write(f"{str(fault).capitalize()}.\n")
    raise AssertionError


def _lines() -> Iterator[str]:
    """What is typed up to an empty line; empty lines before it are passed over."""
    has_begun = False
    for line in sys.stdin:
        if line.strip():
            has_begun = True
            yield line
        elif has_begun:
            return


def _organisation(named: str) -> UUID:
    """Which organisation is meant, by identifier, number in the register, or name."""
    try:
        return UUID(named)
    except ValueError:
        pass
    organisations = import_module("haven.people.models").Organisation.objects
    found = list(
        organisations.filter(urn=int(named)) if named.isdecimal() else organisations.filter(name__iexact=named)
    )
    if len(found) != 1:
        why = "no organisation is called" if not found else "several organisations are called"
        raise Wrong(f"{why} {named}: give its number in the register, or its identifier")
    return UUID(str(found[0].pk))


def _name_of(organisation: UUID) -> str:
    found = import_module("haven.people.models").Organisation.objects.filter(pk=organisation).first()
    return str(found.name) if found else str(organisation)


@contextmanager
def _progress() -> Iterator[Callable[[Any], None]]:
    """Something that shows how far each replacing is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bars: dict[UUID, tuple[Any, int]] = {}

        def told(one: Any) -> None:
            if one.key not in bars:
                bars[one.key] = progress.add_task(_name_of(one.organisation), total=one.left), one.left
            bar, total = bars[one.key]
            progress.update(bar, completed=total - one.left)

        yield told


def _services() -> Any:
    return import_module("haven.keys.services")  # late: it needs Django made ready


def _now() -> datetime:
    moment: datetime = import_module("haven.ledger.clock").now()
    return moment


def _day(moment: datetime | None) -> str:
    return f"{moment:%-d %B %Y}" if moment else ""


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
