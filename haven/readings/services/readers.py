"""Who reads in a school: staff without an account are added and leave; a post holder's kind is set."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.readings.models import Reader, Signature
from haven.readings.policy import may_keep, may_prompt
from haven.readings.queries.changing import reader_of, school_locked
from haven.readings.rules.kinds import NewReader, ReaderKind, in_order

SAY_KIND = "Choose at least one kind of reader."
HAS_ACCOUNT = "Whoever has an account reads here while the post lasts. End the post instead."
NOBODY = "Everybody in this list is there already."


@transaction.atomic
def add_readers(*, school_id: UUID, readers: Sequence[NewReader], by: Actor, at: datetime) -> list[Reader]:
    """Add staff without an account. Who stands there already, with the same name and job, is not added again. Raises
    `Refused`, with advice, where nobody is left to add."""
    school = school_locked(school_id=school_id)
    require(may_keep(by, school.pk))
    if not all(each.kinds for each in readers):
        raise Refused(Reason.NOT_READY, SAY_KIND)
    there = Reader.objects.filter(organisation=school, person__isnull=True, left_on__isnull=True)
    known = {(name.casefold(), job.casefold()) for name, job in there.values_list("name", "job")}
    made = []
    for each in readers:
        told = (each.name.casefold(), each.job.casefold())
        if told not in known:
            known.add(told)
            kinds = [kind.value for kind in in_order(each.kinds)]
            row = Reader(organisation=school, name=each.name, job=each.job, kinds=kinds, starts_on=local_day(at))
            row.added_at, row.added_by_id = at, by.person
            made.append(row)
    if not made:
        raise Refused(Reason.NOT_READY, NOBODY)
    Reader.objects.bulk_create(made)
    record(
        "reading.readers_added", by=by, at=at, about={"organisation": school.pk, "readers": [each.pk for each in made]}
    )
    return made


@transaction.atomic
def amend_reader(
    *, school_id: UUID, who: UUID, kinds: Collection[ReaderKind], by: Actor, at: datetime, name: str = "", job: str = ""
) -> Reader:
    """Say of what kinds somebody is; of a post holder no kind at all means what her post usually is. The name and job
    of one without an account are put right where they are given."""
    row = reader_of(school_id=school_id, who=who, by=by, at=at)
    if not kinds and row.person_id is None:
        raise Refused(Reason.NOT_READY, SAY_KIND)
    row.kinds = [kind.value for kind in in_order(kinds)]
    if row.person_id is None and name.strip():
        row.name, row.job = " ".join(name.split()), " ".join(job.split())
    row.save()
    about = {"organisation": row.organisation_id, "reader": row.pk, "kinds": row.kinds}
    record("reading.reader_amended", by=by, at=at, about=about)
    return row


@transaction.atomic
def let_reader_go(*, school_id: UUID, who: UUID, by: Actor, at: datetime) -> Reader:
    """Somebody without an account reads here no longer from today. What she signed stays. Raises `Refused`."""
    row = reader_of(school_id=school_id, who=who, by=by, at=at)
    if row.person_id is not None:
        raise Refused(Reason.WRONG_STATE, HAS_ACCOUNT)
    row.left_on = local_day(at)
    row.save(update_fields=["left_on"])
    record("reading.reader_left", by=by, at=at, about={"organisation": row.organisation_id, "reader": row.pk})
    return row


@transaction.atomic
def join_account(*, school_id: UUID, who: UUID, person: UUID, by: Actor, at: datetime) -> Reader:
    """Somebody who was in the list without an account has one now: what she signed on paper is hers there, and she
    leaves the list. Raises `Refused`, and `Reader.DoesNotExist` for whoever holds no post in the school."""
    before = reader_of(school_id=school_id, who=who, by=by, at=at)
    if before.person_id is not None:
        raise Refused(Reason.WRONG_STATE, HAS_ACCOUNT)
    now = reader_of(school_id=school_id, who=person, by=by, at=at)
    if now.person_id is None:
        raise Reader.DoesNotExist
    known = set(now.signatures.filter(taken_back_at=None).values_list("edition", "part_key", "words"))
    signed = [each for each in before.signatures.all() if (each.edition_id, each.part_key, each.words) not in known]
    Signature.objects.filter(pk__in=[each.pk for each in signed]).update(reader=now)
    before.left_on = local_day(at)
    before.save(update_fields=["left_on"])
    about = {"organisation": now.organisation_id, "reader": now.pk, "was": before.pk, "signatures": len(signed)}
    record("reading.reader_joined", by=by, at=at, about=about)
    return now


@transaction.atomic
def forget_readers(*, by: Actor, at: datetime) -> int:
    """Erase the names of those who left so many years ago as the setting says; how many."""
    require(may_prompt(by))
    today = local_day(at)
    last = today.replace(year=today.year - settings.READER_YEARS, day=min(today.day, 28))
    due = Reader.objects.select_for_update(of=("self",)).filter(
        person__isnull=True, left_on__lte=last, forgotten_at__isnull=True
    )
    found = [row.pk for row in due]
    if found:
        Signature.objects.filter(reader__in=found).update(how="")
        Reader.objects.filter(pk__in=found).update(name="", job="", forgotten_at=at)
        record("reading.readers_forgotten", by=by, at=at, about={"readers": found, "years": settings.READER_YEARS})
    return len(found)
