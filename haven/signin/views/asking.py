"""What the views of an account ask before they change anything."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

from haven.access.actor import Actor
from haven.signin.adapters.account import is_fresh_request

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def fresh(view: View[P]) -> View[P]:
    """Let nobody in who has not lately shown who she is; she is asked, and comes back."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_fresh_request(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return answer


def herself(request: HttpRequest) -> Actor:
    """Whoever is signed in, by her identifier alone, as the ledger is to know her."""
    return Actor(person=request.user.pk, name="")
