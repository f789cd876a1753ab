"""Sessions whose content is sealed: a form that waits in one until its sender is back may be confidential."""

import base64
import binascii
import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from haven.engines.sealing.fields import CannotUnseal, seal, unseal
from haven.engines.sealing.keys import derived


class SessionStore(DatabaseStore):
    """Sessions in the database, each sealed for its own key under one that follows from the secret key, which is not in
    the database. What does not open is an empty session."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal."""
        plain = json.dumps(session_dict, separators=(",", ":")).encode()
        return base64.b64encode(seal(plain, key=_key(), bound_to=self._place())).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Open."""
        try:
            opened = unseal(base64.b64decode(session_data, validate=True), key=_key(), bound_to=self._place())
        except (CannotUnseal, binascii.Error):
            return {}
        session: dict[str, Any] = json.loads(opened)
        return session

    def _place(self) -> str:
        return f"session|{self.session_key}"


def _key() -> bytes:
    return derived(settings.SECRET_KEY.encode(), "haven sessions")
