"""A force's program, as it signs: written from RFC 9421 apart from what Haven reads with."""

import base64
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from haven.access.roles import Kind, Role
from haven.api.models import ProgramKey
from haven.api.services import NewKey, approve_key, register_key
from haven.people.models import Organisation, Person, Post, ServedArea
from haven.people.queries import actor_of
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.people.seen import enrol

ORIGIN = "http://127.0.0.1:8000"
AUDIENCE = "127.0.0.1:8000"
YEAR = timedelta(days=365)


@dataclass
class Program:
    """Its key, and how it signs. Each part can be set wrong."""

    key: Ed25519PrivateKey = field(default_factory=lambda: Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    audience: str = AUDIENCE

    @property
    def public(self) -> str:
        """Its public key as somebody pastes it."""
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()

    @property
    def name(self) -> str:
        """The keyid."""
        return sha256(self.key.public_key().public_bytes_raw()).hexdigest()[:32]

    def headers(
        self, method: str, path: str, body: bytes = b"", *, at: datetime = NOW, nonce: str = "", key: str | None = ""
    ) -> dict[str, str]:
        """The header fields of a signed request; where `key` is none, without an idempotency key."""
        nonce = nonce or secrets.token_urlsafe(18)
        fields = {}
        if method == "POST":
            digest = base64.b64encode(sha256(body).digest()).decode()
            fields = {"content-type": "application/json", "content-digest": f"sha-256=:{digest}:"}
            fields |= {} if key is None else {"idempotency-key": key or "6f1b6d0e-9f34-4b7e-8a3e-2f4f4f0f7a11"}
        values = {"@method": method, "@target-uri": ORIGIN + path, **fields}
        parameters = f"({' '.join(json.dumps(each) for each in values)})"
        parameters += f';created={int(at.timestamp())};keyid="{self.name}";nonce="{nonce}";alg="ed25519"'
        parameters += f';tag="{self.audience}"'
        base = "\n".join(
            [*(f'"{name}": {value}' for name, value in values.items()), f'"@signature-params": {parameters}']
        )
        signature = base64.b64encode(self.key.sign(base.encode())).decode()
        return fields | {"signature-input": f"haven={parameters}", "signature": f"haven=:{signature}:"}


def registered(cast: Cast, program: Program, *, ends_in: timedelta = YEAR, who: str = "bell") -> ProgramKey:
    """Its key, registered by one person."""
    new = NewKey(cast.police.pk, "Records system", program.public, NOW, NOW + ends_in)
    return register_key(new=new, by=cast.actor(who), at=NOW)


def let_in(cast: Cast, program: Program, **given: Any) -> ProgramKey:
    """Registered, and approved by the council's lead."""
    return approve_key(key_id=registered(cast, program, **given).pk, by=cast.actor("marcus"), at=NOW)


def of_another_force(cast: Cast) -> Program:
    """The program of another force, which works for the same area."""
    force = Organisation.objects.create(kind=Kind.POLICE, name="Northmoor Police")
    ServedArea.objects.create(organisation=force, area=cast.area, starts_on=BEGAN)
    officer = Person.objects.create(email="hart@example.org", name="PC Hart")
    Post.objects.create(person=officer, organisation=force, role=Role.POLICE_OFFICER, starts_on=BEGAN)
    enrol(officer)
    by = actor_of(person=officer, has_second_factor=True, on=TODAY)
    program = Program(Ed25519PrivateKey.from_private_bytes(b"\x0b" * 32))
    key = register_key(new=NewKey(force.pk, "Theirs", program.public, NOW, NOW + YEAR), by=by, at=NOW)
    approve_key(key_id=key.pk, by=cast.actor("marcus"), at=NOW)
    return program
