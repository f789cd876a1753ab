"""Second factors: their secrets sealed, their names as people read them."""

import base64
import secrets
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils import timezone

from haven.people.models import Person

NONCE_BYTES = 12
LABEL = b"haven signin factor 1"


class FactorAdapter(DefaultMFAAdapter):
    """Haven's answers about second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or it is used up.",
    }

    def encrypt(self, text: str) -> str:
        """Seal a factor's secret, so that a copy of the database opens no account."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), LABEL)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open a factor's secret."""
        sealed = base64.b64decode(encrypted_text)
        return AESGCM(_key()).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], LABEL).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who asks for a passkey: this site, by the name on its pages."""
        return super().get_public_key_credential_rp_entity() | {"name": "Haven"}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, object]:
        """Whose passkey it is, as the browser shows it to her."""
        return super().get_public_key_credential_user_entity(user) | {"display_name": user.name}

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002 - the library's
        """A name for a passkey that was given none."""
        return f"Passkey of {timezone.localdate():%d.%m.%Y}"


def _key() -> bytes:
    return sha256(LABEL + settings.FILE_KEY.encode()).digest()
