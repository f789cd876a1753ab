"""What a program sends and asks. Every answer is JSON; every refusal is one problem in words."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from time import monotonic
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from haven.access.actor import NOBODY
from haven.api import services
from haven.api.queries.receipts import proof_of, receipts_since
from haven.api.rules.bodies import read_key
from haven.api.rules.problems import Problem, Refusal
from haven.api.rules.rates import Rates
from haven.api.rules.signatures import Request
from haven.people.refusals import ActorRequest

LOG = logging.getLogger(__name__)
FIELDS = {  # the header fields that a signature covers or consists of
    "content-type": "CONTENT_TYPE",
    "content-digest": "HTTP_CONTENT_DIGEST",
    "idempotency-key": "HTTP_IDEMPOTENCY_KEY",
    "signature-input": "HTTP_SIGNATURE_INPUT",
    "signature": "HTTP_SIGNATURE",
}
RATES = Rates(a_second=settings.PROGRAM_RATE, at_once=10 * settings.PROGRAM_RATE)

View = Callable[..., HttpResponse]


def for_programs(view: View) -> View:
    """A view whose caller signs each request instead of signing in: no session, no form token, problems as JSON."""

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if wait := RATES.wait(str(request.META.get("REMOTE_ADDR", "")), now=monotonic()):
                raise Refusal(Problem.TOO_MANY, wait=int(wait) + 1)
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            LOG.info("a program was refused: %s", refusal.problem.code)
            return _problem(refusal)

    return answer


@for_programs
@require_POST
def notifications(request: ActorRequest) -> HttpResponse:
    """Take one notification: 201 with its receipt, 200 with the first receipt where it came before."""
    if request.content_type != "application/json":
        raise Refusal(Problem.NOT_JSON)
    taken = services.take_notification(request=_as_signed(request), by=NOBODY, at=request.now())
    return JsonResponse(taken.receipt.as_json(), status=201 if taken.is_new else 200)


@for_programs
@require_POST
def batch(request: ActorRequest) -> HttpResponse:
    """Take many notifications: for each, in their order, what it would have been answered by itself."""
    if request.content_type != "application/json":
        raise Refusal(Problem.NOT_JSON)
    answers = services.take_notifications(request=_as_signed(request), by=NOBODY, at=request.now())
    return JsonResponse({"answers": [_in_batch(each) for each in answers]})


@for_programs
@require_GET
def receipts(request: ActorRequest) -> HttpResponse:
    """Receipts from a moment on, oldest first, and where each delivery stands."""
    by = services.admit_reading(request=_as_signed(request), at=request.now())
    since, after = _moment(request.GET.get("since", "")), request.GET.get("after", "")
    last = read_key(after) if after else None
    found = receipts_since(by=by, since=since, after=last)
    following = f"{reverse('api:receipts')}?{found.following}" if found.following else None
    return JsonResponse({"receipts": [each.as_json() for each in found.lines], "next": following})


@for_programs
@require_GET
def proof(request: ActorRequest, reference: str) -> HttpResponse:
    """The ledger's proof that a notification was accepted."""
    by = services.admit_reading(request=_as_signed(request), at=request.now())
    found = proof_of(reference=reference, by=by)
    if found is None:
        raise Refusal(Problem.NOT_THERE)
    return HttpResponse(found, content_type="application/json")


def _in_batch(answer: services.Answer) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        LOG.info("a notification was refused: %s", answer.problem.code)
        return {"status": answer.problem.status, "problem": answer.as_json()}
    return {"status": 201 if answer.is_new else 200, "receipt": answer.receipt.as_json()}


def _as_signed(request: HttpRequest) -> Request:
    headers = {name: str(request.META.get(key, "")) for name, key in FIELDS.items()}
    return Request(request.method or "", f"{settings.ORIGIN}{request.get_full_path()}", headers, request.body)


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Refusal(Problem.UNFIT, "Give since as a moment with its offset")
    return found


def _problem(refusal: Refusal) -> HttpResponse:
    answer = JsonResponse(refusal.as_json(), status=refusal.problem.status, content_type="application/problem+json")
    if refusal.wait:
        answer.headers["Retry-After"] = str(refusal.wait)
    if refusal.problem.status == 401:
        answer.headers["WWW-Authenticate"] = 'Signature realm="haven"'
    return answer
