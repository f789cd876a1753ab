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
from uuid import UUID, uuid4

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
TOGETHER = 50  # notifications in one request of the year
ALONE = 600  # notifications sent one by one, at most
SAMPLE = 600  # notifications whose rows are inserted bare
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
    """What came of sending so many in one request: the seconds of its request for each that was accepted, how many
    were accepted a second, and the last that was refused."""

    together: int
    took: list[float] = field(default_factory=list)
    rate: float = 0.0
    refused: str = ""


def measure(many: int, schools: int, monday: int, port: int) -> tuple[list[Figure], list[str]]:
    """Every figure, and in words each goal that was missed."""
    world = _world(schools, Force(port))
    with _server(port):
        alone = _sending(world, min(many, ALONE), 1)
        began = _rows()
        year = _sending(world, many, TOGETHER)
        rows = {table: (count - began.get(table, 0)) / len(year.took) for table, count in _rows().items()}
        waits = _monday(world, monday)
    per_table = {table: each for table, each in rows.items() if each > 0.01}
    bare = {each: _bare(per_table, SAMPLE, each) for each in (1, TOGETHER)}
    p99, minutes = _part(waits, 0.99), 60_000 / year.rate / 60
    missed = [
        *([f"a year takes {minutes:.1f} minutes"] if minutes > YEAR_MINUTES else []),
        *(
            f"{sent.rate / bare[sent.together]:.0%} of the bare rate, {sent.together} in one request"
            for sent in (alone, year)
            if sent.rate / bare[sent.together] < WANTED_SHARE
        ),
        *([f"p99 {p99:.2f} s until it can be read"] if p99 > WANTED_P99 else []),
        *(f"a notification was refused: {sent.refused}" for sent in (alone, year) if sent.refused),
    ]
    figures = [
        *_rates("A year", year, bare[TOGETHER]),
        Figure(group="A year", name="60,000 take", value=round(minutes, 2), unit="minutes", wanted=f"< {YEAR_MINUTES}"),
        Figure(group="A year", name="rows of one notification", value=round(sum(per_table.values()), 1), unit="rows"),
        *_rates("One by one", alone, bare[1]),
        *_waits(waits),
    ]
    return figures, missed


def _rates(group: str, sent: Sent, bare: float) -> list[Figure]:
    """How many a second, and beside the same rows by plain SQL, committed as many at a time."""
    return [
        Figure(group=group, name="sent", value=len(sent.took), unit=f"notifications, {sent.together} in one request"),
        Figure(group=group, name="accepted", value=round(sent.rate, 1), unit="a second"),
        Figure(
            group=group,
            name="share of the bare rate",
            value=round(sent.rate / bare, 3),
            unit="",
            compared=round(bare, 1),
            compared_with=f"the same rows by SQL, {sent.together} to a commit, a second",
            wanted=f">= {WANTED_SHARE}",
        ),
        Figure(group=group, name="request until receipt, p50", value=round(_part(sent.took, 0.5), 3), unit="s"),
        Figure(group=group, name="request until receipt, p99", value=round(_part(sent.took, 0.99), 3), unit="s"),
    ]


def _waits(waits: Sequence[float]) -> list[Figure]:
    peak = f"A Monday {TIMES} times as busy as a county's: {len(waits):,} notifications"
    return [
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


def _sending(world: World, many: int, together: int) -> Sent:
    """Send so many over several connections at once, and say how far it is. Whichever is free takes the next: one may
    have a process of the server to itself, and would be at its end with a share long before the others.
    """
    sent, requests = Sent(together), iter([min(together, many - start) for start in range(0, many, together)])
    began = time.perf_counter()
    threads = [threading.Thread(target=_send, args=(world, requests, seed, sent)) for seed in range(LINES)]
    for each in threads:
        each.start()
    while going := [each for each in threads if each.is_alive()]:
        _say(f"{len(sent.took):,} of {many:,} accepted, {len(sent.took) / (time.perf_counter() - began):.0f} a second")
        going[0].join(PAUSE)
    sent.rate = len(sent.took) / (time.perf_counter() - began)
    return sent


def _send(world: World, requests: Iterator[int], seed: int, sent: Sent) -> None:
    line, source = Line(world.force), notifications(world.urns, seed=1000 * sent.together + seed)
    for many in requests:
        given = [(uuid4(), each) for each in islice(source, many)]
        began = time.perf_counter()
        answers = line.send_batch(given) if sent.together > 1 else [_alone(line, *given[0])]
        took = time.perf_counter() - began
        sent.took += [took for each in answers if each["status"] == 201]
        sent.refused = next((str(each) for each in answers if each["status"] != 201), sent.refused)


def _alone(line: Line, key: UUID, given: dict[str, Any]) -> dict[str, Any]:
    status, told = line.send(given, key)
    return {"status": status, "told": told}


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


def _bare(per_table: dict[str, float], many: int, together: int) -> float:
    """Notifications a second where their rows are inserted by plain SQL, so many notifications to a commit and each
    table's rows in one statement, over as many connections as the requests came by. The tables have the indexes and
    checks of the real ones and nothing else.
    """
    many -= many % (together * LINES)
    with _superuser() as line:
        line.execute("drop schema if exists bare cascade")
        line.execute("create schema bare")
        shares = [_copied(line, table, each * together, many // together) for table, each in per_table.items()]
    work = [[] for _ in range(LINES)]  # type: list[list[list[tuple[str, list[Any]]]]]
    for place in range(many // together):
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
