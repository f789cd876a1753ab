"""What a sender delivers to the places where a child learns: records kept, tied, given and taken back.

Whether whoever does it may, the capability above has asked. Haven itself does it: a program has no person to whom the
database could show a row, and a school that says "she is ours" does not yet see what is tied to it then.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.keys.services import Grant, grant_all, withdraw_all
from haven.ledger.services import Deed, record_all
from haven.ledger.together import part
from haven.people.seeing import working_as
from haven.subjects.models import FindMark, Record, Siblings, TieRow
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


def put_back_all(*, grants: Collection[Grant], by: Actor, at: datetime) -> None:
    """End these ties of organisations to records, and take the keys away; but for those of a record's owner, and of
    whoever finds its subject again."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        wanted = {each.record for each in grants}
        finding = FindMark.objects.filter(subject__record__in=wanted).values_list("subject__record", "organisation")
        owning = Record.objects.filter(pk__in=wanted).values_list("pk", "owner")
        standing = TieRow.objects.filter(tie=Tie.ADDRESSED, organisation__in={each.to for each in grants})
        ended = _end(standing, "organisation", {(each.record, each.to) for each in grants}, at)
        taken = withdraw_all(grants=set(grants) - {Grant(*each) for each in [*owning, *finding]}, by=by, at=at)
        there = {Grant(*each) for each in ended} | set(taken)
        about = [
            {"record": each.record, "organisation": each.to, "was_there": each in there} for each in sorted(set(grants))
        ]
        record_all([Deed("subject.record_taken_back", each) for each in about], by=by, at=at)


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


def unname_all(*, named: Collection[Named], by: Actor, at: datetime) -> None:
    """End what `name_all` gave, but for the organisations' keys: `put_back_all` takes those."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        pairs = {(each.record, each.person) for each in named}
        _end(TieRow.objects.filter(tie=Tie.ASSIGNED, person__in={each.person for each in named}), "person", pairs, at)
        about = [{"record": record, "person": person} for record, person in sorted(pairs)]
        record_all([Deed("subject.record_taken_back", each) for each in about], by=by, at=at)


def withdraw_records(*, records: Collection[UUID], by: Actor, at: datetime) -> None:
    """Let nobody but their owners read these records any more."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        Record.objects.filter(pk__in=records).update(state=State.WITHDRAWN, closed_at=at)
        deeds = [Deed("subject.record_withdrawn", {"record": each}) for each in sorted(records)]
        record_all(deeds, by=by, at=at)


def link_families(*, families: Collection[Collection[UUID]], by: Actor, at: datetime) -> None:
    """Say that the children of each of these are brothers and sisters."""
    ordered = [sorted(each) for each in families]
    pairs = {pair for each in ordered for pair in combinations(each, 2)}
    with part(), working_as(HAVEN, "subjects.delivering"):
        Siblings.objects.bulk_create(
            [Siblings(one_id=one, other_id=other) for one, other in sorted(pairs)], ignore_conflicts=True
        )
        record_all([Deed("subject.siblings_linked", {"subjects": each}) for each in ordered], by=by, at=at)


def _end(
    ties: QuerySet[TieRow], whom: str, pairs: Collection[tuple[UUID, UUID]], at: datetime
) -> set[tuple[UUID, UUID]]:
    """End those of these ties that stand between a record and whom it was given to; which they were."""
    rows = ties.filter(ends_at=None, record__in={record for record, _ in pairs}).order_by("pk").select_for_update()
    standing = {pk: (record, to) for pk, record, to in rows.values_list("pk", "record", whom) if (record, to) in pairs}
    TieRow.objects.filter(pk__in=standing).update(ends_at=at)
    return set(standing.values())
