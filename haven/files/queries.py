"""Opening files, and whether the disk has room for anything new."""

import shutil
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from haven.access.decision import Reason, Refused
from haven.files.models import SealedContent, State
from haven.files.sealing import Sealed, unseal

NO_ROOM = (
    "Haven cannot take anything new just now: its disk is nearly full. This was not sent. "
    "Send it again in a few minutes, and ring if it cannot wait."
)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as it was given."""

    name: str
    media_type: str
    content: bytes


def free_share() -> float:
    """How much of the disk that holds HAVEN_HOME is free, from 0 to 1. A database elsewhere has a disk of its own."""
    disk = shutil.disk_usage(settings.HOME)
    return disk.free / disk.total


def require_room() -> None:
    """Raise `Refused`, with advice, where less of the disk is free than HAVEN_LEAST_FREE asks.

    What is new is refused while there is still room for what was taken already to be read, answered and told of.
    """
    if free_share() < settings.LEAST_FREE:
        raise Refused(Reason.NO_ROOM, NO_ROOM)


def open_file(*, file_id: UUID) -> OpenedFile | None:
    """The file, or none while it may not be handed out. Whether this actor may, the caller has asked her own policy."""
    sealed = SealedContent.objects.select_related("file").filter(pk=file_id, file__state=State.CLEAN).first()
    if sealed is None:
        return None
    whole = Sealed(bytes(sealed.wrapped_key), bytes(sealed.content))
    content = unseal(whole, file=file_id, secret=settings.FILE_KEY)
    return OpenedFile(sealed.file.name, sealed.file.media_type, content)
