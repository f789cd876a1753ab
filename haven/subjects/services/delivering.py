"""What a sender delivers to the places where a child learns: records kept, tied, given and taken back.

Whether whoever does it may, the capability above has asked. Haven itself does it: a program has no person to whom the
database could show a row, and a school that says "she is ours" does not yet see what is tied to it then.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.keys.services import Grant, grant_all, withdraw
from haven.ledger.services import Deed, record, record_all
from haven.ledger.together import part
from haven.people.seeing import working_as
from haven.subjects.models import Record, Siblings, TieRow
from haven.subjects.rules.ties import State, Tie
from haven.subjects.services.records import NewRecord, write_records


def keep_records(*, new: Sequence[NewRecord], by: Actor, at: datetime) -> list[tuple[Record, dict[str, bytes]]]:
    """Records with their keys, and their fields sealed: `make_record` for whoever delivers, a program too."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        return write_records(new=new, by=by, at=at)


def carry_record(*, record_id: UUID, to: UUID, by: Actor, at: datetime) -> None:
    """Tie a record to an organisation, and let it open it. Where it was given already, nothing changes."""
    carry_all(grants=[Grant(record_id, to)], by=by, at=at)


def carry_all(*, grants: Collection[Grant], by: Actor, at: datetime) -> None:
    """The same for many records and organisations."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        tied = TieRow.objects.filter(tie=Tie.ADDRESSED, ends_at=None, record__in={each.record for each in grants})
        there = {Grant(*each) for each in tied.values_list("record", "organisation")}
        TieRow.objects.bulk_create(
            TieRow(record_id=each.record, tie=Tie.ADDRESSED, organisation_id=each.to, starts_at=at)
            for each in sorted(set(grants) - there)
        )
        grant_all(grants=grants, by=by, at=at)
        about = [{"record": each.record, "to": each.to} for each in grants]
        record_all([Deed("subject.record_sent", each) for each in about], by=by, at=at)


def put_back(*, record_id: UUID, organisation: UUID, by: Actor, at: datetime) -> bool:
    """End an organisation's tie to a record and take its key away; false where neither was there."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        kept = Record.objects.filter(pk=record_id, owner=organisation).exists()
        ties = TieRow.objects.filter(record=record_id, tie=Tie.ADDRESSED, organisation=organisation, ends_at=None)
        ended = ties.update(ends_at=at)
        taken = not kept and withdraw(record=record_id, organisation=organisation, by=by, at=at)
        about = {"record": record_id, "organisation": organisation, "was_there": bool(ended or taken)}
        record("subject.record_taken_back", by=by, at=at, about=about)
        return bool(ended or taken)


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """That somebody is to read a record by name, and the organisation in which she reads it."""

    record: UUID
    person: UUID
    organisation: UUID


def name_reader(*, record_id: UUID, person_id: UUID, organisation: UUID, by: Actor, at: datetime) -> None:
    """Give a record to somebody by name, and let the organisation in which she reads it open it."""
    name_all(named=[Named(record_id, person_id, organisation)], by=by, at=at)


def name_all(*, named: Collection[Named], by: Actor, at: datetime) -> None:
    """The same for many records and people."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        tied = TieRow.objects.filter(tie=Tie.ASSIGNED, ends_at=None, record__in={each.record for each in named})
        missing = {(each.record, each.person) for each in named} - set(tied.values_list("record", "person"))
        TieRow.objects.bulk_create(
            TieRow(record_id=record, tie=Tie.ASSIGNED, person_id=person, starts_at=at)
            for record, person in sorted(missing)
        )
        grant_all(grants={Grant(each.record, each.organisation) for each in named}, by=by, at=at)
        about = [{"record": each.record, "person": each.person} for each in sorted(named)]
        record_all([Deed("subject.record_assigned", each) for each in about], by=by, at=at)


def unname_reader(*, record_id: UUID, person_id: UUID, by: Actor, at: datetime) -> None:
    """End what `name_reader` gave, but for the organisation's key: `put_back` takes that."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        TieRow.objects.filter(record=record_id, tie=Tie.ASSIGNED, person=person_id, ends_at=None).update(ends_at=at)
        record("subject.record_taken_back", by=by, at=at, about={"record": record_id, "person": person_id})


def withdraw_record(*, record_id: UUID, by: Actor, at: datetime) -> None:
    """Let nobody but its owner read a record any more."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        Record.objects.filter(pk=record_id).update(state=State.WITHDRAWN, closed_at=at)
        record("subject.record_withdrawn", by=by, at=at, about={"record": record_id})


def link_families(*, families: Collection[Collection[UUID]], by: Actor, at: datetime) -> None:
    """Say that the children of each of these are brothers and sisters."""
    ordered = [sorted(each) for each in families]
    pairs = {pair for each in ordered for pair in combinations(each, 2)}
    with part(), working_as(HAVEN, "subjects.delivering"):
        Siblings.objects.bulk_create(
            [Siblings(one_id=one, other_id=other) for one, other in sorted(pairs)], ignore_conflicts=True
        )
        record_all([Deed("subject.siblings_linked", {"subjects": each}) for each in ordered], by=by, at=at)
