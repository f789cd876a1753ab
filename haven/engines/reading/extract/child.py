"""The process that parses. It takes one line of JSON and the bytes of a document on standard input, gives itself narrow
limits and gives up this machine's files before it looks at them, and writes its answer to standard output.

Exit status: 0 a reading; 3 one line that says why the document cannot be read; anything else is a failure.
"""

import ctypes
import datetime as dt
import errno
import json
import os
import resource
import struct
import sys
from functools import partial
from importlib import import_module
from importlib.machinery import PathFinder

import haven
from haven.engines.reading.extract.landlock import close_files
from haven.engines.reading.extract.limits import LARGEST_ANSWER, MEMORY, seconds
from haven.engines.reading.extract.refusal import Unreadable

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(haven.__file__)))
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
    """Read one document and answer."""
    asked = json.loads(sys.stdin.buffer.readline())
    cut_off()
    _confine(seconds(asked["name"], asked["size"]))
    try:
        _load(asked)
        close_files(_ROOT)
        answer = _answer(asked, sys.stdin.buffer.read())
    except Unreadable as refusal:
        sys.stdout.buffer.write(refusal.line.encode("utf-8", "replace"))
        return REFUSED
    except (MemoryError, RecursionError):
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    return 0


def _load(asked: dict[str, str]) -> None:
    """Load what will be needed while compiled code can still be kept, and nothing of the document has been seen."""
    import_module("haven.engines.reading.extract.open").load("a.txt" if asked["pasted"] else asked["name"])
    for needed in ("apart", "reader", "extract.wire"):
        import_module(f"haven.engines.reading.{needed}")
    numbers = PathFinder.find_spec("phonenumbers")  # large, and loaded only where a note has a number
    if numbers and numbers.cached and not os.path.exists(numbers.cached):
        import_module("phonenumbers")


def _answer(asked: dict[str, str], content: bytes) -> bytes:
    opening = import_module("haven.engines.reading.extract.open")
    reader, apart = import_module("haven.engines.reading.reader"), import_module("haven.engines.reading.apart")
    begin = apart.beside if _processors() > 1 else apart.in_turn
    entry = opening.open_pasted if asked["pasted"] else partial(opening.open_document, begin=begin)
    document = entry(asked["name"], content)
    reading = reader.read(document, dt.date.fromisoformat(asked["today"]), begin)
    packed: bytes = import_module("haven.engines.reading.extract.wire").packed(reading)
    return packed


def _processors() -> int:
    """How many this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
