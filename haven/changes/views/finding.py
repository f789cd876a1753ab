"""From a clause to the change by which it came to be, or in which it went."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from haven.changes.queries.finding import name_of_change
from haven.people.refusals import ActorRequest, or_not_there


@require_safe
@or_not_there
def of_clause(request: ActorRequest, old_id: UUID, new_id: UUID, edition_id: UUID, place: int) -> HttpResponse:
    """On to the change of a clause; to the whole comparison where its words did not change."""
    ref = name_of_change(old_id=old_id, new_id=new_id, edition_id=edition_id, place=place, by=request.actor)
    return redirect("changes:change", old_id, new_id, ref) if ref else redirect("changes:comparison", old_id, new_id)
