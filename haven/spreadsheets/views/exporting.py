"""Everything of a cycle to take away, at any time."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from haven.files.queries import OpenedFile
from haven.files.serving import as_attachment
from haven.kit.sheets import as_workbook
from haven.people.refusals import ActorRequest, or_not_there
from haven.spreadsheets import services
from haven.spreadsheets.queries.exporting import document_of, workbook_of

JSON = "application/json"


@require_GET
@or_not_there
def take_away(request: ActorRequest, cycle_id: UUID, kind: str) -> HttpResponse:
    """Schools, answers, plans and feedback: as a workbook, or as one document for a machine."""
    if kind not in ("xlsx", "json"):
        raise Http404
    everything = services.take_cycle_away(cycle_id=cycle_id, kind=kind, by=request.actor, at=timezone.now())
    if kind == "xlsx":
        return as_workbook(everything.name, workbook_of(everything))
    return as_attachment(OpenedFile(f"{everything.name}.json", JSON, document_of(everything)))
