"""Two small editions of a made-up guide, the second without its Annex A, and the steps to have them read."""

from datetime import date, timedelta

from haven.engines.compare.clauses import Clause, ClauseKind
from haven.engines.compare.clauses import Edition as ReadEdition
from haven.guidance.models import Document, Edition
from haven.guidance.services import give_reading
from haven.readings import services
from haven.readings.models import Matrix, Part, Reader, Round, Signature
from haven.readings.rules.kinds import NewReader, ReaderKind
from haven.readings.rules.signing import Way
from haven.readings.services.matrices import ReadBy
from tests.cast import NOW, TODAY, Cast
from tests.guidance.texts import document, edition

DIRECT, INDIRECT, LEADER = ReaderKind.DIRECT, ReaderKind.INDIRECT, ReaderKind.LEADER
SAFEGUARDING_GOVERNOR = ReaderKind.SAFEGUARDING_GOVERNOR
DUE = TODAY + timedelta(days=28)

ONE, ANNEX_A, ANNEX_B = "Part one: For everybody", "Annex A: In short", "Annex B: More on harm"
TEXT_2025 = {
    ONE: (
        "Everybody who works in a school must know who its lead is.",
        "Staff should tell the lead at once when a child may be harmed.",
        "Staff must not promise a child to keep a secret.",
    ),
    "Part two: For governors": ("Governors must name a governor for safeguarding.", "They should ask for a report."),
    ANNEX_A: ("Know who the lead is.", "Tell the lead at once."),
    ANNEX_B: ("Harm can be done online.", "Some children are harmed by other children."),
}
TEXT_2026 = {
    ONE: (
        "Everybody who works in a school must know who its lead is.",
        "Staff must tell the lead at once, and never later than the end of the day, when a child may be harmed.",
        "Staff must not promise a child to keep a secret.",
        "What an artificial companion tells a child can be harm too.",
    ),
    "Part two: For governors": TEXT_2025["Part two: For governors"],
    "Annex A: More on harm": TEXT_2025[ANNEX_B],
    "Annex B: Words used": ("A lead is the designated safeguarding lead.",),
}
"""The short Annex A is gone; what was Annex B took its letter, and another annex took that of B."""


def read(parts: dict[str, tuple[str, ...]]) -> ReadEdition:
    """An edition as the engine would read it."""
    clauses = [Clause("Fairhaven guide to safety", kind=ClauseKind.HEADING, page=1), Clause("For all schools.", page=1)]
    number = 0
    for name, paragraphs in parts.items():
        label, title = name.split(": ")
        clauses.append(Clause(title, number=label, kind=ClauseKind.HEADING, page=2))
        for text in paragraphs:
            number += 1
            clauses.append(Clause(text, number=str(number), heading=(name,), page=2))
    return ReadEdition("guide.txt", "Fairhaven guide to safety", clauses)


def filled(cast: Cast, of: Edition, parts: dict[str, tuple[str, ...]]) -> Edition:
    """The edition with these parts."""
    text = read(parts)
    content = f"{of.label} ".encode() + "\n".join(clause.text for clause in text.clauses).encode()
    by = cast.actor("marcus")
    return give_reading(edition_id=of.pk, read=text, name="guide.txt", content=content, by=by, at=NOW).edition


def guide(cast: Cast) -> Document:
    """The document, without an edition."""
    return document(cast, title="Fairhaven guide to safety")


def first(cast: Cast, of: Document | None = None) -> Edition:
    """The edition of 2025 with its text."""
    return filled(cast, edition(cast, of or guide(cast), "2025"), TEXT_2025)


def second(cast: Cast, of: Document) -> Edition:
    """The edition of 2026 with its text: for information, in force from September."""
    days = {"issued_on": date(2026, 2, 20), "in_force_on": date(2026, 9, 1)}
    return filled(cast, edition(cast, of, "2026", **days), TEXT_2026)


def matrix(cast: Cast, of: Edition, **read_by: set[ReaderKind]) -> Matrix:
    """Who reads what at Oakfield: staff Part one, those without children the short annex, leads everything."""
    rows = [
        ReadBy(ONE, frozenset({DIRECT, LEADER, SAFEGUARDING_GOVERNOR})),
        ReadBy("Part two: For governors", frozenset({LEADER})),
        ReadBy(ANNEX_A, frozenset({INDIRECT})),
        ReadBy(ANNEX_B, frozenset({DIRECT, LEADER})),
    ]
    by = cast.actor("priya")
    return services.set_matrix(school_id=cast.oakfield.pk, edition_id=of.pk, rows=rows, decided_on=None, by=by, at=NOW)


def sent(cast: Cast, of: Edition | None = None) -> Round:
    """A round of it, sent."""
    made = matrix(cast, of or first(cast))
    return services.send_round(matrix_id=made.pk, due_on=DUE, words="", by=cast.actor("priya"), at=NOW)


def part(of: Round | Matrix, key: str) -> Part:
    """A part of a round's matrix by its key: "part 1"."""
    own = of.matrix if isinstance(of, Round) else of
    return own.parts.get(key=key)


def staff(cast: Cast, *names: str, kinds: frozenset[ReaderKind] = frozenset({INDIRECT})) -> list[Reader]:
    """Staff of Oakfield without an account."""
    readers = [NewReader(name, "Site manager", kinds) for name in names or ("Jo Quayle",)]
    return services.add_readers(school_id=cast.oakfield.pk, readers=readers, by=cast.actor("priya"), at=NOW)


def signed_part(cast: Cast, of: Part, name: str, way: Way = Way.HAVEN) -> Signature:
    """Her signature for a part."""
    services.sign(part_id=of.pk, way=way, by=cast.actor(name), at=NOW)
    return Signature.objects.get(reader__person=cast.people[name], part_key=of.key, edition=of.matrix.edition)
