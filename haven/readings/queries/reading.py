"""A part to read: a page of its clauses, or only what changed since she signed it last."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.engines.compare.clauses import ClauseKind
from haven.guidance.models import Clause, Edition
from haven.readings.models import Part
from haven.readings.queries.own import OwnPart, own_part
from haven.readings.queries.parts import clauses_to_compare, parts_of_edition
from haven.readings.rules.changed import Changed, changed
from haven.readings.rules.paging import Measured, minutes_for, page_with, pages_of
from haven.readings.rules.signing import STATEMENT, Signed

HEADING = ClauseKind.HEADING.value
GOES_ON = frozenset({ClauseKind.BULLET.value, ClauseKind.ROW.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """One page of a part, or what changed in it."""

    own: OwnPart
    statement: str
    clauses: tuple[Clause, ...] = ()
    number: int = 1
    of: int = 1
    minutes_left: int = 0
    percent: int = 0  # of the part that lies behind this page
    next_place: int | None = None  # where the next page begins
    before: Edition | None = None  # the edition that she signed
    changes: Changed | None = None  # what is new in it since

    @property
    def is_last(self) -> bool:
        """Whether she has come to the end."""
        return self.number == self.of


def read_page(*, part_id: UUID, by: Actor, on: date, number: int | None) -> ReadPage:
    """A page of a part: the one asked for, else the one at which she goes on. Raises `Refused`."""
    own = own_part(part_id=part_id, by=by, on=on)
    part, before = own.part, _edition_before(own.before)
    if part.place is None or part.until is None:
        return ReadPage(own=own, statement=statement_of(part), before=before)
    edition = part.matrix.edition
    clauses = list(
        edition.clauses.filter(place__gte=part.place, place__lt=part.until).defer("search", "key").order_by("place")
    )
    body = clauses[1:] if clauses and clauses[0].kind == HEADING else clauses  # its own heading is that of the page
    measured = [
        Measured(each.place, len(each.text.split()), each.kind == HEADING, each.kind in GOES_ON) for each in body
    ]
    pages = pages_of(measured) or [(part.place, part.place)]
    shown = min(number, len(pages)) if number else page_with(pages, own.goes_on_at)
    first, last = pages[shown - 1]
    left = sum(each.words for each in measured if each.place >= first)
    return ReadPage(
        own=own,
        statement=statement_of(part),
        clauses=tuple(each for each in body if first <= each.place <= last),
        next_place=pages[shown][0] if shown < len(pages) else None,
        number=shown,
        of=len(pages),
        minutes_left=minutes_for(left),
        percent=100 * (shown - 1) // len(pages),
        before=before,
    )


def changes_page(*, part_id: UUID, by: Actor, on: date) -> ReadPage | None:
    """What changed in a part since she signed it; null where that cannot be told. Raises `Refused`."""
    own = own_part(part_id=part_id, by=by, on=on)
    part, before = own.part, _edition_before(own.before)
    if before is None or own.before is None or part.place is None or part.until is None:
        return None
    signed = own.before
    then = next((each for each in parts_of_edition(edition=before) if each.words == signed.words), None)
    if then is None:  # its file was taken away, or another was given for it
        return None
    old = clauses_to_compare(edition=before, place=then.place, until=then.until)
    new = clauses_to_compare(edition=part.matrix.edition, place=part.place, until=part.until)
    found = changed(old, new)
    return ReadPage(
        own=own, statement=statement_of(part), minutes_left=minutes_for(found.words), before=before, changes=found
    )


def part_to_sign(*, part_id: UUID, by: Actor, on: date) -> ReadPage:
    """A part with the sentence she signs. Raises `Refused`."""
    own = own_part(part_id=part_id, by=by, on=on)
    return ReadPage(own=own, statement=statement_of(own.part), before=_edition_before(own.before))


def statement_of(part: Part) -> str:
    """What whoever signs it says."""
    edition = part.matrix.edition
    return STATEMENT.format(part=part.name, title=edition.document.title, label=edition.label)


def _edition_before(signed: Signed | None) -> Edition | None:
    return Edition.objects.select_related("document").filter(pk=signed.edition).first() if signed else None
