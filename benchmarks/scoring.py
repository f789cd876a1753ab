"""How well a reading agrees with a gold file: hits, false alarms and misses per kind of item.

What counts as found is told in docs/reference/reading.md; the functions of `_SAME` are its definitions, one each.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Fields = Mapping[str, Any]

FORMS = (".docx", ".pdf", ".eml", ".html", ".md", ".txt")
_NEUTRAL = ("optional", "past", "tentative", "cancelled")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was rightly found, wrongly found and not found."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hits + other.hits, self.alarms + other.alarms, self.misses + other.misses)

    @property
    def precision(self) -> float:
        return _share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> float:
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        return _share(2 * self.hits, 2 * self.hits + self.alarms + self.misses)


@dataclass(frozen=True, slots=True)
class Difference:
    """One false alarm or one miss, for a person to look at."""

    note: str
    kind: str
    verdict: str
    quote: str


@dataclass(frozen=True, slots=True)
class Score:
    """The tallies of one note or of many."""

    kinds: Mapping[str, Tally]
    marking: Tally = Tally()  # hits: the marking of a contact found agrees; misses: it does not
    differences: tuple[Difference, ...] = ()

    def __add__(self, other: "Score") -> "Score":
        kinds = {kind: self.kinds.get(kind, Tally()) + other.kinds.get(kind, Tally()) for kind in KINDS}
        return Score(kinds, self.marking + other.marking, self.differences + other.differences)

    def figure(self, kind: str) -> float:
        """F1 of a kind; of `marking`, the share of the contacts found whose marking agrees."""
        return self.marking.recall if kind == "marking" else self.kinds[kind].f1


@dataclass(frozen=True, slots=True)
class GoldNote:
    """A note and what a careful person finds in it."""

    path: Path
    gold: Fields

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def gold_notes(folder: Path) -> list[GoldNote]:
    """Every note of a folder that has a gold file beside it."""
    golds = sorted(folder.glob("*.gold.json"))
    return [GoldNote(_note_beside(gold), json.loads(gold.read_text(encoding="utf-8"))) for gold in golds]


def score_notes(notes: Iterable[GoldNote], read: Callable[[GoldNote], list[Fields]]) -> Score:
    """The score of a reader over many notes; `read` gives a note's items as `haven read --json` prints them."""
    return sum((score(note.name, note.gold, read(note)) for note in notes), Score({}))


def score(name: str, gold: Fields, items: list[Fields]) -> Score:
    """The score of one note's items against its gold."""
    total = Score({})
    for kind in KINDS:
        total += _score_kind(name, kind, gold, [item for item in items if item["kind"] == kind])
    return total


def gold_as_items(gold: Fields) -> list[Fields]:
    """A gold file's own items in the shape that a reader gives them; fed back, they score 1."""
    return [_as_item(kind, item) for kind in KINDS for item, _ in _wanted(kind, gold)]


def _as_item(kind: str, gold: Fields) -> Fields:
    told = {"starts": gold.get("start"), "emails": sorted(_mails(gold)), "phones": _listed(gold, "phone")}
    return {**gold, **told, "kind": kind}


def _score_kind(name: str, kind: str, gold: Fields, items: list[Fields]) -> Score:
    wanted = _wanted(kind, gold)
    if kind == "contact":
        items = [item for item in items if item.get("emails") or item.get("phones")]
    left = list(wanted)
    hits, alarms, marking = 0, [], Tally()
    for item in items:
        pair = next((pair for pair in left if _SAME[kind](pair[0], item)), None)
        if pair is not None:
            left.remove(pair)
            hits += pair[1]
            marking += _marking(pair[0], item) if kind == "contact" else Tally()
        elif not _is_repeat(kind, wanted, item):
            alarms.append(item)
    misses = [item for item, must in left if must]
    told = [Difference(name, kind, "false", _words_of(item)) for item in alarms]
    told += [Difference(name, kind, "missed", _words_of(item)) for item in misses]
    return Score({kind: Tally(hits, len(alarms), len(misses))}, marking, tuple(told))


def _is_repeat(kind: str, wanted: list[tuple[Fields, bool]], item: Fields) -> bool:
    """Whether an item tells again what was told already; where a gold lists no actions, none is counted."""
    return (kind == "action" and not wanted) or any(_SAME[kind](gold, item) for gold, _ in wanted)


def _wanted(kind: str, gold: Fields) -> list[tuple[Fields, bool]]:
    """The gold items of a kind, each with whether it has to be found."""
    listed = gold.get("guidance" if kind == "guidance" else f"{kind}s") or []
    items = [{"url": item} if isinstance(item, str) else item for item in listed]
    if kind == "contact":
        return [(item, True) for item in items if _mails(item) or _phones(item)]
    if kind == "action":
        items = [item for item in items if item.get("quote")]
    return [(item, not any(item.get(word) for word in _NEUTRAL)) for item in items]


def _same_deadline(gold: Fields, item: Fields) -> bool:
    days = {gold.get("date"), *gold.get("date_alternatives", ())}
    return item.get("date") in days and gold.get("time") in (None, item.get("time"))


def _same_event(gold: Fields, item: Fields) -> bool:
    found = item.get("starts") or ""
    starts = [gold.get("start") or "", *gold.get("start_alternatives", ())]
    return any(found[:10] == start[:10] and start[11:16] in ("", found[11:16]) for start in starts)


def _same_contact(gold: Fields, item: Fields) -> bool:
    return bool(_mails(gold) & _mails(item) or _phones(gold) & _phones(item))


def _same_link(gold: Fields, item: Fields) -> bool:
    return _address(gold["url"]) == _address(item.get("url") or "")


def _same_guidance(gold: Fields, item: Fields) -> bool:
    return _share_words(gold.get("title"), item.get("title"))


def _same_action(gold: Fields, item: Fields) -> bool:
    return _share_words(gold.get("quote"), item.get("quote"))


_SAME: dict[str, Callable[[Fields, Fields], bool]] = {
    "deadline": _same_deadline,
    "event": _same_event,
    "contact": _same_contact,
    "link": _same_link,
    "guidance": _same_guidance,
    "action": _same_action,
}
SETS = ("tune", "check", "proof", "trial", "unseen")
"""The folders of made-up notes; nobody who works on the reader looks at the last."""
KINDS = tuple(_SAME)


def _marking(gold: Fields, item: Fields) -> Tally:
    stated = gold.get("marking")
    known = {None, "professional-only", "not-for-parents", "internal"}
    agrees = (stated if stated in known else "professional-only") == item.get("marking")
    return Tally(hits=agrees, misses=not agrees)


def _share_words(one: str | None, other: str | None) -> bool:
    """Whether two phrases have at least half of the shorter one's words in common."""
    ours, theirs = _words(one), _words(other)
    return bool(ours and theirs) and 2 * len(ours & theirs) >= min(len(ours), len(theirs))


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", (text or "").lower()))


def _address(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url.strip())
    return parts.netloc.lower(), parts.path.rstrip("/"), parts.query


def _listed(item: Fields, kind: str) -> list[str]:
    return list(item.get(f"{kind}s") or filter(None, [item.get(kind)]))


def _mails(item: Fields) -> set[str]:
    return {mail.lower() for mail in _listed(item, "email")}


def _phones(item: Fields) -> set[str]:
    """The last nine digits of each number, so that +44 and 0 are the same."""
    numbers = [number for told in _listed(item, "phone") for number in re.split(r"[/,;]| or ", told)]
    return {re.sub(r"\D", "", number)[-9:] for number in numbers if re.search(r"\d", number)}


def _words_of(item: Fields) -> str:
    return " ".join(str(item.get("quote") or item.get("line_quote") or item.get("url") or item.get("title")).split())


def _note_beside(gold: Path) -> Path:
    stem = gold.name.removesuffix(".gold.json")
    return next(note for form in FORMS if (note := gold.with_name(stem + form)).exists())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
