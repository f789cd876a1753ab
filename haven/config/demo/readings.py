"""What Fairhaven's schools read of its procedures: who must, who has signed, and who has not."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from haven.access.actor import Actor
from haven.config.demo.fairhaven import name_of
from haven.config.demo.procedures import TITLE
from haven.engines.days.moments import moment
from haven.guidance.models import Edition
from haven.ledger.services import Deed, record_all
from haven.people.models import Person, Post
from haven.people.queries import actor_of
from haven.readings.models import Bookmark, Part, Prompt, Reader, Round, Signature
from haven.readings.queries.standing import Standing, standings
from haven.readings.rules.kinds import NewReader, ReaderKind
from haven.readings.rules.parts import short_name
from haven.readings.rules.signing import WAITING, Way
from haven.readings.services import add_readers, send_round, set_matrix
from haven.readings.services.matrices import ReadBy

SEED = 38
SET, SENT, LISTED = timedelta(days=33), timedelta(days=30), timedelta(days=45)  # before today
DUE = timedelta(days=12)  # after it
MORNING = time(8, 30)
FIRST_NAME = 330  # numbers of names that no post holder has
OTHERS = 6  # schools beside Oakfield
SHEET = "Signed sheet in the staff file"
DIRECT, OTHER, LEADER = ReaderKind.DIRECT, ReaderKind.INDIRECT, ReaderKind.LEADER
GOVERNOR, OF_SAFEGUARDING, RECRUITER = ReaderKind.GOVERNOR, ReaderKind.SAFEGUARDING_GOVERNOR, ReaderKind.RECRUITER
READ = {
    "Part 1": {DIRECT, OTHER, LEADER, GOVERNOR, OF_SAFEGUARDING},
    "Part 2": {DIRECT, LEADER, OF_SAFEGUARDING},
    "Part 3": {LEADER},
    "Part 4": {LEADER},
    "Part 5": {RECRUITER, LEADER},
    "Part 7": {GOVERNOR, OF_SAFEGUARDING, LEADER},
    "Annex B": {DIRECT, LEADER},
    "Annex C": {OTHER, LEADER},
}
JOBS = (
    ("Teacher", DIRECT, 13),
    ("Teaching assistant", DIRECT, 9),
    ("Midday supervisor", DIRECT, 4),
    ("Business manager", RECRUITER, 1),
    ("Office", OTHER, 2),
    ("Site manager", OTHER, 1),
    ("Kitchen", OTHER, 2),
    ("Governor", GOVERNOR, 2),
)


def furnish_readings(today: date) -> None:
    """Let Oakfield be four fifths through the edition of 2025, which it has still to leave, and others read on."""
    old, new = Edition.objects.filter(document__title=TITLE).select_related("document").order_by("in_force_on")
    chance = random.Random(SEED)
    priya = Person.objects.get(email="priya@example.org")
    _staff(priya, today)
    _sign(_round(priya, old, today), priya, chance, today, share=0.86)
    _begun_by_kezia(old, today)
    leads = Post.objects.filter(role="dsl").exclude(person__email__in=("priya@example.org", "grace@example.org"))
    for post in leads.select_related("person").order_by("organisation__name")[:OTHERS]:
        _sign(_round(post.person, new, today), post.person, chance, today, share=chance.uniform(0.2, 1))
    Prompt.objects.update(told_at=timezone.now())


def _staff(lead: Person, today: date) -> None:
    """Those of Oakfield who have no account."""
    jobs = [(job, kind) for job, kind, count in JOBS for _ in range(count)]
    people = [
        NewReader(name_of(FIRST_NAME + number), job, frozenset({kind})) for number, (job, kind) in enumerate(jobs)
    ]
    at = moment(today - LISTED, MORNING)
    add_readers(school_id=_school(lead), readers=people, by=_actor(lead, at.date()), at=at)


def _round(lead: Person, edition: Edition, today: date) -> Round:
    set_at, sent_at = moment(today - SET, MORNING), moment(today - SENT, MORNING)
    names = _names(edition)
    rows = [ReadBy(name, frozenset(READ.get(short_name(name), ()))) for name in names]
    matrix = set_matrix(
        school_id=_school(lead),
        edition_id=edition.pk,
        rows=rows,
        decided_on=today - SET - timedelta(days=4),
        by=_actor(lead, set_at.date()),
        at=set_at,
    )
    words = "There is time for it at the staff meeting on Wednesday."
    by = _actor(lead, sent_at.date())
    return send_round(matrix_id=matrix.pk, due_on=today + DUE, words=words, by=by, at=sent_at)


def _names(edition: Edition) -> list[str]:
    """The parts of the edition that anybody reads."""
    heads = edition.clauses.filter(kind="heading", number__in=READ)
    return [f"{clause.number}: {clause.text}" for clause in heads.order_by("place")]


def _sign(round_: Round, lead: Person, chance: random.Random, today: date, *, share: float) -> None:
    """Let so many of the school sign; who has no account, on paper."""
    (standing,) = standings(rounds=[round_], on=today)
    signed = []
    for reader, parts in _rows_of(standing, lead, today):
        for part in parts:
            if chance.random() < _likely(reader, part, share):
                on = today - timedelta(days=chance.randrange(2, SENT.days))
                signed.append(_signature(reader, part, lead, moment(on, time(8 + chance.randrange(9), 15))))
    Signature.objects.bulk_create(signed)
    deeds = [Deed(*_told(each, round_)) for each in signed]
    if deeds:
        record_all(deeds, by=_actor(lead, today), at=timezone.now())


def _rows_of(standing: Standing, lead: Person, today: date) -> Iterator[tuple[Reader, list[Part]]]:
    """Each reader by her row, with what she has to sign."""
    school = standing.round.organisation_id
    since = {"starts_on": today - LISTED, "added_at": timezone.now(), "added_by": lead}
    people = [row.reader.person for row in standing.rows if row.reader.reader is None]
    Reader.objects.bulk_create(Reader(organisation_id=school, person_id=person, **since) for person in people)
    rows = Reader.objects.filter(organisation=school).select_related("person")
    known = {row.person_id or row.pk: row for row in rows}
    for row in standing.rows:
        parts = [part for part, cell in zip(standing.parts, row.cells, strict=True) if cell.state in WAITING]
        yield known[row.reader.who], parts


def _likely(reader: Reader, part: Part, share: float) -> float:
    """Priya has two parts before her, and Kezia all of hers."""
    email = reader.person.email if reader.person else ""
    if email == "kezia@example.org":
        return 0
    if email == "priya@example.org":
        return 0 if part.key in ("part 3", "annex c") else 1
    return share


def _signature(reader: Reader, part: Part, lead: Person, at: datetime) -> Signature:
    on_paper = reader.person is None
    return Signature(
        reader=reader,
        edition_id=part.matrix.edition_id,
        part_key=part.key,
        part_name=part.name,
        words=part.words,
        way=(Way.PAPER if on_paper else Way.HAVEN).value,
        signed_on=at.date(),
        how=SHEET if on_paper else "",
        recorded_at=at,
        recorded_by=reader.person or lead,
    )


def _told(signed: Signature, round_: Round) -> tuple[str, dict[str, object]]:
    verb = "reading.paper_recorded" if signed.way == Way.PAPER.value else "reading.signed"
    about = {"signature": signed.pk, "reader": signed.reader_id, "round": round_.pk, "part": signed.part_name}
    return verb, about | {"words": signed.words, "signed_on": signed.signed_on, "edition": signed.edition_id}


def _begun_by_kezia(edition: Edition, today: date) -> None:
    """She is in the middle of Part 1."""
    reader = Reader.objects.get(person__email="kezia@example.org")
    part = Part.objects.get(matrix__organisation=reader.organisation_id, matrix__edition=edition, key="part 1")
    place = (part.place or 1) + ((part.until or 2) - (part.place or 1)) // 3
    at = moment(today - timedelta(days=3), MORNING)
    Bookmark.objects.create(reader=reader, edition=edition, part_key=part.key, place=place, kept_at=at)


def _school(lead: Person) -> UUID:
    return lead.posts.get(role="dsl").organisation_id


def _actor(person: Person, on: date) -> Actor:
    return actor_of(person=person, has_second_factor=True, on=on)
