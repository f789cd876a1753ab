"""Finds where the strength of what is asked has changed: must, should, may, and what forbids."""

from collections.abc import Sequence
from typing import NamedTuple

from haven.engines.compare.changes import ChangeKind, Modal
from haven.engines.compare.sequences import common_pairs
from haven.engines.compare.wording import Run, Stretch

# How strong each wording is. Only the order matters: must > will > need to > have regard to > should > may.
_STRENGTHS = {
    ("must",): 4.0,
    ("shall",): 4.0,
    ("required", "to"): 4.0,
    ("has", "to"): 4.0,
    ("have", "to"): 4.0,
    ("will",): 3.5,
    ("need", "to"): 3.0,
    ("needs", "to"): 3.0,
    ("have", "regard", "to"): 2.6,
    ("has", "regard", "to"): 2.6,
    ("having", "regard", "to"): 2.6,
    ("should",): 2.0,
    ("need", "not"): 0.5,
    ("ought", "to"): 2.0,
    ("expected", "to"): 2.0,
    ("advised", "to"): 1.5,
    ("recommended", "to"): 1.5,
    ("encouraged", "to"): 1.3,
    ("may",): 1.0,
    ("can",): 1.0,
    ("cannot",): 5.0,
    ("can't",): 5.0,
    ("mustn't",): 5.0,
    ("could",): 0.8,
    ("might",): 0.8,
}
_FIRST = frozenset(words[0] for words in _STRENGTHS)
_LONGEST = 3
_FORBIDS = {"must": 5.0, "shall": 5.0, "may": 5.0, "can": 5.0, "could": 3.0, "will": 4.5, "should": 3.0, "ought": 3.0}
_FREED = 0.5  # not required to, need not
_NOT = frozenset({"not", "never"})
_WITH_REGARD = ("have", "regard", "to")
_TIGHT = 4  # words
_ASKS = 2.0  # a wording as strong as this, put in alone, makes a statement a duty
_ALONE = frozenset({"must", "shall", "should", "must not", "shall not", "should not", "cannot", "may not"})
_BESIDE = frozenset("be also always normally usually only then therefore however , not never".split())


class _Wording(NamedTuple):
    """A wording of strength at places of a text's words, from and up to."""

    start: int
    end: int
    text: str
    strength: float


def modals_of(
    old: Sequence[str], new: Sequence[str], runs: Sequence[Run], stretches: Sequence[Stretch]
) -> tuple[tuple[Modal, ...], tuple[ChangeKind, ...]]:
    """The words of strength that changed between two texts, and whether what is asked became stronger or weaker."""
    olds, news = _wordings(old), _wordings(new)
    if not olds and not news:
        return (), ()
    partners = _kept_partners(olds, news, runs)
    _add_in_place(partners, olds, news, [stretch for stretch in stretches if _is_tight(stretch)])
    _add_equal(partners, olds, news)
    _add_in_place(partners, olds, news, stretches)
    modals, kinds = [], set()
    for i, wording in enumerate(olds):
        after = news[partners[i]] if i in partners else None
        if after is None:
            modals.append((wording.start, Modal(wording.text, None)))
            if _stands_alone(old, wording, stretches, is_old=True):
                kinds.add(ChangeKind.WEAKENED)
        elif after.text != wording.text:
            modals.append((wording.start, Modal(wording.text, after.text)))
            if after.strength != wording.strength:
                stronger = after.strength > wording.strength
                kinds.add(ChangeKind.STRENGTHENED if stronger else ChangeKind.WEAKENED)
    for j, wording in enumerate(news):
        if j not in partners.values():
            modals.append((wording.start, Modal(None, wording.text)))
            if _stands_alone(new, wording, stretches, is_old=False):
                kinds.add(ChangeKind.STRENGTHENED)
    return tuple(modal for _, modal in sorted(modals, key=lambda m: m[0])), tuple(sorted(kinds))


def _wordings(keys: Sequence[str]) -> list[_Wording]:
    words = list(map(str.lower, keys))
    found: list[_Wording] = []
    for at in [at for at, word in enumerate(words) if word in _FIRST]:
        if found and at < found[-1].end:
            continue
        if wording := _wording(words, at):
            found.append(wording)
    return found


def _wording(words: Sequence[str], at: int) -> _Wording | None:
    for length in range(_LONGEST, 0, -1):
        strength = _STRENGTHS.get(tuple(words[at : at + length]))
        if strength is None:
            continue
        start, end = at, at + length
        if words[end : end + 1] and words[end] in _NOT:
            strength, end = _FORBIDS.get(words[at], _FREED), end + 1
        elif at and words[at - 1] in _NOT and length > 1:
            strength, start = _FREED, at - 1
        if length == 1 and tuple(words[end : end + 3]) == _WITH_REGARD:
            strength, end = (strength + _ASKS) / 2, end + 3
        return _Wording(start, end, " ".join(words[start:end]), strength)
    return None


def _kept_partners(olds: list[_Wording], news: list[_Wording], runs: Sequence[Run]) -> dict[int, int]:
    """Wordings whose first word both texts keep belong together."""
    by_start = {wording.start: j for j, wording in enumerate(news)}
    kept = {
        i: wording.start - a + b
        for i, wording in enumerate(olds)
        for a, b, length in runs
        if a <= wording.start < a + length
    }
    return {i: by_start[start] for i, start in kept.items() if start in by_start}


def _add_equal(partners: dict[int, int], olds: list[_Wording], news: list[_Wording]) -> None:
    """Of those left, the same wordings in the same order belong together."""
    left = [i for i in range(len(olds)) if i not in partners]
    free = [j for j in range(len(news)) if j not in partners.values()]
    for a, b in common_pairs([olds[i].text for i in left], [news[j].text for j in free]):
        partners[left[a]] = free[b]


def _add_in_place(
    partners: dict[int, int], olds: list[_Wording], news: list[_Wording], stretches: Sequence[Stretch]
) -> None:
    """Of those left, the ones in the same stretch of changed words belong together, in order."""
    taken = set(partners.values())
    for stretch in stretches:
        if not stretch.is_same:
            here = [i for i, w in enumerate(olds) if i not in partners and _lies_in(w, stretch.old)]
            there = [j for j, w in enumerate(news) if j not in taken and _lies_in(w, stretch.new)]
            for i, j in zip(here, there, strict=False):
                partners[i] = j
                taken.add(j)


def _is_tight(stretch: Stretch) -> bool:
    """Whether so few words changed in one place that their wordings of strength must belong together."""
    return max(stretch.old[1] - stretch.old[0], stretch.new[1] - stretch.new[0]) <= _TIGHT


def _lies_in(wording: _Wording, places: tuple[int, int]) -> bool:
    return wording.start < places[1] and wording.end > places[0]


def _stands_alone(keys: Sequence[str], wording: _Wording, stretches: Sequence[Stretch], *, is_old: bool) -> bool:
    """Whether a wording that asks was put in, or taken out, by itself: with no other words, on one side only."""
    if wording.strength < _ASKS or wording.text not in _ALONE:
        return False
    for stretch in stretches:
        here, there = (stretch.old, stretch.new) if is_old else (stretch.new, stretch.old)
        if not stretch.is_same and _lies_in(wording, here):
            beside = [*keys[here[0] : wording.start], *keys[wording.end : here[1]]]
            return there[0] == there[1] and all(key.lower() in _BESIDE for key in beside)
    return False
