"""What a command writes to files: the whole of it, or nothing."""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from haven.config.terminal import print_bytes

STANDARD = "-"  # stands for standard output


class Unwritable(Exception):
    """A file that cannot be written: one line for a person, what is wrong and what to do."""

    def __init__(self, name: str, line: str) -> None:
        super().__init__(line)
        self.name = "standard output" if name == STANDARD else name
        self.line = line


def check_places(files: Sequence[str], sources: Iterable[str]) -> None:
    """Raises Unwritable where a file could not be written or would overwrite what is read."""
    known = list(sources)
    for at, file in enumerate(files):
        if any(_is_same(file, other) for other in files[:at]):
            raise Unwritable(file, "two outputs would go there; give each its own name")
        if file == STANDARD:
            continue
        if any(_is_same(file, source) for source in known):
            raise Unwritable(file, "it is one of the files compared and is not overwritten; give another name")
        if not file or "\0" in file or os.path.isdir(file):
            raise Unwritable(file or "''", "it is not the name of a file; give one")
        if not os.path.isdir(os.path.dirname(os.path.realpath(file))):
            raise Unwritable(file, "there is no such folder; make it first or name another")


def _is_same(file: str, other: str) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return os.path.samefile(file, other)
    return os.path.abspath(file) == os.path.abspath(other)


def write_all(contents: Mapping[str, bytes]) -> None:
    """Write each file, and none unless all are whole. Raises Unwritable, which names the file."""
    ready: list[tuple[str, str]] = []
    try:
        for file, content in contents.items():
            with _named(file):
                if file == STANDARD:
                    continue
                if os.path.exists(file) and not os.path.isfile(file):
                    _write_into(file, content)
                    continue
                target = os.path.realpath(file)
                beside = os.path.join(os.path.dirname(target), f".haven-{os.getpid()}-{len(ready)}.part")
                ready.append((beside, target))
                _write_new(beside, content, target)
        for beside, target in ready:
            with _named(target):
                os.replace(beside, target)
    finally:
        for beside, _ in ready:
            with contextlib.suppress(OSError):
                os.unlink(beside)
    if STANDARD in contents:
        print_whole(contents[STANDARD])


def print_whole(content: bytes) -> None:
    """Write to standard output. Raises Unwritable where it cannot hold it."""
    with _named(STANDARD):
        print_bytes(content)


def _write_new(file: str, content: bytes, like: str) -> None:
    """Write a file that is not yet there, for the eyes of those who may see the one it is to replace."""
    with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666), "wb") as opened:
        with contextlib.suppress(FileNotFoundError):
            os.fchmod(opened.fileno(), os.stat(like).st_mode & 0o777)
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _write_into(device: str, content: bytes) -> None:
    with open(device, "wb", buffering=0) as opened:
        left = memoryview(content)
        while left:
            left = left[opened.write(left) :]


@contextlib.contextmanager
def _named(file: str) -> Iterator[None]:
    """Say of an error which file it befell."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unwritable(file, f"it cannot be written ({reason}); make room or name another place") from None
