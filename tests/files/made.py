"""Files for the tests: sound ones, and one for each way in which a file can be bad."""

import io
import struct
import zipfile
import zlib

PDF_BODY = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
PDF_END = b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
CONTENT_TYPES = '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="{type}"/></Types>'
PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = '<?xml version="1.0"?><Relationships>{relations}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(more: bytes = b"") -> bytes:
    """A small PDF, with what is given between its objects."""
    return PDF_BODY + more + PDF_END


def pdf_with_packed(names: bytes) -> bytes:
    """A PDF that keeps some of its objects in a packed stream."""
    packed = zlib.compress(names)
    return pdf(b"2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n")


def png(width: int = 4, height: int = 4) -> bytes:
    """A PNG of this size by its header, with next to nothing in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 20))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(width: int = 4, height: int = 4) -> bytes:
    """The beginning of a JPEG of this size."""
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + app + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34" + b"\xff\xd9"


def relation(kind: str, target: str, mode: str = "External") -> str:
    """One relation of a Word document to something else."""
    return f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def docx(
    parts: dict[str, bytes] | None = None,
    relations: str = "",
    main: str = PLAIN_TYPE,
    packing: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A small Word document, with these parts besides."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(type=main))
        archive.writestr("word/document.xml", "<document><p>Hello</p></document>")
        archive.writestr("word/_rels/document.xml.rels", RELATIONS.format(relations=relations))
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return file.getvalue()


def docx_lying_about_its_size() -> bytes:
    """A document with a part that unpacks to more than its list says."""
    whole = bytearray(docx({"word/media/a.bin": b"\0" * 5_000_000 + bytes(range(256)) * 400}))
    real = struct.pack("<I", 5_000_000 + 256 * 400)
    return bytes(whole).replace(real, struct.pack("<I", 1000))


def docx_with_overlapping_parts() -> bytes:
    """A document whose list names the same packed bytes under several names."""
    whole = docx({"word/media/one.bin": bytes(range(256)) * 40, "word/media/two.bin": bytes(range(256)) * 40})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        one, two = (archive.getinfo(f"word/media/{name}.bin").header_offset for name in ("one", "two"))
        start = archive.start_dir
    listed = whole[start:].replace(
        struct.pack("<I", two) + b"word/media/two", struct.pack("<I", one) + b"word/media/two"
    )
    return whole[:start] + listed


def bare_zip(name: str = "hello.txt") -> bytes:
    """An archive that is no Word document."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, b"hello")
    return file.getvalue()
