"""Makes plain what only typesetting knows: ligatures, soft hyphens, blanks of many widths."""

from haven.engines.patterns.late import late

_UNPRINTED = late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAIN = (
    ("\u00ad\n", "-\n"),
    ("\u00ad", ""),
    ("\u200b", ""),
    ("\u200c", ""),
    ("\u200d", ""),
    ("\u2060", ""),
    ("\ufeff", ""),
    ("\ufb00", "ff"),
    ("\ufb01", "fi"),
    ("\ufb02", "fl"),
    ("\ufb03", "ffi"),
    ("\ufb04", "ffl"),
    ("\ufb05", "st"),
    ("\ufb06", "st"),
    *(
        (blank, " ")
        for blank in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    ),
)


def plain(text: str) -> str:
    """Text without ligatures and soft hyphens, its blanks plain; a soft hyphen that ends a line is a hyphen."""
    if not text.isascii():
        for mark, meant in _PLAIN:
            if mark in text:
                text = text.replace(mark, meant)
    return text


def spaced(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split()) if "  " in text or "\t" in text or "\n" in text else text.strip(" ")


def printable(text: str) -> str:
    """Text without the characters that stand for nothing printed."""
    return text if text.isprintable() else _UNPRINTED.sub("", text)
