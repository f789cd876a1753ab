"""What `benchmarks.ledger` does with the ledger, and the bare cost of the same."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from statistics import quantiles
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import connection, transaction
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.figures import Figure
from haven.access.actor import Actor, HeldPost
from haven.access.roles import Kind, Role
from haven.engines.chain.tree import inclusion
from haven.ledger.custody import ours
from haven.ledger.models import Entry
from haven.ledger.queries.proofs import receipt_of, verified
from haven.ledger.queries.tiles import StoredTiles
from haven.ledger.sequencing import seal
from haven.ledger.services import Deed, record, record_all

BULK = 20_000  # deeds told at once, and entries sealed at once
SECONDS = 5.0  # for which appends one by one are counted
WRITERS = 4
PROOFS = 1000
GOALS = {"told one by one": 1000, "sealed in bulk": 100_000, "proof, p99": 5, "verified whole": 120}
BARE = "create table if not exists bare (id bigserial primary key, salt bytea, text text)"
COPIED = 200_000


def measure(entries: int) -> tuple[list[Figure], list[str]]:
    """Every figure, and in words each goal that is missed."""
    by = _somebody()
    figures = [*_one_by_one(by), *_in_bulk(entries, by), *_proofs(), *_whole()]
    return figures, [f"{each.name}: {each.value:.4g} {each.unit}" for each in figures if _is_missed(each)]


def _is_missed(figure: Figure) -> bool:
    goal = GOALS.get(figure.name)
    if goal is None:
        return False
    return figure.value < goal if figure.unit.endswith("a second") else figure.value > goal


def _one_by_one(by: Actor) -> Iterator[Figure]:
    alone = _rate(lambda: _tell_one(by))
    with _owner() as line:
        bare = _rate(lambda: line.execute("insert into bare (salt, text) values (%s, %s)", [bytes(32), "x" * 300]))
    yield _appends("told one by one", alone, bare, "a row inserted and committed", goal=True)
    told = [0] * WRITERS

    def write(place: int) -> None:
        told[place] = round(_rate(lambda: _tell_one(by)))
        connection.close()

    writers = [threading.Thread(target=write, args=(place,)) for place in range(WRITERS)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    yield _appends(f"told by {WRITERS} at once", sum(told), None, None)


def _in_bulk(entries: int, by: Actor) -> Iterator[Figure]:
    custody, telling, sealing = ours(), 0.0, 0.0
    done = seal(custody, origin=settings.LEDGER_ORIGIN, at=datetime.now(tz=UTC))
    began = done
    with _bar(entries) as advance:
        advance(done)
        while done < entries:
            deeds = [_deed(number) for number in range(min(BULK, entries - done))]
            start = time.perf_counter()
            with transaction.atomic():
                record_all(deeds, by=by, at=datetime.now(tz=UTC))
            told = time.perf_counter()
            sealed = seal(custody, origin=settings.LEDGER_ORIGIN, at=datetime.now(tz=UTC))
            telling, sealing = telling + told - start, sealing + time.perf_counter() - told
            done += sealed
            advance(sealed)
    bare = _copied_a_second()
    yield _appends("told in bulk", (done - began) / telling, bare, "the same rows copied in")
    yield _appends("sealed in bulk", (done - began) / sealing, bare, "the same rows copied in", goal=True)


def _proofs() -> Iterator[Figure]:
    chance, size = random.Random(1), Entry.objects.count()
    bare = _p99(lambda: Entry.objects.values_list("leaf").get(number=chance.randrange(size) + 1))
    told = {"compared": bare, "compared_with": "one row found by its number, p99"}
    proof = _p99(lambda: inclusion(StoredTiles(), chance.randrange(size), size))
    yield Figure(group=f"Proofs of {size:,} entries", name="proof, p99", value=proof, unit="ms", wanted="< 5", **told)
    receipt = _p99(lambda: receipt_of(chance.randrange(size) + 1))
    yield Figure(group=f"Proofs of {size:,} entries", name="receipt, p99", value=receipt, unit="ms", **told)


def _whole() -> Iterator[Figure]:
    bare = _seconds(_read_all)
    began = time.perf_counter()
    verdict = verified()
    value = time.perf_counter() - began
    if not verdict.holds:
        raise SystemExit(f"the ledger does not hold: {verdict}")
    group = f"Verification of {verdict.entries:,} entries under {verdict.checkpoints:,} checkpoints"
    told = {"compared": bare, "compared_with": "every row read"}
    yield Figure(group=group, name="verified whole", value=value, unit="s", wanted="< 120", **told)


def _appends(name: str, value: float, bare: float | None, words: str | None, *, goal: bool = False) -> Figure:
    wanted = f"≥ {GOALS[name]:,}" if goal else None
    group = "Appending, durable"
    return Figure(
        group=group, name=name, value=value, unit="a second", compared=bare, compared_with=words, wanted=wanted
    )


def _tell_one(by: Actor) -> None:
    with transaction.atomic():
        record("assignment.closed", by=by, at=datetime.now(tz=UTC), about={"assignment": uuid4()}, why="")


def _deed(number: int) -> Deed:
    return Deed("assignment.closed", {"assignment": UUID(int=number), "state": "done"})


def _somebody() -> Actor:
    """A DSL of one school, as the ledger writes her down."""
    school, area = uuid4(), uuid4()
    post = HeldPost(Role.DSL, school, "Oakfield Primary School", Kind.SCHOOL, frozenset([area]))
    return Actor(person=uuid4(), name="Priya Nair", posts=(post,))


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:
    """A line to the database as the owner of its tables, and a table of the plainest kind."""
    place = settings.DATABASES["default"]
    with psycopg.connect(f"host={place['HOST']} user=haven_owner dbname={place['NAME']}", autocommit=True) as line:
        line.execute(BARE)
        yield line


def _copied_a_second() -> float:
    with _owner() as line, line.cursor() as cursor:
        began = time.perf_counter()
        with cursor.copy("copy bare (salt, text) from stdin") as copy:
            for _ in range(COPIED):
                copy.write_row((bytes(32), "x" * 300))
        return COPIED / (time.perf_counter() - began)


def _read_all() -> None:
    rows = Entry.objects.order_by("number").values_list("number", "leaf", "detail__salt", "detail__text")
    for _ in rows.iterator(chunk_size=5000):
        pass


def _rate(call: Callable[[], object]) -> float:
    """How often a second a call is made, one after the other."""
    call()
    calls, began = 0, time.perf_counter()
    while (spent := time.perf_counter() - began) < SECONDS:
        call()
        calls += 1
    return calls / spent


def _p99(call: Callable[[], object]) -> float:
    """In milliseconds, of a thousand calls."""
    times = []
    for _ in range(PROOFS):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return quantiles(times, n=100)[98]


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


@contextmanager
def _bar(entries: int) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("telling and sealing", total=entries)
        yield lambda count: progress.update(bar, advance=count)
