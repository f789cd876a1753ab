"""What a program sends, read strictly: what is not asked for is a fault, and every fault is told at once."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from haven.api.rules.problems import Fault, Problem, Refusal
from haven.notifications.rules.items import ASKED, LONGEST, Item
from haven.subjects.rules.naming import Identity

MOST_AT_ONCE = 100
MOST_CHILDREN = 20
MOST_SCHOOLS = 5
MOST_NAMES = 10
LONGEST_NAME = 100
LONGEST_WHY = 500
GIVE_KEY = "Give a UUID of your own, new for each"
URN = (100_000, 9_999_999)

OF_CHILD = frozenset(item.value for item, asked in ASKED.items() if asked.is_of_child)
OF_ALL = frozenset(item.value for item in Item) - OF_CHILD
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SentChild:
    """A child as a program names her: her schools by their unique reference numbers, or that she learns at home."""

    identity: Identity = field(repr=False)
    schools: tuple[int, ...] = ()
    is_at_home: bool = False
    items: Mapping[str, str] = field(default_factory=dict, repr=False)
    override: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """One notification as a program sends it. `area` is the local authority's number; `works_there` are names of people
    who work at a school and must never see it; `are_words_checked` says that words that could tell where somebody is
    were looked at by a person."""

    area: str
    children: tuple[SentChild, ...]
    items: Mapping[str, str] = field(default_factory=dict, repr=False)
    are_siblings: bool = False
    works_there: tuple[str, ...] = field(default=(), repr=False)
    are_words_checked: bool = False


def read_key(text: str) -> UUID:
    """The idempotency key. Raises `Refusal`."""
    return _key(text, "Idempotency-Key")


def _key(text: str, where: str) -> UUID:
    if not _KEY.fullmatch(text):
        raise Refusal(Problem.UNFIT, faults=[Fault(where, GIVE_KEY)])
    return UUID(text)


def read_body(body: bytes) -> Sent:
    """The notification. Raises `Refusal` with every fault."""
    return _sent(_object(body))


def read_bodies(body: bytes) -> list[tuple[UUID, Sent] | Refusal]:
    """Notifications that come together, each with its key; in the place of one that is faulty, why. Raises `Refusal`
    where they are no list."""
    given = _object(body)
    if not isinstance(given, dict) or given.keys() != {"notifications"} or not isinstance(given["notifications"], list):
        raise Refusal(Problem.UNFIT, faults=[Fault("body", "Give notifications, a list, and nothing beside it")])
    if not 1 <= len(given["notifications"]) <= MOST_AT_ONCE:
        raise Refusal(Problem.UNFIT, faults=[Fault("notifications", f"Give a list of 1 to {MOST_AT_ONCE}")])
    return [_one_of(each) for each in given["notifications"]]


def _one_of(given: Any) -> tuple[UUID, Sent] | Refusal:
    try:
        if not isinstance(given, dict) or "key" not in given or not isinstance(given["key"], str):
            raise Refusal(Problem.UNFIT, faults=[Fault("key", GIVE_KEY)])
        key = _key(given["key"], "key")
        return key, _sent({name: value for name, value in given.items() if name != "key"})
    except Refusal as refusal:
        return refusal


def _object(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_never)
    except (ValueError, RecursionError):
        raise Refusal(Problem.NOT_JSON, "Send one JSON object in UTF-8, each name once") from None


def _sent(given: Any) -> Sent:
    reader = _Reader([])
    sent = reader.whole(given)
    if reader.faults or sent is None:
        raise Refusal(Problem.UNFIT, faults=reader.faults)
    return sent


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _never(_: str) -> Any:
    raise ValueError("JSON has no such number")


@dataclass(slots=True)
class _Reader:
    """Reads, and notes what is wrong where."""

    faults: list[Fault]

    def whole(self, given: Any) -> Sent | None:
        names = {"area", "items", "children", "siblings", "works_there", "words_checked"}
        if not self._object("", given, names, {"area", "items", "children"}):
            return None
        children = self._list("children", given["children"], 1, MOST_CHILDREN, self._child)
        return Sent(
            area=self._text("area", given["area"], 10),
            children=tuple(each for each in children if each is not None),
            items=self._items("items", given["items"], OF_ALL),
            are_siblings=self._yes("siblings", given.get("siblings", False)),
            works_there=tuple(
                self._list(
                    "works_there",
                    given.get("works_there", []),
                    0,
                    MOST_NAMES,
                    lambda where, each: self._text(where, each, LONGEST_NAME),
                )
            ),
            are_words_checked=self._yes("words_checked", given.get("words_checked", False)),
        )

    def _child(self, where: str, given: Any) -> SentChild | None:
        names = {"first_name", "last_name", "other_names", "born_on", "schools", "at_home", "items", "override"}
        if not self._object(where, given, names, {"first_name", "last_name", "born_on"}):
            return None
        schools = self._list(f"{where}.schools", given.get("schools", []), 0, MOST_SCHOOLS, self._urn)
        is_at_home = self._yes(f"{where}.at_home", given.get("at_home", False))
        if bool(schools) == is_at_home:
            self._fault(where, "Give schools, or say at_home, and not both")
        identity = Identity(
            self._text(f"{where}.first_name", given["first_name"], LONGEST_NAME),
            self._text(f"{where}.last_name", given["last_name"], LONGEST_NAME),
            self._day(f"{where}.born_on", given["born_on"]),
            self._maybe(where, given, "other_names", LONGEST_NAME),
        )
        return SentChild(
            identity=identity,
            schools=tuple(each for each in schools if each),
            is_at_home=is_at_home,
            items=self._items(f"{where}.items", given.get("items", {}), OF_CHILD),
            override=self._maybe(where, given, "override", LONGEST_WHY),
        )

    def _object(self, where: str, given: Any, names: set[str], needed: set[str]) -> bool:
        if not isinstance(given, dict):
            self._fault(where, "Give an object")
            return False
        for name in sorted(given.keys() - names):
            self._fault(where, f"Leave out what is not described here: {name[:40]!r}")
        for name in sorted(needed - given.keys()):
            self._fault(f"{where}.{name}".strip("."), "Give it")
        return needed <= given.keys()

    def _items(self, where: str, given: Any, names: Collection[str]) -> dict[str, str]:
        if not isinstance(given, dict):
            self._fault(where, "Give an object")
            return {}
        for name in sorted(given.keys() - names):
            self._fault(where, f"This is no item for this place: {name[:40]!r}")
        return {name: self._text(f"{where}.{name}", words, LONGEST) for name, words in given.items() if name in names}

    def _list(self, where: str, given: Any, least: int, most: int, read: Callable[[str, Any], Any]) -> list[Any]:
        if not isinstance(given, list) or not least <= len(given) <= most:
            self._fault(where, f"Give a list of {least} to {most}")
            return []
        return [read(f"{where}.{place}", each) for place, each in enumerate(given)]

    def _text(self, where: str, given: Any, most: int) -> str:
        if not isinstance(given, str) or not given.strip() or len(given) > most or "\x00" in given:
            self._fault(where, f"Give 1 to {most} characters, or leave it out")
            return ""
        return given

    def _maybe(self, where: str, given: Mapping[str, Any], name: str, most: int) -> str:
        return self._text(f"{where}.{name}", given[name], most) if name in given else ""

    def _yes(self, where: str, given: Any) -> bool:
        if not isinstance(given, bool):
            self._fault(where, "Give true or false")
        return given is True

    def _urn(self, where: str, given: Any) -> int:
        if isinstance(given, bool) or not isinstance(given, int) or not URN[0] <= given <= URN[1]:
            self._fault(where, "Give the school’s unique reference number as a number")
            return 0
        return given

    def _day(self, where: str, given: Any) -> date | None:
        try:
            if isinstance(given, str) and _DAY.fullmatch(given):
                return date.fromisoformat(given)
        except ValueError:
            pass
        self._fault(where, "Give a day as 2016-05-04")
        return None

    def _fault(self, where: str, what: str) -> None:
        self.faults.append(Fault(where or "body", what))
