"""Whether a file is the kind of spreadsheet that its name says, and holds nothing but cells."""

import io
import zipfile
import zlib

from haven.engines.documents.kinds import suffix_of
from haven.engines.documents.limits import ENTRIES, MEBIBYTE
from haven.engines.documents.refusal import DAMAGED, Unreadable

KNOWN = ".xlsx, .xls, .ods or .csv"
UNPACKED = 100 * MEBIBYTE  # of a workbook's parts together
RATIO = 200  # unpacked to packed, of a workbook above a mebibyte: rows that repeat pack well
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = "it holds macros; save it without them, as .xlsx, and give that"
_LOCKED = "it is protected by a password; save it without one and give that"
_TOO_BIG = "unpacked it is far larger than a spreadsheet of answers should be; save only the sheet with the answers"
_LIES = "by its name it is a {suffix} file, but by its content it is not; save it as {known} and give that"
_UNKNOWN = "it is not a spreadsheet that can be read; save it as {known} and give that"
_ENCRYPTED, _OLD_MACROS = "EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le")
_NEEDED = {".xlsx": "xl/workbook.xml", ".ods": "content.xml"}


def checked(name: str, content: bytes) -> str:
    """The ending of a file that may be read. Raises Unreadable."""
    suffix = suffix_of(name)
    if suffix in (".xlsm", ".xltm", ".xlam"):
        raise Unreadable(_MACROS)
    if suffix not in (".xlsx", ".xls", ".ods", ".csv"):
        raise Unreadable(_UNKNOWN.format(known=KNOWN))
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("it is empty; check that the file was saved or sent whole")
    _CHECKS[suffix](suffix, content)
    return suffix


def _check_text(suffix: str, content: bytes) -> None:
    if content.startswith((_ZIP, _OLE, b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff\xe0", b"MZ", b"\x1f\x8b")):
        raise Unreadable(_LIES.format(suffix=suffix, known=KNOWN))


def _check_old(suffix: str, content: bytes) -> None:
    if not content.startswith(_OLE):
        raise Unreadable(_LIES.format(suffix=suffix, known=KNOWN))
    if _ENCRYPTED in content:
        raise Unreadable(_LOCKED)
    if _OLD_MACROS in content:
        raise Unreadable(_MACROS)


def _check_zip(suffix: str, content: bytes) -> None:
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise Unreadable(_LOCKED)
    if not content.startswith(_ZIP):
        raise Unreadable(_LIES.format(suffix=suffix, known=KNOWN))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        _check_size(entries, len(content))
        _check_entries(suffix, archive, [entry.filename for entry in entries])
        for entry in entries:  # one that is longer than it declares has not its checksum
            _unpack(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unreadable(DAMAGED) from error


def _check_size(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED or (unpacked > MEBIBYTE and unpacked > RATIO * packed) or len(entries) > 10 * ENTRIES:
        raise Unreadable(_TOO_BIG)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(_LOCKED)


def _check_entries(suffix: str, archive: zipfile.ZipFile, names: list[str]) -> None:
    if _NEEDED[suffix] not in names:
        raise Unreadable(_LIES.format(suffix=suffix, known=KNOWN))
    if any(name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names):
        raise Unreadable(_MACROS)
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable(_LOCKED)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as part:
        while part.read(MEBIBYTE):
            pass


_CHECKS = {".csv": _check_text, ".xls": _check_old, ".xlsx": _check_zip, ".ods": _check_zip}
