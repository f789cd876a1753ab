"""How every screen answers a refusal: as if nothing were there, or with the advice beside the form."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse

from haven.access.actor import Actor
from haven.access.decision import Refused

UNFIT = 422  # a form that was sent and is not right

View = Callable[..., HttpResponse]
T = TypeVar("T")


class ActorRequest(HttpRequest):
    """A request as it reaches a view: whose it is has been made out, and so can be what time it is."""

    actor: Actor
    now: Callable[[], datetime]


def or_not_there(view: View) -> View:
    """Not allowed and not there look the same."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Refused, ObjectDoesNotExist):
            raise Http404 from None

    return answer


def there(page: T | None) -> T:
    """The page, or the answer that there is none."""
    if page is None:
        raise Http404
    return page


def gained(form: BaseForm, service: Callable[[], T]) -> T | None:
    """What the service gave back, where the form was sound and it did. Advice is put into the form.

    A form whose `blames` says which field answers for a reason has it there.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return service()
    except Refused as refused:
        if not refused.advice:
            raise
        form.add_error(getattr(form, "blames", {}).get(refused.reason), refused.advice)
        return None


def granted(form: BaseForm, service: Callable[[], object]) -> bool:
    """Whether the form was sound and the service did it, whatever it gave back."""
    return gained(form, lambda: (service(),)) is not None


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
    """200 for a blank form, 422 for one that was not right."""
    return UNFIT if form.is_bound and form.errors else 200
