"""What is mentioned: people, places, vehicles, names that somebody goes by; when two mentions are the same; and the
picture of what meets in which submission."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is mentioned."""

    PERSON = "person"
    PLACE = "place"
    VEHICLE = "vehicle"
    NAME = "name"


KIND_IN_WORDS: Mapping[Kind, str] = {
    Kind.PERSON: "Person",
    Kind.PLACE: "Place",
    Kind.VEHICLE: "Vehicle",
    Kind.NAME: "Nickname or name online",
}

LONGEST_MENTION = 120
NOTHING_TO_TELL = "Write a name, a place or a number plate, with at least two letters or digits"


def normal(kind: Kind, words: str) -> str:
    """As mentions are compared: without case, accents, stops and, in number plates and names online, without spaces.
    The words of a person’s name stand in one order, so that “Pike, Jordan” is “Jordan Pike”.

    Raises `ValueError` where fewer than two letters or digits are left.
    """
    apart = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    found = re.findall(r"[^\W_]+", bare.replace("'", "").replace("’", ""))
    if kind is Kind.PERSON:
        found.sort()
    text = (" " if kind in (Kind.PERSON, Kind.PLACE) else "").join(found)
    if len(text.replace(" ", "")) < 2:
        raise ValueError(NOTHING_TO_TELL)
    return text


ROW, TOP, LEFT, RIGHT, WIDTH, BOX = 44, 30, 210, 430, 640, 200
"""The picture’s measures, in its own units: height of a row, where the boxes end and begin, how wide they are."""


@dataclass(frozen=True, slots=True)
class Box:
    """One submission or one thing that is mentioned, with where its box stands."""

    key: str
    words: str
    kind: str  # "submission", or the kind of what is mentioned
    x: int
    y: int
    is_shared: bool = False  # whether it stands in more than one submission

    @property
    def middle(self) -> int:
        """The height at which its lines end."""
        return self.y + (ROW - 10) // 2


@dataclass(frozen=True, slots=True)
class Line:
    """That something is mentioned in a submission: from the box on the left to the box on the right."""

    left: Box
    right: Box


@dataclass(frozen=True, slots=True)
class Picture:
    """Submissions on the left, what they mention on the right, a line for each mention."""

    submissions: Sequence[Box]
    mentions: Sequence[Box]
    lines: Sequence[Line]
    height: int


@dataclass(frozen=True, slots=True)
class Mention:
    """That something is mentioned in a submission, as it is drawn."""

    submission: str
    reference: str
    entity: str
    words: str
    kind: Kind


def drawn(mentions: Sequence[Mention]) -> Picture:
    """The picture: submissions in the order given, mentions by kind and words, each as high up as it comes."""
    references = dict.fromkeys((each.submission, each.reference) for each in mentions)
    entities = sorted({(each.kind.value, each.words, each.entity) for each in mentions})
    shared = {key for _, _, key in entities if sum(each.entity == key for each in mentions) > 1}
    left = [Box(key, words, "submission", LEFT - BOX, _row(n)) for n, (key, words) in enumerate(references)]
    right = [
        Box(key, words, kind, RIGHT, _row(n), is_shared=key in shared) for n, (kind, words, key) in enumerate(entities)
    ]
    where = {box.key: box for box in [*left, *right]}
    lines = [Line(where[each.submission], where[each.entity]) for each in mentions]
    return Picture(left, right, lines, TOP + ROW * max(len(left), len(right), 1))


def _row(number: int) -> int:
    return TOP + ROW * number
