"""What `benchmarks.ledger` does with the ledger, and the bare cost of the same."""

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
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
TICK = os.sysconf("SC_CLK_TCK")
GOALS = {"told one by one": 1000, "sealed in bulk": 100_000, "proof, p99": 5, "verified whole": 120}
BARE = "create table if not exists bare (id bigserial primary key, salt bytea, text text)"
SIZE = """
    select sum(pg_total_relation_size(oid)) from pg_class where relkind = 'r' and relname like 'ledger\\_%'
"""
COPIED = 200_000
GROUP = "Appending, durable"


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
    custody, telling, sealing, spent = ours(), 0.0, 0.0, 0.0
    done = seal(custody, origin=settings.LEDGER_ORIGIN, at=datetime.now(tz=UTC))
    began = done
    with _bar(entries) as advance:
        advance(done)
        while done < entries:
            deeds = [_deed(number) for number in range(min(BULK, entries - done))]
            start = time.perf_counter()
            with transaction.atomic():
                record_all(deeds, by=by, at=datetime.now(tz=UTC))
            told, before = time.perf_counter(), _processor()
            sealed = seal(custody, origin=settings.LEDGER_ORIGIN, at=datetime.now(tz=UTC))
            telling, sealing = telling + told - start, sealing + time.perf_counter() - told
            spent += _processor() - before
            done += sealed
            advance(sealed)
    bare = _copied_a_second()
    yield _appends("told in bulk", (done - began) / telling, bare, "the same rows copied in")
    yield _appends("sealed in bulk", (done - began) / sealing, bare, "the same rows copied in", goal=True)
    yield Figure(group=GROUP, name="sealing, processor", value=spent / (done - began) * 1e6, unit="µs an entry")
    yield Figure(
        group=GROUP, name="size of the database", value=_bytes() / Entry.objects.count(), unit="bytes an entry"
    )


def _proofs() -> Iterator[Figure]:
    chance, size = random.Random(1), Entry.objects.count()
    calls = {
        "row": lambda: Entry.objects.values_list("leaf").get(number=chance.randrange(size) + 1),
        "proof": lambda: inclusion(StoredTiles(), chance.randrange(size), size),
        "receipt": lambda: receipt_of(chance.randrange(size) + 1),
    }
    times = {name: _times(call) for name, call in calls.items()}
    group = f"Proofs of {size:,} entries; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    for name in ("proof", "receipt"):
        for called, at in (("median", 49), ("p99", 98)):
            wanted = "< 5" if (name, called) == ("proof", "p99") else None
            told = {"compared": times["row"][at], "compared_with": f"one row found by its number, {called}"}
            value = times[name][at]
            yield Figure(group=group, name=f"{name}, {called}", value=value, unit="ms", wanted=wanted, **told)


def _whole() -> Iterator[Figure]:
    bare, before = _seconds(_read_all), _processor()
    began, own = time.perf_counter(), time.process_time()
    verdict = verified()
    value, own, spent = time.perf_counter() - began, time.process_time() - own, _processor() - before
    if not verdict.holds:
        raise SystemExit(f"the ledger does not hold: {verdict}")
    group = f"Verification of {verdict.entries:,} entries under {verdict.checkpoints:,} checkpoints"
    told = {"compared": bare, "compared_with": "every row read"}
    group = f"{group}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    yield Figure(group=group, name="verified whole", value=value, unit="s", wanted="< 120", **told)
    yield Figure(group=group, name="verifying, processor, the verifier alone", value=own, unit="s")
    yield Figure(group=group, name="verifying, processor, with the database", value=spent, unit="s")


def _appends(name: str, value: float, bare: float | None, words: str | None, *, goal: bool = False) -> Figure:
    wanted = f"≥ {GOALS[name]:,}" if goal else None
    return Figure(
        group=GROUP, name=name, value=value, unit="a second", compared=bare, compared_with=words, wanted=wanted
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


def _times(call: Callable[[], object]) -> list[float]:
    """The ninety-nine quantiles, in milliseconds, of a thousand calls."""
    times = []
    for _ in range(PROOFS):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return quantiles(times, n=100)


def _processor() -> float:
    """The processor's seconds that this process, and the database's with all it started, have taken so far."""
    server = Path(settings.DATABASES["default"]["HOST"]).parent / "data" / "postmaster.pid"
    first = server.read_text().split("\n", 1)[0] if server.exists() else ""
    ours = [path.name for path in Path("/proc").glob("[0-9]*") if first and _stat(path.name)[:1] == [int(first)]]
    ticks = sum(sum(_stat(each)[1:]) for each in [first, *ours])
    return time.process_time() + ticks / TICK


def _stat(pid: str) -> list[int]:
    """Of a process its parent, and in ticks its own and its ended children's time; nothing where it is gone."""
    try:
        words = Path("/proc", pid, "stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return []
    return [int(words[1]), *map(int, words[11:15])]


def _bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute(SIZE)
        return int(cursor.fetchone()[0])


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
