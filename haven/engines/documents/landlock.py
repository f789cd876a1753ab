"""Gives up, for good, all of this machine's files but those that reading itself is made of (Landlock, Linux 5.13).

Numbers and structures are those of linux/landlock.h. Older kernels know fewer rights, and are asked for no others.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterator

_MAKE, _ADD, _RESTRICT = 444, 445, 446  # the same on every machine that Linux runs on
_VERSION = 1  # flag: say which version, make nothing
_BENEATH = 1  # kind of rule: a folder and all in it, or one file
_NO_NEW_RIGHTS = 38  # of prctl(2)
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_RIGHTS = {
    1: 13,
    2: 14,
    3: 15,
    5: 16,
}  # how many rights over files each version knows: running, reading, writing, making
_NETWORK_FROM, _NETWORK = 4, 3  # version; listening and connecting
_SCOPES_FROM, _SCOPES = 6, 3  # version; sockets without a file and signals to processes outside
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")
_OURS = ("haven", "packs")  # of the folder that Haven is in, which may also hold what it keeps


def version() -> int:
    """Which version of Landlock this system has; 0 for none."""
    return max(0, _ask(_MAKE, None, 0, _VERSION)) if sys.platform == "linux" else 0


def close_files(root: str) -> bool:
    """From now on this process, and whatever it starts, can open nothing but Python, its libraries and Haven's own code
    under `root`, and those only to read. What is open stays so. Whether the system allows it."""
    known = version()
    if not known:
        return False
    rights = (1 << max(count for since, count in _RIGHTS.items() if since <= known)) - 1
    parts = [rights] + [_NETWORK] * (known >= _NETWORK_FROM) + [_SCOPES] * (known >= _SCOPES_FROM)
    rules = _ask(_MAKE, struct.pack(f"={len(parts)}Q", *parts), 8 * len(parts), 0)
    if rules < 0:
        return False
    try:
        for path in _needed(root):
            _open_to(rules, path)
        is_bound = ctypes.CDLL(None).prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0) == 0
        return is_bound and _ask(_RESTRICT, rules, 0) == 0
    finally:
        os.close(rules)


def _needed(root: str) -> Iterator[str]:
    yield from (os.path.join(root, name) for name in _OURS)
    is_packages = os.path.basename(root).endswith("-packages")  # where Haven is installed beside its libraries
    yield from (path for path in sys.path if path and (is_packages or os.path.realpath(path) != os.path.realpath(root)))
    yield os.path.join(sys.base_prefix, "lib")
    yield from _LIBRARIES


def _open_to(rules: int, path: str) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not there
    try:
        rights = _READ_FILE | _READ_FOLDER if os.path.isdir(path) else _READ_FILE
        _ask(_ADD, rules, _BENEATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)


def _ask(number: int, *given: int | bytes | None) -> int:
    """A call to the kernel; negative where it refuses or does not know it."""
    call = ctypes.CDLL(None).syscall
    call.restype = ctypes.c_long
    return int(call(ctypes.c_long(number), *(ctypes.c_long(g) if isinstance(g, int) else g for g in given)))
