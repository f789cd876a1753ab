"""Pairs clauses whose words are alike."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from math import lcm

from haven.engines.compare.clauses import ClauseKind
from haven.engines.compare.headings import match_by_contents, match_labels
from haven.engines.compare.matching import Gaps, Matching, alone
from haven.engines.compare.splitting import match_parts
from haven.engines.compare.words import Words

_COMMON = 30  # a feature of more clauses than this finds nothing
_VOTES = lcm(*range(1, _COMMON + 1))  # shared out without a remainder among those that share a feature
_CANDIDATES = 4  # of each clause, that are looked at closely
_WIDEST_GAP = 60  # clauses between two anchors that are all compared with one another
_SAMPLE = 40  # pairs, by which it is measured how alike clauses of these documents are that have nothing in common
_FEWEST = 5  # such pairs, for them to tell anything
_IN_PLACE = 0.24  # how much more alike two clauses between the same neighbours must be
_ELSEWHERE = 0.42  # and two that stand apart
_SURE = 0.8  # so alike, they belong together wherever they stand
_LEAST = 0.3  # how alike any two must be
_BETWEEN = 0.1  # what standing between the same neighbours counts for
_EQUAL = 0.999
_LABEL = 6  # words: what is as short and comes back ("References") tells nothing but where it stands
_SAME_NUMBER = 0.06
_SAME_HEADING = 0.04


def match_alike(matching: Matching, words: Words) -> None:
    """Pair the clauses whose words are alike. Headings wait: what stands below them tells more than their words."""
    _match_alone(matching, words, matching.gaps())
    words.weigh(matching)
    _match_kind(matching, words, are_headings=False)
    match_by_contents(matching)
    _match_kind(matching, words, are_headings=True)
    match_labels(matching)


def _match_kind(matching: Matching, words: Words, *, are_headings: bool) -> None:
    """Pair those that are alike, the surest first. What stands between the same neighbours needs less; what stands
    elsewhere, and may be a part of something nearer, waits until the parts are known."""
    left = [
        [at for at in matching.left(side) if (matching.clauses[side][at].kind is ClauseKind.HEADING) is are_headings]
        for side in (0, 1)
    ]
    gaps = matching.gaps()
    chance = _by_chance(words, gaps, *left)
    found = []
    for i, j in _candidates(words, gaps, *left):
        in_place = gaps.of(0, i) == gaps.of(1, j)
        least = max(_LEAST, chance + (_IN_PLACE if in_place else _ELSEWHERE))
        bonus = _bonus(matching, i, j)
        alike = words.likeness(i, j, least - bonus)
        likely = alike + bonus
        is_label = alike > _EQUAL and len(words.of(0, i)) <= _LABEL
        if likely >= least and (in_place or not is_label):
            waits = not in_place and alike < _SURE
            found.append((waits, -(likely + _BETWEEN * in_place), i + j, i, j, alike))
    found.sort()
    for waits in (False, True):
        for pair in found:
            i, j = pair[3:5]
            if pair[0] is waits and matching.is_left(0, i) and matching.is_left(1, j):
                matching.pair(i, j, pair[5])
        match_parts(matching, words)


def _match_alone(matching: Matching, words: Words, gaps: Gaps) -> None:
    """Pair what stands alone between the same neighbours in both editions, where most words were kept in order."""
    for i, j in alone(matching, lambda side, left: map(partial(gaps.of, side), left)):
        if (alike := words.in_order(i, j)) >= _SURE:
            matching.pair(i, j, alike)


def _by_chance(words: Words, gaps: Gaps, olds: list[int], news: list[int]) -> float:
    """How alike two clauses are that have nothing to do with one another: in the middle of a sample of such as stand
    apart."""
    far = len(news) // 2
    sample = []
    for at in range(0, len(olds), max(1, len(olds) // _SAMPLE)):
        i, j = olds[at], news[(at * len(news) // len(olds) + far) % len(news)] if news else -1
        if news and gaps.of(0, i) != gaps.of(1, j):
            sample.append(words.likeness(i, j))
    return sorted(sample)[len(sample) // 2] if len(sample) >= _FEWEST else 0.0


def _candidates(words: Words, gaps: Gaps, olds: list[int], news: list[int]) -> Iterator[tuple[int, int]]:
    """The pairs worth a closer look: those that share something rare, and those between the same anchors."""
    features = {i: _features(words.of(0, i)) for i in olds}
    index = _index(words, news, set().union(*features.values()))
    between: defaultdict[int, list[int]] = defaultdict(list)
    for j in news:
        between[gaps.of(1, j)].append(j)
    crowds = Counter(gaps.of(0, i) for i in olds)
    for i in olds:
        votes: defaultdict[int, int] = defaultdict(int)
        for feature in index.keys() & features[i]:
            sharing = index[feature]
            for j in sharing:
                votes[j] += _VOTES // len(sharing)
        chosen = set(sorted(votes, key=lambda j: (-votes[j], j))[:_CANDIDATES])
        gap = gaps.of(0, i)
        if max(crowds[gap], len(between[gap])) <= _WIDEST_GAP:
            chosen.update(between[gap])
        yield from ((i, j) for j in chosen)


def _index(words: Words, news: list[int], known: set[object]) -> dict[object, list[int]]:
    """Of each feature that both editions have, in which clauses of the new one it stands, unless in too many."""
    index: defaultdict[object, list[int]] = defaultdict(list)
    for j in news:
        for feature in known & _features(words.of(1, j)):
            index[feature].append(j)
    return {feature: sharing for feature, sharing in index.items() if len(sharing) <= _COMMON}


def _features(words: list[str]) -> set[object]:
    """What a clause can be found by: its words, and each three that follow one another."""
    return {*words, *zip(words, words[1:], words[2:], strict=False)}


def _bonus(matching: Matching, i: int, j: int) -> float:
    old, new = matching.clauses[0][i], matching.clauses[1][j]
    same_number = old.number is not None and old.number == new.number
    same_heading = bool(old.heading) and old.heading[-1:] == new.heading[-1:]
    return _SAME_NUMBER * same_number + _SAME_HEADING * same_heading
