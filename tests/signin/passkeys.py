"""A passkey in plain Python: makes credentials and signs challenges as a browser and its device would."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

from haven.people.models import Person
from tests.signin.steps import SIGN_IN

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
HOST = "localhost"
ORIGIN = f"http://{HOST}"
BY_PASSKEY = f"{SIGN_IN}passkey/"
ADD_PASSKEY = "/account/second-factor/passkey/"


def browser() -> Client:
    """A browser at an address where passkeys may be used without TLS."""
    return Client(headers={"host": HOST})


@dataclass
class Passkey:
    """One device with one key. `verifies` is whether it makes sure who holds it."""

    verifies: bool = True
    origin: str = ORIGIN
    identifier: bytes = b"a passkey of sixteen"
    user: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """A new credential for the options of a page."""
        public = options["publicKey"]
        self.user = public["user"]["id"]
        public_key = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        tail = bytes(16) + len(self.identifier).to_bytes(2, "big") + self.identifier + public_key
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._about(WITH_KEY) + tail})
        said = self._said("webauthn.create", public["challenge"])
        return self._credential({"clientDataJSON": said, "attestationObject": attestation})

    def answer(self, options: dict[str, Any]) -> str:
        """The signed challenge."""
        said = self._said("webauthn.get", options["publicKey"]["challenge"])
        about = self._about(0)
        signature = self.key.sign(about + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": said, "authenticatorData": about, "signature": signature}
        return self._credential(parts | {"userHandle": websafe_decode(self.user)})

    def _about(self, more: int) -> bytes:
        flags = PRESENT | more | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(HOST.encode()).digest() + bytes([flags]) + bytes(4)

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, parts: dict[str, bytes]) -> str:
        identifier = websafe_encode(self.identifier)
        response = {name: websafe_encode(value) for name, value in parts.items()}
        whole = {"id": identifier, "rawId": identifier, "type": "public-key", "response": response}
        return json.dumps(whole | {"clientExtensionResults": {}})


def give_passkey(person: Person, name: str = "Laptop") -> None:
    """A passkey as one of the person's second factors."""
    options = {"publicKey": {"user": {"id": websafe_encode(person.pk.hex.encode())}, "challenge": "AAAA"}}
    WebAuthn.add(person, name, json.loads(Passkey().make(options)))


def options_on(client: Client, address: str) -> dict[str, Any]:
    """The options that a page hands to the browser."""
    page = client.get(address).content.decode()
    found = re.search(r'<script id="passkey-options" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found, page
    return json.loads(found[1])


def add_passkey(client: Client, passkey: Passkey, name: str = "Laptop") -> Any:
    """Add the passkey to whoever is signed in in this browser."""
    made = passkey.make(options_on(client, ADD_PASSKEY))
    return client.post(ADD_PASSKEY, {"name": name, "credential": made})


def sign_in_by(client: Client, passkey: Passkey, **more: str) -> Any:
    """Sign in with the passkey and nothing else."""
    options = client.get(BY_PASSKEY, headers={"accept": "application/json"}).json()["request_options"]
    return client.post(BY_PASSKEY, {"credential": passkey.answer(options), **more})
