"""Tells which letters the bytes of a text file are."""

from haven.engines.documents.refusal import Unreadable
from haven.engines.patterns.late import late

NOT_TEXT = "it is not a text document; save it as .docx, .pdf or .txt and read that"
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = late(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20)])
_NEWLINE = late(r"\r\n?|\v|\f|\x85|\u2028|\u2029")
_OTHER_LINE_ENDS = ("\r", "\v", "\f", "\x85", "\u2028", "\u2029")


def decoded(content: bytes) -> str:
    """The text of the bytes, in whichever of UTF-8, UTF-16 and Windows-1252 they are written, with plain newlines.
    Raises Unreadable where they are not text."""
    text = written(content)
    return _NEWLINE.sub("\n", text) if any(mark in text for mark in _OTHER_LINE_ENDS) else text


def written(content: bytes) -> str:
    """The text of the bytes with the line and page ends they were written with. Raises Unreadable where they are not
    text."""
    text = _decoded(content)
    if _is_binary(text):
        raise Unreadable(NOT_TEXT)
    return text if _has_no_control(content) else _CONTROL.sub("", text)


def _has_no_control(content: bytes) -> bool:
    """Whether plainly no control character is in the text of these bytes, however they are written."""
    return (
        len(content.translate(None, _CONTROL_BYTES)) == len(content)
        and b"\xff" not in content
        and b"\xef\xbf" not in content
    )


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").removeprefix("\ufeff")
    head = content[:4096]
    if head.count(0) > len(head) // 5:
        return content.decode(
            "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be", errors="replace"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_binary(text: str) -> bool:
    sample = text[:20000]
    odd = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    return odd > 2 + len(sample) // 100
