"""What in a text could show who told: the words that it has in common with what is known of the source."""

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SHORTEST = 3  # letters: shorter words are in everything

COMMON = frozenset(
    "the and for from with that this was were are has had have his her hers she him they them their you your our not "
    "but who what when where which there here about into after before over under out off some any all one two "
    "school schools academy college primary secondary infant junior nursery council police health service services "
    "community centre team staff teacher teachers head headteacher deputy designated safeguarding lead officer child "
    "children pupil pupils student students parent parents mother father mum dad friend friends brother sister year "
    "class told said says saw heard known name names person people boy girl man woman group area".split()
)
"""Words that say nothing of anybody. They are ours, from no source: a longer list warns less, a shorter one more."""


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).removesuffix("'s")


def _telling(text: str) -> dict[str, str]:
    """The words that could tell something, as they are compared, each as it was written first."""
    words: dict[str, str] = {}
    for found in WORD.findall(text):
        plain = _plain(found)
        if len(plain) >= SHORTEST and plain not in COMMON:
            words.setdefault(plain, found)
    return words


def shared_words(text: str, source: Iterable[str]) -> list[str]:
    """The telling words of the text, as they stand there, that stand in the source too; in the order of the text."""
    of_source = {word for each in source for word in _telling(each)}
    return [written for plain, written in _telling(text).items() if plain in of_source]


def to_warn_of(text: str, *, matter: str, source: Iterable[str], knows_source: bool) -> list[str]:
    """The words of a sanitised text that could show who told.

    Whoever may not open the source is warned only of words that she has before her in the matter. Were she told of
    others, she could find out who told by trying names.
    """
    found = shared_words(text, source)
    if knows_source:
        return found
    before_her = _telling(matter)
    return [word for word in found if _plain(word) in before_her]
