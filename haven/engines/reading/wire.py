"""A reading as bytes, so that it can pass from the process that parses to the one that asked. Nothing that comes back
is executed, and nothing is believed before it is checked."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from haven.engines.documents.believing import all_words, maybe, truth, whole, words
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
            name=words(source["name"]),
            media_type=words(source["media_type"]),
            title=maybe(words, source["title"]),
            date=maybe(dt.date.fromisoformat, source["date"]),
            text=words(source["text"]),
            items=tuple(_item(item, source["text"]) for item in known["items"]),
            warnings=tuple(words(w) for w in known["warnings"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a reading") from error


def _item(known: dict[str, Any], text: str) -> Item:
    kind = _KINDS[known["kind"]]
    item = kind(**{f.name: _READ[f.name](known[f.name]) for f in fields(kind)})
    if not 0 <= item.start <= item.end <= len(text) or text[item.start : item.end] != item.quote:
        raise ValueError("an item does not stand on its words")
    return item


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: maybe(read, value)


def _moment(value: Any) -> dt.date:
    return dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)


_READ: dict[str, Callable[[Any], Any]] = {
    "start": whole,
    "end": whole,
    "quote": words,
    "confidence": float,
    "date": _or_none(dt.date.fromisoformat),
    "time": _or_none(dt.time.fromisoformat),
    "due": _or_none(dt.date.fromisoformat),
    "starts": _moment,
    "ends": _or_none(_moment),
    "what": words,
    "who": all_words,
    "recurs": _or_none(Recurs),
    "optional": truth,
    "conflict": _or_none(words),
    "title": words,
    "place": _or_none(words),
    "online": _or_none(truth),
    "cancelled": truth,
    "name": _or_none(words),
    "role": _or_none(words),
    "phones": all_words,
    "emails": all_words,
    "marking": _or_none(Marking),
    "marking_quote": _or_none(words),
    "prohibits": truth,
    "edition": _or_none(words),
    "status": _or_none(Status),
    "url": words,
    "text": words,
}
