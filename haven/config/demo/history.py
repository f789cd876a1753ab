"""A year in Fairhaven: notes read and published on their day, and what the schools answered."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.roles import Kind, Role
from haven.actions.models import Assignment, Evidence, Prompt, Remark
from haven.actions.rules import ALL_SCHOOLS, EvidenceAsked, Move, State
from haven.actions.services import raise_next_occurrences
from haven.bulletins.models import Announcement, Bulletin, Item
from haven.bulletins.rules.facts import ItemKind, faults
from haven.bulletins.rules.publishing import BulletinKind, ItemState, Settings
from haven.bulletins.services import accept_item, add_reading, dismiss_item, publish, save_settings
from haven.config.demo.writing import Written, notes
from haven.engines.days.moments import moment
from haven.engines.documents.open import open_document
from haven.engines.reading.reader import read
from haven.ledger.services import Deed, record_all
from haven.people.models import Area, Person, Post
from haven.people.queries import actor_of

SEED = 20
SENT_AT = time(9, 30)
WORDS = (
    "Done and noted at our safeguarding meeting.",
    "Completed by the office and checked by me.",
    "Sent today.",
    "All staff told at briefing.",
    "In place since the start of term; checked again this week.",
    "Done.",
)
REASONS = (
    "We have no pupils of that age.",
    "We closed this in the spring under the old form.",
    "This is for secondary schools.",
)
ANSWER = """
    update actions_assignment as row
    set state = given.state, reason = given.reason, seen_at = given.at, closed_at = given.at, closed_by_id = given.by
    from unnest(%s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::uuid[]) as given(id, state, reason, at, by)
    where row.id = given.id
"""


def write_year(area: Area, today: date) -> None:
    """Write what was sent in the year, through the services, each at its own moment."""
    written = notes(today)
    for note in written:
        _send(note, area, leading(note.sent_on))
    for first_day in _months(written[0].sent_on, today):
        raise_next_occurrences(by=HAVEN, at=moment(first_day, SENT_AT))


def leading(on: date) -> Actor:
    """Marcus, as he was on a day."""
    return actor_of(person=Person.objects.get(email="marcus@example.org"), has_second_factor=True, on=on)


def answer_year(today: date) -> None:
    """Let the schools answer what they were asked, and leave nobody to be written to."""
    _answer(today)
    Prompt.objects.update(told_at=timezone.now())
    Announcement.objects.update(told_at=timezone.now())


def _months(start: date, end: date) -> list[date]:
    """The first day of each month that begins after `start`, up to `end`."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return [day for day in days if day.day == 1]


def _send(note: Written, area: Area, lead: Actor) -> Bulletin:
    at = moment(note.sent_on, SENT_AT)
    reading = read(open_document(note.name, note.text.encode()), note.sent_on)
    bulletin = add_reading(area=area, reading=reading, by=lead, at=at)
    for item in bulletin.items.filter(state=ItemState.PROPOSED):
        _decide(item, lead, at)
    settings = Settings(
        title=bulletin.title, kind=BulletinKind(note.kind), audience=(ALL_SCHOOLS,), is_public=note.kind != "urgent"
    )
    save_settings(bulletin_id=bulletin.pk, settings=settings, by=lead, at=at)
    return publish(bulletin_id=bulletin.pk, by=lead, at=at)


def _decide(item: Item, lead: Actor, at: datetime) -> None:
    """Marcus takes what the reader found, and leaves out what lacks something."""
    if not faults(ItemKind(item.kind), item.says):
        accept_item(item_id=item.pk, by=lead, at=at)
    else:
        dismiss_item(item_id=item.pk, by=lead, at=at)


def _answer(today: date) -> None:
    """Most schools answer most things in time; some answer late; a few never do."""
    chance = random.Random(SEED)  # a made-up borough
    leads = {
        post.organisation_id: post for post in Post.objects.filter(role="dsl").select_related("person", "organisation")
    }
    care = {school: chance.betavariate(5, 1.3) for school in sorted(leads, key=str)}
    care = {pk: 0.82 if leads[pk].organisation.name.startswith("Oakfield") else care[pk] for pk in care}
    answered: list[Assignment] = []
    shown: list[Evidence] = []
    said: list[Remark] = []
    deeds: dict[Post, list[Deed]] = {}
    for row in Assignment.objects.select_related("action").order_by("raised_at", "id"):
        post = leads.get(row.organisation_id)
        closed_on = _closed_on(row, care.get(row.organisation_id, 0), today, chance)
        if post is None or closed_on is None:
            continue
        at = moment(closed_on, time(8 + chance.randrange(9), chance.randrange(60)))
        move = _close(row, post.person, at, chance)
        answered.append(row)
        said.append(Remark(assignment=row, move=move.value, words=row.reason, said_at=at, said_by=post.person))
        if move is Move.CLOSE:
            shown.append(_evidence(row, at, chance))
        verb = "action.closed" if move is Move.CLOSE else "action.set_aside"
        about = {"action": row.action_id, "assignment": row.pk, "organisation": row.organisation_id}
        deeds.setdefault(post, []).append(Deed(verb, about))
    _write(answered)
    Evidence.objects.bulk_create(shown, batch_size=1000)
    Remark.objects.bulk_create(said, batch_size=1000)
    for post, done in deeds.items():
        held = HeldPost(Role.DSL, post.organisation_id, post.organisation.name, Kind.SCHOOL)
        record_all(done, by=Actor(post.person_id, post.person.name, (held,)), at=timezone.now())


def _write(answered: list[Assignment]) -> None:
    """All in one statement: thousands of rows, one moment."""
    columns: list[Any] = [
        [row.pk for row in answered],
        [row.state for row in answered],
        [row.reason for row in answered],
        [row.closed_at for row in answered],
        [row.closed_by_id for row in answered],
    ]
    with connection.cursor() as cursor:
        cursor.execute(ANSWER, columns)


def _closed_on(row: Assignment, care: float, today: date, chance: random.Random) -> date | None:
    """The day on which a school that takes so much care answered; null where it has not."""
    raised = timezone.localdate(row.raised_at)
    will = chance.random() < care ** (2.2 if row.action.is_optional else 0.45)
    span = max(1, ((row.due_on or raised + timedelta(days=28)) - raised).days)
    day = raised + timedelta(days=1 + int(span * chance.betavariate(2.2, 1.6) * (1.35 - 0.4 * care)))
    return day if will and day < today else None


def _close(row: Assignment, person: Person, at: datetime, chance: random.Random) -> Move:
    sets_aside = chance.random() < 0.03 and not row.action.prohibits
    row.state = State.NOT_APPLICABLE.value if sets_aside else State.DONE.value
    row.reason = chance.choice(REASONS) if sets_aside else ""
    row.seen_at = row.closed_at = at
    row.closed_by = person
    return Move.SET_ASIDE if sets_aside else Move.CLOSE


def _evidence(row: Assignment, at: datetime, chance: random.Random) -> Evidence:
    reads = row.action.evidence_asked == EvidenceAsked.READING
    kind = Evidence.Kind.READING if reads else Evidence.Kind.WORD
    words = "" if reads else chance.choice(WORDS)
    return Evidence(assignment=row, kind=kind, words=words, given_at=at, given_by=row.closed_by)
