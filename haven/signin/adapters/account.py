"""Signing in with a password: who may, what is recorded, what is sent. No public sign-up, by any door."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from haven.access.actor import NOBODY, Actor
from haven.people.models import Person
from haven.signin import letters, services
from haven.signin.queries import has_factor
from haven.signin.rules import is_fresh

KNOWN_COOKIE = "haven-known"
KNOWN_FOR = 180 * 24 * 60 * 60
KNOWN_LIMIT = 8  # people who use one browser: more than that, and the oldest are forgotten

CANNOT = "These details do not let you sign in."
SAID = {
    "account/messages/password_changed.txt": "Your password has been changed. You are signed out everywhere else.",
    "account/messages/password_set.txt": "Your password has been set.",
    "socialaccount/messages/account_connected.txt": "Single sign-on is linked to your account.",
    "socialaccount/messages/account_connected_updated.txt": "Single sign-on is linked to your account already.",
    "socialaccount/messages/account_connected_other.txt": "That sign-in is linked to another account.",
}
"""What the sign-in library wants said, in our words. What is not listed is not said."""


class AccountAdapter(DefaultAccountAdapter):
    """Haven's answers to the sign-in library's questions."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "too_many_login_attempts": "There were too many wrong tries. Wait 15 minutes, or sign in with a passkey.",
        "incorrect_code": "That code is not right, or it is used up.",
        "incorrect_password": "That password is not right.",
        "enter_current_password": "That is not your present password.",
        "rate_limited": "There were too many tries. Wait a few minutes.",
        "invalid_password_reset": "That code is no longer good. Ask for a new one.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people join by invitation."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the password the second factor; then, where her address must be shown to be hers, a code sent to it."""
        stages = "haven.signin.adapters.stages"
        return [f"{stages}.SecondFactorStage", f"{stages}.AddressStage"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """As the library, but for one who left the same as for one who never was."""
        person = super().authenticate(request, **credentials)
        return person if person is not None and person.is_active else None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by address alone, by whatever host name they come."""
        return str(credentials.get("email", "")).lower()

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """One who left gets the answer that a wrong passkey gets."""
        messages.error(request, CANNOT)
        return redirect("account_login")

    def login(self, request: HttpRequest, user: Person) -> None:
        """Open a session: new identifier, its own clock, on the list of sessions and in the ledger."""
        now = request.now()  # type: ignore[attr-defined]
        ways = [record.get("type", record["method"]) for record in get_authentication_records(request, user)]
        with transaction.atomic():
            super().login(request, user)
            request.session["signed_in_at"] = request.session["seen_at"] = now.timestamp()
            request.session.pop("was_idle", None)
            UserSession.objects.create_from_request(request)
            by = Actor(person=user.pk, name="")
            services.note_sign_in(ways=ways, is_new_browser=not is_known_browser(request, user), by=by, at=now)

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Remember the browser, so that the next sign-in from it needs no letter."""
        response = super().post_login(request, user, **kwargs)
        remember_browser(request, response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Close the session and record it."""
        with transaction.atomic():
            at = request.now()  # type: ignore[attr-defined]
            services.note_sign_out(by=Actor(person=request.user.pk, name=""), at=at)
            super().logout(request)

    def set_password(self, user: Person, password: str) -> None:
        """Set a password, changed by herself or reset by a code."""
        asker = self.request.user
        by = Actor(person=asker.pk, name="") if asker.pk == user.pk else NOBODY
        services.set_password(person=user, password=password, by=by, at=self.request.now())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether she must show again who she is before she changes how she signs in."""
        return not is_fresh_request(self.request)

    def get_reauthentication_methods(self, user: Person | AnonymousUser) -> list[dict[str, Any]]:
        """With what she may show it: where she has a second factor, the password alone is not enough."""
        methods = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        return factors or methods

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account page."""
        return reverse("signin:account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what the library wants said, in our words."""
        if text := message or SAID.get(message_template or ""):
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the library's one letter as ours; it has no other that can be asked for."""
        if template_prefix != "account/email/password_reset_code":
            raise LookupError(f"no letter for {template_prefix}")
        letters.reset_code(email, code=context["code"])

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the services tell her themselves."""


def is_fresh_request(request: HttpRequest) -> bool:
    """Whether she has lately shown who she is, or has nothing to show it with but the session itself."""
    records = get_authentication_records(request, request.user)
    now = request.now().timestamp()  # type: ignore[attr-defined]
    if is_fresh(records, has_factor=has_factor(request.user.pk), now=now):
        return True
    return not AccountAdapter(request).get_reauthentication_methods(request.user)


def sign_in(request: HttpRequest, person: Person, *, way: str) -> None:
    """Open a session for somebody whom the caller knows to be she, by a way of its own, such as "demo"."""
    adapter = AccountAdapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    clear_login(request)
    record_authentication(request, person, way)
    adapter.login(request, person)


def is_known_browser(request: HttpRequest, person: Person) -> bool:
    """Whether she has signed in from this browser before."""
    return any(constant_time_compare(mark, _mark(person)) for mark in _known(request))


def remember_browser(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Note in the browser that she has signed in from it; the note says to nobody who she is."""
    marks = [mark for mark in _known(request) if mark != _mark(person)][-(KNOWN_LIMIT - 1) :]
    value = signing.dumps([*marks, _mark(person)], salt=KNOWN_COOKIE)
    response.set_cookie(
        _cookie_name(request), value, max_age=KNOWN_FOR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def _cookie_name(request: HttpRequest) -> str:
    return f"__Host-{KNOWN_COOKIE}" if request.is_secure() else KNOWN_COOKIE


def _known(request: HttpRequest) -> list[str]:
    try:
        found = signing.loads(request.COOKIES.get(_cookie_name(request), ""), salt=KNOWN_COOKIE, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return []
    return [str(mark) for mark in found]


def _mark(person: Person) -> str:
    return salted_hmac("signin.known", str(person.pk), algorithm="sha256").hexdigest()[:32]
