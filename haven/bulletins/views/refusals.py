"""How the screens of bulletins answer a refusal: as if nothing were there, or with the advice where it is of use."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse

from haven.access.actor import Actor
from haven.access.decision import Refused

View = Callable[..., HttpResponse]
T = TypeVar("T")
UNFIT = 422


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


def granted(form: BaseForm, service: Callable[[], T]) -> T | None:
    """What the service gave back, where the form was sound and it did. Advice is put into the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return service()
    except Refused as refused:
        if not refused.advice:
            raise
        form.add_error(None, refused.advice)
        return None


def done(request: HttpRequest, service: Callable[[], object], said: str = "") -> bool:
    """Whether the service did it. What it said, or its advice, stands on the next page."""
    try:
        service()
    except Refused as refused:
        if not refused.advice:
            raise
        messages.error(request, refused.advice)
        return False
    if said:
        messages.success(request, said)
    return True


def status(form: BaseForm) -> int:
    """The status of a page with this form."""
    return UNFIT if form.is_bound and form.errors else 200
