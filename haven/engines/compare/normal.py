"""The form in which two texts are the same though their typography differs."""

import re
import unicodedata

from haven.engines.patterns.late import late

_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201b\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u2022\u25cf\u25e6\u25aa\u25ab\u2023\u2043\uf0b7\uf0a7", " "),  # glyphs of lists
}
_ODD = late(r"[^\x00-\x7f]")
_LABELS = "paragraph para section clause part chapter annex appendix figure table page".split()
_SPELT = [spelt for label in _LABELS for spelt in (label, label.title(), label.upper())]
_AFTER = {first: [spelt[1:] for spelt in _SPELT if spelt[0] == first] for first in "pPsScCaAfFtT"}
_LABEL = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in _AFTER.items())  # quicker than ignoring case
_NUMBER = r"(?:\d+(?:\.\d+)*[a-z]?|[A-Z]\d*(?:\.[a-z0-9]{1,3})*|[ivx]+)"
_CUE = late(r" \(?(?:\d|[A-Z](?:\b|\d)|[ivx]+\b)|§")
_NUMBERED = late(r"[\d§]|[A-Zivx](?![a-z])")  # without which no text refers to anything: told in a tenth of the time
REFERENCE = late(
    rf"({_LABEL}|§)((?:s|es|\.)?)\s*(\(?{_NUMBER}\)?(?:\s*(?:,|and|or|to|&|[-\u2010-\u2015])\s*\(?{_NUMBER}\b\)?)*)(?![\w'])"
)


def plain(text: str) -> str:
    """The text with straight quotes, plain hyphens and single spaces, without soft hyphens and ligatures."""
    if not text.isascii():
        text = _ODD.sub(_ascii, text)
    return text if _is_spaced(text) else " ".join(text.split())


def _is_spaced(text: str) -> bool:
    """Whether there are only single spaces, and none at either end: the usual case, and told quicker than made."""
    return text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]


def may_refer(text: str) -> bool:
    """Whether there may be a reference in a text."""
    return _NUMBERED.search(text) is not None


def key_of(text: str) -> str:
    """What two clauses share that differ in typography, hyphenation and the numbers of cross-references alone."""
    text = plain(text)
    if may_refer(text) and _CUE.search(text):
        text = REFERENCE.sub(_masked, text)
    return " ".join(text.replace("- ", "").replace("-", "").split()) if "-" in text else text


def _ascii(odd: re.Match[str]) -> str:
    letter = odd[0]
    return _PLAIN[letter] if letter in _PLAIN else _PLAIN.setdefault(letter, unicodedata.normalize("NFKC", letter))


def _masked(reference: re.Match[str]) -> str:
    start = reference.start()
    inside_a_word = start and reference.string[start - 1].isalnum()
    return reference[0] if inside_a_word else f"{reference[1].lower()} #"
