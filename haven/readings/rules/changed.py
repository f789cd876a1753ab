"""What changed in a part since it was signed: told by the digests of its clauses, and shown with the words marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from haven.engines.compare.changes import Change
from haven.engines.compare.clauses import Clause, Edition
from haven.engines.compare.comparing import compare
from haven.engines.compare.marking import Run, inline, neat
from haven.guidance.rules.fingerprints import differing, key_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause that is new, or was reworded: where it stands, and its words with what differs marked."""

    at: int  # counted from 0 in the part
    is_reworded: bool
    runs: tuple[Run, ...]
    heading: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A clause that was signed and stands there no longer."""

    number: str
    text: str
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What was put in or reworded, and what was taken out."""

    passages: tuple[Passage, ...]
    gone: tuple[Gone, ...]

    @property
    def words(self) -> int:
        """How many words there are to read."""
        shown = " ".join(text for each in self.passages for kind, text in each.runs if kind != "old")
        return len(shown.split()) + sum(len(each.text.split()) for each in self.gone)


def changed(old: Sequence[Clause], new: Sequence[Clause]) -> Changed:
    """What stands in the new words of a part and not in those that were signed, and the other way round."""
    found = differing([key_of(each) for each in old], [key_of(each) for each in new])
    only_old, only_new = set(found.only_old), set(found.only_new)
    passages: dict[int, Passage] = {}
    paired: set[int] = set()
    for change in _reworded(old, new):
        i, j = change.at
        olds, news = range(i, i + len(change.old)), range(j, j + len(change.new))
        if only_new.isdisjoint(news) and only_old.isdisjoint(olds):
            continue
        passages[j] = _passage(j, new[j], tuple(neat(inline(change))), is_reworded=True)
        only_new -= set(news)
        paired |= set(olds)
    for j in only_new:
        passages[j] = _passage(j, new[j], (("new", new[j].text),), is_reworded=False)
    gone = (old[i] for i in sorted(only_old - paired))
    return Changed(
        tuple(passages[j] for j in sorted(passages)),
        tuple(Gone(each.number or "", each.text, each.heading) for each in gone),
    )


def _reworded(old: Sequence[Clause], new: Sequence[Clause]) -> list[Change]:
    """The changes that have words on both sides, where the two are like each other at all."""
    comparison = compare(Edition("", None, list(old)), Edition("", None, list(new)))
    return [change for change in comparison.changes if change.old and change.new and change.words]


def _passage(at: int, clause: Clause, runs: tuple[Run, ...], *, is_reworded: bool) -> Passage:
    return Passage(at, is_reworded, runs, clause.heading, clause.number or "")
