"""Words that recur in what schools write: phrases of two and three words, and single ones where none fits better."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LONGEST, SHORTEST_WORD = 3, 5
COVERED = 0.6  # of the schools that have the shorter phrase: then the longer one tells it
BREAK = re.compile(r"[.,;:!?()\n–—]+")
WORD = re.compile(r"[a-zà-ÿ]+(?:[’'-][a-zà-ÿ]+)*")
ENDINGS = (("ies", "y"), ("sses", "ss"), ("s", ""))
KEPT = ("ss", "us", "is")
EMPTY = frozenset(
    "a about after again all also although always am an and any are as at be because been before being both bring "
    "brings but by came can cannot child children come comes could day days did do does doing done each else ever "
    "every few for from further get gets given gives go goes going had has have having he her here him his how "
    "however i if in into is it its itself keep kept last later let made make makes many may me might month "
    "months more most much must my never next no nobody none nor not nothing now of off often on once one only or "
    "other our out over own perhaps please pupil pupils put rather same say says school schools see seen shall "
    "she should since so some something soon still such take taken term terms than that the their them then there "
    "these they this those though through time to too two under until up us use used very was we week weeks well "
    "were what when where whether which while who whom whose why will with within without would year years yet "
    "you your".split()
)
"""What says nothing by itself, and what every school writes."""


class Written(NamedTuple):
    """What one school wrote at one place."""

    school: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that recur, as most write them, and where: school and place, each once."""

    words: str
    schools: int
    where: tuple[tuple[str, str], ...]


def recurring(written: Iterable[Written], fewest: int, most: int) -> Sequence[Phrase]:
    """The words that at least `fewest` schools use, those of most schools first; at most so many.

    A shorter phrase is left out where most of those who use it use the same longer one.
    """
    known: dict[str, tuple[tuple[Stems, str], ...]] = {}
    where: dict[Stems, dict[tuple[str, str], None]] = {}
    spelt: dict[Stems, Counter[str]] = {}
    for each in written:
        text = each.words.casefold()
        if text not in known:
            known[text] = tuple(dict(_phrases(text)).items())
        for stems, words in known[text]:
            where.setdefault(stems, {})[each.school, each.place] = None
            spelt.setdefault(stems, Counter())[words] += 1
    schools = {stems: {school for school, _ in places} for stems, places in where.items()}
    often = {stems: each for stems, each in schools.items() if len(each) >= fewest}
    told = sorted(often, key=lambda stems: (-len(stems), stems))
    kept: list[Stems] = []
    for stems in told:
        longer = [each for each in kept if len(each) > len(stems) and _holds(each, stems)]
        if not any(len(often[each]) >= COVERED * len(often[stems]) for each in longer):
            kept.append(stems)
    kept.sort(key=lambda stems: (-len(often[stems]), -len(stems), stems))
    return [Phrase(spelt[each].most_common(1)[0][0], len(often[each]), tuple(where[each])) for each in kept[:most]]


Stems = tuple[str, ...]


def _phrases(text: str) -> Iterator[tuple[Stems, str]]:
    """The phrases of a text, none across a stop: they neither begin nor end with a word that says nothing."""
    for part in BREAK.split(text):
        words = WORD.findall(part)
        for start in range(len(words)):
            for size in range(1, min(LONGEST, len(words) - start) + 1):
                phrase = words[start : start + size]
                if phrase[0] in EMPTY or phrase[-1] in EMPTY or (size == 1 and len(phrase[0]) < SHORTEST_WORD):
                    continue
                yield tuple(map(_stem, phrase)), " ".join(phrase)


def _stem(word: str) -> str:
    """A word without its ending in the plural: enough to count “gap” and “gaps” as one."""
    word = word.removesuffix("’s").removesuffix("'s")
    if len(word) < SHORTEST_WORD - 1 or word.endswith(KEPT):
        return word
    for ending, instead in ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word


def _holds(longer: Stems, shorter: Stems) -> bool:
    size = len(shorter)
    return any(longer[start : start + size] == shorter for start in range(len(longer) - size + 1))
