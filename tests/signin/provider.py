"""A small OpenID Connect provider on loopback, which says whatever a test has it say."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "haven-client", "a secret between two"


@cache
def one_key() -> rsa.RSAPrivateKey:
    """The provider's key: made once, since making it takes half a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class FakeProvider:
    """What the provider does; a test changes `claims`, `key` and the rest to make it do wrong."""

    port: int = 0
    claims: dict[str, Any] = field(default_factory=dict)  # added to, or in place of, the right ones; None leaves out
    algorithm: str = "RS256"
    issuer: str = ""
    gives_token: bool = True
    asked: list[dict[str, str]] = field(default_factory=list)
    key: rsa.RSAPrivateKey = field(default_factory=one_key)
    signs_with: Any = None

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def settings(self, **second_factor: list[str]) -> dict[str, Any]:
        """The setting of a site that uses it."""
        more = {"server_url": self.address, "second_factor": second_factor, "auth_params": {}}
        app = {"provider_id": "council", "name": "Fairhaven Council", "client_id": CLIENT, "secret": SECRET}
        return {"openid_connect": {"APPS": [app | {"settings": more}]}}

    def go(self, address: str) -> dict[str, str]:
        """What somebody's browser asked of it, kept for the token."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.asked.append(query)
        return query

    def described(self) -> dict[str, Any]:
        """Its own description."""
        places = {"authorization_endpoint": "go", "token_endpoint": "token", "jwks_uri": "keys"}
        whole = {name: f"{self.address}/{place}" for name, place in places.items()}
        return whole | {
            "issuer": self.issuer or self.address,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """Its public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self, given: dict[str, str]) -> dict[str, str]:
        """The answer to a code: refused unless it comes with the secret and the proof of who began."""
        proof = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        right_proof = proof.rstrip(b"=").decode() == self.asked[-1]["code_challenge"]
        if given.get("client_secret") != SECRET or given.get("code") != "a code" or not right_proof:
            return {"error": "invalid_grant"}
        now = int(time.time())
        right = {"iss": self.address, "sub": "worker-17", "aud": CLIENT, "iat": now, "exp": now + 300}
        claims = right | {"nonce": self.asked[-1]["nonce"], "email": "priya@example.org"} | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode(claims, self.signs_with or self.key, algorithm=self.algorithm, headers={"kid": "one"})
        return {"access_token": "x", "token_type": "Bearer"} | ({"id_token": token} if self.gives_token else {})


@contextmanager
def running() -> Iterator[FakeProvider]:
    """The provider, answering."""
    fake = FakeProvider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = {"/.well-known/openid-configuration": fake.described, "/keys": fake.keys}
            self._say(known[self.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(fake.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, answer: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    fake.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield fake
    server.shutdown()
    server.server_close()
    thread.join()
