"""Opens the zip that a Word file is, and its XML, without trusting what either says of itself."""

import io
import re
import zipfile
import zlib

from lxml import etree

from haven.engines.documents.limits import ENTRIES, MEBIBYTE, RATIO, UNPACKED
from haven.engines.documents.refusal import Unreadable

_DAMAGED = "it is damaged or was not sent whole; save it again in Word and read that"
_TOO_BIG = "unpacked it is far larger than a note should be; take the pictures out, or save the text as .txt"
_UNTRUSTED = "it holds declarations that a Word file never needs; open it in Word and save it again"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class Archive:
    """A zip that has been found small enough to read. Raises Unreadable where it is not, or is damaged."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable(_DAMAGED) from error
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > ENTRIES:
            raise Unreadable(f"it holds more than {ENTRIES} parts; take the pictures out, or save the text as .txt")
        if unpacked > UNPACKED or (unpacked > MEBIBYTE and unpacked > RATIO * len(content)):
            raise Unreadable(_TOO_BIG)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("it is protected by a password; save it without one and read that")
        self._names = {entry.filename for entry in entries}
        self._left = UNPACKED

    def holds(self, name: str) -> bool:
        """Whether there is an entry of this name."""
        return name in self._names

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML entry, or None where there is no such entry."""
        if name not in self._names:
            return None
        content = self._unpacked(name)
        if _DOCTYPE.search(content):
            raise Unreadable(_UNTRUSTED)
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable(_DAMAGED) from error
        if root.getroottree().docinfo.doctype:
            raise Unreadable(_UNTRUSTED)
        return root

    def _unpacked(self, name: str) -> bytes:
        """An entry's bytes, counted as they come, for the size it declares may be a lie."""
        try:
            with self._zip.open(name) as entry:
                content = entry.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Unreadable(_DAMAGED) from error
        self._left -= len(content)
        if self._left < 0:
            raise Unreadable(_TOO_BIG)
        return content
