"""A reading as bytes, so that it can pass from the process that parses to the one that asked. Nothing that comes back
is executed, and nothing is believed before it is checked."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from haven.engines.reading.items import (
    Action,
    Contact,
    Deadline,
    Event,
    Guidance,
    Item,
    Link,
    Marking,
    Reading,
    Recurs,
    Status,
    plain,
)

_KINDS: dict[str, type[Item]] = {
    kind.__name__.lower(): kind for kind in (Deadline, Event, Contact, Action, Guidance, Link)
}


def packed(reading: Reading) -> bytes:
    """The reading as JSON in UTF-8."""
    return json.dumps(plain(reading) | {"warnings": reading.warnings}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def unpacked(content: bytes) -> Reading:
    """The reading that `packed` made. Raises ValueError for anything else."""
    try:
        known = json.loads(content.decode("utf-8", "surrogatepass"))
        source = known["source"]
        return Reading(
            name=_words(source["name"]),
            media_type=_words(source["media_type"]),
            title=_maybe(_words, source["title"]),
            date=_maybe(dt.date.fromisoformat, source["date"]),
            text=_words(source["text"]),
            items=tuple(_item(item, source["text"]) for item in known["items"]),
            warnings=tuple(_words(w) for w in known["warnings"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a reading") from error


def _item(known: dict[str, Any], text: str) -> Item:
    kind = _KINDS[known["kind"]]
    item = kind(**{f.name: _READ[f.name](known[f.name]) for f in fields(kind)})
    if not 0 <= item.start <= item.end <= len(text) or text[item.start : item.end] != item.quote:
        raise ValueError("an item does not stand on its words")
    return item


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError(value)
    return value


def _list(value: Any) -> tuple[str, ...]:
    return tuple(_words(v) for v in value)


def _maybe(read: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else read(value)


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: _maybe(read, value)


def _moment(value: Any) -> dt.date:
    return dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)


_READ: dict[str, Callable[[Any], Any]] = {
    "start": _whole,
    "end": _whole,
    "quote": _words,
    "confidence": float,
    "date": _or_none(dt.date.fromisoformat),
    "time": _or_none(dt.time.fromisoformat),
    "due": _or_none(dt.date.fromisoformat),
    "starts": _moment,
    "ends": _or_none(_moment),
    "what": _words,
    "who": _list,
    "recurs": _or_none(Recurs),
    "optional": _truth,
    "conflict": _or_none(_words),
    "title": _words,
    "place": _or_none(_words),
    "online": _or_none(_truth),
    "cancelled": _truth,
    "name": _or_none(_words),
    "role": _or_none(_words),
    "phones": _list,
    "emails": _list,
    "marking": _or_none(Marking),
    "marking_quote": _or_none(_words),
    "prohibits": _truth,
    "edition": _or_none(_words),
    "status": _or_none(Status),
    "url": _words,
    "text": _words,
}
