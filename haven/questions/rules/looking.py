"""Whether a file holds words to speak of, and what to say of one that does not."""

import re

NO_WORDS = "This file holds no words"
ONLY_PICTURES = "This file holds only pictures"
FEW_WORDS = "This file holds only {count}"
NOT_OPENED = "This file could not be opened"

FEWEST_WORDS = 15  # fewer are a heading and a date, not a document
LONGEST_WARNING = 200

_WORD = re.compile(r"[^\W\d_]{2,}")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b|word/media/|<img\b")


def found_wanting(text: str, content: bytes) -> str:
    """What to say of a file with this text; empty where it has words enough.

    In a PDF the dictionary of a picture is never packed away, and neither is the name of one in a Word file, so that
    the bytes themselves tell whether there is one.
    """
    count = len(_WORD.findall(text))
    if count >= FEWEST_WORDS:
        return ""
    if not count:
        return ONLY_PICTURES if _PICTURE.search(content) else NO_WORDS
    return FEW_WORDS.format(count="1 word" if count == 1 else f"{count} words")


def joined(warning: str, more: str) -> str:
    """A warning with one more behind it, each said once."""
    if not more or more in warning:
        return warning
    return f"{warning}. {more}"[:LONGEST_WARNING] if warning else more
