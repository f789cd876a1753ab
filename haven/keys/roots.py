"""The root key, which is never in the database: read from its file or from what Haven was started with.

As text it is 64 hexadecimal digits. A file that others could read is refused. While a root key is being replaced, the
new one lies beside it in `….next`, and both are at hand; which of them opens an organisation's key, its row names.
"""

import os
import re
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from haven.engines.sealing.fields import CannotUnseal, new_key
from haven.engines.sealing.keys import derived, name_of, unwrap, wrap
from haven.keys.models import OrganisationKey

WRITTEN = re.compile(r"[0-9a-f]{64}")
OTHERS = stat.S_IRWXO
GROUP = stat.S_IRWXG


class RootKeyFault(Exception):
    """The root key is not there, not the right one, or not kept safely; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The root keys at hand, by their names."""

    keys: Mapping[str, bytes] = field(repr=False)

    def opened(self, key: OrganisationKey) -> bytes:
        """An organisation's key. Raises `CannotUnseal`."""
        if key.wrapped is None or key.root_id not in self.keys:
            raise CannotUnseal("destroyed, or under a root key that is not at hand")
        return unwrap(bytes(key.wrapped), under=derived(self.keys[key.root_id], _purpose(key)))

    def closed(self, plain: bytes, key: OrganisationKey) -> bytes:
        """An organisation's key as its row keeps it, under the root key that the row names."""
        return wrap(plain, under=derived(self.keys[key.root_id], _purpose(key)))


def at_hand() -> Ring:
    """Every root key that Haven was given. Raises `RootKeyFault` where a file is open to others or holds no key."""
    texts = settings.ROOT_KEY.split() or [_content(path) for path in (_file(), _next()) if path.exists()]
    return Ring({name_of(key): key for key in map(_key, texts)})


def is_handed_in() -> bool:
    """Whether the root key comes from the environment, and no file is ours to write."""
    return bool(settings.ROOT_KEY)


def make() -> None:
    """Write a new root key where there is none."""
    _write(_file(), new_key())


def make_next() -> None:
    """Write a new root key beside the one in use, unless one lies there already."""
    _write(_next(), new_key())


def next_name() -> str | None:
    """The name of the root key that lies beside the one in use."""
    return name_of(_key(_content(_next()))) if _next().exists() else None


def promote() -> None:
    """Put the new root key in the place of the old one, which is gone with that."""
    os.replace(_next(), _file())
    _settle(_file().parent)


def put_back(key: bytes) -> None:
    """Write a root key that was lost."""
    _write(_file(), key)


def _file() -> Path:
    return Path(settings.ROOT_KEY_FILE)


def _next() -> Path:
    return _file().with_name(f"{_file().name}.next")


def _purpose(key: OrganisationKey) -> str:
    """Bound to its row: one organisation's key put in another's place does not open."""
    return f"haven organisation|{key.organisation}|{key.purpose}|{key.version}"


def _key(text: str) -> bytes:
    if not WRITTEN.fullmatch(text):
        raise RootKeyFault("what was given as the root key is none: 64 hexadecimal digits are wanted")
    return bytes.fromhex(text)


def _content(path: Path) -> str:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    with os.fdopen(handle) as file:
        if os.fstat(handle).st_mode & _forbidden(path):
            raise RootKeyFault(f"others on this machine can read {path}: chmod 600 {path}")
        return file.read().strip()


def _forbidden(path: Path) -> int:
    """Who else must have no right. systemd gives its credentials to the service through the group's bits."""
    given = os.environ.get("CREDENTIALS_DIRECTORY")
    return OTHERS if given and path.is_relative_to(given) else OTHERS | GROUP


def _write(path: Path, key: bytes) -> None:
    """Whole or not at all, on the disk before anything rests on it, and never over another key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{key.hex()}\n")
        file.flush()
        os.fsync(handle)
    with suppress(FileExistsError):  # another process was quicker, and hers is the one
        os.link(draft, path)
    draft.unlink()
    _settle(path.parent)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
