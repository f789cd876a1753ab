"""The process that parses. It takes one line of JSON and the bytes of documents on standard input, gives itself narrow
limits and gives up this machine's files before it looks at them, and writes its answer to standard output.

What is done with the documents is an engine's own: its module `confined` has `load(asked)`, done before, and
`answer(asked, contents)`, done after everything has been given up.

Exit status: 0 an answer; 3 which document cannot be read, and a line that says why; anything else is a failure.
"""

import ctypes
import errno
import gc
import json
import os
import resource
import struct
import sys
from importlib import import_module
from typing import IO

import haven
from haven.engines.documents.landlock import close_files
from haven.engines.documents.limits import LARGEST_ANSWER, MEMORY, seconds
from haven.engines.documents.refusal import Unreadable

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(haven.__file__)))
WORK = {"read": "reading", "compare": "compare", "sheets": "sheets"}
_RARELY = 200_000  # objects more: a process that lives for a moment need not look through them for rings
REFUSED = 3
OUT_OF_MEMORY = 4
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # of unshare(2)
_NO_NEW_RIGHTS, _FILTER = 38, 22  # of prctl(2)
_LOAD, _EQUALS, _ANSWER, _ALLOW = 0x20, 0x15, 0x06, 0x7FFF0000  # of seccomp(2)
_FORBIDDEN = {  # socket, ptrace, process_vm_readv, process_vm_writev, io_uring_setup
    "x86_64": (0xC000003E, (41, 101, 310, 311, 425)),
    "aarch64": (0xC00000B7, (198, 117, 270, 271, 425)),
}


def main() -> int:
    """Read what is asked and answer it. The exit status."""
    return work(sys.stdin.buffer, sys.stdout.buffer)


def work(given: IO[bytes], told: IO[bytes]) -> int:
    """Answer what is given, having given up everything else. The exit status."""
    gc.set_threshold(_RARELY)
    asked = json.loads(given.readline())
    cut_off()
    _confine(seconds(asked["files"]))
    try:
        engine = import_module(f"haven.engines.{WORK[asked['work']]}.confined")
        engine.load(asked)
        close_files(_ROOT)
        answer: bytes = engine.answer(asked, [given.read(size) for _, size in asked["files"]])
    except Unreadable as refusal:
        told.write(json.dumps([refusal.name, refusal.line]).encode())
        return REFUSED
    except (MemoryError, RecursionError):
        return OUT_OF_MEMORY
    told.write(answer)
    return 0


def cut_off() -> bool:
    """Leave the network, and every right but one's own, by a namespace of one's own. Whether the system allows it."""
    try:
        library = ctypes.CDLL(None)
        _forbid(library)
        return bool(library.unshare(_NEW_USER | _NEW_NETWORK) == 0)
    except (AttributeError, OSError):
        return False  # only Linux knows namespaces; the limits below hold everywhere


def _forbid(library: ctypes.CDLL) -> bool:
    """Have the kernel refuse what reading never needs. A namespace leaves the sockets of this machine within reach, and
    one of them is the database's. Whether the system allows it."""
    if os.uname().machine not in _FORBIDDEN:
        return False
    machine, calls = _FORBIDDEN[os.uname().machine]
    refuse = (_ANSWER, 0, 0, 0x00050000 | errno.EPERM)
    steps = [(_LOAD, 0, 0, 4), (_EQUALS, 1, 0, machine), refuse, (_LOAD, 0, 0, 0)]
    for call in calls:
        steps += [(_EQUALS, 0, 1, call), refuse]
    steps.append((_ANSWER, 0, 0, _ALLOW))
    program = b"".join(struct.pack("=HBBI", *step) for step in steps)
    kept = ctypes.create_string_buffer(program, len(program))
    told = struct.pack("@HP", len(steps), ctypes.addressof(kept))
    return bool(library.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0) == 0 and library.prctl(_FILTER, 2, told) == 0)


def _confine(allowed: int) -> None:
    """Memory, time, files and processes, as tight as the machine lets a process bind itself."""
    for name, soft in (
        ("RLIMIT_AS", MEMORY),
        ("RLIMIT_CPU", allowed),
        ("RLIMIT_FSIZE", LARGEST_ANSWER),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NOFILE", 64),
    ):
        try:
            resource.setrlimit(getattr(resource, name), (soft, soft))
        except (ValueError, OSError):
            continue  # macOS has no such limit, or a stricter one holds already


if __name__ == "__main__":
    sys.exit(main())
