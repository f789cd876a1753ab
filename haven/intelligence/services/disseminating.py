"""Sending what was sanitised to an organisation, on conditions or without, and taking it back."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of
from haven.access.roles import INTELLIGENCE
from haven.engines.days.moments import local_day
from haven.intelligence import letters
from haven.intelligence.disclosure.opening import conditions_field
from haven.intelligence.models import Dissemination, Report
from haven.intelligence.queries.loading import facts_of, submission_to_change
from haven.intelligence.rules.grading import Handling, conditions_fault
from haven.keys.queries import seal_with
from haven.kit.letters import went_out
from haven.ledger.services import record
from haven.people.models import ServedArea
from haven.people.queries import holders, on_day
from haven.people.seeing import seeing
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Outcome, Told
from haven.subjects.queries.deciding import excluded_from
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.ties import READERS, acting_as
from haven.subjects.services import send_record, take_back

NOT_GRADED = "Grade it before anything of it is sent"
ON_CONDITIONS = "It was graded C, so say on which conditions it is sent"
NOT_HERE = "Choose an organisation that serves the area, other than your own"
NOT_THE_LAST = "There is a newer version. Send that one."


@dataclass(frozen=True, slots=True)
class Sending:
    """To whom something is sent, on which conditions, what for, and whether the family was told."""

    to: UUID
    handling: Handling
    conditions: str
    purpose: str
    told: Told


@seeing("intelligence.working")
def disseminate(*, report_id: UUID, sending: Sending, by: Actor, at: datetime) -> Dissemination:
    """Send a report to an organisation, the disclosure written down first; where it is there already, it stays so.

    The names of those whom it is about do not go with it: what is to be known stands in its words. Raises `Refused`,
    with advice.
    """
    report = _report(report_id)
    row = submission_to_change(report.submission_id, by, at)
    _require_sendable(report, sending, at)
    if found := report.sent.filter(to=sending.to, taken_back_at__isnull=True).first():
        return found
    purpose = Purpose(Flow.FROM_INTELLIGENCE, sending.purpose, told=sending.told)
    post = acting_as(by, INTELLIGENCE, row.area_id)
    write_down(Outcome.SENT, record=report.record, purpose=purpose, post=post, by=by, at=at, to=sending.to)
    send_record(record_id=report.record_id, to=sending.to, by=by, at=at, naming=())
    key = uuid4()
    made = Dissemination.objects.create(
        pk=key,
        report=report,
        unit_id=report.unit_id,
        to_id=sending.to,
        handling=sending.handling,
        conditions=_sealed(report, key, sending.conditions),
        sent_at=at,
        sent_by_id=person_of(by),
    )
    about = facts_of(row) | {"report": report.pk, "to": sending.to, "handling": sending.handling}
    about |= {"dissemination": made.pk}
    record("matter.disseminated", by=by, at=at, about=about)
    _tell(made, at)
    return made


@seeing("intelligence.working")
def take_report_back(*, dissemination_id: UUID, by: Actor, at: datetime) -> Dissemination:
    """Take a report back: it opens no more there. What was read there is not unread."""
    sent = Dissemination.objects.select_related("report").filter(pk=dissemination_id).first()
    if sent is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    row = submission_to_change(sent.report.submission_id, by, at)
    if sent.taken_back_at is None:
        take_back(record_id=sent.report.record_id, organisation=sent.to_id, by=by, at=at)
        sent.taken_back_at = at
        sent.save(update_fields=["taken_back_at"])
        record("matter.taken_back", by=by, at=at, about=facts_of(row) | {"dissemination": sent.pk, "to": sent.to_id})
    return sent


def _report(report_id: UUID) -> Report:
    report = Report.objects.select_related("record").filter(pk=report_id).first()
    if report is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return report


def _require_sendable(report: Report, sending: Sending, at: datetime) -> None:
    if Report.objects.filter(submission=report.submission_id, version__gt=report.version).exists():
        raise Refused(Reason.CHANGED_MEANWHILE, NOT_THE_LAST)
    last = report.submission.grades.first()
    if last is None:
        raise Refused(Reason.NOT_READY, NOT_GRADED)
    if last.handling == Handling.CONDITIONS and sending.handling is not Handling.CONDITIONS:
        raise Refused(Reason.NOT_READY, ON_CONDITIONS)
    if wrong := conditions_fault(sending.handling, sending.conditions):
        raise Refused(Reason.NOT_READY, wrong)
    served = ServedArea.objects.filter(on_day(local_day(at)), area=report.submission.area_id)
    if sending.to == report.unit_id or not served.filter(organisation=sending.to).exists():
        raise Refused(Reason.NOT_ASKABLE, NOT_HERE)


def _sealed(report: Report, key: UUID, conditions: str) -> bytes | None:
    """The conditions, sealed in their own place: those of one organisation do not open as another’s."""
    if not conditions.strip():
        return None
    name = conditions_field(key)
    return seal_with(record=report.record_id, fields={name: conditions.strip().encode()})[name]


def _tell(sent: Dissemination, at: datetime) -> None:
    """Write to whoever reads there, but to nobody who is excluded."""
    excluded = excluded_from(sent.report.record)
    for each in holders(roles=READERS, organisations=[sent.to_id], on=local_day(at)):
        if each.person not in excluded:
            transaction.on_commit(partial(went_out, partial(letters.something_new, to=each.email)), robust=True)
