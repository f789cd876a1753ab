"""The load of `benchmarks.sharing`, Django being ready: an area of schools, its server, a year, a Monday, bare SQL."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from itertools import islice
from typing import Any
from uuid import uuid4

import psycopg
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection, transaction

from benchmarks.figures import Figure
from benchmarks.sharing_client import Force, Line, notifications
from haven.access.actor import Actor
from haven.access.roles import Kind, Role
from haven.api.services import NewKey, approve_key, register_key
from haven.notifications.models import Delivery
from haven.notifications.policy import deliveries_received
from haven.people.models import Area, Organisation, Person, Post, ServedArea
from haven.people.queries import actor_of
from haven.people.seeing import seeing_as
from haven.subjects.rules.ties import Asker

LINES = 6  # connections, each sending one after the other
WORKERS = 2  # processes of the web server, as `haven serve` starts them on two cores
SAMPLE = 400  # notifications whose rows are inserted bare
A_MORNING = 30  # notifications of a county on a school morning (domain 02 §2.8: 25 to 30)
DAYS = 3  # a Monday brings those of Friday night to Sunday night
IN_MINUTES = 60  # in which all of them come
TIMES = 50
PAUSE = 5.0  # seconds between lines of progress

YEAR_MINUTES = 10
WANTED_SHARE = 0.25
WANTED_P99 = 1.0


@dataclass(frozen=True, slots=True)
class World:
    """The schools by number, who leads safeguarding at each, and a force whose program is let in."""

    urns: list[int]
    leads: dict[int, Actor]
    force: Force


@dataclass(slots=True)
class Sent:
    """What came of sending: seconds of each accepted request, and the last that was refused."""

    took: list[float] = field(default_factory=list)
    deliveries: int = 0
    refused: str = ""


def measure(many: int, schools: int, monday: int, port: int) -> tuple[list[Figure], list[str]]:
    """Every figure, and in words each goal that was missed."""
    world = _world(schools, Force(port))
    with _server(port):
        began = _rows()
        sent, seconds = _year(world, many)
        per_table = {table: (count - began.get(table, 0)) / len(sent.took) for table, count in _rows().items()}
        waits = _monday(world, monday)
    bare = _bare({table: each for table, each in per_table.items() if each > 0.01}, SAMPLE)
    rate = len(sent.took) / seconds
    p99 = _part(waits, 0.99)
    figures = _figures(sent, rate, bare, waits, sum(per_table.values()))
    minutes = 60_000 / rate / 60
    missed = [
        *([f"a year takes {minutes:.1f} minutes"] if minutes > YEAR_MINUTES else []),
        *([f"{rate / bare:.0%} of the bare rate"] if rate / bare < WANTED_SHARE else []),
        *([f"p99 {p99:.2f} s until it can be read"] if p99 > WANTED_P99 else []),
        *([f"a request was refused: {sent.refused}"] if sent.refused else []),
    ]
    return figures, missed


def _figures(sent: Sent, rate: float, bare: float, waits: Sequence[float], rows: float) -> list[Figure]:
    year = f"A year: {len(sent.took):,} notifications over {LINES} connections"
    peak = f"A Monday {TIMES} times as busy as a county's: {len(waits):,} notifications"
    return [
        Figure(group=year, name="accepted", value=round(rate, 1), unit="a second"),
        Figure(
            group=year,
            name="share of the bare rate",
            value=round(rate / bare, 3),
            unit="",
            compared=round(bare, 1),
            compared_with="the same rows by SQL, a second",
            wanted=f">= {WANTED_SHARE}",
        ),
        Figure(
            group=year,
            name="60,000 take",
            value=round(60_000 / rate / 60, 2),
            unit="minutes",
            wanted=f"< {YEAR_MINUTES}",
        ),
        Figure(group=year, name="rows of one notification", value=round(rows, 1), unit="rows"),
        Figure(group=year, name="request until receipt, p50", value=round(_part(sent.took, 0.5), 3), unit="s"),
        Figure(group=year, name="request until receipt, p99", value=round(_part(sent.took, 0.99), 3), unit="s"),
        Figure(group=peak, name="accepted until readable, p50", value=round(_part(waits, 0.5), 3), unit="s"),
        Figure(
            group=peak,
            name="accepted until readable, p99",
            value=round(_part(waits, 0.99), 3),
            unit="s",
            wanted=f"< {WANTED_P99}",
        ),
        Figure(group=peak, name="accepted until readable, longest", value=round(max(waits), 3), unit="s"),
    ]


def _world(schools: int, force: Force) -> World:
    """An area with a council, a force and schools, each with a lead who can sign in."""
    began = date(2020, 9, 1)
    area = Area.objects.create(name="Fairhaven", code="999")
    urns = list(range(900_001, 900_001 + schools))
    rows = [Organisation(kind=Kind.SCHOOL, name=f"School {urn}", urn=urn, phase="primary") for urn in urns]
    rows += [Organisation(kind=Kind.POLICE, name="Fairhaven Police"), Organisation(kind=Kind.COUNCIL, name="Fairhaven")]
    Organisation.objects.bulk_create(rows)
    ServedArea.objects.bulk_create(ServedArea(organisation=row, area=area, starts_on=began) for row in rows)
    people = [Person(email=f"lead{row.urn or row.kind}@example.org", name="Lead") for row in rows]
    Person.objects.bulk_create(people)
    Authenticator.objects.bulk_create(
        Authenticator(user=each, type=Authenticator.Type.TOTP, data={}) for each in people
    )
    roles = {Kind.SCHOOL: Role.DSL, Kind.POLICE: Role.POLICE_OFFICER, Kind.COUNCIL: Role.SAFEGUARDING_LEAD}
    Post.objects.bulk_create(
        Post(person=person, organisation=row, role=roles[Kind(row.kind)], starts_on=began)
        for person, row in zip(people, rows, strict=True)
    )
    actors = [actor_of(person=each, has_second_factor=True, on=datetime.now(UTC).date()) for each in people]
    now = datetime.now(UTC)
    new = NewKey(rows[-2].pk, "Records system", force.public, now - timedelta(days=1), now + timedelta(days=30))
    approve_key(key_id=register_key(new=new, by=actors[-2], at=now).pk, by=actors[-1], at=now)
    return World(urns, dict(zip(urns, actors, strict=False)), force)


@contextmanager
def _server(port: int) -> Iterator[None]:
    """Haven's own web server, until the block ends."""
    connection.close()
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    words += ["--workers", str(WORKERS), "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
    process = subprocess.Popen([*words, "haven.config.wsgi:application"])
    try:
        _until_it_answers(port)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _until_it_answers(port: int) -> None:
    for _ in range(300):
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            line.request("GET", "/api/v1/receipts")
            if line.getresponse().status == 401:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            line.close()
    raise RuntimeError("the server does not answer")


def _year(world: World, many: int) -> tuple[Sent, float]:
    """Send so many over several connections at once, and say how far it is."""
    sent, shares = Sent(), [many // LINES + (place < many % LINES) for place in range(LINES)]
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_send, args=(world, share, seed, sent)) for seed, share in enumerate(shares) if share
    ]
    for each in threads:
        each.start()
    while any(each.is_alive() for each in threads):
        _say(f"{len(sent.took):,} of {many:,} accepted, {len(sent.took) / (time.perf_counter() - began):.0f} a second")
        threads[0].join(PAUSE)
        for each in threads[1:]:
            each.join(0)
    return sent, time.perf_counter() - began


def _send(world: World, many: int, seed: int, sent: Sent) -> None:
    line = Line(world.force)
    for given in islice(notifications(world.urns, seed), many):
        began = time.perf_counter()
        status, told = line.send(given, uuid4())
        if status == 201:
            sent.took.append(time.perf_counter() - began)
        else:
            sent.refused = f"{status} {told}"


def _monday(world: World, seconds: int) -> list[float]:
    """At fifty times a county's Monday: from each receipt, how long until the lead of the school sees the delivery."""
    every = IN_MINUTES * 60 / (A_MORNING * DAYS * TIMES)
    many = max(20, int(seconds / every))
    line, source, waits = Line(world.force), notifications(world.urns, seed=99), list[float]()
    began = time.perf_counter()
    for place, given in enumerate(islice(source, many)):
        time.sleep(max(0.0, began + place * every - time.perf_counter()))
        status, told = line.send(given, uuid4())
        accepted = time.perf_counter()
        assert status == 201, told
        lead = world.leads[given["children"][0]["schools"][0]]
        while not _sees(lead, told["reference"]):
            time.sleep(0.005)
        waits.append(time.perf_counter() - accepted)
    return waits


def _sees(lead: Actor, reference: str) -> bool:
    with transaction.atomic(), seeing_as(lead):
        mine = Delivery.objects.filter(deliveries_received(Asker(lead, datetime.now(UTC))))
        return mine.filter(reference=reference).exists()


def _rows() -> dict[str, int]:
    """How many rows each table of Haven's own has, asked as the database's superuser, whom no lock hides any from."""
    with _superuser() as line:
        names = line.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        return {name: line.execute(f'select count(*) from "{name}"').fetchone()[0] for (name,) in names}


def _bare(per_table: dict[str, float], many: int) -> float:
    """Notifications a second where their rows are inserted by plain SQL, each notification committed by itself, over as
    many connections as the requests came by. The tables have the indexes and checks of the real ones and nothing else.
    """
    with _superuser() as line:
        line.execute("create schema bare")
        shares = [_copied(line, table, each, many) for table, each in per_table.items()]
    work = [[] for _ in range(LINES)]  # type: list[list[list[tuple[str, list[Any]]]]]
    for place in range(many):
        work[place % LINES].append([part for share in shares if (part := share[place])[1]])
    threads = [threading.Thread(target=_insert, args=(each,)) for each in work]
    began = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return many / (time.perf_counter() - began)


def _copied(line: psycopg.Connection[Any], table: str, each: float, many: int) -> list[tuple[str, list[Any]]]:
    """A bare table like this one, and what is to be inserted into it for each notification: a statement, its values."""
    line.execute(f'create table bare."{table}" (like public."{table}" including indexes including constraints)')  # nosec
    found = line.execute(f'select * from public."{table}" order by ctid desc limit {int(each * many) + 1}')  # nosec
    width = len(found.description or ())
    rows = found.fetchall()
    told = []
    for place in range(many):
        mine = rows[round(place * each) : round((place + 1) * each)]
        blanks = ", ".join([f"({', '.join(['%s'] * width)})"] * len(mine))
        told.append((f'insert into bare."{table}" values {blanks}', [value for row in mine for value in row]))  # nosec
    return told


def _insert(work: Sequence[Sequence[tuple[str, list[Any]]]]) -> None:
    with _superuser() as line:
        for notification in work:
            with line.transaction():
                for statement, values in notification:
                    line.execute(statement, values)


def _superuser() -> psycopg.Connection[Any]:
    place = settings.DATABASES["default"]
    return psycopg.connect(host=place["HOST"], dbname=place["NAME"], user="haven", autocommit=True)


def _part(values: Sequence[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
