"""What the edition of a report without names leaves out, so that no school can be made out in it.

Every figure of a question, a section or a phase is of five schools at least. Nothing that is told of fewer can be
reckoned from what stands beside it.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from haven.reports.rules.comparing import STEP
from haven.reports.rules.shares import ALL_IN_PLACE, HALF_IN_PLACE, LESS_IN_PLACE, MOST_IN_PLACE, Band, Share

WITHHELD = "not shown"
FEW = "1 to {most}"
OR_MORE = "{least} or more"

_EDGES: Mapping[Band, tuple[int, int]] = {
    LESS_IN_PLACE: (0, 49),
    HALF_IN_PLACE: (50, 74),
    MOST_IN_PLACE: (75, 99),
    ALL_IN_PLACE: (100, 100),
}
"""From worst to best, between which shares each lies."""


def counts_told(counts: Sequence[int], fewest: int) -> list[str]:
    """How many schools gave each answer, in words that hide what fewer than `fewest` gave.

    A count of a few is told as that. The first of the others is then told only by the least that it can be, whatever
    the few are, so that they cannot be reckoned from the sum, which is known. Where that is too few, none is told.
    """
    small = [number for number in counts if 0 < number < fewest]
    if sum(counts) < fewest:
        return [WITHHELD] * len(counts)
    if not small:
        return [f"{number:,}" for number in counts]
    first = next((place for place, number in enumerate(counts) if number >= fewest), 0)
    least = counts[first] + sum(small) - len(small) * (fewest - 1)
    if least < fewest:
        return [WITHHELD] * len(counts)
    told = [FEW.format(most=fewest - 1) if 0 < number < fewest else f"{number:,}" for number in counts]
    told[first] = OR_MORE.format(least=f"{least:,}")
    return told


def roughly(percent: int | None) -> int | None:
    """A share to the nearest five of a hundred. What is not all is never told as all, nor what is some as nought."""
    if percent in (None, 0, 100):
        return percent
    return min(max(int((percent or 0) / STEP + 0.5) * STEP, STEP), 100 - STEP)


def shares_told(share: Share) -> tuple[int, int, int]:
    """In place, partly and not in place of a hundred, in steps of five that make a hundred together."""
    figures = (share.in_place, share.partly, share.not_in_place)
    if not share.judged:
        return (0, 0, 0)
    steps = 100 // STEP
    exact = [number * steps / share.judged for number in figures]
    least = [max(int(each), 1 if number else 0) for each, number in zip(exact, figures, strict=True)]
    order = sorted(range(3), key=lambda place: exact[place] - least[place])
    while sum(least) < steps:
        least[order.pop()] += 1
    while sum(least) > steps:
        least[max(range(3), key=lambda place: least[place])] -= 1
    told = [each * STEP for each in least]
    return told[0], told[1], told[2]


@dataclass(frozen=True, slots=True)
class Together:
    """Bands that are told as one: their word, and the band that most schools of them are in."""

    word: str
    band: Band


def told_together(bands: Sequence[Band], fewest: int) -> Mapping[Band, Together]:
    """How each band of one section is told, so that every word stands for at least so many schools of it.

    Nothing where fewer than so many were judged in the section.
    """
    counted = Counter(band for band in bands if band in _EDGES)
    if counted.total() < fewest:
        return {}
    groups: list[list[Band]] = [[]]
    for band in _EDGES:
        groups[-1].append(band)
        if sum(counted[each] for each in groups[-1]) >= fewest:
            groups.append([])
    last = groups.pop()
    groups[-1] += last if any(counted[each] for each in last) else []
    return {band: _together(group, counted) for group in groups for band in group}


def _together(group: Sequence[Band], counted: Mapping[Band, int]) -> Together:
    held = [band for band in group if counted[band]]
    return Together(_word(_EDGES[held[0]][0], _EDGES[held[-1]][1]), max(held, key=lambda band: counted[band]))


def _word(least: int, most: int) -> str:
    if most == 100:
        return "100" if least == 100 else f"{least}+" if least else "any"
    return f"{least}–{most}" if least else f"<{most + 1}"


def alike(patterns: Sequence[tuple[bool, ...]], fewest: int) -> list[bool]:
    """Which schools may stand in a row of their own: those that at least so many are like in what concerns them.

    What a school is asked follows from what everybody knows of it: a nursery, boarders.
    """
    counted = Counter(patterns)
    return [counted[pattern] >= fewest for pattern in patterns]


def shown_groups(sizes: Mapping[str, int], fewest: int) -> Collection[str]:
    """The groups of which a figure may be shown: those with enough in them, less the smallest of these where what is
    left over would be fewer and could be reckoned from the whole."""
    order = sorted((size, name) for name, size in sizes.items() if size)
    left_over = next(
        (
            place
            for place, sum_ in enumerate(accumulate((size for size, _ in order), initial=0))
            if _is_safe(order, place, sum_, fewest)
        ),
        len(order),
    )
    return {name for _, name in order[left_over:]}


def _is_safe(order: Sequence[tuple[int, str]], place: int, left_over: int, fewest: int) -> bool:
    is_enough = left_over == 0 or left_over >= fewest
    return is_enough and all(size >= fewest for size, _ in order[place:])


def names_found(words: str, names: Collection[str]) -> list[str]:
    """Which of these names stand in some words, whatever their capitals and spaces."""
    plain = f" {_plain(words)} "
    return [name for name in names if name and f" {_plain(name)} " in plain]


def _plain(words: str) -> str:
    kept = "".join(each if each.isalnum() else "" if each in "’'." else " " for each in words.casefold())
    return " ".join(kept.split())


USUAL = frozenset(
    "a academy all and c catholic ce centre church college community cofe e england first for free grammar high in"
    " infant infants junior lower middle nursery of prep preparatory primary pru rc roman saint school secondary sixth"
    " form special st technical the trust unit university upper voluntary".split()
)
"""Words that many schools have in their names."""


def short_name(name: str, but: Collection[str] = ()) -> str:
    """What people call a school: its name without the words that many have. Empty where nothing is left to tell it by.

    `but` are words that stand for more than one school, such as the area's own name.
    """
    usual = USUAL | {each for words in but for each in _plain(words).split()}
    kept = " ".join(each for each in _plain(name).split() if each not in usual)
    return kept if len(kept) > 3 and not kept.isdigit() else ""
