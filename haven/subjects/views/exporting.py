"""Everything that is held about somebody who asked for it: looked at first, then a copy without what is of others."""

import json
from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haven.files.queries import OpenedFile
from haven.files.serving import as_attachment
from haven.people.refusals import ActorRequest, gained, or_not_there, status, there
from haven.signin.adapters.account import is_fresh_request
from haven.signin.rules import confidential
from haven.subjects.disclosure.exporting import Bundle, addresses_about, everything_about
from haven.subjects.disclosure.stages import stage_of
from haven.subjects.forms import ExportForm, HandOverForm
from haven.subjects.views.looking import PAGE

OF = {"all": everything_about, "addresses": addresses_about}


@require_http_methods(PAGE)
@confidential
@or_not_there
def everything(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """Ask by which request; look at all of it; take a copy away. Each look and each copy is written down first."""
    by, at = request.actor, request.now()
    stage = stage_of(subject_id=subject_id, by=by, at=at)
    there(stage.keeps or None)
    if not is_fresh_request(request):
        raise ReauthenticationRequired
    form = ExportForm(request.POST or None)
    bundle = gained(
        form,
        lambda: OF[form.cleaned_data["what"]](
            subject_id=subject_id, reference=form.cleaned_data["reference"], is_fresh=True, by=by, at=at
        ),
    )
    if bundle is None:
        return render(request, "subjects/export.html", {"form": form, "stage": stage}, status=status(form))
    return _looked_at(request, form, bundle)


def _looked_at(request: ActorRequest, form: ExportForm, bundle: Bundle) -> HttpResponse:
    """What there is, to choose from; then the copy."""
    step = request.POST.get("step", "")
    keys = frozenset(request.POST.getlist("chosen"))
    page = {"bundle": bundle, "reference": form.cleaned_data["reference"], "what": form.cleaned_data["what"]}
    if step == "file":
        content = json.dumps(bundle.handed_over(keys).as_plain(), ensure_ascii=False, indent=2).encode()
        return as_attachment(OpenedFile(f"copy-{bundle.subject}.json", "application/json", content))
    if step == "copy":
        return render(request, "subjects/export_copy.html", page | {"bundle": bundle.handed_over(keys)})
    chosen = HandOverForm(pieces=bundle.of_others)
    return render(request, "subjects/export_look.html", page | {"chosen": chosen})
