"""“I have been invited”: the one page of people that is open to everybody."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from haven.people.forms import AcceptForm, JoinForm
from haven.people.refusals import ActorRequest, granted, status
from haven.people.services.invitations import accept_invitation, join


@login_not_required
@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: ActorRequest) -> HttpResponse:
    """Take an invitation up: with the account one has, or as somebody new."""
    return _accept(request) if request.user.is_authenticated else _join(request)


def _accept(request: ActorRequest) -> HttpResponse:
    form = AcceptForm(request.POST or None)

    def do() -> None:
        address = request.user.get_username()
        accept_invitation(email=address, code=form.cleaned_data["code"], by=request.actor, at=timezone.now())

    if granted(form, do):
        messages.success(request, "You have the post you were invited to.")
        return redirect("people:found")
    return render(request, "people/accept.html", {"form": form}, status=status(form))


def _join(request: ActorRequest) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if granted(form, lambda: join(**form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, "You have joined. Sign in, then add a second factor: that opens your post.")
        return redirect(resolve_url(settings.LOGIN_URL))
    return render(request, "people/join.html", {"form": form}, status=status(form))
