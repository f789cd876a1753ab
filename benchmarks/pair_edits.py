"""What an editor does to the words of a clause, and what a typesetter does to its letters."""

import re
import unicodedata
from collections.abc import Iterable
from random import Random

from benchmarks.pair_words import SENTENCE_END

DURATIONS = ("two days", "five days", "one week", "a fortnight", "one month", "a year", "no limit", "at once")
KEPT = frozenset(
    """must should may might can cannot will shall would could not no never nor expected have has had is are be unless
    except only without all any every each none""".split()
)
_STRONGER = (
    ("should", "must"),
    ("may", "should"),
    ("is expected to", "must"),
    ("may", "must"),
    ("can", "should"),
    ("should not", "must not"),
    ("should have regard to", "must have regard to"),
)
_SYNONYMS = {
    "keep": "hold",
    "put in writing": "write down",
    "before": "ahead of",
    "after": "following",
    "whenever": "each time",
    "hand on": "pass on",
    "handed on": "passed on",
    "tested": "tried",
    "test": "try",
    "agree": "settle",
    "agreed": "settled",
    "explain": "make clear",
    "return": "give back",
    "look over": "go through",
    "so that": "in order that",
    "because": "as",
    "three": "four",
    "ten": "fifteen",
    "twice": "three times",
    "children": "young people",
    "information": "details",
    "ensure": "make sure",
    "aware": "conscious",
    "appropriate": "suitable",
    "requirements": "conditions",
    "provide": "supply",
    "process": "procedure",
}
_INSERTED = (
    "wherever possible",
    "in writing",
    "without delay",
    "on paper or screen",
    "in good time",
    "and their deputy",
    "or an equivalent",
    "including at weekends",
    "for the time being",
    "as a first step",
)
_WORD = re.compile(r"[a-z][a-z'’]{2,}")
_LONG = re.compile(r"[A-Za-z]{9,}")
_MARKS = "\x01\x02\x03\x04"


def bare(text: str) -> str:
    """The letters alone: what two printings of the same words share."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalpha, plain))


def vocabulary(texts: Iterable[str]) -> tuple[str, ...]:
    """Words of a text that may stand in for others."""
    found = {word for text in texts for word in _WORD.findall(text) if len(word) > 3 and word not in KEPT}
    return tuple(sorted(found))


def has_strength(text: str) -> bool:
    """Whether a clause has a word of strength that can be made stronger or weaker."""
    return any(_found(text, word) for pair in _STRONGER for word in pair)


def other_strength(text: str, random: Random) -> tuple[str, str]:
    """The clause with one such word made stronger or weaker, and which it was."""
    ways = [(weak, strong, "strengthened") for weak, strong in _STRONGER if _found(text, weak)]
    ways += [(strong, weak, "weakened") for weak, strong in _STRONGER if _found(text, strong)]
    before, after, direction = random.choice(ways)
    place = random.choice(_found(text, before))
    return text[: place.start()] + after + text[place.end() :], direction


def _found(text: str, word: str) -> list[re.Match[str]]:
    """Where a word of strength stands, and is not part of a longer one."""
    plain = "" if word.endswith(("not", "to")) else r"(?! (?:not|have regard)\b)"
    return list(re.finditer(rf"\b{word}\b{plain}", text))


def renamed(title: str, random: Random) -> str:
    """Another name for the same section."""
    head, *rest = title.split()
    low = title if head.isupper() else head[0].lower() + title[1:]
    ways = (f"More about {low}", f"{title}: what to do", f"Notes on {low}", f"{title} in practice")
    return random.choice(ways) if rest else f"About {low}"


def reworded(text: str, words: tuple[str, ...], random: Random) -> str:
    """The clause with one to three small changes: a turn of phrase, some words put in or left out, a number."""
    for _ in range(random.randint(1, 3)):
        text = random.choice((_synonym, _insertion, _omission, _substitution, _substitution))(text, words, random)
    return text


def rewritten(text: str, words: tuple[str, ...], random: Random) -> str:
    """The clause drafted anew: halves of sentences changed about, a third to a half of its words others."""
    sentences = SENTENCE_END.split(text)
    turned = [_turned(part) if random.random() < 0.4 else part for part in sentences]
    pieces = " ".join(turned).split(" ")
    wanted = random.uniform(0.3, 0.5) * len(pieces)
    while wanted > 0:
        at, length = random.randrange(len(pieces)), random.randint(1, 3)
        run = pieces[at : at + length]
        if all(_may_go(word) for word in run):
            pieces[at : at + length] = random.choices(words, k=max(0, len(run) + random.choice((-1, 0, 0, 1))))
        wanted -= length
        if len(pieces) < 6:
            break
    return " ".join(pieces)


def _turned(sentence: str) -> str:
    """'When this, do that.' as 'Do that when this.', where nothing else hangs on the order."""
    first, comma, second = sentence.partition(", ")
    if not comma or "," in second or ";" in second or not second.endswith(".") or len(first.split()) < 3:
        return sentence
    if any(mark in sentence for mark in _MARKS):
        return sentence
    return f"{second[0].upper()}{second[1:-1]} {first[0].lower()}{first[1:]}."


def _may_go(word: str) -> bool:
    return word.isalpha() and word.islower() and word not in KEPT


def _synonym(text: str, words: tuple[str, ...], random: Random) -> str:
    found = [word for word in _SYNONYMS if re.search(rf"\b{word}\b", text)]
    if not found:
        return _substitution(text, words, random)
    word = random.choice(found)
    return re.sub(rf"\b{word}\b", _SYNONYMS[word], text, count=1)


def _insertion(text: str, _: tuple[str, ...], random: Random) -> str:
    pieces = text.split(" ")
    at = random.randrange(1, len(pieces))
    return " ".join([*pieces[:at], random.choice(_INSERTED), *pieces[at:]])


def _omission(text: str, words: tuple[str, ...], random: Random) -> str:
    pieces = text.split(" ")
    places = [at for at in range(1, len(pieces)) if _may_go(pieces[at])]
    if len(places) < 4:
        return _insertion(text, words, random)
    del pieces[random.choice(places)]
    return " ".join(pieces)


def _substitution(text: str, words: tuple[str, ...], random: Random) -> str:
    pieces = text.split(" ")
    places = [at for at in range(1, len(pieces)) if _may_go(pieces[at])]
    if not places:
        return _insertion(text, words, random)
    pieces[random.choice(places)] = random.choice(words)
    return " ".join(pieces)


def cuts(text: str) -> list[tuple[str, str]]:
    """Where a clause can be cut in two, ten words or more on either side."""
    sentences = SENTENCE_END.split(text)
    halves = [(" ".join(sentences[:at]), " ".join(sentences[at:])) for at in range(1, len(sentences))]
    return [half for half in halves if min(len(part.split()) for part in half) >= 10]


def noisy(text: str, random: Random) -> str:
    """The same words in other letters: quotes, hyphens, ligatures, blanks, soft hyphens."""
    for change in random.sample((_quotes, _hyphens, _ligatures, _blanks, _soft_hyphen), random.randint(1, 3)):
        text = change(text, random)
    return text


def _quotes(text: str, _: Random) -> str:
    return re.sub(r'"([^"]*)"', "“\\1”", re.sub(r"(?<=\w)'", "’", text))


def _hyphens(text: str, _: Random) -> str:
    return re.sub(r"(?<=[a-z])-(?=[a-z])", "\u2011", text).replace(" - ", " – ")


def _ligatures(text: str, _: Random) -> str:
    return text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ")


def _blanks(text: str, random: Random) -> str:
    blanks = ("\u00a0", "  ", "\u2009", " ", " ", " ")
    return "".join(piece + random.choice(blanks) for piece in text.split(" ")).strip()


def _soft_hyphen(text: str, random: Random) -> str:
    found = list(_LONG.finditer(text))
    if not found:
        return text
    word = random.choice(found)
    at = word.start() + random.randrange(3, len(word[0]) - 3)
    return f"{text[:at]}\u00ad{text[at:]}"
