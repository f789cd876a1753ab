"""What is known of a document and of an edition, as it is handed from a form or a pack to a service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from haven.guidance.rules.life import Days, Ending, faults_of

LONGEST_TITLE = 300
LONGEST_LABEL = 120
LONGEST_ADDRESS = 1000


class Standing(StrEnum):
    """What weight a document has."""

    STATUTORY = "statutory"
    ADVICE = "advice"
    LOCAL = "local"


STANDINGS = (
    (Standing.STATUTORY, "Statutory guidance"),
    (Standing.ADVICE, "Advice"),
    (Standing.LOCAL, "Local procedure"),
)
"""Each as people say it."""

DAY_FIELDS = (
    "expected_on",
    "opens_on",
    "closes_on",
    "answered_on",
    "issued_on",
    "for_information_on",
    "in_force_on",
    "ended_on",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What is known of a document. `unsourced` names the facts that no source was found for."""

    title: str
    publisher: str
    standing: Standing
    short_names: tuple[str, ...] = ()
    for_whom: str = ""
    address: str = ""
    sources: tuple[str, ...] = ()
    unsourced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFacts:
    """What is known of an edition. `said` has the words of a source that names no exact day, by the name of the fact;
    `superseded_by` is an edition of the same document, `absorbed_into` another document."""

    label: str
    days: Days = field(default_factory=Days)
    note: str = ""
    ended_why: str = ""
    copyright_line: str = ""
    pages: int | None = None
    changes_table: str = ""
    address: str = ""
    consultation_address: str = ""
    superseded_by: UUID | None = None
    absorbed_into: UUID | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    unsourced: tuple[str, ...] = ()


NO_LABEL = "Give the edition the label that stands on its cover."
NO_INTO = "Say into which document it was absorbed."
NOT_SUPERSEDED = "Only an edition that was superseded is followed by another edition."
NOT_ABSORBED = "Only an edition that was absorbed goes into another document."


def faults_of_edition(facts: EditionFacts) -> list[str]:
    """What is wrong with what is known of an edition, one sentence each."""
    wrong = [] if facts.label.strip() else [NO_LABEL]
    wrong += faults_of(facts.days)
    ending = facts.days.ending
    if ending is Ending.ABSORBED and facts.absorbed_into is None:
        wrong.append(NO_INTO)
    if facts.superseded_by and ending is not Ending.SUPERSEDED:
        wrong.append(NOT_SUPERSEDED)
    if facts.absorbed_into and ending is not Ending.ABSORBED:
        wrong.append(NOT_ABSORBED)
    return wrong


def same_name(one: str, other: str) -> bool:
    """Whether two titles or labels are the same to whoever reads them."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def faults_of_document(facts: DocumentFacts, *, is_national: bool) -> list[str]:
    """What is wrong with what is known of a document, one sentence each."""
    wrong = []
    if not facts.title.strip():
        wrong.append("Give the document its title.")
    if not facts.publisher.strip():
        wrong.append("Say who publishes it.")
    if is_national and facts.standing is Standing.LOCAL:
        wrong.append("A local procedure belongs to an area.")
    return wrong
