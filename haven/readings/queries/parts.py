"""The parts of an edition as its text has them, and those of a school's matrix as they stand today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from haven.engines.compare.clauses import Clause as ReadClause
from haven.engines.compare.clauses import ClauseKind
from haven.guidance.models import Edition
from haven.guidance.rules.fingerprints import words_digest
from haven.readings.models import Matrix, Part
from haven.readings.rules.moving import Worded
from haven.readings.rules.parts import Heading, parts_found


@dataclass(frozen=True, slots=True)
class PartFound:
    """A part of an edition with its words: where it stands, the digest of all, the key of each clause."""

    key: str
    name: str
    place: int
    until: int
    words: str
    keys: tuple[str, ...]
    word_count: int

    @property
    def worded(self) -> Worded:
        """By what it is told from others."""
        return Worded(self.key, self.name, self.words, self.keys)


def parts_of_edition(*, edition: Edition) -> list[PartFound]:
    """The parts of an edition, in order; none where its text is not in Haven. One question of the database.

    The words of a part are those under its own heading, so that it can be told under another name.
    """
    rows = list(edition.clauses.order_by("place").values_list("place", "number", "text", "heading", "kind", "key"))
    headings = [
        Heading(place, _named(number, text), len(heading))
        for place, number, text, heading, kind, _ in rows
        if _is_heading(kind)
    ]
    found = []
    for part in parts_found(headings, len(rows), edition.document.title):
        place, until = part.place or 1, part.until or len(rows) + 1
        own = rows[place - 1 : until - 1]
        body = own[1:] if own and _is_heading(own[0][4]) else own
        keys = tuple(row[5] for row in body)
        count = sum(len(row[2].split()) for row in own)
        found.append(PartFound(part.key, part.name, place, until, words_digest(keys), keys, count))
    return found


def clauses_to_compare(*, edition: Edition, place: int, until: int) -> list[ReadClause]:
    """The clauses of a part under its heading, as the engine takes them."""
    rows = edition.clauses.filter(place__gte=place, place__lt=until).order_by("place")
    told = [
        ReadClause(text, number or None, tuple(heading), page, ClauseKind(kind))
        for text, number, heading, page, kind in rows.values_list("text", "number", "heading", "page", "kind")
    ]
    return told[1:] if told and told[0].kind is ClauseKind.HEADING else told


def parts_of(*, matrices: Iterable[Matrix]) -> dict[Matrix, list[Part]]:
    """The parts of each matrix, in order, each with its matrix at hand. One question, and another for each edition
    whose file is not the one in which they were found."""
    known = {matrix.pk: matrix for matrix in matrices}
    parts: dict[Matrix, list[Part]] = {matrix: [] for matrix in known.values()}
    for part in Part.objects.filter(matrix__in=known).order_by("position"):
        part.matrix = known[part.matrix_id]
        parts[part.matrix].append(part)
    for matrix, own in parts.items():
        if matrix.file_sha256 != matrix.edition.sha256:
            _find_again(matrix.edition, own)
    return parts


def parts_of_one(*, matrix: Matrix) -> list[Part]:
    """The parts of one matrix."""
    return parts_of(matrices=[matrix])[matrix]


def place_in(part: Part, found: PartFound | None) -> None:
    """Let a part stand where it was found."""
    part.place, part.until = (found.place, found.until) if found else (None, None)
    part.words, part.word_count = (found.words, found.word_count) if found else ("", 0)


def _find_again(edition: Edition, parts: Sequence[Part]) -> None:
    found = {each.key: each for each in parts_of_edition(edition=edition)}
    for part in parts:
        place_in(part, found.get(part.key))


def _is_heading(kind: str) -> bool:
    return kind == ClauseKind.HEADING.value


def _named(number: str, text: str) -> str:
    """A heading with its number: "Part one: what schools do", "2 Duties"."""
    parting = ": " if number[-1:].isalpha() or " " in number else " "
    return f"{number}{parting}{text}" if number else text
