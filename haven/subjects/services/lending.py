"""Guests: who may read one record for some days; and the keys that go back when what was lent is over."""

from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day, moment
from haven.keys.services import grant, withdraw
from haven.kit.letters import went_out
from haven.ledger.services import record
from haven.people.models import Person, Post
from haven.people.queries import on_day
from haven.people.seeing import seeing, working_as
from haven.subjects import letters
from haven.subjects.models import FindMark, Record, TieRow
from haven.subjects.policy import UNBREAKABLE, decide, excluded_from
from haven.subjects.queries.loading import record_to_change, there
from haven.subjects.rules.ties import LENT_FOR, Asker, Deed, Tie

GUEST_HAS_END = "Say until when: thirty days at most"
NO_GUESTS = "This is lent to nobody"
NO_POST = "She has no post in Haven. Invite her first"
LOOKED_BACK = timedelta(days=35)  # for keys that are to go back: longer than anything stays lent


@seeing("subjects.lending")
def let_guest_read(*, record_id: UUID, person_id: UUID, until: date, by: Actor, at: datetime) -> TieRow:
    """Let somebody read one record until a day is over: a locum, the author of a review. She finds nobody by it and
    takes nothing away. A letter tells her that there is one. For whoever keeps the record. Raises `Refused`, with
    advice."""
    row, today = record_to_change(record_id=record_id), local_day(at)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    if row.sort in UNBREAKABLE:
        raise Refused(Reason.NOT_ASKABLE, NO_GUESTS)
    if not today <= until <= today + LENT_FOR:
        raise Refused(Reason.NOT_READY, GUEST_HAS_END)
    places = _places(person_id, today)
    if not places:
        raise Refused(Reason.NOT_ASKABLE, NO_POST)
    for place in sorted(places):
        grant(record=row.pk, to=place, by=by, at=at)
    with working_as(HAVEN, "subjects.tying"):
        ends_at = moment(until + timedelta(days=1), time())
        tie = TieRow.objects.create(record=row, tie=Tie.GUEST, person_id=person_id, starts_at=at, ends_at=ends_at)
    about = {"record": row.pk, "person": person_id, "until": until, "area": row.area_id}
    record("subject.guest_let_in", by=by, at=at, about=about)
    _tell(row, person_id)
    return tie


@seeing("subjects.lending")
def end_guest(*, tie_id: int, by: Actor, at: datetime) -> TieRow:
    """A guest reads it no more, from this moment. For whoever keeps the record."""
    with working_as(HAVEN, "subjects.tying"):
        tie = there(TieRow.objects.select_for_update().filter(pk=tie_id, tie=Tie.GUEST).first())
    row = record_to_change(record_id=tie.record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    if tie.ends_at is None or tie.ends_at <= at:
        raise Refused(Reason.WRONG_STATE, "It is over already")
    tie.ends_at = at
    with working_as(HAVEN, "subjects.tying"):
        tie.save(update_fields=["ends_at"])
    about = {"record": row.pk, "person": tie.person_id, "area": row.area_id}
    record("subject.guest_ended", by=by, at=at, about=about)
    return tie


@seeing("subjects.lending")
def take_lent_keys(*, by: Actor, at: datetime) -> int:
    """Take a record’s key back from organisations that had it for a guest or for broken glass, once that is over and
    nothing else lets them open it; how many keys went back."""
    if by is not HAVEN:
        raise Refused(Reason.NOT_THE_ROLE)
    over = TieRow.objects.filter(tie__in=(Tie.GUEST, Tie.BROKEN), ends_at__lte=at, ends_at__gt=at - LOOKED_BACK)
    taken = 0
    for record_id, person in sorted(set(over.values_list("record", "person"))):
        row = Record.objects.select_for_update().get(pk=record_id)
        for place in sorted(_ever(person) - _rightly(row, at)):
            taken += withdraw(record=record_id, organisation=place, by=by, at=at)
    if taken:
        record("subject.lent_keys_taken", by=by, at=at, about={"keys": taken})
    return taken


def _tell(row: Record, person_id: UUID) -> None:
    """Write to a guest once it is committed; never to somebody who is kept from whom it is about."""
    guest = Person.objects.filter(pk=person_id, is_active=True).first()
    if guest is not None and guest.pk not in excluded_from(row):
        transaction.on_commit(partial(went_out, partial(letters.lent, to=guest.email)), robust=True)


def _rightly(row: Record, at: datetime) -> frozenset[UUID]:
    """The organisations that may open a record as things stand."""
    standing = row.ties.exclude(ends_at__lte=at)
    organisations = set(standing.exclude(organisation=None).values_list("organisation", flat=True))
    for person in standing.exclude(person=None).values_list("person", flat=True):
        organisations |= _places(person, local_day(at))
    finding = FindMark.objects.filter(subject__record=row).values_list("organisation", flat=True)
    return frozenset(organisations | set(finding) | {row.owner_id})


def _places(person: UUID, day: date) -> set[UUID]:
    return set(Post.objects.filter(on_day(day), person=person).values_list("organisation", flat=True))


def _ever(person: UUID) -> set[UUID]:
    posts = Post.objects.filter(person=person).values_list("organisation", flat=True)
    covered = Post.objects.filter(covers__covered_by=person).values_list("organisation", flat=True)
    return set(posts) | set(covered)
