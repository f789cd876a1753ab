"""Fills a database with actions and opens the lead's picture of them."""

import random
from datetime import UTC, date, datetime, timedelta

from django.db import connection, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rich.progress import track

from benchmarks.figures import Figure, milliseconds
from haven.access.roles import Kind, Role
from haven.actions.models import Action, Assignment
from haven.people.models import Area, Organisation, Person, Post, ServedArea

SEED = 4
BEGAN = date(2020, 9, 1)
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
BARE = "one bare SELECT of the same rows"
PAGES = {
    "the picture, first page": "/actions/overview/",
    "the picture, last page": "/actions/overview/?actions=20&schools=5",
    "the picture of primary schools with something overdue": "/actions/overview/?phase=primary&is_overdue=on",
}


def measure(schools: int, actions: int) -> list[Figure]:
    """Fill, open, count."""
    person, asked = _fill(schools, actions)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    client = _signed_in(person)
    bare = milliseconds(_bare_select)
    group = f"{schools} schools, {actions} actions, {schools * actions:,} assignments"
    addresses = PAGES | {"one action, who has answered": f"/actions/asked/{asked}/"}
    with override_settings(STORAGES=PLAIN_FILES):
        figures = [each for name, address in addresses.items() for each in _figures(group, name, client, address, bare)]
    connections.close_all()
    connection.close_pool()
    return figures


def _figures(group: str, name: str, client: Client, address: str, bare: float) -> list[Figure]:
    client.get("/help/")  # marks the session as used, which every page does once in a while
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    count = len(asked)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    took = milliseconds(lambda: client.get(address))
    return [
        Figure(group=group, name=f"{name}: questions", value=count, unit="questions", wanted="at most 10"),
        Figure(
            group=group,
            name=f"{name}: time",
            value=round(took, 1),
            unit="ms",
            compared=round(bare, 1),
            compared_with=BARE,
            wanted="under 300",
        ),
    ]


def _bare_select() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select action_id, organisation_id, state, due_on, due_time from actions_assignment")
        return len(cursor.fetchall())


def _signed_in(person: Person) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    session = client.session
    now = timezone.now().timestamp()
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": now},
        {"method": "mfa", "at": now, "type": "totp"},
    ]
    session.save()
    return client


def _fill(schools: int, actions: int) -> tuple[Person, object]:
    chance = random.Random(SEED)
    area = Area.objects.create(name="Fairhaven", code="999")
    council = _organisation(area, kind=Kind.COUNCIL, name="Fairhaven Council")
    person = Person.objects.create_user(email="lead@example.org", name="Marcus Hale")
    Post.objects.create(person=person, organisation=council, role=Role.SAFEGUARDING_LEAD.value, starts_on=BEGAN)
    asked = [
        _organisation(area, kind=Kind.SCHOOL, name=f"School {n:03}", urn=900000 + n, phase=_phase(n))
        for n in range(schools)
    ]
    for n in track(range(actions), description="Asking", transient=True):
        action = _action(area, council, n)
        Assignment.objects.bulk_create([_assignment(action, school, chance) for school in asked])
    return person, action.pk


def _phase(n: int) -> str:
    return "secondary" if n % 5 == 0 else "primary"


def _organisation(area: Area, kind: Kind, **facts: object) -> Organisation:
    made = Organisation.objects.create(kind=kind.value, **facts)
    ServedArea.objects.create(organisation=made, area=area, starts_on=BEGAN)
    return made


def _action(area: Area, council: Organisation, n: int) -> Action:
    due = timezone.localdate() + timedelta(days=n % 120 - 60)
    at = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(hours=n)
    words = f"Action {n}: return the form, keep a copy, and tell your governors"
    return Action.objects.create(
        area=area,
        asked_by=council,
        what=words,
        quote=words * 5,
        due_on=due,
        first_on=due,
        latest_on=due,
        published_at=at,
    )


def _assignment(action: Action, school: Organisation, chance: random.Random) -> Assignment:
    state = chance.choices(["done", "open", "not-applicable", "returned"], [60, 33, 5, 2])[0]
    return Assignment(
        action=action,
        organisation=school,
        occurrence_on=action.latest_on,
        due_on=action.due_on,
        raised_at=action.published_at,
        state=state,
        reason="It has no early years" if state == "not-applicable" else "",
        comment="The plan is missing" if state == "returned" else "",
        closed_at=action.published_at if state in ("done", "not-applicable") else None,
    )
