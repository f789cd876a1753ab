"""Opens the pages of audits in a whole England, saves answers, and counts again: by the clock, beside bare SQL."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.audits_england import England
from benchmarks.figures import Figure, milliseconds
from haven.access.actor import HAVEN
from haven.audits.models import Return
from haven.audits.queries.counts import differences
from haven.audits.services import recount, save_return
from haven.people.models import Person
from haven.people.queries import actor_of
from haven.questions.models import Answer
from haven.questions.queries.recounting import counts_amiss
from haven.questions.rules.answering import Entry
from haven.questions.services.answering import Typed

PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
Measured = list[tuple[Figure, bool]]
"""Figures, each with whether its goal is met."""

OF_A_CYCLE = """
    select * from audits_return join people_organisation on people_organisation.id = organisation_id
    left join questions_tally on questions_tally.sheet_id = audits_return.sheet_id where cycle_id = %s
"""
ANSWERS_OF_A_CYCLE = """
    select question, stands from questions_answer join audits_return using (sheet_id)
    where cycle_id in (%s, (select before_id from audits_cycle where id = %s))
"""
OF_A_QUESTION = """
    select value, stands from questions_answer join audits_return using (sheet_id) where cycle_id = %s and question = %s
"""
OF_THE_COUNTRY = """
    select question, answer, number from audits_count join audits_cycle on audits_cycle.id = cycle_id
    where version_id = (select version_id from audits_cycle where id = %s)
"""
OF_A_SECTION = (
    "select * from questions_answer join audits_return using (sheet_id) where audits_return.id = %s and section = %s"
)
OF_A_SCHOOL_BESIDE = """
    select section, in_place, partly, not_in_place from questions_tally join audits_return using (sheet_id)
    where cycle_id = %s
"""


def measure(england: England) -> Measured:
    """Every figure."""
    group = f"{england.areas} areas, {england.schools:,} schools, {england.schools * england.questions:,} answers"
    found = _counted(group)
    lead, (answering, of) = _signed_in(england.lead), england.returning[0]
    school = _signed_in(answering)
    writer = _signed_in(_member_of(england.long))
    cycle = f"/audits/cycles/{england.cycle}"
    key = england.keys[0]
    with override_settings(STORAGES=PLAIN_FILES):
        for name, client, address, sql, values, goals in (
            ("an area of 200 schools", lead, f"{cycle}/", OF_A_CYCLE, [england.cycle], (10, 300)),
            ("its heat map", lead, f"{cycle}/picture/", OF_A_CYCLE, [england.cycle], (10, 300)),
            ("one question in it", lead, f"{cycle}/questions/{key}/", OF_A_QUESTION, [england.cycle, key], (None, 300)),
            ("what runs through it", lead, f"{cycle}/themes/", ANSWERS_OF_A_CYCLE, [england.cycle] * 2, (None, None)),
            ("schools to support", lead, f"{cycle}/support/", OF_A_CYCLE, [england.cycle], (None, 300)),
            ("national figures", lead, "/audits/national/", OF_THE_COUNTRY, [england.cycle], (None, 3000)),
            ("a section of 10 questions", school, f"/audits/{of}/sections/s0/", OF_A_SECTION, [of, "s0"], (None, 100)),
            (
                "a section of 200 questions",
                writer,
                f"/audits/{england.long}/sections/s0/",
                OF_A_SECTION,
                [england.long, "s0"],
                (None, 100),
            ),
        ):
            found += _page(group, name, client, address, lambda sql=sql, values=values: _rows(sql, values), goals)
        found += _saves(group, england, school)
    return found


def _page(
    group: str,
    name: str,
    client: Client,
    address: str,
    bare: Callable[[], object],
    goals: tuple[int | None, int | None],
) -> Measured:
    client.get("/help/")  # marks the session as used, which every page does once in a while
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    most, longest = goals
    figure = Figure(
        group=group,
        name=f"{name}: questions to the database",
        value=len(asked),
        unit="questions",
        wanted=f"at most {most}" if most else None,
    )
    return [
        (figure, not most or len(asked) <= most),
        *_timed(group, name, milliseconds(lambda: client.get(address)), milliseconds(bare), longest),
    ]


def _timed(group: str, name: str, took: float, bare: float, longest: int | None) -> Measured:
    told = Figure(
        group=group,
        name=f"{name}: time",
        value=round(took, 1),
        unit="ms",
        compared=round(bare, 2),
        compared_with=f"the same rows by bare SQL: {took / bare:.1f} times that",
        wanted=f"under {longest:,}" if longest else None,
    )
    return [(told, not longest or took < longest)]


def _saves(group: str, england: England, client: Client) -> Measured:
    """One answer saved: by the service alone, and through the page’s own address."""
    person, of = england.returning[0]
    by = actor_of(person=person, has_second_factor=True, on=timezone.localdate())
    numbers, key = count(1), england.keys[0]
    answer = Answer.objects.get(sheet__audit_return=of, question=key)

    def by_service() -> None:
        entry = Entry(value="partly", words=f"The {next(numbers)}th wording of this.")
        save_return(return_id=of, typed={key: Typed(entry, 10_000)}, by=by, at=datetime.now(UTC))

    def by_address() -> None:
        fields = {key: "partly", f"{key}.words": f"The {next(numbers)}th wording of this."}
        sent = json.dumps({"question": key, "fields": fields, "seen": 10_000})
        response = client.post(f"/audits/{of}/save/", sent, content_type="application/json")
        if response.status_code != 200:
            raise RuntimeError(f"a save was answered {response.status_code}: {response.content[:200]!r}")

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update questions_answer set words = %s where id = %s", [str(next(numbers)), answer.pk])
            cursor.execute("update questions_tally set said = said where sheet_id = %s", [answer.sheet_id])

    alone, through, plain = milliseconds(by_service), milliseconds(by_address), milliseconds(bare)
    return [
        *_timed(group, "a save, the service alone", alone, plain, 30),
        *_timed(group, "a save, through its address", through, plain, 30),
    ]


def _counted(group: str) -> Measured:
    """The counts of what was sent made anew, and everything counted again as `haven check` does."""
    found: Measured = []
    for name, work in (
        ("haven audits recount", lambda: recount(by=HAVEN, at=datetime.now(UTC))),
        ("haven check: what was sent counted again", differences),
        ("haven check: every sheet counted again", lambda: list(counts_amiss())),
    ):
        began = time.perf_counter()
        told = work()
        took = time.perf_counter() - began
        if isinstance(told, list) and told:
            raise RuntimeError(f"{name} found {told[0]}")
        found.append((Figure(group=group, name=name, value=round(took, 1), unit="s"), True))
    return found


def _rows(sql: str, values: list[object]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return len(cursor.fetchall())


def _member_of(return_id: UUID) -> Person:
    """Somebody who answers for the school of this return."""
    school = Return.objects.select_related("organisation").get(pk=return_id).organisation
    post = school.posts.select_related("person").first()
    return post.person


def _signed_in(person: Person) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    session = client.session
    session.update(signed_in(person))
    session.save()
    return client


def signed_in(person: Person) -> dict[str, object]:
    """What a session says of somebody who has come in with a second factor."""
    now = timezone.now().timestamp()
    return {
        "account_authentication_methods_user": str(person.pk),
        "account_authentication_methods": [
            {"method": "password", "at": now},
            {"method": "mfa", "at": now, "type": "totp"},
        ],
        "signed_in_at": now,
        "seen_at": now,
    }
