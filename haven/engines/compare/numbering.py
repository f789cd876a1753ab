"""Takes the printed numbers off passages, and mends what opening a file does to them."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from haven.engines.compare.passages import Passage, PassageKind
from haven.engines.patterns.late import late

_LABELLED = r"(?:Part|Chapter|Section|Annexe?|Appendix|Schedule|Figure|Table|Box)"
_SPELT = "one two three four five six seven eight nine ten"
_ORDINAL = rf"(?:\d+[A-Za-z]?|[A-Z]|[IVX]+|{'|'.join(f'{n}|{n.title()}' for n in _SPELT.split())})"
_HEADED = late(rf"({_LABELLED}\s+{_ORDINAL})(?:\s*[:.–—-]+\s*|\s+)(?=\S)")
_NUMBER = late(
    r"""(?: \(?(\d{1,5}|[a-z]|[ivxl]{1,6})[.)]          # 12. | 12) | (a) | iv.
         | ((?:[A-Z]{1,4}\d{0,2}|\d{1,3})(?:[.][A-Za-z0-9]{1,4})+(?:-\d{1,3})?)[.:)]?  # 4.2.1 | A1.b | PR.AC-3
         | §\ ?(\d[\d.]*)
        )(?:\ \|)?\s+(?=\S)""",
    re.VERBOSE,
)
_ALONE = late(r"\(?(\d{1,5})[.)]?")
_LONGEST_ALONE = 7
_BARE = late(r"([A-Z]{0,2})(\d{1,5})[.):]?\s+(?=[A-Z“‘\"'(])")
_FEWEST_BARE = 5  # numbers without a full stop that follow one another, before they are taken for numbers
_FEWEST_LETTERED = 2  # the same of numbers with a letter, such as A13, and of headings
_NUMBERED_BARE = frozenset({PassageKind.PARAGRAPH, PassageKind.HEADING})
_TRAILING = late(r"\s((?:[A-Z]|(?:\d+\.)+)?\d{1,5})\.?$")
_IN_ROW = late(r"(.*?)(\d+)")

Numbered = tuple[Passage, str | None, str]  # a passage, its printed number, and its words without it


def taken_off(passages: list[Passage]) -> list[Numbered]:
    """Each passage with its number, if it has one, and its words; a number that stood alone joins its words, and one
    that was swallowed or lost between its neighbours is put back."""
    found = [_numbered(passage) for passage in _joined(passages)]
    return _restored(_bare(found))


def _numbered(passage: Passage) -> Numbered:
    text = passage.text
    if passage.number is not None:
        return passage, passage.number, text
    if passage.kind is PassageKind.HEADING and (headed := _HEADED.match(text)):
        return passage, headed[1], text[headed.end() :]
    if text[0] in "(§" or text[0].isalnum():
        number = _NUMBER.match(text)
        if number:
            return passage, number[1] or number[2] or number[3], text[number.end() :]
    return passage, None, text


def _joined(passages: list[Passage]) -> list[Passage]:
    """A number on a line of its own belongs to the words that follow it."""
    joined: list[Passage] = []
    for passage in passages:
        before = joined[-1] if joined else None
        if before is not None and before.page == passage.page and before.kind is PassageKind.PARAGRAPH:
            alone = _ALONE.fullmatch(before.text) if len(before.text) <= _LONGEST_ALONE else None
            if alone and passage.kind is PassageKind.PARAGRAPH and not passage.text[:1].isdigit():
                joined[-1] = passage.saying(f"{alone[1]}. {passage.text}")
                continue
        joined.append(passage)
    return joined


def _bare(found: list[Numbered]) -> list[Numbered]:
    """Numbers without a full stop ("12 Staff must …", "A13 Where …") count where enough of them follow one another."""
    rows: defaultdict[tuple[PassageKind, str], dict[int, re.Match[str]]] = defaultdict(dict)
    for at, (passage, number, text) in enumerate(found):
        if number is None and passage.kind in _NUMBERED_BARE and (bare := _BARE.match(text)):
            rows[passage.kind, bare[1]][at] = bare
    counted: dict[int, re.Match[str]] = {}
    for (kind, letters), row in rows.items():
        fewest = _FEWEST_LETTERED if letters or kind is PassageKind.HEADING else _FEWEST_BARE
        following = sum(int(after[2]) == int(before[2]) + 1 for before, after in pairwise(row.values()))
        if following >= max(fewest, 0.6 * len(row)):
            counted |= row
    numbered = list(found)
    for at, bare in counted.items():
        numbered[at] = (found[at][0], bare[1] + bare[2], bare.string[bare.end() :])
    return numbered


def _restored(found: list[Numbered]) -> list[Numbered]:
    """Where one number is missing from a row, it is looked for within its neighbours' words."""
    marks = [(at, *parts) for at, (_, number, _) in enumerate(found) if number and (parts := _in_row(number))]
    steps = Counter(after[2] - before[2] for before, after in pairwise(marks) if before[1] == after[1])
    if not steps[2] or steps[1] < 2 * steps[2]:
        return found  # no row of which one could be missing
    restored = found[: marks[0][0]]
    for (at, row, before), (end, other, after) in pairwise(marks):
        is_missing = row == other and after == before + 2
        restored += _refilled(found[at:end], f"{row}{before + 1}") if is_missing else found[at:end]
    return restored + found[marks[-1][0] :]


def _in_row(number: str) -> tuple[str, int] | None:
    """Of a number that ends in figures, what stands before them, and what they say."""
    if number.isdecimal():
        return "", int(number)
    parts = _IN_ROW.fullmatch(number)
    return (parts[1], int(parts[2])) if parts else None


def _refilled(between: list[Numbered], missing: str) -> list[Numbered]:
    """The passages from one number up to the next but one, with the missing number's own passage among them."""
    swallowed = re.compile(rf"(?<=[.;:!?”\"'’)])\s+{re.escape(missing)}[.)]?\s+(?=[A-Z“\"'‘])")
    for at, (passage, number, text) in enumerate(between):
        if inside := swallowed.search(text):
            first, second = text[: inside.start()], text[inside.end() :]
            parts = [(passage, number, first), (passage.saying(second), missing, second)]
            return between[:at] + parts + between[at + 1 :]
    unnumbered = [at for at, (passage, number, _) in enumerate(between) if at and _is_plain(passage, number)]
    if len(unnumbered) != 1:
        return between
    (at,) = unnumbered
    for place in (
        at - 1,
        at,
    ):  # where the number itself may have come to stand: at the end of the words before, or its own
        passage, known, words = between[place]
        if (trailing := _TRAILING.search(words)) and trailing[1] == missing:
            between[place] = passage, known, words[: trailing.start()]
            break
    passage, _, text = between[at]
    return [*between[:at], (passage, missing, text), *between[at + 1 :]]


def _is_plain(passage: Passage, number: str | None) -> bool:
    return number is None and passage.kind is PassageKind.PARAGRAPH
