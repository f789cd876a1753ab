"""Spreadsheets as bytes, sound and hostile."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>{more}</manifest:manifest>'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CONTENT = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Answers"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>URN</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


def xlsx(*rows: Sequence[Any], hidden: str = "", **others: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of these rows, and other sheets by name."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for name, lines in others.items():
        other = book.create_sheet(name)
        other.sheet_state = "hidden" if name == hidden else "visible"
        for row in lines:
            other.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def ods(more: str = "", **parts: str) -> bytes:
    """An OpenDocument spreadsheet of one row."""
    known = {"mimetype": ODS, "content.xml": CONTENT, "META-INF/manifest.xml": MANIFEST.format(kind=ODS, more=more)}
    return zipped(known | parts)


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one part more."""
    file = io.BytesIO(book)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()
