"""A word that stands in every confidential field is nowhere that somebody might find it who may not see it.

No page, file or letter, no log, no page that tells of an error, no dump and no file of the database has it.
"""

import io
import json
import logging
import subprocess
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from haven.access.actor import HAVEN
from haven.checks import services as checks
from haven.config.database.cluster import binaries
from haven.engines.printing.paper import Paper, Paragraph
from haven.engines.printing.pdf import to_pdf
from haven.notifications import services as notifications
from tests.apart import as_owner, at, database_apart
from tests.behind import look_behind_locks
from tests.browser.house import CLOCK
from tests.canary.marks import NAME, TAIL, WORDS, found
from tests.canary.world import BLIND, Canary, furnish
from tests.cast import NOW
from tests.unseen.looks import NAMED, Look, guessed

NOT_SEALED = ("mark", "key", "mac", "hash")
"""What is a digest and no text."""


@dataclass(frozen=True)
class Aviary:
    """The world, the database in which it is committed, its letters, and all that was logged on the way."""

    canary: Canary
    database: str
    letters: list[EmailMessage]
    log: io.StringIO

    def look(self, who: str) -> Look:
        """Somebody at a browser."""
        cast = self.canary.cast
        return Look(who, cast.client(who).cookies, f"{who}@example.org", NOW, frozenset(), cast.area.pk)


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """Whatever anybody logs meanwhile, however small."""
    handler, root = logging.StreamHandler(io.StringIO()), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield handler.stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@pytest.fixture(scope="module")
def aviary(django_db_setup: None, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Aviary]:
    """Made once. What a request writes is undone."""
    with override_settings(ROOT_KEY="5a" * 32), database_apart(migrated, django_db_blocker) as database:
        look_behind_locks(database)
        with psycopg.connect(as_owner(database)) as owner:
            owner.execute(CLOCK.format(NOW.isoformat()))
        mail.outbox = []
        with time_machine.travel(NOW, tick=False), everything_logged() as log:
            with transaction.atomic():
                made = furnish()
            checks.chase(by=HAVEN, at=NOW)
            notifications.sweep(by=HAVEN, at=NOW)
            notifications.send_prompts(by=HAVEN, at=NOW)
        yield Aviary(made, database, list(mail.outbox), log)


@pytest.fixture
def now() -> Iterator[None]:
    """The moment at which everything was made."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_word_is_in_every_sealed_field(aviary: Aviary) -> None:
    sealed = [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if model._meta.app_label in settings.CONFIDENTIAL_APPS
        for field in model._meta.fields
        if isinstance(field, models.BinaryField) and not any(each in field.name for each in NOT_SEALED)
    ]
    assert len(sealed) >= 20
    with psycopg.connect(at("haven", aviary.database)) as line:
        empty = [each for each in sealed if not _count(line, *each)]
    assert empty == []


def _count(line: psycopg.Connection, table: str, column: str) -> int:
    row = line.execute(f"select count(*) from {table} where {column} is not null").fetchone()
    assert row
    return int(row[0])


@pytest.mark.parametrize("who", BLIND)
def test_whoever_may_not_see_it_finds_it_nowhere(aviary: Aviary, now: None, who: str) -> None:
    with everything_logged() as log:
        look, turn = aviary.look(who), BLIND.index(who)
        look.everywhere()
        guesses = [guessed(route, aviary.canary.values) for route in NAMED[turn % 2 :: 2]]
        answers = [*look.kept]
        look.again(place for both in guesses for place in both)
        answers += look.kept
    assert len(answers) > 60
    assert [each.request["PATH_INFO"] for each in answers if found(each.content + str(each.headers).encode())] == []
    assert found(log.getvalue().encode()) == []


LET_IN = [
    ("cyra", "checks:answer"),
    ("cyra", "notifications:open"),
    ("finn", "subjects:show"),
    ("mina", "subjects:show"),
]


@pytest.mark.parametrize(("who", "name"), LET_IN)
def test_who_stands_in_is_a_guest_or_broke_the_glass_finds_it_where_she_was_let_in(
    aviary: Aviary, now: None, who: str, name: str
) -> None:
    (route,) = [each for each in NAMED if each.name == name]
    look = aviary.look(who)
    look.again(guessed(route, aviary.canary.values)[1:])
    (answer,) = look.kept
    assert (answer.status_code, found(answer.content)) == (200, ["plain"])


OPENING = {
    "checks:answer": "priya",
    "checks:read": "mina",
    "notifications:open": "priya",
    "intelligence:open": "ivo",
    "intelligence:read": "osei",
}


@pytest.mark.parametrize("name", OPENING)
def test_where_a_page_fails_with_it_in_hand_neither_page_nor_log_tells(
    aviary: Aviary, now: None, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (route,) = [each for each in NAMED if each.name == name]
    address = guessed(route, aviary.canary.values)[1].address
    client = aviary.canary.cast.client(OPENING[name])
    client.raise_request_exception = False
    with undone():
        shown = client.post(address)
    assert (shown.status_code, found(shown.content)) == (200, ["plain"])
    monkeypatch.setattr("django.shortcuts.loader.render_to_string", _fails)
    with undone(), everything_logged() as log:
        failed = client.post(address)
    assert (failed.status_code, found(failed.content)) == (500, [])
    assert "the page fails" in log.getvalue()
    assert found(log.getvalue().encode()) == []


def _fails(*_words: object, **_more: object) -> str:
    raise RuntimeError("the page fails")


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_page_that_refuses_does_not_say_what_was_sent_to_it(aviary: Aviary, now: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = aviary.look("priya").cookies
    refused = client.post("/children/", {"purpose": WORDS})
    absent = client.get(f"/children/{NAME}/", {"purpose": WORDS})
    assert (refused.status_code, absent.status_code) == (403, 404)
    assert found(refused.content) == found(absent.content) == []


def test_no_letter_and_no_log_has_it(aviary: Aviary) -> None:
    assert len(aviary.letters) > 5
    for letter in aviary.letters:
        message = letter.message()
        whole = [message.as_bytes(), *(part.get_payload(decode=True) or b"" for part in message.walk())]
        assert [each for part in whole for each in found(part)] == []
    assert found(aviary.log.getvalue().encode()) == []


def test_no_dump_of_the_database_has_it(aviary: Aviary) -> None:
    place = ("-h", str(settings.HOME / "db" / "s"), "-U", "haven", aviary.database)
    dump = subprocess.run([str(binaries() / "pg_dump"), *place], check=True, capture_output=True).stdout
    assert b"FH-1017" in dump
    assert found(dump) == []


def test_no_file_of_the_database_has_it(aviary: Aviary) -> None:
    with psycopg.connect(at("haven", aviary.database), autocommit=True) as line:
        line.execute("checkpoint")
        row = line.execute(
            "select oid, current_setting('data_directory') from pg_database where datname = current_database()"
        )
        oid, folder = row.fetchone() or ()
    home = Path(folder)
    files = [*(home / "base" / str(oid)).iterdir(), *(home / "pg_wal").glob("0*"), *(home / "log").glob("*")]
    texts = {path: path.read_bytes() for path in files if path.is_file()}
    assert any(b"FH-1017" in text for path, text in texts.items() if str(oid) in path.parts)
    assert [path.name for path, text in texts.items() if TAIL.encode() in text] == []


WRITTEN = {
    "plain": WORDS.encode(),
    "in capitals": NAME.upper().encode(),
    "in an address": quote(WORDS).encode(),
    "in a page": escape(WORDS).encode(),
    "in JSON": json.dumps(WORDS).encode(),
    "in hexadecimal": b"\\x" + WORDS.encode().hex().encode(),
    "in two bytes": WORDS.encode("utf-16"),
    "in base64": b64encode(WORDS.encode()),
    "in base64, one further": b64encode(b"-" + WORDS.encode()),
    "in base64, two further": b64encode(b"--" + WORDS.encode()),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_it_is_found_however_it_is_written(how: str) -> None:
    assert found(b"before " + WRITTEN[how] + b" after")
    assert found(b"before and after") == []


def test_it_is_found_in_a_folder_of_files_and_on_paper() -> None:
    folder = io.BytesIO()
    with zipfile.ZipFile(folder, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.xml", WORDS)
    printed = to_pdf(Paper(title="A check", organisation="Fairhaven", dated=NOW.date(), blocks=(Paragraph(NAME),)))
    assert found(folder.getvalue())
    assert found(printed)
