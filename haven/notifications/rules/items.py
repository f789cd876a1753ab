"""What a notification may say: every item that a force was found to send, and what each of them asks.

The items are the union of what forces say they send (Lincolnshire's minimum form, Cleveland's brief circumstances, the
list of a law firm that read the statutory guidance). A force's profile chooses among them; four are never left out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from haven.engines.days.moments import local, utc

LONGEST = 8000  # characters of one item


class Item(StrEnum):
    """One thing that a notification says."""

    REFERENCE = "reference"
    HAPPENED_AT = "happened-at"
    PRESENT = "present"
    PLACE = "place"
    WHERE_CHILD = "where-child"
    WELFARE = "welfare-check"
    SPOKEN_TO = "spoken-to"
    ALONE = "alone"
    SAID = "said"
    CIRCUMSTANCES = "circumstances"
    RISK = "risk"
    HELPFUL = "helpful"


class Sort(StrEnum):
    """How an item is given."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an item asks: its label as the school reads it, how it is given, and whether it is said of each child."""

    label: str
    sort: Sort
    choices: Mapping[str, str] | None = None
    is_core: bool = False  # never left out by any profile
    is_of_child: bool = False


YES_NO = {"yes": "Yes", "no": "No"}

ASKED: Mapping[Item, Asked] = {
    Item.REFERENCE: Asked("Police reference", Sort.LINE, is_core=True),
    Item.HAPPENED_AT: Asked("When it happened", Sort.MOMENT, is_core=True),
    Item.PRESENT: Asked(
        "Was the child there?",
        Sort.CHOICE,
        {"present": "Yes, there when it happened", "absent": "No, not there", "unknown": "Not known"},
        is_core=True,
        is_of_child=True,
    ),
    Item.PLACE: Asked("Where it happened, without an address", Sort.LINE),
    Item.WHERE_CHILD: Asked("Where the child was", Sort.LINE, is_of_child=True),
    Item.WELFARE: Asked("Did officers check on the child?", Sort.CHOICE, YES_NO, is_of_child=True),
    Item.SPOKEN_TO: Asked("Did officers speak with the child?", Sort.CHOICE, YES_NO, is_of_child=True),
    Item.ALONE: Asked(
        "Who was with the child then?",
        Sort.CHOICE,
        {"alone": "Only the officer", "adult": "Another adult too"},
        is_of_child=True,
    ),
    Item.SAID: Asked("What the child said", Sort.TEXT, is_of_child=True),
    Item.CIRCUMSTANCES: Asked("What happened", Sort.TEXT),
    Item.RISK: Asked(
        "How the police see the risk",
        Sort.CHOICE,
        {"standard": "Standard (green)", "medium": "Medium (amber)", "high": "High (red)"},
    ),
    Item.HELPFUL: Asked("What else may help the school", Sort.TEXT),
}

CORE = frozenset(item for item, asked in ASKED.items() if asked.is_core)
"""Items that every notification has. The child's name and birth date stand apart: they are what is shown first."""

MINIMUM = CORE | {Item.WELFARE}
"""The least that a force was found to send: Lincolnshire, which says nothing of who, where or what, on purpose."""

EVERYTHING = frozenset(Item)


def sent_by(chosen: Collection[Item]) -> list[Item]:
    """The items of a profile, with those that are never left out, in the order in which they are read."""
    return [item for item in Item if item in CORE or item in chosen]


def tidied(given: Mapping[str, str]) -> dict[Item, str]:
    """The items that were given and say something, in order. Raises ValueError for one that there is not."""
    told = {Item(name): words.strip() for name, words in given.items()}
    return {item: told[item] for item in Item if told.get(item)}


def faults(told: Mapping[Item, str], profile: Collection[Item], at: datetime) -> dict[Item, str]:
    """What is wrong with the items of one child, by item, in words for whoever sends them."""
    wrong = {item: f"“{ASKED[item].label}” is missing." for item in CORE if item not in told}
    for item, words in told.items():
        if item not in CORE and item not in profile:
            wrong[item] = f"“{ASKED[item].label}” is not among what this force sends."
        elif said := _fault(item, words, at):
            wrong[item] = f"“{ASKED[item].label}”: {said}"
    return wrong


def in_words(item: Item, words: str) -> str:
    """An item as the school reads it."""
    asked = ASKED[item]
    if asked.choices is not None:
        return asked.choices.get(words, words)
    if asked.sort is Sort.MOMENT:
        shown = local(datetime.fromisoformat(words))
        return f"{shown.day} {shown:%B %Y} at {shown:%H:%M}"
    return words


def _fault(item: Item, words: str, at: datetime) -> str:
    asked = ASKED[item]
    if len(words) > LONGEST:
        return f"at most {LONGEST} characters, please."
    if asked.choices is not None and words not in asked.choices:
        return f"choose one of {', '.join(asked.choices)}."
    if asked.sort is Sort.LINE and ("\n" in words or len(words) > 200):
        return "one line of at most 200 characters, please."
    if asked.sort is Sort.MOMENT:
        try:
            happened = utc(datetime.fromisoformat(words))
        except ValueError:
            return "give the day and the time with its offset, as in 2026-03-01T21:40:00+00:00."
        if happened > at:
            return "it cannot lie ahead."
    return ""
