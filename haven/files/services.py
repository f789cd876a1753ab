"""Keeping files. Who may give or open one, the capability that keeps it for something says."""

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused
from haven.files.models import SealedContent, State, StoredFile
from haven.files.rules import Unfit, inspect
from haven.files.scanning import Verdict, scan
from haven.files.sealing import Sealed, seal, unseal
from haven.ledger.services import record

INFECTED = "A virus scanner found something in the file. It was not kept; tell whoever looks after your computers."
STATES = {Verdict.CLEAN: State.CLEAN, Verdict.UNKNOWN: State.QUARANTINE}


@transaction.atomic
def store_file(*, name: str, content: bytes, by: Actor, at: datetime) -> StoredFile:
    """Check and keep a file: clean, or in quarantine while the scanner cannot be asked.

    Raises `Refused` with one plain sentence as advice where the file is not one to keep. Who may give a file here, the
    caller has asked her own policy.
    """
    if by.person is None and by != HAVEN:
        raise Refused(Reason.NOT_SIGNED_IN)
    try:
        looked = inspect(name, content)
    except Unfit as unfit:
        raise Refused(Reason.UNFIT_FILE, str(unfit)) from unfit
    verdict = _verdict(content)
    if verdict is Verdict.FOUND:
        raise Refused(Reason.UNFIT_FILE, INFECTED)
    file = StoredFile(
        id=uuid4(),
        name=looked.name,
        media_type=looked.kind.value,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        state=STATES[verdict],
        stored_at=at,
    )
    file.save(force_insert=True)
    sealed = seal(content, file=file.pk, secret=settings.FILE_KEY)
    SealedContent.objects.create(file=file, wrapped_key=sealed.wrapped_key, content=sealed.content)
    record("file.stored", by=by, at=at, about={"file": file.pk, "sha256": file.sha256, "state": file.state})
    return file


@transaction.atomic
def forget_file(*, file_id: UUID, by: Actor, at: datetime) -> None:
    """Keep a file no longer: its name and what it held are gone. What it was kept for must have let go of it."""
    if by.person is None and by != HAVEN:
        raise Refused(Reason.NOT_SIGNED_IN)
    StoredFile.objects.get(pk=file_id).delete()
    record("file.forgotten", by=by, at=at, about={"file": file_id})


def scan_quarantine(*, by: Actor, at: datetime) -> int:
    """Ask the scanner again about every file it could not be asked about; how many it decided."""
    waiting = StoredFile.objects.filter(state=State.QUARANTINE).values_list("pk", flat=True)
    return sum(_decide(file, by, at) for file in list(waiting))


@transaction.atomic
def _decide(file_id: UUID, by: Actor, at: datetime) -> bool:
    file = StoredFile.objects.select_for_update(of=("self",)).select_related("sealed").get(pk=file_id)
    sealed = Sealed(bytes(file.sealed.wrapped_key), bytes(file.sealed.content))
    verdict = _verdict(unseal(sealed, file=file.pk, secret=settings.FILE_KEY))
    if file.state != State.QUARANTINE or verdict is Verdict.UNKNOWN:
        return False
    if verdict is Verdict.FOUND:
        file.state, file.refusal = State.REFUSED, INFECTED
        file.sealed.delete()
    else:
        file.state = State.CLEAN
    file.save(update_fields=["state", "refusal"])
    record("file.scanned", by=by, at=at, about={"file": file.pk, "state": file.state})
    return True


def _verdict(content: bytes) -> Verdict:
    if not settings.SCANNER_SOCKET:
        return Verdict.CLEAN
    return scan(content, at_socket=settings.SCANNER_SOCKET)
