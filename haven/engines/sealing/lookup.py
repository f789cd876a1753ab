"""Finding a person among sealed records: a blind index over surname, first initial and date of birth together.

The index is HMAC-SHA-256 under a key of one organisation, cut to 40 bits; whatever it finds is opened and compared.
Equal people have equal indexes, and whoever holds both the table and the key can try names: that is why a surname
never stands in it alone.
"""

import hmac
import unicodedata
from datetime import date
from hashlib import sha256

INDEX_BYTES = 5
ODD_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "ng"}
)
"""Letters that Unicode does not take apart, as they are written where the keyboard lacks them."""


def normalised(name: str) -> str:
    """A name without case, accents, hyphens, apostrophes, stops and spaces: letters alone, of whatever script."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(ODD_LETTERS))
    return "".join(letter for letter in apart.casefold().translate(ODD_LETTERS) if letter.isalpha())


def composite(*, surname: str, first_name: str, born_on: date) -> str:
    """What is indexed of a person. Raises ValueError where either name has no letter."""
    last, first = normalised(surname), normalised(first_name)
    if not last or not first:
        raise ValueError("a surname and a first name are needed, each with a letter")
    return f"{last}|{first[0]}|{born_on.isoformat()}"


def blind_index(of: str, *, key: bytes) -> bytes:
    """The index of a composite: five bytes."""
    return hmac.new(key, of.encode(), sha256).digest()[:INDEX_BYTES]
