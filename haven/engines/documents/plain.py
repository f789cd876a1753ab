"""Reads plain text files and pasted text."""

from haven.engines.documents.decoding import decoded
from haven.engines.documents.document import Document
from haven.engines.documents.plaintext import text_blocks


def open_plain(name: str, content: bytes) -> Document:
    """Plain text stays as it is; only line ends are made alike."""
    text = decoded(content)
    return Document(name, "text/plain", text, tuple(text_blocks(text)))
