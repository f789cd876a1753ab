"""What an invited organisation sees: the questions, what it says, and afterwards what was sent."""

import re
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from haven.actions.queries.pages import draft
from haven.actions.services import discard_draft, save_draft
from haven.consultations import services
from haven.consultations.forms.contributing import ContributeForm, is_of_before, typed_contribution
from haven.consultations.models import Contribution
from haven.consultations.queries.contributing import ContributionPage, contribution_page
from haven.consultations.rules.final import digest_of
from haven.consultations.views.drafting import keep, or_kept, typed
from haven.engines.days.moments import day_in_words
from haven.people.refusals import ActorRequest, gained, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]
PLACE = re.compile(r"(contribute|answer|record)/[0-9a-f-]{36}")


@require_http_methods(PAGE)
@or_not_there
def show(request: ActorRequest, contribution_id: UUID) -> HttpResponse:
    """What an organisation is asked; to be answered, kept for later, or looked at again."""
    by, at = request.actor, timezone.now()
    page = contribution_page(contribution_id=contribution_id, by=by, at=at)
    place = f"contribute/{contribution_id}"
    if page.may_contribute and "keep" in request.POST:
        return keep(request, place)
    if "forget" in request.POST:
        discard_draft(place=place, by=by, at=at)
        return redirect("consultations:contribution", contribution_id)
    kept, version = draft(place=place, by=by), page.contribution.version
    initial = typed_contribution(page.asked, version) | kept | {"seen": version}
    form = ContributeForm(request.POST or None, initial=initial, questions=[each.question for each in page.asked])
    sent = gained(form, lambda: or_kept(request, place, lambda: _send(request, page, form)))
    if sent:
        messages.success(request, _thanks(page, sent))
    if sent or (form.is_bound and not form.errors):
        return redirect("consultations:contribution", contribution_id)
    return _shown(request, page, form, kept)


@require_POST
@or_not_there
def keep_draft(request: ActorRequest) -> HttpResponse:
    """Keep a form as it is being typed."""
    place = request.POST.get("place", "")
    if not PLACE.fullmatch(place):
        return HttpResponseBadRequest("Not a form that is kept.")
    kept = save_draft(place=place, fields=typed(request), by=request.actor, at=timezone.now())
    return JsonResponse({"kept": timezone.localtime(kept.saved_at).strftime("%H:%M")})


def _send(request: ActorRequest, page: ContributionPage, form: ContributeForm) -> Contribution:
    return services.contribute(
        contribution_id=page.contribution.pk,
        said=form.said,
        seen_version=form.cleaned_data["seen"],
        by=request.actor,
        at=timezone.now(),
    )


def _thanks(page: ContributionPage, sent: Contribution) -> str:
    last = day_in_words(page.last_on)
    if sent.version == page.contribution.version:
        return "Nothing was changed: this is what you had sent."
    return f"Thank you. {page.contribution.organisation.name} has answered. You can change it until {last}."


def _shown(request: ActorRequest, page: ContributionPage, form: ContributeForm, kept: dict[str, str]) -> HttpResponse:
    is_beside = page.has_said and is_of_before(kept, page.contribution.version)
    rows = [(question, fields, each) for (question, fields), each in zip(form.rows, page.asked, strict=True)]
    unsent = [(question, fields) for question, fields in form.rows if any(kept.get(each.html_name) for each in fields)]
    context = {
        "page": page,
        "contribution": page.contribution,
        "edition": page.edition,
        "form": form,
        "rows": rows,
        "unsent": [] if page.is_open else [(question, _words(kept, fields)) for question, fields in unsent],
        "kept": kept,
        "is_beside": is_beside,
        "place": f"contribute/{page.contribution.pk}",
        "is_whole": page.submission is not None and digest_of(page.submission.text) == page.submission.digest,
    }
    return render(request, "consultations/contribution.html", context, status=status(form))


def _words(kept: dict[str, str], fields: list[BoundField]) -> str:
    """What was typed into the fields of a question, as it is shown."""
    shown = []
    for each in fields:
        choices = dict(getattr(each.field, "choices", ()))
        if value := kept.get(each.html_name):
            shown.append(str(choices.get(value, value)))
    return "\n".join(shown)
