"""Showing a partner what the unit sent it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.intelligence.disclosure.opening import conditions_of, report_text
from haven.intelligence.disclosure.recording import require_written
from haven.intelligence.models import Dissemination
from haven.intelligence.policy import may_read_report
from haven.intelligence.rules.grading import Handling
from haven.people.seeing import seeing_as, working_as
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.queries.deciding import record_to_decide
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.ties import Asker

SENT_TO_US = "what an intelligence unit sent us"


@dataclass(frozen=True, slots=True)
class ReportView:
    """What was sent, and on which conditions. `text` and `conditions` are none where they do not open."""

    dissemination: UUID
    reference: str
    unit: str
    sent_at: datetime
    handling: Handling
    conditions: str | None
    text: str | None


def open_report(*, dissemination_id: UUID, by: Actor, at: datetime) -> ReportView:
    """What the unit sent, the disclosure written down first. A refusal is written down, too. Raises `Refused`."""
    with transaction.atomic(), working_as(HAVEN, "intelligence.showing"):
        sent = Dissemination.objects.select_related("report").get(pk=dissemination_id)
    sent.report.record = record_to_decide(record_id=sent.report.record_id)
    asker, purpose = Asker(by, at), Purpose(Flow.FROM_INTELLIGENCE, SENT_TO_US)
    require_written(may_read_report(asker, sent.report), record=sent.report.record, purpose=purpose, asker=asker)
    with transaction.atomic(), working_as(HAVEN, "intelligence.showing"):
        Dissemination.objects.filter(pk=dissemination_id, read_at__isnull=True).update(read_at=at)
    with transaction.atomic(), seeing_as(by):
        sent = Dissemination.objects.select_related("report", "unit").get(pk=dissemination_id)
        return ReportView(
            dissemination=sent.pk,
            reference=sent.report.reference,
            unit=sent.unit.name,
            sent_at=sent.sent_at,
            handling=Handling(sent.handling),
            conditions=conditions_of(sent, organisation=sent.to_id),
            text=report_text(sent.report, organisation=sent.to_id),
        )
