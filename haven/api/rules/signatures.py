"""Signed requests: a small and strict part of HTTP Message Signatures (RFC 9421) with Ed25519, and of RFC 9530.

One signature, one spelling of it, exactly the parts that must be covered, and every parameter given. What RFC 9421
leaves open beyond that is refused, so there is nothing to choose for whoever attacks.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from haven.api.rules.problems import Problem, Refusal

ALGORITHM = "ed25519"
LASTS = 300  # seconds from when a request was signed
AHEAD = 60  # seconds by which a sender's clock may be fast
KEY_BYTES = 32
SIGNATURE_BYTES = 64

COVERED = {
    "GET": frozenset({"@method", "@target-uri"}),
    "POST": frozenset({"@method", "@target-uri", "content-type", "content-digest"}),
}
"""What a signature covers, no more and no less; of a `POST` with an idempotency key, that too."""

PARAMETERS = frozenset({"created", "keyid", "nonce", "alg", "tag"})

_TEXT = r'"[ !#-\[\]-~]*"'  # a string of RFC 8941 without the two characters that are escaped
_INPUT = re.compile(rf'([a-z][a-z0-9]*)=(\((".+?")\)((?:;[a-z]+=(?:[0-9]{{1,12}}|{_TEXT}))+))')
_PART = re.compile(r'"([a-z@-]+)"')
_PARAMETER = re.compile(rf";([a-z]+)=([0-9]+|{_TEXT})")
_SIGNATURE = re.compile(r"([a-z][a-z0-9]*)=:([A-Za-z0-9+/]{86}==):")
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: its whole address as Haven is known outside, and its header fields in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a request says of its signature. Nothing of it is true before `require_signed`."""

    key_id: str
    nonce: str
    created: int  # seconds since 1970
    tag: str
    parts: tuple[str, ...]
    parameters: str  # as the signature covers them
    signature: bytes


def key_name(public: bytes) -> str:
    """By which name a program names its key: the first half of its hash."""
    return sha256(public).hexdigest()[:32]


def read_signature(request: Request) -> Signed:
    """What the request says of its signature. Raises `Refusal`."""
    given, signature = (request.headers.get(name, "") for name in ("signature-input", "signature"))
    if not given or not signature:
        raise Refusal(Problem.UNSIGNED, "Send Signature-Input and Signature")
    found, sealed = _INPUT.fullmatch(given), _SIGNATURE.fullmatch(signature)
    if not found or not sealed or found[1] != sealed[1]:
        raise Refusal(Problem.MALFORMED, "One signature, under one label, written as in the description")
    parts = tuple(found[3].split(" "))
    if not all(_PART.fullmatch(each) for each in parts):
        raise Refusal(Problem.MALFORMED, "Cover plain parts, each once, with one space between")
    named = tuple(each.strip('"') for each in parts)
    wanted = _covered(request)
    if len(set(named)) != len(named) or set(named) != wanted:
        raise Refusal(Problem.MALFORMED, f"Cover exactly: {', '.join(sorted(wanted))}")
    said = _PARAMETER.findall(found[4])
    values = {name: value.strip('"') for name, value in said}
    if len(said) != len(values) or set(values) != PARAMETERS or values["alg"] != ALGORITHM:
        raise Refusal(
            Problem.MALFORMED, f"Give exactly, each once: {', '.join(sorted(PARAMETERS))}; alg is {ALGORITHM}"
        )
    if not values["created"].isdigit() or not NONCE.fullmatch(values["nonce"]):
        raise Refusal(
            Problem.MALFORMED, "created is in seconds; nonce is 16 to 64 letters, digits, hyphens, underscores"
        )
    return Signed(
        key_id=values["keyid"],
        nonce=values["nonce"],
        created=int(values["created"]),
        tag=values["tag"],
        parts=named,
        parameters=found[2],
        signature=base64.b64decode(sealed[2]),
    )


def require_signed(signed: Signed, request: Request, *, public: bytes, audience: str, now: int) -> None:
    """Raise `Refusal` unless this key signed this very request, for us, and just now."""
    if signed.tag != audience:
        raise Refusal(Problem.AUDIENCE, f"The tag must be {audience}")
    if not -AHEAD <= now - signed.created <= LASTS:
        raise Refusal(Problem.STALE, f"Sign no more than {LASTS} seconds before you send; here it is {now}")
    if "content-digest" in signed.parts and not _is_digest(request.headers.get("content-digest", ""), request.body):
        raise Refusal(Problem.DIGEST, "Content-Digest is sha-256 of the body as it is sent")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signed.signature, base_of(signed, request))
    except InvalidSignature:
        raise Refusal(Problem.SIGNATURE, f"It must be over this address: {request.target}") from None


def base_of(signed: Signed, request: Request) -> bytes:
    """What is signed: the signature base of RFC 9421 §2.5. Raises `Refusal` where a part is not there."""
    lines = [f'"{part}": {_value(part, request)}' for part in signed.parts]
    return "\n".join([*lines, f'"@signature-params": {signed.parameters}']).encode("ascii", "replace")


def _covered(request: Request) -> frozenset[str]:
    has_key = request.method == "POST" and bool(request.headers.get("idempotency-key"))
    return COVERED.get(request.method, frozenset()) | ({"idempotency-key"} if has_key else frozenset())


def _value(part: str, request: Request) -> str:
    match part:
        case "@method":
            return request.method
        case "@target-uri":
            return request.target
    value = request.headers.get(part, "")
    if not value.strip() or not value.isascii() or not value.isprintable():
        raise Refusal(Problem.MALFORMED, f"Send {part}, in plain characters")
    return value.strip()


def _is_digest(given: str, body: bytes) -> bool:
    found = _DIGEST.fullmatch(given.strip())
    try:
        return found is not None and base64.b64decode(found[1], validate=True) == sha256(body).digest()
    except binascii.Error:
        return False
