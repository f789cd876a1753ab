"""The keys of programs: listed, registered, approved by a second person, taken out of use."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.api import services
from haven.api.forms import KeyForm
from haven.api.queries.keys import key_for, keys_for, senders_of
from haven.api.rules.keys import USUAL
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status, there
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@confidential
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """The programs that may send, and those that wait for a second person."""
    by, at = request.actor, request.now()
    lines = keys_for(by=by, at=at, on=timezone.localdate(at))
    return render(request, "api/keys.html", {"lines": lines, "senders": senders_of(by=by)})


@require_http_methods(PAGE)
@confidential
@or_not_there
def register(request: ActorRequest) -> HttpResponse:
    """Register a key."""
    by, at = request.actor, request.now()
    today = timezone.localdate(at)
    usual = {"first_on": today, "last_on": today + USUAL}
    senders = there(senders_of(by=by) or None)
    form = KeyForm(request.POST or None, senders=senders, initial=usual)
    if made := gained(form, lambda: services.register_key(new=form.new, by=by, at=at)):
        messages.success(request, "Registered. A second person must approve it before it can be used.")
        return redirect("api:key", made.pk)
    return render(request, "api/register.html", {"form": form}, status=status(form))


@require_safe
@confidential
@or_not_there
def show(request: ActorRequest, key_id: UUID) -> HttpResponse:
    """One key."""
    at = request.now()
    line = key_for(key_id=key_id, by=request.actor, at=at, on=timezone.localdate(at))
    return render(request, "api/key.html", {"line": line, "key": line.key})


@require_POST
@confidential
@or_not_there
def approve(request: ActorRequest, key_id: UUID) -> HttpResponse:
    """Let it be used."""
    by, at = request.actor, request.now()
    done(request, lambda: services.approve_key(key_id=key_id, by=by, at=at), "Approved. The program may send now.")
    return redirect("api:key", key_id)


@require_POST
@confidential
@or_not_there
def end(request: ActorRequest, key_id: UUID) -> HttpResponse:
    """Take it out of use."""
    by, at = request.actor, request.now()
    done(request, lambda: services.end_key(key_id=key_id, by=by, at=at), "Out of use from now on.")
    return redirect("api:key", key_id)
