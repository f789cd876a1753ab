"""What a signature of a request must be, down to its spelling."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from haven.api.rules.problems import Problem, Refusal
from haven.api.rules.rates import REMEMBERED, Rates
from haven.api.rules.signatures import AHEAD, LASTS, Request, read_signature, require_signed
from tests.api.programs import AUDIENCE, ORIGIN, Program
from tests.cast import NOW

PATH = "/api/v1/notifications"
BODY = b'{"police_reference": "FH/2026/118"}'
AT = int(NOW.timestamp())
PROGRAM = Program()
PUBLIC = PROGRAM.key.public_key().public_bytes_raw()

MADE_ELSEWHERE = {  # by http-message-signatures 3.0.0, with the same key
    "content-type": "application/json",
    "idempotency-key": "6f1b6d0e-9f34-4b7e-8a3e-2f4f4f0f7a11",
    "content-digest": "sha-256=:WRuyRnSJGCDUsPkFWftB3Roz9nLqCGqiabS+QlI8OUY=:",
    "signature-input": 'haven=("@method" "@target-uri" "content-type" "content-digest" "idempotency-key")'
    ';created=1772443800;keyid="56475aa75463474c0285df5dbf2bcab7";alg="ed25519";nonce="abcdefghijklmnop0123"'
    ';tag="haven.example.org"',
    "signature": "haven=:tpldrrs98S/n72KwN4m0r/mm2DTi+UlRhJaTucahvUcdXl4G15qsc/femirM4KnpSWqkZRzCTwnFkd/KCC8GDQ==:",
}


def refused(request: Request, *, now: int = AT, audience: str = AUDIENCE) -> Problem | None:
    """The problem that a request has, or none."""
    try:
        require_signed(read_signature(request), request, public=PUBLIC, audience=audience, now=now)
    except Refusal as refusal:
        return refusal.problem
    return None


def posted(body: bytes = BODY, **headers: str) -> Request:
    """A request that is signed as it should be, with header fields put in its place."""
    signed = PROGRAM.headers("POST", PATH, body) | {name.replace("_", "-"): value for name, value in headers.items()}
    return Request("POST", ORIGIN + PATH, signed, body)


def test_a_request_that_was_signed_for_us_just_now_passes() -> None:
    assert refused(posted()) is None


def test_one_that_asks_passes() -> None:
    asked = Request("GET", f"{ORIGIN}/api/v1/receipts?since=5", PROGRAM.headers("GET", "/api/v1/receipts?since=5"))
    assert refused(asked) is None


def test_what_another_library_signed_passes() -> None:
    request = Request("POST", f"https://haven.example.org{PATH}", MADE_ELSEWHERE, BODY)
    assert refused(request, audience="haven.example.org") is None


CHANGED: dict[str, tuple[Request, Problem]] = {
    "another body": (Request("POST", ORIGIN + PATH, posted().headers, BODY + b" "), Problem.DIGEST),
    "another address": (Request("POST", f"{ORIGIN}{PATH}?all=1", posted().headers, BODY), Problem.SIGNATURE),
    "another host": (
        Request("POST", f"https://elsewhere.example.org{PATH}", posted().headers, BODY),
        Problem.SIGNATURE,
    ),
    "another method": (Request("PUT", ORIGIN + PATH, posted().headers, BODY), Problem.MALFORMED),
    "another idempotency key": (
        posted(idempotency_key="00000000-0000-4000-8000-000000000000"),
        Problem.SIGNATURE,
    ),
    "another type": (posted(content_type="text/plain"), Problem.SIGNATURE),
    "no idempotency key": (posted(idempotency_key=""), Problem.MALFORMED),
    "no signature": (posted(signature=""), Problem.UNSIGNED),
    "no input": (posted(signature_input=""), Problem.UNSIGNED),
    "two signatures": (posted(signature=f"{posted().headers['signature']}, b=:AA==:"), Problem.MALFORMED),
    "a digest of another sort": (posted(content_digest="sha-512=:AA==:"), Problem.DIGEST),
}


@pytest.mark.parametrize("name", CHANGED)
def test_whatever_is_changed_on_the_way_is_noticed(name: str) -> None:
    request, problem = CHANGED[name]
    assert refused(request) is problem


SPELT: dict[str, Callable[[str], str]] = {
    "a part left out": lambda said: said.replace(' "content-digest"', ""),
    "a part too many": lambda said: said.replace('("@method"', '("@method" "date"'),
    "a part twice": lambda said: said.replace('("@method"', '("@method" "@method"'),
    "a part with a parameter": lambda said: said.replace('"content-type"', '"content-type";sf'),
    "no time": lambda said: said.replace(";created=", ";made="),
    "another algorithm": lambda said: said.replace("ed25519", "hmac-sha256"),
    "no nonce": lambda said: said.replace(";nonce=", ";once="),
    "a parameter twice": lambda said: said + ';alg="ed25519"',
    "a parameter too many": lambda said: said + ";expires=1",
    "two spaces": lambda said: said.replace('" "', '"  "'),
    "another label": lambda said: said.replace("haven=", "other="),
    "an escaped character": lambda said: said.replace('keyid="', 'keyid="\\"'),
    "a time that is no number": lambda said: said.replace(";created=", ';created="1";old='),
    "a time within quotes": lambda said: said.replace(f"created={AT}", f'created="{AT}x"'),
    "a nonce that is too short": lambda said: said.replace(said.split('nonce="')[1].split('"')[0], "abc"),
}


@pytest.mark.parametrize("name", SPELT)
def test_there_is_one_spelling(name: str) -> None:
    plain = posted().headers["signature-input"]
    assert SPELT[name](plain) != plain
    assert refused(posted(signature_input=SPELT[name](plain))) is Problem.MALFORMED


def test_a_signature_of_another_request_does_not_pass() -> None:
    assert refused(posted(signature=PROGRAM.headers("POST", PATH, BODY + b"!")["signature"])) is Problem.SIGNATURE


def test_a_request_for_somebody_else_does_not_pass() -> None:
    assert refused(posted(), audience="haven.elsewhere.example.org") is Problem.AUDIENCE


@pytest.mark.parametrize(
    ("later", "problem"),
    [(LASTS, None), (LASTS + 1, Problem.STALE), (-AHEAD, None), (-AHEAD - 1, Problem.STALE)],
)
def test_a_request_is_good_for_five_minutes_and_a_clock_may_be_a_minute_fast(later: int, problem: Problem) -> None:
    assert refused(posted(), now=AT + later) is problem


def test_a_bucket_lets_so_many_through_at_once_and_then_so_many_a_second() -> None:
    rates, start = Rates(a_second=2, at_once=3), NOW.timestamp()
    assert [rates.wait("force", now=start) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert rates.wait("force", now=start) == pytest.approx(0.5)
    assert rates.wait("another", now=start) == 0.0
    assert rates.wait("force", now=start + 0.5) == 0.0
    assert rates.wait("force", now=start + 0.5) == pytest.approx(0.5)


def test_a_bucket_holds_no_more_than_its_fill_and_time_never_runs_back() -> None:
    rates, start = Rates(a_second=10, at_once=1), NOW.timestamp()
    assert rates.wait("force", now=start) == 0.0
    assert rates.wait("force", now=start + timedelta(days=1).total_seconds()) == 0.0
    assert rates.wait("force", now=start) > 0


def test_no_more_names_are_remembered_than_fit() -> None:
    rates = Rates(a_second=0.001, at_once=1)
    for number in range(REMEMBERED + 1):
        assert rates.wait(str(number), now=0.0) == 0.0
    assert rates.wait("0", now=0.0) == 0.0
    assert rates.wait(str(REMEMBERED), now=0.0) > 0
