"""Preparing: a note comes in and is read; its draft is set up, given words, or discarded."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Greatest

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import COUNCIL_LEADS
from haven.actions.queries.audiences import strangers
from haven.actions.rules import ALL_SCHOOLS
from haven.bulletins.models import Audience, Bulletin, Item, ItemAudience, Note
from haven.bulletins.policy import may_prepare
from haven.bulletins.queries.drafts import draft_for_update
from haven.bulletins.rules.cutting import in_one_line
from haven.bulletins.rules.facts import ItemKind, written
from haven.bulletins.rules.proposing import Proposal, audience_of, proposals
from haven.bulletins.rules.publishing import (
    LONGEST_TITLE,
    BulletinKind,
    Origin,
    Route,
    Settings,
    Standing,
    faults_of,
)
from haven.engines.days.moments import local_day
from haven.engines.documents.refusal import Unreadable
from haven.engines.reading.items import Reading
from haven.engines.reading.safely import read_pasted_safely, read_safely
from haven.files.services import forget_file, store_file
from haven.ledger.services import record
from haven.people.models import Area, Person
from haven.people.queries import actor_of

NO_WORDS = "Paste the words of the note."
STRANGERS = "Part of the audience does not belong to the area. Choose again."
NO_SENDER = "the message does not say who sent it"
UNKNOWN_SENDER = "the sender's address is not that of a council safeguarding lead"
MANY_AREAS = "the sender leads more than one area, so Haven cannot tell for which the note is meant"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrival:
    """A note as it came in, read or with the line that says why not."""

    area: Area
    route: Route
    name: str
    reading: Reading | None = None
    unreadable: str = ""
    content: bytes = b""
    asked_by: UUID
    sender: Person | None = None
    digest: str | None = None
    key: UUID = field(default_factory=uuid4)


def add_note(*, area: Area, name: str, content: bytes, key: UUID | None = None, by: Actor, at: datetime) -> Bulletin:
    """Keep a file and read it into a draft; one that cannot be read is kept with the line that says why.

    A second note with the same key gives back the first. Raises `Refused`, with advice, for a file not to be kept.
    """
    require(may_prepare(by, area.pk))
    if before := _before(area, key):
        return before
    reading, unreadable = _read_file(name, content, local_day(at))
    return _keep(
        _Arrival(
            area=area,
            route=Route.FILE,
            name=name,
            reading=reading,
            unreadable=unreadable,
            content=content,
            asked_by=_council(by, area),
            key=key or uuid4(),
        ),
        by,
        at,
    )


def add_words(*, area: Area, words: str, key: UUID | None = None, by: Actor, at: datetime) -> Bulletin:
    """Read pasted words into a draft. Raises `Refused` with advice where they cannot be read."""
    require(may_prepare(by, area.pk))
    if before := _before(area, key):
        return before
    return add_reading(area=area, reading=_read_words(words, local_day(at)), key=key, by=by, at=at)


def add_reading(*, area: Area, reading: Reading, key: UUID | None = None, by: Actor, at: datetime) -> Bulletin:
    """Make a draft of a note that has been read already."""
    require(may_prepare(by, area.pk))
    return _keep(
        _Arrival(
            area=area,
            route=Route.PASTED,
            name=reading.name,
            reading=reading,
            asked_by=_council(by, area),
            key=key or uuid4(),
        ),
        by,
        at,
    )


def receive_mail(*, content: bytes, by: Actor, at: datetime) -> Bulletin:
    """Make a draft of an e-mail from a lead of exactly one area. The same e-mail gives back the same draft.

    Raises `Refused`, whose advice says why it is not taken.
    """
    sender, lead = _sender(content, at)
    [area] = Area.objects.filter(pk__in=lead.leads)
    require(may_prepare(by, area.pk))
    digest = hashlib.sha256(content).hexdigest()
    if before := Bulletin.objects.filter(note__digest=digest).first():
        return before
    reading, unreadable = _read_file("message.eml", content, local_day(at))
    arrival = _Arrival(
        area=area,
        route=Route.MAIL,
        name="message.eml",
        reading=reading,
        unreadable=unreadable,
        content=content,
        asked_by=_council(lead, area),
        sender=sender,
        digest=digest,
    )
    return _keep(arrival, by, at)


@transaction.atomic
def give_words(*, bulletin_id: UUID, words: str, by: Actor, at: datetime) -> Bulletin:
    """Give a draft whose file could not be read the words that stand in it, and read those."""
    bulletin = draft_for_update(bulletin_id=bulletin_id, by=by)
    note = bulletin.note
    if not note.unreadable:
        raise Refused(Reason.WRONG_STATE, "The note has been read already.")
    reading = _read_words(words, local_day(at))
    note.text, note.unreadable, note.noted_on = reading.text, "", reading.date
    note.warnings = list(reading.warnings)
    note.save()
    bulletin.title = bulletin.title or _title_of(reading)
    bulletin.save(update_fields=["title"])
    _propose(bulletin, proposals(reading.items))
    record("bulletin.given_words", by=by, at=at, about={"bulletin": bulletin.pk, "items": bulletin.items.count()})
    return bulletin


@transaction.atomic
def save_settings(*, bulletin_id: UUID, settings: Settings, by: Actor, at: datetime) -> Bulletin:
    """Keep how a draft is to be published."""
    bulletin = draft_for_update(bulletin_id=bulletin_id, by=by)
    if wrong := faults_of(settings, local_day(at)):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    if strangers(area=bulletin.area, audience=settings.audience, on=local_day(at)):
        raise Refused(Reason.NOT_THE_AREA, STRANGERS)
    bulletin.take(settings)
    record("bulletin.set_up", by=by, at=at, about={"bulletin": bulletin.pk, "public": bulletin.is_public})
    return bulletin


@transaction.atomic
def discard_bulletin(*, bulletin_id: UUID, by: Actor, at: datetime) -> Bulletin:
    """Put a draft aside for good."""
    bulletin = draft_for_update(bulletin_id=bulletin_id, by=by)
    bulletin.standing, bulletin.ended_at = Standing.DISCARDED, at
    bulletin.save(update_fields=["standing", "ended_at"])
    record("bulletin.discarded", by=by, at=at, about={"bulletin": bulletin.pk})
    return bulletin


@transaction.atomic
def sweep_drafts(*, untouched_for: timedelta, by: Actor, at: datetime) -> int:
    """Put aside the drafts that nobody has touched for so long, and forget their files; how many drafts.

    Of a draft that a lead has discarded, the file is forgotten after as long. Nobody is told.
    """
    if by != HAVEN:
        raise Refused(Reason.NOT_THE_ROLE)
    before = at - untouched_for
    touched = Greatest("made_at", Coalesce(Max("items__decided_at"), "made_at"))
    drafts = Bulletin.objects.filter(standing=Standing.DRAFT).annotate(touched_at=touched)
    abandoned = list(drafts.filter(touched_at__lt=before).values_list("pk", flat=True))
    Bulletin.objects.filter(pk__in=abandoned).update(standing=Standing.DISCARDED, ended_at=at)
    ended = Q(bulletin__in=abandoned) | Q(bulletin__standing=Standing.DISCARDED, bulletin__ended_at__lt=before)
    files = dict(Note.objects.filter(ended, file__isnull=False).values_list("pk", "file"))
    Note.objects.filter(pk__in=files).update(file=None)
    for file in files.values():
        forget_file(file_id=file, by=by, at=at)
    if abandoned:
        record("bulletins.swept", by=by, at=at, about={"bulletins": abandoned, "days": untouched_for.days})
    return len(abandoned)


def _title_of(reading: Reading) -> str:
    """What a draft is called until somebody says otherwise."""
    return in_one_line(reading.title or reading.name).rstrip(":")[:LONGEST_TITLE]


def _before(area: Area, key: UUID | None) -> Bulletin | None:
    return Bulletin.objects.filter(pk=key, area=area).first() if key else None


def _council(by: Actor, area: Area) -> UUID:
    """The council team for which somebody leads the area."""
    return next(post.organisation for post in by.posts if post.role in COUNCIL_LEADS and area.pk in post.areas)


def _read_file(name: str, content: bytes, today: date) -> tuple[Reading | None, str]:
    try:
        reading = read_safely(name, content, today)
    except Unreadable as unreadable:
        return None, _sentence(unreadable)
    return (reading, "") if reading.text.strip() else (None, "There are no words in it.")


def _read_words(words: str, today: date) -> Reading:
    if not words.strip():
        raise Refused(Reason.NOT_READY, NO_WORDS)
    try:
        return read_pasted_safely("Pasted note", words.replace("\r\n", "\n").encode(), today)
    except Unreadable as unreadable:
        raise Refused(Reason.UNFIT_FILE, _sentence(unreadable)) from unreadable


def _sentence(unreadable: Unreadable) -> str:
    line = unreadable.line.rstrip(".")
    return f"This note cannot be read: {line}."


def _sender(content: bytes, at: datetime) -> tuple[Person, Actor]:
    headers = BytesHeaderParser(policy=compat32).parsebytes(content)  # the newer policies break on made-up headers
    addresses = [address.lower() for _, address in getaddresses([str(each) for each in headers.get_all("From", [])])]
    if len(addresses) != 1 or not addresses[0] or not addresses[0].isprintable():
        raise Refused(Reason.NOT_THE_ROLE, NO_SENDER)
    person = Person.objects.filter(email=addresses[0], is_active=True).first()
    lead = actor_of(person=person, has_second_factor=True, on=local_day(at))
    if person is None or not lead.leads:
        raise Refused(Reason.NOT_THE_ROLE, UNKNOWN_SENDER)
    if len(lead.leads) > 1:
        raise Refused(Reason.NOT_THE_AREA, MANY_AREAS)
    return person, lead


@transaction.atomic
def _keep(arrival: _Arrival, by: Actor, at: datetime) -> Bulletin:
    bulletin = Bulletin(id=arrival.key, area=arrival.area, asked_by_id=arrival.asked_by, made_at=at)
    bulletin.made_by_id = arrival.sender.pk if arrival.sender else by.person
    bulletin.title = _title_of(arrival.reading) if arrival.reading else in_one_line(arrival.name)[:LONGEST_TITLE]
    try:
        with transaction.atomic():
            bulletin.save(force_insert=True)
    except IntegrityError:  # the same form, sent twice at one moment
        if before := _before(arrival.area, arrival.key):
            return before
        raise
    Audience.objects.create(bulletin=bulletin, kind=ALL_SCHOOLS.kind.value)
    _keep_note(bulletin, arrival, by, at)
    found = proposals(arrival.reading.items) if arrival.reading else []
    _propose(bulletin, found)
    bulletin.kind = (BulletinKind.ACTION if _asks(found) else BulletinKind.INFORMATION).value
    bulletin.save(update_fields=["kind"])
    about = {"bulletin": bulletin.pk, "area": bulletin.area_id, "route": arrival.route, "items": len(found)}
    sent = {"sender": arrival.sender.pk} if arrival.sender else {}
    record("bulletin.note_added", by=by, at=at, about=about | sent)
    return bulletin


def _asks(found: list[Proposal]) -> bool:
    return any(each.kind in {ItemKind.ACTION, ItemKind.DEADLINE} for each in found)


def _keep_note(bulletin: Bulletin, arrival: _Arrival, by: Actor, at: datetime) -> None:
    reading = arrival.reading
    file = store_file(name=arrival.name, content=arrival.content, by=by, at=at) if arrival.content else None
    Note.objects.create(
        bulletin=bulletin,
        route=arrival.route.value,
        name=arrival.name[:200],
        media_type=reading.media_type if reading else "",
        text=reading.text if reading else "",
        noted_on=reading.date if reading else None,
        warnings=list(reading.warnings) if reading else [],
        unreadable=arrival.unreadable,
        file=file,
        sender=arrival.sender,
        digest=arrival.digest,
        received_at=at,
    )


def _propose(bulletin: Bulletin, found: list[Proposal]) -> None:
    made = Item.objects.bulk_create(
        Item(
            bulletin=bulletin,
            number=number,
            kind=each.kind.value,
            start=each.start,
            end=each.end,
            quote=each.quote,
            confidence=each.confidence,
            conflict=each.conflict,
            narrowed_by=each.narrowed_by,
            facts=written(each.facts),
            origin=Origin.READ.value,
        )
        for number, each in enumerate(found, start=bulletin.next_item_number)
    )
    ItemAudience.objects.bulk_create(
        line for item, each in zip(made, found, strict=True) for line in ItemAudience.of(audience_of(each), item=item)
    )
