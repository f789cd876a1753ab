"""Word documents: a zip archive that must not be a bomb, carry programs, or fetch anything when it is opened."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat  # any DOCTYPE is refused before an entity could be declared

from haven.files.rules.unfit import Unfit

MAX_ENTRIES = 200
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRY_NAME = 600  # bytes of an archive's list per entry, its name and extras included
LIST_ENDS = b"PK\x05\x06"
LIST_TAIL = 22 + 65_535
ENCRYPTED = 0x1
PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # what Word uses; others unpack without a bound

BROKEN = "The Word document is damaged and cannot be opened. Save it again and attach the new copy."
BOMB = "The Word document unpacks to more than Haven accepts. Remove large pictures and attach it again."
NOT_WORD = "The file is an archive, not a Word document. Attach the documents in it one by one."
LOCKED = "The Word document is protected by a password. Save it without one and attach it again."
MACROS = "The Word document holds macros or other programs. Save it as a PDF and attach that."
REACHES_OUT = "The Word document fetches a template or picture from elsewhere. Save it as a PDF and attach that."
PROGRAM_NAMES = ("vbaproject.bin", "vbadata.xml")
PROGRAM_FOLDERS = ("word/activex/",)
PROGRAM_TYPES = ("macroenabled", "vbaproject", "activex")
LINKS_THAT_ONLY_POINT = ("/hyperlink",)


def check_word(content: bytes) -> None:
    """Raise `Unfit` unless this is a Word document without programs and without parts kept elsewhere."""
    _check_list(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            if "word/document.xml" not in archive.namelist() or "[Content_Types].xml" not in archive.namelist():
                raise Unfit(NOT_WORD)
            for entry in entries:
                _check_part(entry.filename.lower(), _unpacked(archive, entry))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as broken:
        raise Unfit(BROKEN) from broken


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A part's bytes, and no more memory for them than it says it needs: what it says may be a lie."""
    with archive.open(entry) as opened:
        return opened.read(entry.file_size + 1)


def is_also_an_archive(content: bytes) -> bool:
    """Whether a zip archive's end stands at the end of the file, whatever its beginning says it is."""
    return content.rfind(LIST_ENDS, max(0, len(content) - LIST_TAIL)) >= 0


def _check_list(content: bytes) -> None:
    """Look at the archive's own count before anything reads its list."""
    ends = content.rfind(LIST_ENDS, max(0, len(content) - LIST_TAIL))
    if ends < 0 or ends + 22 > len(content):
        raise Unfit(BROKEN)
    entries, size = struct.unpack("<HI", content[ends + 10 : ends + 16])
    if entries > MAX_ENTRIES or size > MAX_ENTRIES * MAX_ENTRY_NAME:
        raise Unfit(BOMB)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unfit(BOMB)
    packed = sum(entry.compress_size for entry in entries)
    if sum(entry.file_size for entry in entries) > MAX_RATIO * max(packed, 1):
        raise Unfit(BOMB)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Unfit(LOCKED)
    if any(entry.compress_type not in PACKINGS for entry in entries):
        raise Unfit(BROKEN)
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or any(map(_strays, names)) or any(map(_is_link, entries)):
        raise Unfit(BROKEN)
    _check_overlap(entries)


def _strays(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/")


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are a bomb whose declared sizes look harmless."""
    free_from = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < free_from:
            raise Unfit(BOMB)
        free_from = entry.header_offset + 30 + len(entry.filename.encode()) + entry.compress_size


def _check_part(name: str, part: bytes) -> None:
    if name.endswith(PROGRAM_NAMES) or name.startswith(PROGRAM_FOLDERS):
        raise Unfit(MACROS)
    if name.startswith("word/embeddings/") and name.endswith((".bin", ".exe")):
        raise Unfit(MACROS)
    if name == "[content_types].xml":
        _each_element(part, _refuse_programs)
    elif name.endswith(".rels"):
        _each_element(part, _refuse_parts_elsewhere)


def _refuse_programs(_: str, given: dict[str, str]) -> None:
    if any(word in given.get("ContentType", "").lower() for word in PROGRAM_TYPES):
        raise Unfit(MACROS)


def _refuse_parts_elsewhere(_: str, given: dict[str, str]) -> None:
    is_elsewhere = given.get("TargetMode", "").lower() == "external"
    if is_elsewhere and not given.get("Type", "").lower().endswith(LINKS_THAT_ONLY_POINT):
        raise Unfit(REACHES_OUT)


def _each_element(part: bytes, look: Callable[[str, dict[str, str]], None]) -> None:
    """Hand every element's name and attributes to `look`. A document type is refused: it could declare entities."""
    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = _refuse_doctype
    reader.StartElementHandler = look
    try:
        reader.Parse(part, True)  # noqa: FBT003 - positional in the standard library
    except expat.ExpatError as broken:
        raise Unfit(BROKEN) from broken


def _refuse_doctype(*_: object) -> None:
    raise Unfit(BROKEN)
