"""How large a document may be, and how much the process that parses it may use."""

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 10 * MEBIBYTE
LARGEST_PASTE = 20 * MEBIBYTE
MEMORY = 512 * MEBIBYTE  # address space of the parsing process
LARGEST_ANSWER = 200 * MEBIBYTE  # what it may write back
UNPACKED = 50 * MEBIBYTE  # of a zip's entries together, declared and actual
ENTRIES = 200  # of a zip
RATIO = 100  # unpacked to packed, of a zip's entry above a mebibyte
PAGES = 2000  # of a PDF


def seconds(size: int) -> int:
    """The processor time allowed for a document of so many bytes."""
    return 10 + 8 * (size // MEBIBYTE)
