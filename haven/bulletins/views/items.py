"""The items of a draft, one by one: each a plain form, so that everything works without JavaScript."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.bulletins import services
from haven.bulletins.forms.items import AddForm, ItemForm, JoinForm, KindForm, SplitForm, form_for, why_of
from haven.bulletins.models import Item
from haven.bulletins.queries import checking
from haven.bulletins.views.checking import onwards
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]


def _decision(service: Callable[..., Item]) -> Callable[[ActorRequest, UUID], HttpResponse]:
    @require_POST
    @or_not_there
    def decide(request: ActorRequest, item_id: UUID) -> HttpResponse:
        done(request, lambda: service(item_id=item_id, by=request.actor, at=timezone.now()))
        return redirect(_onwards(checking.item_to_prepare(item_id=item_id, by=request.actor)))

    return decide


accept = _decision(services.accept_item)
dismiss = _decision(services.dismiss_item)
reconsider = _decision(services.reconsider_item)


@require_POST
@or_not_there
def accept_sure(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """Accept all the sure ones."""
    count = services.accept_sure_items(bulletin_id=bulletin_id, by=request.actor, at=timezone.now())
    messages.success(request, f"{count} accepted. You can still change each of them.")
    return redirect("bulletins:check", bulletin_id)


@require_POST
@or_not_there
def add(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """Add an item by its words."""
    form = AddForm(request.POST)
    by, at = request.actor, timezone.now()
    item = gained(
        form,
        lambda: services.add_item(
            bulletin_id=bulletin_id,
            kind=form.item_kind,
            words=form.cleaned_data["words"],
            near=form.cleaned_data["near"],
            by=by,
            at=at,
        ),
    )
    if item:
        return redirect("bulletins:edit-item", item.pk)
    page = checking.checking_page(bulletin_id=bulletin_id, by=by)
    context = {"page": page, "bulletin": page.bulletin, "form": form}
    return render(request, "bulletins/check.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def edit(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Say what an item says; in a draft that accepts it, in a published bulletin that changes it."""
    item = checking.item_to_prepare(item_id=item_id, by=request.actor)
    is_draft = item.bulletin.is_draft
    if not is_draft and not item.bulletin.is_published:
        return onwards(item.bulletin)
    form = form_for(item, request.POST or None, on=timezone.localdate())
    if gained(form, lambda: _saved(item, form, request)):
        return redirect(_onwards(item) if is_draft else reverse("bulletins:show", args=[item.bulletin_id]))
    context = {"form": form, "item": item, "bulletin": item.bulletin, "is_draft": is_draft}
    return render(request, "bulletins/edit_item.html", context, status=status(form))


@require_safe
@or_not_there
def reshape(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Say that an item is of another kind, join it with another, or split it."""
    item = checking.item_to_prepare(item_id=item_id, by=request.actor)
    return _reshaping(request, item)


@require_POST
@or_not_there
def set_kind(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Say of what kind an item is."""
    item = checking.item_to_prepare(item_id=item_id, by=request.actor)
    form = KindForm(request.POST)
    by, at = request.actor, timezone.now()
    if gained(form, lambda: services.set_kind(item_id=item_id, kind=form.item_kind, by=by, at=at)):
        return redirect("bulletins:edit-item", item_id)
    return _reshaping(request, item, kind=form)


@require_POST
@or_not_there
def join(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Make one item of two."""
    item = checking.item_to_prepare(item_id=item_id, by=request.actor)
    form = JoinForm(request.POST, item=item)
    by, at = request.actor, timezone.now()
    joined = gained(
        form, lambda: services.join_items(item_id=item_id, other_id=form.cleaned_data["other"], by=by, at=at)
    )
    return redirect(_place(joined)) if joined else _reshaping(request, item, join=form)


@require_POST
@or_not_there
def split(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Make two items of one."""
    item = checking.item_to_prepare(item_id=item_id, by=request.actor)
    form = SplitForm(request.POST, item=item)
    by, at = request.actor, timezone.now()
    parts = gained(
        form, lambda: services.split_item(item_id=item_id, second_begins=form.cleaned_data["begins"], by=by, at=at)
    )
    return redirect(_place(parts[0])) if parts else _reshaping(request, item, split=form)


def _saved(item: Item, form: ItemForm, request: ActorRequest) -> Item:
    by, at = request.actor, timezone.now()
    why = why_of(form)
    facts, audience = form.facts, form.audience
    if item.bulletin.is_draft:
        return services.edit_item(item_id=item.pk, facts=facts, audience=audience, by=by, at=at)
    changed = services.amend_item(item_id=item.pk, facts=facts, audience=audience, why=why, by=by, at=at)
    messages.success(request, "Changed. Those it reached are told.")
    return changed


def _reshaping(
    request: ActorRequest,
    item: Item,
    *,
    kind: KindForm | None = None,
    join: JoinForm | None = None,
    split: SplitForm | None = None,
) -> HttpResponse:
    if not item.bulletin.is_draft:
        return onwards(item.bulletin)
    context = {
        "item": item,
        "bulletin": item.bulletin,
        "kind": kind or KindForm(initial={"kind": item.kind}),
        "join": join or JoinForm(item=item),
        "split": split or SplitForm(item=item),
    }
    refused = next((form for form in (kind, join, split) if form is not None), None)
    return render(request, "bulletins/reshape_item.html", context, status=status(refused) if refused else 200)


def _place(item: Item) -> str:
    return f"{reverse('bulletins:check', args=[item.bulletin_id])}#item-{item.number}"


def _onwards(item: Item) -> str:
    """The next item that waits, in the order of the list; else the top of the page."""
    page = reverse("bulletins:check", args=[item.bulletin_id])
    following = checking.next_waiting(item=item)
    return f"{page}#item-{following}" if following else f"{page}#items"
