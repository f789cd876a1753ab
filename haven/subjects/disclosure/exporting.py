"""Everything about one person, for her who asked what is held about her, with what is of others marked."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.people.seeing import seeing, working_as
from haven.subjects.disclosure.opening import identities, opened
from haven.subjects.disclosure.overseeing import hidden_from, overseen, register_of
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Attendance, Outcome, SafeAddress, Siblings, Subject
from haven.subjects.policy import may_keep
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.ties import KEEPERS, acting_as

ELSEWHERE = "Only {owner} can open this. Ask them for it."
UNOPENED = "This could not be opened. Look at the keys before you answer."


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is held. `is_of_others` marks what may have to be left out before it is handed over."""

    about: str
    words: str
    is_of_others: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that is held about one subject, as of a moment."""

    subject: UUID
    made_at: datetime
    pieces: Sequence[Piece]

    def as_plain(self) -> dict[str, Any]:
        """As values that JSON knows."""
        return {
            "subject": str(self.subject),
            "made_at": self.made_at.isoformat(),
            "note": "Pieces marked is_of_others say something of somebody else: look at each before it is handed over.",
            "pieces": [asdict(piece) for piece in self.pieces],
        }


@seeing("subjects.exporting")
def everything_about(*, subject_id: UUID, reference: str, is_fresh: bool, by: Actor, at: datetime) -> Bundle:
    """All of it, the disclosure written down first. For whoever keeps the area's records, her second factor shown
    afresh. Raises `Refused`."""
    subject = overseen(subject_id, by, at)
    require(may_keep(by, subject.record.area_id))
    if not is_fresh:
        raise Refused(Reason.NOT_FRESH)
    post = acting_as(by, KEEPERS, subject.record.area_id)
    purpose = Purpose(Flow.TO_SUBJECT, reference)
    write_down(Outcome.EXPORTED, record=subject.record, purpose=purpose, post=post, by=by, at=at)
    return Bundle(subject.pk, at, [*_pieces(subject, by, at)])


@seeing("subjects.exporting")
def addresses_about(*, subject_id: UUID, reference: str, is_fresh: bool, by: Actor, at: datetime) -> Bundle:
    """Her safe addresses, which are in no other export: asked for by themselves, the disclosure written down first.
    Each is marked as of others, since somebody may live there with her. Raises `Refused`."""
    subject = overseen(subject_id, by, at)
    require(may_keep(by, subject.record.area_id))
    if not is_fresh:
        raise Refused(Reason.NOT_FRESH)
    post = acting_as(by, KEEPERS, subject.record.area_id)
    places = frozenset(each.organisation for each in by.posts if each.role in KEEPERS)
    with working_as(HAVEN, "subjects.exporting"):  # nothing ties her to where somebody is safe
        rows = list(SafeAddress.objects.filter(subject=subject).select_related("record__owner"))
    pieces = []
    for row in rows:
        purpose = Purpose(Flow.TO_SUBJECT, reference)
        write_down(Outcome.EXPORTED, record=row.record, purpose=purpose, post=post, by=by, at=at)
        words = opened(row.record_id, "address", row.address, organisations=places)
        pieces.append(Piece("Safe address", words or ELSEWHERE.format(owner=row.record.owner.name), is_of_others=True))
    return Bundle(subject.pk, at, pieces)


def _pieces(subject: Subject, by: Actor, at: datetime) -> Iterator[Piece]:
    places = frozenset(post.organisation for post in by.posts if post.role in KEEPERS)
    her = identities([subject], organisations=places).get(subject.pk)
    if her is None:
        yield Piece("Name", UNOPENED)
    else:
        yield Piece("Name", her.name)
        if her.other_names:
            yield Piece("Other names", her.other_names)
        if her.born_on:
            yield Piece("Date of birth", her.born_on.isoformat())
    for row in Attendance.objects.filter(subject=subject).select_related("school", "home_area"):
        where = row.school.name if row.school else f"at home, {row.home_area}"
        yield Piece("School", f"{where}, from {row.starts_on}{f' to {row.ends_on}' if row.ends_on else ''}")
    hers = Subject.objects.filter(pk__in=Siblings.of(subject.pk)).select_related("record")
    kin = list(hers.exclude(record__in=hidden_from(by)))
    for identity in identities(kin, organisations=places).values():
        yield Piece("Brother or sister", identity.name, is_of_others=True)
    for line in register_of(subject_id=subject.pk, by=by, at=at):
        said = f"{line.at.isoformat()}: {line.outcome}, {line.role}, {line.organisation}, for: {line.purpose}"
        yield Piece("Disclosure", said)
        yield Piece("Disclosure, by whom", line.person, is_of_others=True)
        if line.reasons:
            yield Piece("Disclosure, reasons", line.reasons, is_of_others=True)
