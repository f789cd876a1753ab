"""Everything about one person, for her who asked what is held about her, with what is of others marked."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import day_in_words, local, local_day
from haven.people.seeing import seeing, working_as
from haven.subjects.disclosure.opening import identities, opened
from haven.subjects.disclosure.overseeing import hidden_from, overseen, register_of
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Attendance, Outcome, Record, SafeAddress, Siblings, Subject
from haven.subjects.policy import may_keep
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.sorts import in_words
from haven.subjects.rules.ties import KEEPERS, State, acting_as

ELSEWHERE = "Only {owner} can open this. Ask them for it."
HERE = ("subject", "address")  # sorts of record that stand in these exports themselves
UNOPENED = "This could not be opened. Look at the keys before you answer."


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is held. `is_of_others` marks what may have to be left out before it is handed over."""

    about: str
    words: str
    is_of_others: bool = False

    @property
    def key(self) -> str:
        """By which it is known again when the same is taken away a second time. The same words have the same key."""
        return sha256(f"{self.about}\n{self.words}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that is held about one subject, as of a moment."""

    subject: UUID
    made_at: datetime
    pieces: Sequence[Piece]
    is_partly_left_out: bool = False

    @property
    def of_others(self) -> list[Piece]:
        """What somebody must look at before it is handed over: each once, however often it stands there."""
        return list({piece.key: piece for piece in self.pieces if piece.is_of_others}.values())

    def handed_over(self, keys: Collection[str]) -> "Bundle":
        """The same without what is of others, but for those pieces of it that somebody looked at and chose. What is
        left out leaves no trace of its own: that the police keep a record can be what must not be known."""
        pieces = [piece for piece in self.pieces if not piece.is_of_others or piece.key in keys]
        return replace(self, pieces=pieces, is_partly_left_out=len(pieces) < len(self.pieces))

    def as_plain(self) -> dict[str, Any]:
        """As values that JSON knows."""
        return {
            "subject": str(self.subject),
            "made_at": self.made_at.isoformat(),
            "note": "Pieces marked is_of_others are about somebody else, too, and stand here where somebody chose so.",
            "is_partly_left_out": self.is_partly_left_out,
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
            yield Piece("Date of birth", day_in_words(her.born_on))
    for row in Attendance.objects.filter(subject=subject).select_related("school", "home_area"):
        where = row.school.name if row.school else f"at home, {row.home_area}"
        yield Piece("School", f"{where}, from {_spell(row)}")
    hers = Subject.objects.filter(pk__in=Siblings.of(subject.pk)).select_related("record")
    kin = list(hers.exclude(record__in=hidden_from(by)))
    for identity in identities(kin, organisations=places).values():
        yield Piece("Brother or sister", identity.name, is_of_others=True)
    yield from _kept_elsewhere(subject, by)
    for line in register_of(subject_id=subject.pk, by=by, at=at):
        when = f"{day_in_words(local_day(line.at))}, {local(line.at):%H:%M}"
        said = f"{when}: {line.outcome}, {line.role}, {line.organisation}, for: {line.purpose}"
        yield Piece("Disclosure", said, is_of_others=True)  # it can tell of what the police or the MASH keep
        yield Piece("Disclosure, by whom", line.person, is_of_others=True)
        if line.reasons:
            yield Piece("Disclosure, reasons", line.reasons, is_of_others=True)


def _kept_elsewhere(subject: Subject, by: Actor) -> Iterator[Piece]:
    """That there is a record about her which its owner alone opens. Whether she may hear of it, its owner knows."""
    rows = Record.objects.filter(about__subject=subject).exclude(sort__in=HERE).exclude(state=State.ERASED)
    for row in rows.exclude(pk__in=hidden_from(by)).select_related("owner").order_by("made_at", "pk"):
        said = f"From {day_in_words(local_day(row.made_at))}. {ELSEWHERE.format(owner=row.owner.name)}"
        yield Piece(in_words(row.sort), said, is_of_others=True)


def _spell(row: Attendance) -> str:
    until = f" to {day_in_words(row.ends_on)}" if row.ends_on else ""
    return f"{day_in_words(row.starts_on)}{until}"
