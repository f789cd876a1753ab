"""How contacts are kept from those who may not have them: who is stricter, and where in a text they are named."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from haven.actions.rules import WITHHELD
from haven.engines.reading.items import Marking

STRICTNESS = ("", Marking.NOT_FOR_PARENTS.value, Marking.PROFESSIONAL_ONLY.value, Marking.INTERNAL.value)
"""From the loosest to the strictest."""

LABELS = {
    "": "No marking",
    Marking.NOT_FOR_PARENTS.value: "Not for parents",
    Marking.PROFESSIONAL_ONLY.value: "Professionals only",
    Marking.INTERNAL.value: "Internal",
}


def stricter(one: str, other: str) -> str:
    """The stricter of two markings."""
    return max(one, other, key=STRICTNESS.index)


def is_looser(new: str, old: str) -> bool:
    """Whether a change of marking would let more people have a contact."""
    return STRICTNESS.index(new) < STRICTNESS.index(old)


@dataclass(frozen=True, slots=True)
class Secret:
    """What of a contact must not be read where the contact may not be. `by_parts`: also by one name alone."""

    name: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    by_parts: bool = True

    @property
    def as_a_whole(self) -> "Secret":
        """The same, its name withheld only where the whole of it stands."""
        return replace(self, by_parts=False)

    @property
    def ways(self) -> frozenset[str]:
        """The numbers and addresses by which it is reached."""
        return frozenset(self.phones) | {address.lower() for address in self.emails}


def hidden_spans(text: str, secrets: Iterable[Secret]) -> list[tuple[int, int]]:
    """Where the text names, numbers or addresses one of these contacts, in order and apart from each other."""
    patterns = _patterns(perhaps_named(text, secrets))
    found = sorted(match.span() for pattern in patterns for match in pattern.finditer(text))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def hides(text: str, secrets: Iterable[Secret]) -> bool:
    """Whether the text holds anything of one of these contacts."""
    return any(pattern.search(text) for pattern in _patterns(perhaps_named(text, secrets)))


def redacted(text: str, secrets: Iterable[Secret]) -> str:
    """The text with each of these contacts withheld."""
    for start, end in reversed(hidden_spans(text, secrets)):
        text = text[:start] + WITHHELD + text[end:]
    return text


_GAP = r"[\s().\-‐-―/\u00a0\u00ad\u200b-\u200f\u2060]{0,4}"
_THIN = r"[\u00ad\u200b\u2060]?"
_LEAST_DIGITS = 6
_WORDS = re.compile(r"\S+")
_DESK = frozenset(
    _WORDS.findall(
        "team service services line desk duty office hub school schools academy college council police health "
        "mash lado advice support safeguarding education helpline hotline reception centre unit board "
        "partnership trust contact enquiries admissions training learning early help children childrens "
        "children's"
    )
)
_TITLES = frozenset(
    _WORDS.findall("mr mrs ms miss mx dr pc pcso dc ds di dci sgt sergeant inspector rev revd prof sir dame")
)


def perhaps_named(text: str, secrets: Iterable[Secret]) -> frozenset[Secret]:
    """Of these, the ones that the text can name at all. Cheap, so that what follows looks for a few, not thousands."""
    letters, digits = _levelled(text), re.sub(r"\D", "", text)
    return frozenset(secret for secret in secrets if _is_perhaps_in(secret, letters, digits))


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text that names somebody has to hold one of: digits without the gaps between them, or plain letters."""

    numbers: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=50_000)
def signs_of(secret: Secret) -> Signs:
    """The least that a text naming this contact holds; its letters levelled."""
    addresses = [re.split(r"[.@]", address, maxsplit=1)[0] for address in secret.emails]
    names = [part for word in secret.name.split() for part in [re.sub(r"['’].*", "", word)] if part]
    words = tuple(map(_levelled, (*filter(None, addresses), *names)))
    return Signs(tuple(map(_national, secret.phones)), words)


def _is_perhaps_in(secret: Secret, letters: str, digits: str) -> bool:
    signs = signs_of(secret)
    return any(each in digits for each in signs.numbers) or any(each in letters for each in signs.words)


def _levelled(text: str) -> str:
    """The text with what the patterns take for one letter made one, and without what they look past."""
    return text.translate(_ONE_LETTER).casefold()


_ONE_LETTER = str.maketrans({"İ": "i", "ı": "i", "\u00ad": None, "\u200b": None, "\u2060": None})


@lru_cache(maxsize=256)
def _patterns(secrets: frozenset[Secret]) -> tuple[re.Pattern[str], ...]:
    """Two patterns: one that minds capitals, for the parts of names; one that does not."""
    loose, exact = set(), set()
    for secret in secrets:
        loose |= {_phone(each) for each in secret.phones if sum(map(str.isdigit, each)) >= _LEAST_DIGITS}
        loose |= {_email(each) for each in secret.emails if each}
        if words := secret.name.split():
            loose.add(r"\b" + r"[\s.,]+".join(map(_word, words)) + r"\b")
            parts = name_parts(secret.name) if secret.by_parts else []
            exact |= {rf"\b(?:{_word(part)}|{_word(part.upper())})\b" for part in parts}
    kept = [("|".join(sorted(loose, key=len, reverse=True)), re.IGNORECASE), ("|".join(sorted(exact)), 0)]
    return tuple(re.compile(pattern, flags) for pattern, flags in kept if pattern)


def name_parts(name: str) -> list[str]:
    """The names by which a person is called; none where the name is that of a team or a desk."""
    words = [word.strip(".,()") for word in name.split()]
    if any(word.lower() in _DESK for word in words):
        return []
    return [word for word in words if len(word) > 2 and word[:1].isupper() and word.lower() not in _TITLES]


def _word(word: str) -> str:
    return "".join("['’]" if mark in "'’" else re.escape(mark) for mark in word)


def _phone(number: str) -> str:
    """A number in E.164 as people may write it: with spaces, dots, brackets, the nought, or the country's code."""
    spaced = _GAP.join(_national(number))
    return rf"(?<!\d)(?:(?:\+|00){_GAP}4{_GAP}4{_GAP}(?:0{_GAP})?|4{_GAP}4{_GAP}|0{_GAP})?{spaced}(?!\d)"


def _national(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return digits[2:] if digits.startswith("44") and number.startswith("+") else digits.removeprefix("0")


def _email(address: str) -> str:
    """An address in either case, also with 'at' and 'dot' written out or its signs escaped as in a web address."""
    local, _, domain = address.partition("@")
    at = r"\s*(?:@|%40|＠|\(at\)|\[at\]|\bat\b)\s*"
    dot = r"\s*(?:\.|%2e|\(dot\)|\[dot\]|\bdot\b)\s*"
    return rf"(?<![\w.]){_letters(local, dot)}{at}{_letters(domain, dot)}(?!\w)"


def _letters(words: str, dot: str) -> str:
    return _THIN.join(dot if mark == "." else re.escape(mark) for mark in words)
