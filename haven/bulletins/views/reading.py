"""Published bulletins: the list, one to read, and changing or withdrawing it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haven.bulletins import services
from haven.bulletins.forms.notes import AmendForm, SearchForm, WhyForm, typed_again
from haven.bulletins.queries import checking, lists
from haven.bulletins.queries.drafts import published_only
from haven.bulletins.queries.reading import bulletin_page, history_of
from haven.people.refusals import ActorRequest, gained, or_not_there, status

A_PAGE = 20
PAGE = ["GET", "HEAD", "POST"]


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """What reached her, newest first; filter and search."""
    by, on = request.actor, timezone.localdate()
    form = SearchForm(request.GET)
    found = Paginator(lists.bulletins_for(by=by, on=on, sought=form.sought), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": form,
        "found": found,
        "lines": lists.lines_of(found.object_list, by=by, on=on),
        "leads": bool(by.leads),
        "drafts": checking.drafts_of(by=by).count() if by.leads else 0,
    }
    return render(request, "bulletins/index.html", context)


@require_safe
@or_not_there
def show(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """One bulletin, to read and to print."""
    by = request.actor
    if checking.is_draft_of(bulletin_id=bulletin_id, by=by):
        return redirect("bulletins:check", bulletin_id)
    page = bulletin_page(bulletin_id=bulletin_id, by=by, at=timezone.now())
    history = history_of(bulletin_id=bulletin_id, by=by)
    return render(request, "bulletins/show.html", {"page": page, "history": history})


@require_http_methods(PAGE)
@or_not_there
def amend(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """Change how it is published, and say why."""
    by, at = request.actor, timezone.now()
    bulletin = published_only(bulletin_id=bulletin_id, by=by)
    form = AmendForm(
        request.POST or None, initial=typed_again(bulletin.settings), area=bulletin.area, on=timezone.localdate()
    )
    if gained(
        form,
        lambda: services.amend_bulletin(
            bulletin_id=bulletin_id, settings=form.settings, why=form.cleaned_data["why"], by=by, at=at
        ),
    ):
        messages.success(request, "Changed. Those it reached are told.")
        return redirect("bulletins:show", bulletin_id)
    return render(request, "bulletins/settings.html", {"form": form, "bulletin": bulletin}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def withdraw(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """No longer publish it, and say why."""
    by, at = request.actor, timezone.now()
    bulletin = published_only(bulletin_id=bulletin_id, by=by)
    form = WhyForm(request.POST or None)
    if gained(
        form,
        lambda: services.withdraw_bulletin(bulletin_id=bulletin_id, why=form.cleaned_data["why"], by=by, at=at),
    ):
        messages.success(request, "Withdrawn. Nothing in it is asked any more, and those it reached are told.")
        return redirect("bulletins:show", bulletin_id)
    return render(request, "bulletins/withdraw.html", {"form": form, "bulletin": bulletin}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def withdraw_item(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Take one item out of what is published, and say why."""
    by, at = request.actor, timezone.now()
    item = checking.item_to_prepare(item_id=item_id, by=by)
    published_only(bulletin_id=item.bulletin_id, by=by)
    form = WhyForm(request.POST or None)
    if gained(form, lambda: services.withdraw_item(item_id=item_id, why=form.cleaned_data["why"], by=by, at=at)):
        messages.success(request, "Taken out. Those it reached are told.")
        return redirect("bulletins:show", item.bulletin_id)
    context = {"form": form, "bulletin": item.bulletin, "item": item}
    return render(request, "bulletins/withdraw.html", context, status=status(form))
