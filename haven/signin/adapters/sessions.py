"""Sessions whose content is sealed: a form that waits in one until its sender is back may be confidential. They go by
the database’s clock (decision 32), and tell their request what time it is."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as SHOWN
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import F

from haven.engines.sealing.fields import CannotUnseal, seal, unseal
from haven.engines.sealing.keys import derived
from haven.ledger import clock


class SessionStore(DatabaseStore):
    """Sessions in the database, each sealed for its own key under one that follows from the secret key, which is not in
    the database. What does not open is an empty session.

    The hour comes with the row that is read anyway.
    """

    _read_at: datetime | None = None

    def now(self) -> datetime:
        """The database’s hour as of when this was read; asked for where nothing was."""
        if self._read_at is None:
            self._read_at = clock.now()
        return self._read_at

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """When it is over, from now on."""
        return super().get_expiry_date(**({"modification": self.now()} | kwargs))

    def __setitem__(self, key: str, value: Any) -> None:
        """Keep a value. How she has just shown who she is, the library notes with the hour of this machine."""
        if key == SHOWN and value:
            value = [*value[:-1], value[-1] | {"at": self.now().timestamp()}]
        super().__setitem__(key, value)

    def load(self) -> dict[str, Any]:
        """What is kept, unless it is over."""
        rows = self.model.objects.annotate(**clock.BESIDE)
        there = rows.filter(session_key=self.session_key, expire_date__gt=F("haven_now"))
        row = there.values_list("session_data", *clock.BESIDE).first()
        if row is None:
            self._session_key = None
            return {}
        content, at, running = row
        self._read_at = clock.heard(at, running)
        return self.decode(content)

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
