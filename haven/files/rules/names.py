"""The name under which a file is kept."""

import re
import unicodedata

LONGEST = 120
APART = re.compile(r"[\\/]")
SPACES = re.compile(r"\s+")


def clean_name(name: str) -> str:
    """The last part of the name, without folders, control marks or marks that turn the writing direction around."""
    last = APART.split(unicodedata.normalize("NFC", name))[-1]
    shown = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in last)
    plain = SPACES.sub(" ", shown).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST] or "file"
    return f"{stem[: LONGEST - 1 - len(ending)].strip() or 'file'}.{ending}"[:LONGEST]
