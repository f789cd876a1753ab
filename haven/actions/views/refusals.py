"""How the screens of actions answer a refusal: as if nothing were there, or with the advice beside the form."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse

from haven.access.actor import Actor
from haven.access.decision import Refused

View = Callable[..., HttpResponse]


class ActorRequest(HttpRequest):
    """A request as it reaches a view: whose it is has been made out."""

    actor: Actor


def or_not_there(view: View) -> View:
    """Not allowed and not there look the same."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Refused, ObjectDoesNotExist):
            raise Http404 from None

    return answer


def granted(form: BaseForm, service: Callable[[], object]) -> bool:
    """Whether the form was sound and the service did it. Advice is put into the form."""
    if not form.is_valid():
        return False
    try:
        service()
    except Refused as refused:
        if not refused.advice:
            raise
        form.add_error(None, refused.advice)
        return False
    return True
