"""Spreadsheets of last year's answers, and the steps by which they are brought in that tests share."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from haven.questions.models import Version
from haven.spreadsheets import services
from haven.spreadsheets.models import Import
from haven.spreadsheets.services.imports import WantedImport
from tests.cast import NOW, Cast
from tests.questions.template import released
from tests.sheets.books import xlsx

ENDED = date(2025, 3, 5)
HEADINGS = ("URN", "School name", "1.1 A lead is named.", "Comments", "1.2 When was the lead last trained?")
OAKFIELD = (900001, "Oakfield Primary School", "Fully met", "Ms Nair", date(2024, 9, 2))
ASHDOWN = (900002, "Ashdown Academy", "Partially met", "Being recruited", "not known")
LONG = ("URN", "Question", "Answer", "Explanation", "By when", "Evidence")


def wanted(version: Version | None = None, **changed: Any) -> WantedImport:
    """What Marcus says of the answers."""
    told: dict[str, Any] = {
        "title": "Audit of last year",
        "school_year": 2024,
        "version": (version or released()).pk,
        "ended_on": ENDED,
    }
    return WantedImport(**(told | changed))


def given(
    cast: Cast, *rows: Sequence[Any], version: Version | None = None, who: str = "marcus", **changed: Any
) -> Import:
    """A spreadsheet of these rows, or of both schools, given to be matched."""
    content = xlsx(*(rows or (HEADINGS, OAKFIELD, ASHDOWN)))
    return services.give_import(
        area=cast.area,
        wanted=wanted(version, **changed),
        name="last year.xlsx",
        content=content,
        by=cast.actor(who),
        at=NOW,
    )


def taken(cast: Cast, *rows: Sequence[Any], **changed: Any) -> Import:
    """The same, taken in as it was guessed."""
    of = given(cast, *rows, **changed)
    return services.take_in_import(import_id=of.pk, by=cast.actor("marcus"), at=NOW)
