"""Two editions of the made-up procedure that were changed by hand."""

from haven.guidance.models import Edition
from tests.cast import Cast
from tests.guidance.texts import PARAGRAPHS, edition, filled, kept

LATER = (
    *PARAGRAPHS[:1],
    "The lead must have regard to the child's own wishes.",
    *PARAGRAPHS[2:3],
    "A school must not wait for consent where a child is at risk.",
    "Governors must see a report on safeguarding each term.",
    "Copyright 2025 Fairhaven Safeguarding Partnership.",
)


def compared(cast: Cast) -> tuple[Edition, Edition]:
    """An edition, and one in which a clause was strengthened, one taken out and one added."""
    old = kept(cast)
    return old, filled(cast, edition(cast, old.document, "2026"), *LATER, name="later.txt")
