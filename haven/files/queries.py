"""Opening files."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from haven.files.models import SealedContent, State
from haven.files.sealing import Sealed, unseal


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as it was given."""

    name: str
    media_type: str
    content: bytes


def open_file(*, file_id: UUID) -> OpenedFile | None:
    """The file, or none while it may not be handed out. Whether this actor may, the caller has asked her own policy."""
    sealed = SealedContent.objects.select_related("file").filter(pk=file_id, file__state=State.CLEAN).first()
    if sealed is None:
        return None
    whole = Sealed(bytes(sealed.wrapped_key), bytes(sealed.content))
    content = unseal(whole, file=file_id, secret=settings.FILE_KEY)
    return OpenedFile(sealed.file.name, sealed.file.media_type, content)
