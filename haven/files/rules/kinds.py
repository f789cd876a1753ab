"""The kinds of file that are kept, and how each shows itself."""

from enum import StrEnum

MAX_BYTES = 10 * 1024 * 1024


class FileKind(StrEnum):
    """A kind of file, by its media type."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    EMAIL = "message/rfc822"


BY_ENDING = {
    "pdf": FileKind.PDF,
    "png": FileKind.PNG,
    "jpg": FileKind.JPEG,
    "jpeg": FileKind.JPEG,
    "docx": FileKind.WORD,
    "txt": FileKind.TEXT,
    "md": FileKind.MARKDOWN,
    "html": FileKind.HTML,
    "htm": FileKind.HTML,
    "eml": FileKind.EMAIL,
}

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.txt,.md,.html,.htm,.eml"
"""The endings, as a file field asks for them."""

WORDS = {
    FileKind.PDF: "PDF",
    FileKind.PNG: "PNG picture",
    FileKind.JPEG: "JPEG picture",
    FileKind.WORD: "Word document",
}

MAGIC = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"PK\x03\x04", FileKind.WORD),
)

PLAIN = frozenset({FileKind.TEXT, FileKind.MARKDOWN, FileKind.HTML, FileKind.EMAIL})
"""Kinds that are text all through and have no first bytes of their own."""


def kind_by_first_bytes(content: bytes) -> FileKind | None:
    """What the first bytes say the file is; none where they say nothing."""
    return next((kind for magic, kind in MAGIC if content.startswith(magic)), None)
