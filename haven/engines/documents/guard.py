"""Works on documents that nobody has vouched for: in a process of its own, with little memory and time, no secrets."""

import json
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import IO

from haven.engines.documents.alone import forked, is_alone
from haven.engines.documents.limits import LARGEST_ANSWER, LARGEST_FILE, MEBIBYTE, seconds
from haven.engines.documents.refusal import SMALLER, Unreadable

_STARTED = "haven.engines.documents.started"  # loaded only where no fork can be taken
_ENDING = "haven.engines.documents.ending"  # loaded only where something went wrong


def answered(
    work: str, files: Sequence[tuple[str, bytes]], meanwhile: Callable[[], object], **asked: str | bool
) -> bytes:
    """The answer of the engine `work` to files (name and content of each) and what else is `asked`. `meanwhile` is done
    while the process starts. Raises Unreadable, whose line says what is wrong and what to do."""
    sizes = [(name, len(content)) for name, content in files]
    message = json.dumps({"work": work, "files": sizes, **asked}).encode() + b"\n" + b"".join(c for _, c in files)
    with _blank_file() as answer:
        run = forked if is_alone() else import_module(_STARTED).run
        status = run(message, answer, 2 * seconds(sizes), meanwhile)
        said = _said(answer)
    if status:
        raise import_module(_ENDING).refusal(status, said)
    return said


def check_size(name: str, content: bytes, largest: int = LARGEST_FILE) -> None:
    """Raises Unreadable where a file has more bytes than the largest."""
    if len(content) > largest:
        raise Unreadable(f"it is larger than {largest // MEBIBYTE} MB; {SMALLER}", name)


def _blank_file() -> IO[bytes]:
    """A file without a name: in memory where the system has such, so that nothing confidential touches the disk."""
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("answer"), "w+b")
    file: IO[bytes] = import_module("tempfile").TemporaryFile()
    return file


def _said(answer: IO[bytes]) -> bytes:
    if answer.seek(0, os.SEEK_END) > LARGEST_ANSWER:
        return b""
    answer.seek(0)
    return answer.read()
