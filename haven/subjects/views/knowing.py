"""One remembered choice: that somebody knows the golden rules, and has them closed."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from haven.people.refusals import ActorRequest
from haven.signin.rules import confidential
from haven.subjects.rules.golden import KNOWN_COOKIE, KNOWN_FOR


@require_POST
@confidential
def keep_closed(request: ActorRequest) -> HttpResponse:
    """Keep the seven questions closed in this browser for a year. They stay one click away."""
    back = request.POST.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    answer = redirect(back)
    answer.set_cookie(
        KNOWN_COOKIE, "1", max_age=KNOWN_FOR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
    )
    return answer
