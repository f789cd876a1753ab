"""The directory, an organisation's page, inviting, and the days on which a school differs."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.roles import Role
from haven.people.forms import DayForm, InviteForm, SearchForm, WhichDayForm
from haven.people.queries.organisations import areas_led_by, directory
from haven.people.queries.pages import organisation_page
from haven.people.queries.posts import covers_kept_by
from haven.people.refusals import ActorRequest, granted, or_not_there, status, there
from haven.people.services.calendars import clear_day, override_day
from haven.people.services.invitations import invite, withdraw_invitation

ON_A_PAGE = 50


@require_safe
def found(request: ActorRequest) -> HttpResponse:
    """The organisations this actor may see. Whoever sees but one goes straight there."""
    today = timezone.localdate()
    form = SearchForm(request.GET if request.GET.get("q", "").strip() else None)
    search = form.cleaned_data["q"] if form.is_valid() else ""
    organisations = directory(by=request.actor, on=today, search=search)
    if not request.actor.posts:
        raise Http404
    if not search and not request.actor.leads and len(only := organisations[:2]) == 1:
        return redirect("people:organisation", only[0].pk)
    page = Paginator(organisations, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": form,
        "page": page,
        "areas": areas_led_by(by=request.actor),
        "covers": covers_kept_by(by=request.actor, on=today),
    }
    return render(request, "people/directory.html", context)


@require_safe
def organisation(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation: its facts, its people, its days."""
    page = there(organisation_page(organisation_id=organisation_id, by=request.actor, on=timezone.localdate()))
    return render(request, "people/organisation.html", {"page": page, "organisation": page.organisation})


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def invite_to(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """Invite somebody to a post."""
    now = timezone.now()
    page = there(organisation_page(organisation_id=organisation_id, by=request.actor, on=timezone.localdate(now)))
    if not page.invitable:
        raise Http404
    form = InviteForm(request.POST or None, roles=page.invitable, initial={"starts_on": timezone.localdate(now)})

    def do() -> None:
        typed = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        invite(organisation_id=organisation_id, by=request.actor, at=now, **typed)

    if granted(form, do):
        messages.success(request, "The invitation has been sent. It can be taken up for two weeks.")
        return redirect("people:organisation", organisation_id)
    context = {"form": form, "organisation": page.organisation}
    return render(request, "people/invite.html", context, status=status(form))


@require_POST
@or_not_there
def withdraw(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = withdraw_invitation(invitation_id=invitation_id, by=request.actor, at=timezone.now())
    messages.success(request, "The invitation has been withdrawn.")
    return redirect("people:organisation", invitation.organisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def days(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """The days on which a school differs from its area, and one more."""
    now = timezone.now()
    page = there(organisation_page(organisation_id=organisation_id, by=request.actor, on=timezone.localdate(now)))
    if not page.may_edit_calendar:
        raise Http404
    form = DayForm(request.POST or None)

    def do() -> None:
        day, standing, why = (form.cleaned_data[name] for name in ("day", "standing", "why"))
        who = {"organisation_id": organisation_id, "by": request.actor, "at": now}
        override_day(day=day, is_open=standing == "open", why=why, **who)  # type: ignore[arg-type]

    if granted(form, do):
        messages.success(request, "The school’s calendar has been changed.")
        return redirect("people:days", organisation_id)
    context = {"form": form, "page": page, "organisation": page.organisation}
    return render(request, "people/days.html", context, status=status(form))


@require_POST
@or_not_there
def clear(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """Let the school follow its area again on a day."""
    form = WhichDayForm(request.POST)
    if not form.is_valid():
        raise Http404
    clear_day(organisation_id=organisation_id, day=form.cleaned_data["day"], by=request.actor, at=timezone.now())
    messages.success(request, "On that day the school follows its area’s terms again.")
    return redirect("people:days", organisation_id)
