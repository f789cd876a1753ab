"""The directory of contacts and the calendar of events."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.bulletins import services
from haven.bulletins.forms.directory import AmendContactForm, DirectoryForm
from haven.bulletins.forms.items import form_for_contact
from haven.bulletins.models import Contact
from haven.bulletins.queries import directory, events, lists
from haven.bulletins.rules.showing import telephone
from haven.bulletins.views.calendars import as_calendar
from haven.kit.sheets import as_csv, as_excel
from haven.people.refusals import ActorRequest, gained, or_not_there, status

A_PAGE = 50
KINDS: Mapping[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_excel}
COLUMNS = ("Name", "Role", "Telephone", "E-mail", "Marking", "Area", "Last noted")


@require_safe
@or_not_there
def contacts(request: ActorRequest) -> HttpResponse:
    """Whom to reach."""
    by, on = request.actor, timezone.localdate()
    form = DirectoryForm(request.GET)
    found = directory.contacts_for(by=by, on=on, searched=form.searched)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": form,
        "found": page,
        "lines": directory.lines_of(page.object_list),
        "retired": directory.retired_contacts(by=by) if by.leads else [],
    }
    return render(request, "bulletins/contacts.html", context)


@require_POST
@or_not_there
def export(request: ActorRequest, kind: str) -> HttpResponse:
    """The directory to take away, each contact with its marking. Sent for, since the taking away is recorded."""
    form = DirectoryForm(request.POST)
    found = services.export_contacts(searched=form.searched, by=request.actor, at=timezone.now())
    return KINDS[kind]("contacts", COLUMNS, [_row(contact) for contact in found])


@require_safe
@or_not_there
def contact(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """One contact, how it may be handled, and the bulletins that name it."""
    by, on = request.actor, timezone.localdate()
    found = _found(request, contact_id)
    context = {
        "contact": found,
        "line": directory.lines_of([found])[0],
        "bulletins": lists.lines_of(directory.bulletins_naming(contact=found, by=by, on=on), by=by, on=on),
        "may_change": found.area_id in by.leads,
    }
    return render(request, "bulletins/contact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def amend(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """Change a contact."""
    found = directory.contact_to_keep(contact_id=contact_id, by=request.actor)
    form: AmendContactForm = form_for_contact(AmendContactForm, directory.facts_of(found), request.POST or None)
    if gained(form, lambda: _amended(form, contact_id, request)):
        messages.success(request, "Changed.")
        return redirect("bulletins:contact", contact_id)
    return render(request, "bulletins/amend_contact.html", {"form": form, "contact": found}, status=status(form))


@require_POST
@or_not_there
def retire(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """Take a contact out of the directory."""
    services.retire_contact(contact_id=contact_id, by=request.actor, at=timezone.now())
    messages.success(request, "Taken out of the directory.")
    return redirect("bulletins:contacts")


@require_POST
@or_not_there
def restore(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """Put a retired contact back."""
    services.restore_contact(contact_id=contact_id, by=request.actor, at=timezone.now())
    messages.success(request, "Back in the directory.")
    return redirect("bulletins:contact", contact_id)


@require_safe
@or_not_there
def calendar(request: ActorRequest) -> HttpResponse:
    """What is on."""
    has_past = request.GET.get("past") == "1"
    found = events.events_for(by=request.actor, on=timezone.localdate(), has_past=has_past)
    return render(request, "bulletins/events.html", {"events": found, "has_past": has_past})


@require_safe
@or_not_there
def calendar_file(request: ActorRequest) -> HttpResponse:
    """What is on, as a file for one's own calendar."""
    found = events.events_for(by=request.actor, on=timezone.localdate())
    return as_calendar(found)


def _found(request: ActorRequest, contact_id: UUID) -> Contact:
    found = directory.contact_for(contact_id=contact_id, by=request.actor, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _amended(form: AmendContactForm, contact_id: UUID, request: ActorRequest) -> Contact:
    why = form.cleaned_data.pop("why")
    return services.amend_contact(
        contact_id=contact_id, facts=form.contact_facts, why=why, by=request.actor, at=timezone.now()
    )


def _row(contact: Contact) -> tuple[object, ...]:
    marking = contact.marking_label or "No marking"
    phones, emails = ", ".join(map(telephone, contact.phones)), ", ".join(contact.emails)
    noted = timezone.localdate(contact.noted_at)
    return (contact.name, contact.role, phones, emails, marking, contact.area.name, noted)
