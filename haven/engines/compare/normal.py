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
_SPELT = "|".join(f"{label}|{label.title()}|{label.upper()}" for label in _LABELS)  # twice as quick as ignoring case
_NUMBER = r"(?:\d+(?:\.\d+)*[a-z]?|[A-Z]\d*(?:\.[a-z0-9]{1,3})*|[ivx]+)"
_CUE = late(r" \(?(?:\d|[A-Z](?:\b|\d)|[ivx]+\b)|§")
REFERENCE = late(
    rf"({_SPELT}|§)((?:s|es|\.)?)\s*(\(?{_NUMBER}\)?(?:\s*(?:,|and|or|to|&|[-\u2010-\u2015])\s*\(?{_NUMBER}\b\)?)*)(?![\w'])"
)


def plain(text: str) -> str:
    """The text with straight quotes, plain hyphens and single spaces, without soft hyphens and ligatures."""
    return " ".join((text if text.isascii() else _ODD.sub(_ascii, text)).split())


def key_of(text: str) -> str:
    """What two clauses share that differ in typography, hyphenation and the numbers of cross-references alone."""
    text = plain(text)
    if _CUE.search(text):
        text = REFERENCE.sub(_masked, text)
    return " ".join(text.replace("- ", "").replace("-", "").split()) if "-" in text else text


def _ascii(odd: re.Match[str]) -> str:
    letter = odd[0]
    return _PLAIN[letter] if letter in _PLAIN else _PLAIN.setdefault(letter, unicodedata.normalize("NFKC", letter))


def _masked(reference: re.Match[str]) -> str:
    start = reference.start()
    inside_a_word = start and reference.string[start - 1].isalnum()
    return reference[0] if inside_a_word else f"{reference[1].lower()} #"
