"""A made-up local procedure in two editions, as the engine would give them, and the steps to keep them."""

from datetime import date

from haven.engines.compare.clauses import Clause, ClauseKind
from haven.engines.compare.clauses import Edition as ReadEdition
from haven.guidance import services
from haven.guidance.models import Document, Edition
from haven.guidance.rules.facts import DocumentFacts, EditionFacts, Standing
from haven.guidance.rules.life import Days
from tests.cast import NOW, Cast

TITLE = "Fairhaven thresholds for help"
COVER = "Fairhaven thresholds for help. A guide for those who work with children."
PARAGRAPHS = (
    "Every school must name a lead for safeguarding children.",
    "The lead should have regard to the child's own wishes.",
    "Staff must organise a meeting within five school days.",
    "Governors may ask for the minutes of the strategy meeting.",
    "A school must not wait for consent where a child is at risk.",
    "Copyright 2025 Fairhaven Safeguarding Partnership.",
)
FACTS = DocumentFacts(
    title=TITLE, publisher="Fairhaven Safeguarding Partnership", standing=Standing.LOCAL, short_names=("Thresholds",)
)


def read(*paragraphs: str, cover: str = COVER) -> ReadEdition:
    """An edition as the engine would read it: a cover, then a heading, then these paragraphs on the second page."""
    heading = Clause("Part one", heading=("Part one",), page=2, kind=ClauseKind.HEADING)
    numbered = [
        Clause(text, number=str(number), heading=("Part one",), page=2 + number // 3)
        for number, text in enumerate(paragraphs or PARAGRAPHS, start=1)
    ]
    return ReadEdition("thresholds.txt", TITLE, [Clause(cover, page=1), heading, *numbered])


def document(cast: Cast, **facts: object) -> Document:
    """The document, without an edition."""
    given = DocumentFacts(**({name: getattr(FACTS, name) for name in FACTS.__slots__} | facts))
    return services.add_document(area=cast.area, facts=given, by=cast.actor("marcus"), at=NOW)


def edition(cast: Cast, of: Document, label: str = "2025", **days: date) -> Edition:
    """An edition of it, in force since September unless its days say otherwise."""
    given = Days(**(days or {"issued_on": date(2025, 7, 1), "in_force_on": date(2025, 9, 1)}))
    facts = EditionFacts(label=label, days=given)
    return services.add_edition(document_id=of.pk, facts=facts, by=cast.actor("marcus"), at=NOW)


def filled(cast: Cast, of: Edition, *paragraphs: str, cover: str = COVER, name: str = "thresholds.txt") -> Edition:
    """The edition with these words."""
    text = read(*paragraphs, cover=cover)
    content = "\n\n".join(clause.text for clause in text.clauses).encode()
    given = services.give_reading(
        edition_id=of.pk, read=text, name=name, content=content, by=cast.actor("marcus"), at=NOW
    )
    return given.edition


def kept(cast: Cast) -> Edition:
    """The edition that is in force, with its words."""
    return filled(cast, edition(cast, document(cast)))
