"""The process that parses. It takes one line of JSON and the bytes of a document on standard input, gives itself narrow
limits before it looks at them, and writes its answer to standard output.

Exit status: 0 a reading; 3 one line that says why the document cannot be read; anything else is a failure.
"""

import ctypes
import datetime as dt
import json
import resource
import sys
from importlib import import_module

from haven.engines.reading.extract.limits import LARGEST_ANSWER, MEMORY, seconds
from haven.engines.reading.extract.refusal import Unreadable

REFUSED = 3
OUT_OF_MEMORY = 4
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # of unshare(2)


def main() -> int:
    """Read one document and answer."""
    asked = json.loads(sys.stdin.buffer.readline())
    cut_off()
    _confine(seconds(asked["name"], asked["size"]))
    try:
        answer = _answer(asked, sys.stdin.buffer.read())
    except Unreadable as refusal:
        sys.stdout.buffer.write(refusal.line.encode("utf-8", "replace"))
        return REFUSED
    except (MemoryError, RecursionError):
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    return 0


def _answer(asked: dict[str, str], content: bytes) -> bytes:
    """Loads the parsers only now, under the limits."""
    opening = import_module("haven.engines.reading.extract.open")
    document = getattr(opening, "open_pasted" if asked["pasted"] else "open_document")(asked["name"], content)
    reading = import_module("haven.engines.reading.reader").read(document, dt.date.fromisoformat(asked["today"]))
    packed: bytes = import_module("haven.engines.reading.extract.wire").packed(reading)
    return packed


def cut_off() -> bool:
    """Leave the network, and every right but one's own, by a namespace of one's own. Whether the system allows it."""
    try:
        return bool(ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK) == 0)
    except (AttributeError, OSError):
        return False  # only Linux knows namespaces; the limits below hold everywhere


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
