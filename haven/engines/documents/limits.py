"""How large a document may be, and how much the process that parses it may use."""

from collections.abc import Sequence

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 10 * MEBIBYTE
LARGEST_PASTE = 20 * MEBIBYTE
LARGEST_EDITION = 40 * MEBIBYTE  # published guidance carries pictures
MEMORY = 512 * MEBIBYTE  # address space of the parsing process
LARGEST_ANSWER = 200 * MEBIBYTE  # what it may write back
UNPACKED = 50 * MEBIBYTE  # of a zip's entries together, declared and actual
ENTRIES = 200  # of a zip
RATIO = 100  # unpacked to packed, of a zip's entry above a mebibyte
PAGES = 2000  # of a PDF


def seconds(files: Sequence[tuple[str, int]]) -> int:
    """The processor time allowed for files of these names and sizes in bytes. Of a PDF or Word file few bytes are
    words; of the other kinds all may be, and reading takes its time for each."""
    return sum(_seconds(name.lower(), size // MEBIBYTE) for name, size in files)


def _seconds(name: str, mebibytes: int) -> int:
    return 30 + 4 * mebibytes if name.endswith((".pdf", ".docx")) else 10 + 30 * mebibytes
