"""A made-up note with one of everything, as the reader would give it, and the steps to its publication."""

from datetime import date, time

from haven.bulletins import services
from haven.bulletins.models import Bulletin
from haven.engines.reading import items as found
from haven.engines.reading.items import Marking, Reading
from tests.cast import NOW, Cast

TEXT = """\
Spring cluster note

Please return your audit by 20 March 2026. DSLs to do this.
The DSL forum meets on 25 March 2026 at 4pm in the Town Hall.
PC Harry Quill: 07700 900321, harry.quill@example.org (for professional use only, not to be passed to parents).
Booking: Ruth Amble 01632 960111 or training@example.gov.uk.
Ask Quill before you ring 07700900321 about bikes.
"""


def _at(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "quote": words, "confidence": 0.95}


def reading() -> Reading:
    """The note as the reader would give it."""
    ask = _at("Please return your audit by 20 March 2026.")
    return Reading(
        name="spring.txt",
        media_type="text/plain",
        title="Spring cluster note",
        date=date(2026, 3, 1),
        text=TEXT,
        items=(
            found.Action(**ask, what="Return your audit", who=("DSLs",)),
            found.Deadline(**ask, date=date(2026, 3, 20), time=time(17), what="Return your audit"),
            found.Event(
                **_at("The DSL forum meets on 25 March 2026 at 4pm"), starts=date(2026, 3, 25), title="DSL forum"
            ),
            found.Contact(
                **_at("PC Harry Quill: 07700 900321, harry.quill@example.org"),
                name="Harry Quill",
                role="Police",
                phones=("+447700900321",),
                emails=("harry.quill@example.org",),
                marking=Marking.PROFESSIONAL_ONLY,
                marking_quote="for professional use only",
            ),
            found.Contact(
                **(_at("Ruth Amble 01632 960111 or training@example.gov.uk") | {"confidence": 0.6}),
                name="Ruth Amble",
                phones=("+441632960111",),
                emails=("training@example.gov.uk",),
            ),
            found.Action(**_at("Ask Quill before you ring 07700900321"), what="Ask Quill before you ring 07700900321"),
        ),
    )


def draft(cast: Cast, **more: object) -> Bulletin:
    """A draft of the note."""
    return services.add_reading(area=cast.area, reading=reading(), by=cast.actor("marcus"), at=NOW, **more)


def decided(cast: Cast) -> Bulletin:
    """A draft of which every item was accepted."""
    bulletin = draft(cast)
    for item in bulletin.items.all():
        services.accept_item(item_id=item.pk, by=cast.actor("marcus"), at=NOW)
    return bulletin


def published(cast: Cast) -> Bulletin:
    """The note, published."""
    return services.publish(bulletin_id=decided(cast).pk, by=cast.actor("marcus"), at=NOW)
