"""Compares two editions of one document."""

from collections.abc import Sequence
from itertools import product

from haven.engines.compare.changes import NEW, OLD, SAME, Change, ChangeKind, Comparison, EditionSummary
from haven.engines.compare.clauses import Clause, ClauseKind, Edition
from haven.engines.compare.likeness import match_alike
from haven.engines.compare.matching import Matching, match_equal
from haven.engines.compare.references import References, unpaged
from haven.engines.compare.sequences import common_runs
from haven.engines.compare.splitting import match_joined
from haven.engines.compare.strength import modals_of
from haven.engines.compare.wording import keys_of, pieces_of, stretches_of
from haven.engines.compare.words import Words
from haven.engines.patterns.late import late

_GLYPH = late(r"[\u2022\u25cf\u25e6\u25aa\u25ab\u2023\u2043*]|\s[-–]\s|-\s")
_ALIKE = 0.5  # how alike two clauses must be to speak for two editions of one document
_RELATED = 0.1  # of the shorter edition's text, how much must be in such clauses
_FEW = 8  # clauses of an edition of which that is not asked
_UNRELATED = (
    "these do not look like two editions of one document, as hardly a clause of the one is in the other; "
    "check that you chose the right files"
)


def compare(old: Edition, new: Edition) -> Comparison:
    """Every change between two editions, in the order of the new one."""
    matching = matched(old.clauses, new.clauses)
    if not _are_related(matching):
        return Comparison(_summary(old), _summary(new), [], 0, (_UNRELATED,))
    changes, renumbered = _Changes(matching).all()
    return Comparison(_summary(old), _summary(new), changes, renumbered)


def matched(old: list[Clause], new: list[Clause]) -> Matching:
    """Which clauses of two editions belong together: the same whichever of them is called the old one."""
    if _sign(new) < _sign(old):
        return matched(new, old).flipped()
    matching = Matching(old, new)
    match_equal(matching)
    match_joined(matching)
    match_alike(matching, Words(matching))
    matching.moved = frozenset(matching.partners[0].keys() - matching.in_order())
    return matching


def _sign(clauses: list[Clause]) -> list[tuple[str, str, str]]:
    """By which it is decided, whatever an edition is called, which of two comes first."""
    return [(clause.text, clause.number or "", clause.kind) for clause in clauses]


def _are_related(matching: Matching) -> bool:
    """Whether the two look like editions of one document."""
    old, new = matching.clauses
    if min(len(old), len(new)) < _FEW:
        return True
    alike = sum(len(old[i].text) for i, likeness in matching.alike.items() if likeness >= _ALIKE)
    return alike >= _RELATED * min(sum(len(clause.text) for clause in side) for side in (old, new))


def _summary(edition: Edition) -> EditionSummary:
    return EditionSummary(edition.name, edition.title, len(edition.clauses))


class _Changes:
    """The changes that a matching amounts to."""

    def __init__(self, matching: Matching) -> None:
        old, new = matching.clauses
        self._matching = matching
        self._groups = _groups(matching, 0), _groups(matching, 1)
        parts, others = self._groups
        self._references = References(
            (old[a], new[b])
            for i, j in sorted(matching.partners[0].items())
            for a, b in (product(parts.get(i, (i,)), others.get(j, (j,))) if i in parts or j in others else ((i, j),))
        )

    def all(self) -> tuple[list[Change], int]:
        """Every change, in the order of the new edition, and how many clauses changed their number alone."""
        (old, new), forth = self._matching.clauses, self._matching.partners[0]
        changes = [Change((ChangeKind.ADDED,), (), (new[j],), at=(-1, j)) for j in self._matching.left(1)]
        changes += [Change((ChangeKind.REMOVED,), (old[i],), (), at=(i, -1)) for i in self._matching.left(0)]
        renumbered = 0
        for i, j in forth.items():
            change = None if self._is_untouched(i, j) else self._between(i, j)
            if change is not None:
                changes.append(change)
            elif old[i].number != new[j].number:
                renumbered += 1
        followed = _followed_places(self._matching)
        changes.sort(key=lambda c: (c.at[1], 0) if c.at[1] >= 0 else (followed[c.at[0]], 1 + c.at[0]))
        return changes, renumbered

    def _is_untouched(self, i: int, j: int) -> bool:
        """Whether a clause plainly stands where and as it stood, as most do."""
        (old, new), (parts, others) = self._matching.clauses, self._groups
        return old[i].text == new[j].text and not (i in self._matching.moved or i in parts or j in others)

    def _between(self, i: int, j: int) -> Change | None:
        """What happened between a clause and its partner, or None."""
        old, new = self._matching.clauses
        olds = [old[at] for at in self._groups[0].get(i, (i,))]
        news = [new[at] for at in self._groups[1].get(j, (j,))]
        change = Change((), tuple(olds), tuple(news), old[i].number != new[j].number, similarity=1.0, at=(i, j))
        kinds = [ChangeKind.MOVED] * (i in self._matching.moved)
        if len(olds) + len(news) == 2:
            kinds += [] if _is_same(old[i], new[j]) else self._reword(change)
        elif not _is_same_list(olds, news):
            parted = [ChangeKind.MERGED] * (len(olds) > 1) + [ChangeKind.SPLIT] * (len(news) > 1)
            kinds = [*parted, *kinds, *self._reword(change)]
        change.kinds = tuple(kinds)
        if change.kinds and not change.words:
            change.words = ((SAME, " ".join(c.text for c in olds)),)
        return change if change.kinds else None

    def _reword(self, change: Change) -> list[ChangeKind]:
        """Fill in the words that differ, and say which kinds of change they make."""
        before, after = (" ".join(c.text for c in side) for side in (change.old, change.new))
        followed = self._references.followed(before, after)
        if after in (before, followed):
            return []
        pieces, news = pieces_of(before), pieces_of(after)
        read, read_now = unpaged(followed), unpaged(after)
        old_keys = keys_of(read, pieces if read == before else None)
        new_keys = keys_of(read_now, news if read_now == after else None)
        if (len(old_keys), len(new_keys)) != (len(pieces), len(news)):  # a reference was written so as to count anew
            old_keys, new_keys = keys_of(before, pieces), keys_of(after, news)
        if ClauseKind.HEADING in (change.old[0].kind, change.new[0].kind):
            old_keys, new_keys = ([key.casefold() for key in keys] for keys in (old_keys, new_keys))
        if old_keys == new_keys:
            return []
        runs = common_runs(old_keys, new_keys)
        stretches = stretches_of(old_keys, new_keys, runs)
        words: list[tuple[str, str]] = []
        for stretch in stretches:
            lost = "".join(pieces[slice(*stretch.old)])
            if stretch.is_same:
                words.append((SAME, lost))
                continue
            words += [(kind, text) for kind, text in ((OLD, lost), (NEW, "".join(news[slice(*stretch.new)]))) if text]
        change.words = tuple(words)
        kept = sum(length for _, _, length in runs)
        change.similarity = round(2 * kept / (len(old_keys) + len(new_keys)), 4)
        change.modals, strength = modals_of(old_keys, new_keys, runs, stretches)
        return [ChangeKind.REWORDED, *strength]


def _is_same(old: Clause, new: Clause) -> bool:
    """Whether two clauses are the same but for their typography; "#" in a key stands for a reference to be followed."""
    if old.text == new.text:
        return True
    if old.kind is ClauseKind.HEADING or new.kind is ClauseKind.HEADING:
        return old.key_of_any_kind == new.key_of_any_kind and "#" not in old.key
    return old.key == new.key and "#" not in old.key


def _is_same_list(olds: Sequence[Clause], news: Sequence[Clause]) -> bool:
    """Whether a list stands line by line in one edition, and ran together with its glyphs in the other."""
    if " ".join(clause.key for clause in olds) != " ".join(clause.key for clause in news):
        return False
    whole, parts = (olds[0], news) if len(olds) == 1 else (news[0], olds)
    entries = sum(part.kind is ClauseKind.BULLET for part in parts)
    return 0 < entries <= len(_GLYPH.findall(whole.text))


def _groups(matching: Matching, side: int) -> dict[int, list[int]]:
    """The places of the parts of each clause of the other edition that was cut or made one, by the part paired."""
    groups: dict[int, list[int]] = {}
    for at, main in matching.parts[side].items():
        groups.setdefault(main, [main]).append(at)
    return {main: sorted(places) for main, places in groups.items()}


def _followed_places(matching: Matching) -> list[int]:
    """For each clause of the old edition, the place in the new one after which it stood."""
    last, places = -1, []
    for i in range(len(matching.clauses[0])):
        last = matching.partners[0].get(i, last)
        places.append(last)
    return places
