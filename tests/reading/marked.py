"""Reads the markings of the contacts of a short note, for a wording set at several places or a note as given."""

from haven.engines.documents.open import open_document
from haven.engines.reading.items import Marking
from haven.engines.reading.who.contacts import find_contacts

MEANING = {"P": Marking.PROFESSIONAL_ONLY, "F": Marking.NOT_FOR_PARENTS, "S": Marking.INTERNAL, "-": None}
PLACES = (
    "Ann Archer, adviser: 01632 960102 ({})\n\nFront door: 01632 960100\n",
    "- Ann Archer, adviser, 01632 960102 – {}\n- Front door: 01632 960100\n",
    "Ann Archer, adviser, is on 01632 960102. {}.\n\nFront door: 01632 960100\n",
    "Ann Archer, adviser: 01632 960102 [{}]\nFront door: 01632 960100\n",
)


def marks(text: str, form: str = "txt") -> list[Marking | None]:
    return [c.marking for c in find_contacts(open_document(f"note.{form}", text.encode()))]


def at_every_place(wording: str) -> list[list[Marking | None]]:
    sentence = wording[0].upper() + wording[1:]
    return [marks(place.format(sentence if at == 2 else wording)) for at, place in enumerate(PLACES)]


def wordings(listed: str) -> list[str]:
    return [line.strip() for line in listed.strip().splitlines()]


def cases(listed: str) -> list[tuple[str, str, str]]:
    """Notes after lines like `=== md P-`: form, the letters of the markings wanted, text."""
    parted = (case.partition("\n") for case in listed.split("=== ")[1:])
    return [(*head.split(), text) for head, _, text in parted]  # type: ignore[misc]
