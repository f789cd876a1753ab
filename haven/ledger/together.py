"""Several services as one piece of work: undone as a whole, told to the ledger at once, and no question asked twice.

What one request does is done by services that each would take a savepoint, write to the ledger and ask for the same
keys. Within `as_one` they are parts: the savepoint is that of the whole, what they record is written at its end, and
what `once_each` asked is kept until then.
"""

import json
import secrets
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from haven.engines.chain.hashing import SALT_BYTES

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")

TELL = f"""
    with told as (
        insert into ledger_detail (salt, text)
        select substring(%s::bytea from (place::int - 1) * {SALT_BYTES} + 1 for {SALT_BYTES}), text
        from json_array_elements_text(%s::json) with ordinality as each (text, place)
        order by place
        returning id
    )
    select array_agg(id order by id) from told
"""  # nosec - one text of JSON and one of bytes: arrays of the driver take ten times as long
MANY = 1000
"""From so many on they are copied in, which takes one question more and half the time for each."""
NUMBERS = "select array_agg(nextval(of)) from pg_get_serial_sequence('ledger_detail', 'id') of, generate_series(1, %s)"
COPY = "copy ledger_detail (id, salt, text) from stdin (format binary)"


class HalfDone(Exception):
    """A part failed, and whoever called it went on: nothing of such work may be kept."""


@dataclass(slots=True)
class Work:
    """What a piece of work is to tell the ledger, and what it has asked."""

    told: list[str] = field(default_factory=list)
    known: dict[tuple[str, Hashable], Any] = field(default_factory=dict)


@contextmanager
def as_one() -> Iterator[None]:
    """Within, services are parts of one piece of work: all of it is kept, or nothing.

    Whoever catches the error of a part and goes on opens a piece of work for it: one within another is undone by
    itself. Give nobody what decides about access longer than this.
    """
    stack = _stack()
    with transaction.atomic():
        work = Work()
        stack.append(work)
        try:
            yield
        finally:
            stack.pop()
        if connection.needs_rollback:
            raise HalfDone
        if stack:
            stack[-1].told += work.told
        else:
            write(work.told)


@contextmanager
def part() -> Iterator[None]:
    """A transaction, or a savepoint in that of whoever calls; within a piece of work neither."""
    with transaction.atomic(savepoint=not _stack()):
        yield


def once_each(
    question: str, wanted: Collection[Key], ask: Callable[[Collection[Key]], Mapping[Key, Found]]
) -> dict[Key, Found]:
    """The answer for each: only of what this piece of work, or one around it, does not know yet is the database asked.

    What has no answer is left out, and asked for again the next time.
    """
    stack = _stack()
    found: dict[Key, Found] = {}
    for work in stack:
        found |= {each: work.known[question, each] for each in wanted if (question, each) in work.known}
    if missing := set(wanted) - set(found):
        new = ask(missing)
        keep(question, new)
        found |= new
    return found


def keep(question: str, found: Mapping[Key, Found]) -> None:
    """Keep answers that were come by in another way, until this piece of work ends."""
    if stack := _stack():
        stack[-1].known |= {(question, each): answer for each, answer in found.items()}


def tell(texts: Sequence[str]) -> None:
    """Write details at the end of the piece of work; at once where there is none."""
    if stack := _stack():
        stack[-1].told += texts
    else:
        write(texts)


def tell_now(texts: Sequence[str]) -> list[int]:
    """Write details, after those of this piece of work that wait, and give back their identifiers."""
    stack = _stack()
    before = stack[-1].told if stack else []
    found = write([*before, *texts])[len(before) :]
    before.clear()
    return found


def write(texts: Sequence[str]) -> list[int]:
    """Write details into the ledger, in order, and give back their identifiers."""
    if not texts:
        return []
    salts = secrets.token_bytes(SALT_BYTES * len(texts))
    return _copied(salts, texts) if len(texts) >= MANY else _told(salts, texts)


def _told(salts: bytes, texts: Sequence[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(TELL, [salts, json.dumps(list(texts), ensure_ascii=False)])
        return list(cursor.fetchone()[0])


def _copied(salts: bytes, texts: Sequence[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [len(texts)])
        ids = sorted(cursor.fetchone()[0])
        with cursor.copy(COPY) as rows:
            rows.set_types(["int8", "bytea", "text"])
            for place, each in enumerate(zip(ids, texts, strict=True)):
                rows.write_row((each[0], salts[place * SALT_BYTES : (place + 1) * SALT_BYTES], each[1]))
    return ids


def _stack() -> list[Work]:
    """The pieces of work that are open on this connection, the innermost last."""
    held: list[Work] = vars(connections[DEFAULT_DB_ALIAS]).setdefault("haven_work", [])  # of this thread
    return held
