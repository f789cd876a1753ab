"""How the screens of people answer a refusal: as if nothing were there, or with the advice beside the form."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse

from haven.access.actor import Actor
from haven.access.decision import Refused

UNFIT = 422  # a form that was sent and is not right

View = Callable[..., HttpResponse]
Page = TypeVar("Page")


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


def there(page: Page | None) -> Page:
    """The page, or the answer that there is none."""
    if page is None:
        raise Http404
    return page


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


def status(form: BaseForm) -> int:
    """200 for a blank form, 422 for one that was not right."""
    return UNFIT if form.is_bound and form.errors else 200
