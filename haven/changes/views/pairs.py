"""Two files of somebody's own: given, compared before her eyes, thrown away again or kept as editions."""

import hashlib
from typing import Any
from uuid import UUID

from allauth.core.internal import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.changes import services
from haven.changes.forms.comparing import KINDS, SIDES, LookForm
from haven.changes.forms.pairs import NEW, DocumentForm, EditionsForm, NewDocumentForm, TwoFilesForm
from haven.changes.queries import pairs
from haven.changes.queries.pairs import Keepable, PairPage
from haven.changes.rules.comparing import CONCERNS
from haven.files.serving import as_attachment
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]
TOO_MANY = "You have compared many files in a short time. Wait a minute and try again."
MOST_IN_A_SESSION = 20


@require_http_methods(PAGE)
@or_not_there
def give(request: ActorRequest) -> HttpResponse:
    """Give two files, to see what changed between them."""
    by, at = request.actor, timezone.now()
    pairs.may_begin(by=by)
    form = TwoFilesForm(request.POST, request.FILES) if request.method == "POST" else TwoFilesForm()
    if form.is_bound and not _is_patient(request):
        form.add_error(None, TOO_MANY)
    pair = gained(form, lambda: services.take_pair(old=form.chosen[0], new=form.chosen[1], by=by, at=at))
    if pair:
        request.session["pairs"] = [*request.session.get("pairs", []), str(pair)][-MOST_IN_A_SESSION:]
        return redirect("changes:pair", pair)
    return render(request, "changes/pair_give.html", {"form": form}, status=status(form))


@require_safe
@or_not_there
def show(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """Every change between the two files; while they are compared, how far it has come."""
    _require_hers(request, pair_id)
    progress = pairs.progress_of(pair_id=pair_id, at=timezone.now())
    if progress.is_waiting:
        return render(request, "changes/pair_wait.html", {"progress": progress, "pair_id": pair_id})
    if progress.old_fault or progress.new_fault:
        form = TwoFilesForm()
        context = {"form": form, "progress": progress, "pair_id": pair_id}
        return render(request, "changes/pair_give.html", context)
    look = LookForm(request.GET)
    page = pairs.pair_page(pair_id=pair_id, looked=look.looked)
    context = {"page": page, "lines": page.lines, "look": look, "ways": _ways(look, page)}
    context |= {"old": page.old, "new": page.new, "may_keep": bool(request.actor.leads)}
    return render(request, "changes/pair.html", context)


@require_safe
@or_not_there
def report(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """The same as a page of its own, to be saved."""
    _require_hers(request, pair_id)
    return as_attachment(pairs.report_file(pair_id=pair_id))


@require_safe
@or_not_there
def table(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """The same as a table, to be saved."""
    _require_hers(request, pair_id)
    return as_attachment(pairs.table_file(pair_id=pair_id))


@require_POST
@or_not_there
def forget(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """Throw both files away."""
    _require_hers(request, pair_id)
    by, at = request.actor, timezone.now()
    done(request, lambda: services.forget_pair(pair_id=pair_id, by=by, at=at), "Both files were thrown away.")
    request.session["pairs"] = [each for each in request.session["pairs"] if each != str(pair_id)]
    return redirect("changes:give-pair")


@require_http_methods(PAGE)
@or_not_there
def keep(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """Keep both files as editions of a document, and go on to what changed, to be judged."""
    _require_hers(request, pair_id)
    by, at = request.actor, timezone.now()
    kept = pairs.keepable(pair_id=pair_id, by=by)
    choice = DocumentForm(request.GET or None, kept=kept)
    form = _edition_form(request, pair_id, kept, choice)
    if form and (editions := gained(form, lambda: services.keep_pair(**_wish(form, pair_id, choice), by=by, at=at))):
        return redirect("changes:comparison", *(each.pk for each in editions))
    context = {"choice": choice, "form": form, "kept": kept, "pair_id": pair_id}
    return render(request, "changes/pair_keep.html", context, status=status(form) if form else 200)


def _is_patient(request: ActorRequest) -> bool:
    """Whether somebody who has not signed in has not given too many files in a short time."""
    is_known = request.actor.person is not None
    return is_known or bool(ratelimit.consume(request, app="allauth.account", action="two_files"))


def _require_hers(request: ActorRequest, pair_id: UUID) -> None:
    """Raises `Http404` unless the files were given in this very session."""
    if str(pair_id) not in request.session.get("pairs", []):
        raise Http404


def _edition_form(request: ActorRequest, pair_id: UUID, kept: Keepable, choice: DocumentForm) -> EditionsForm | None:
    """What is asked once it is known of which document the files are editions."""
    if not choice.is_bound or not choice.is_valid():
        return None
    sent, chosen = request.POST if request.method == "POST" else None, choice.cleaned_data["document"]
    if chosen == NEW:
        return NewDocumentForm(sent, kept=kept)
    old, new = (hashlib.sha256(content).hexdigest() for _, content in pairs.files_of(pair_id=pair_id))
    places = pairs.places_in(document=choice.documents[chosen], kept=kept, digests=(old, new), by=request.actor)
    return EditionsForm(sent, kept=kept, places=places)


def _wish(form: EditionsForm, pair_id: UUID, choice: DocumentForm) -> dict[str, Any]:
    known = choice.documents.get(choice.cleaned_data["document"])
    old, new = form.editions
    document = form.document if isinstance(form, NewDocumentForm) else known
    return {"pair_id": pair_id, "document": document, "old": old, "new": new}


def _ways(look: LookForm, page: PairPage) -> dict[str, object]:
    return {
        "kinds": look.ways("kind", KINDS, page.kinds),
        "concerns": look.ways("concern", CONCERNS, page.concerns),
        "views": [look.way_back("view", "In one text"), *look.ways("view", {SIDES: "Side by side"}, [(SIDES, None)])],
    }
