"""Letting a request in: signed by a key that is good, for us, just now, and never seen before."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from haven.access.actor import Actor
from haven.api.models import ProgramKey, SeenNonce
from haven.api.queries.keys import Standing, program_of, standing_of
from haven.api.rules.problems import Problem, Refusal
from haven.api.rules.signatures import Request, read_signature, require_signed
from haven.engines.days.moments import local_day

SWEPT_AFTER = timedelta(hours=1)  # many times as long as a request passes for new

SEE = """
    insert into api_seennonce (key_id, nonce, seen_at) values (%s, %s, %s) on conflict do nothing
"""


def admit(*, request: Request, at: datetime) -> Actor:
    """The program that sent this request, looked at and not seen before. Raises `Refusal`.

    Within the transaction of what is then done: where that is undone, the same request may come again.
    """
    signed = read_signature(request)
    key = ProgramKey.objects.select_related("organisation").filter(name=signed.key_id).first()
    if key is None:
        raise Refusal(Problem.UNKNOWN_KEY)
    _require_good(key, at)
    audience = str(settings.PROGRAM_AUDIENCE)
    require_signed(signed, request, public=bytes(key.public), audience=audience, now=int(at.timestamp()))
    with connection.cursor() as cursor:
        cursor.execute(SEE, [key.pk, signed.nonce, at])
        if cursor.rowcount == 0:
            raise Refusal(Problem.REPLAYED, "Sign it again, with another nonce; the idempotency key stays")
    return program_of(key, on=local_day(at))


@transaction.atomic
def admit_reading(*, request: Request, at: datetime) -> Actor:
    """The same, for a request that asks and changes nothing. Raises `Refusal`."""
    return admit(request=request, at=at)


def sweep_nonces(*, by: Actor, at: datetime) -> int:  # noqa: ARG001 - every service says who
    """Forget requests that are too old to be taken anyway."""
    swept, _ = SeenNonce.objects.filter(seen_at__lt=at - SWEPT_AFTER).delete()
    return swept


def _require_good(key: ProgramKey, at: datetime) -> None:
    match standing_of(key, at=at):
        case Standing.WAITING:
            raise Refusal(Problem.NOT_APPROVED)
        case Standing.AHEAD | Standing.OVER:
            raise Refusal(Problem.NOT_IN_TIME, f"It is good from {key.starts_at:%d %B %Y} until {key.ends_at:%d %B %Y}")
        case Standing.ENDED:
            raise Refusal(Problem.ENDED)
