"""A digest as it is written: its lines beside what is judged now, what could be added, and what it would say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Prefetch

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.models import Action
from haven.changes.models import Judgement
from haven.changes.queries.comparing import kept_comparison, worked_out
from haven.changes.rules.comparing import VERDICTS, Verdict, refs_of, sides_of
from haven.digests.models import Digest, DigestLine, DigestVersion
from haven.digests.policy import may_write
from haven.digests.queries.digests import DigestPage, VersionLine, digest_to_read, shown
from haven.digests.rules.digests import (
    GENERAL,
    Asked,
    ChangeTold,
    Content,
    SaidLine,
    fingerprint,
    grouped,
    told_changes,
    verdict_asks,
)
from haven.digests.rules.prose import contacts_in
from haven.engines.compare.telling import counted, in_a_row, standing_under
from haven.guidance.models import Document, Edition


class Difference(StrEnum):
    """How a line differs from what is judged now."""

    WORDS = "words"
    NO_EFFECT = "no-effect"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedChange:
    """A change of the two editions as it stands now, and what the area makes of it."""

    ref: str
    change: ChangeTold
    judgement: Judgement | None

    @property
    def is_told(self) -> bool:
        """Whether schools are to hear of it."""
        return self.judgement is not None and self.judgement.says is not Verdict.NO_EFFECT

    @property
    def asks(self) -> bool:
        """Whether something is to be done."""
        return self.judgement is not None and verdict_asks(self.judgement.says)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNow:
    """A line as it would be published now."""

    row: DigestLine
    said: SaidLine
    is_shown: bool
    differs: Difference | None

    @property
    def judged(self) -> str:
        """What the judgement says now."""
        return VERDICTS[self.row.judgement.says] if self.row.judgement else ""

    @property
    def is_by_hand(self) -> bool:
        """Whether no change made it."""
        return self.row.judgement is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """Everything that a digest is made of. `changes` is none where an edition has no words at present."""

    digest: Digest
    lines: tuple[LineNow, ...]
    changes: tuple[JudgedChange, ...] | None

    @property
    def content(self) -> Content:
        """What it would say, were it published now."""
        said = grouped(line.said for line in self.lines if line.is_shown)
        return Content(
            title=self.digest.title,
            introduction=self.digest.introduction,
            closing=self.digest.closing,
            lines=tuple(line for _, own in said for line in own),
            without_effect=sum(_has_no_effect(each) for each in self.changes or ()),
        )

    @property
    def offers(self) -> tuple[JudgedChange, ...]:
        """The changes that were judged and have no line yet."""
        known = {line.row.ref for line in self.lines}
        return tuple(each for each in self.changes or () if each.is_told and each.ref not in known)

    @property
    def unasked(self) -> int:
        """How many changes were judged an action without schools being asked for one."""
        return sum(
            line.is_shown and line.said.asks and not line.said.asked and not line.is_by_hand for line in self.lines
        )

    @property
    def unjudged(self) -> int:
        """How many changes nobody has judged yet."""
        return sum(each.judgement is None for each in self.changes or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingPage:
    """A digest before its writer."""

    digest: Digest
    content: Content
    parts: tuple[tuple[str, tuple[LineNow, ...]], ...]
    offers: tuple[JudgedChange, ...]
    unjudged: int
    differing: int
    left_out: int
    unasked: int
    has_words: bool
    newest: VersionLine | None
    is_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What its writer sees before she publishes."""

    digest: Digest
    page: DigestPage
    seen: str
    unjudged: int
    offers: int
    differing: int
    unasked: int
    contacts: tuple[str, ...]
    is_local: bool

    @property
    def hints(self) -> tuple[str, ...]:
        """What she should know first, one sentence each."""
        differ = "differs" if self.differing == 1 else "differ"
        told = (
            (
                self.unjudged,
                f"{_changes(self.unjudged)} not judged yet. Schools hear nothing of {_them(self.unjudged)}.",
            ),
            (self.offers, f"{_changes(self.offers)} judged but not on the page."),
            (
                self.unasked,
                f"{_changes(self.unasked)} judged an action, but nothing is asked of schools yet.",
            ),
            (self.differing, f"{counted(self.differing, 'line')} {differ} from what is judged now."),
        )
        return tuple(said for count, said in told if count)


def digest_to_write(*, digest_id: UUID, by: Actor) -> Digest:
    """A digest that she may write and that was not withdrawn. Raises `Refused`."""
    digest = digest_to_read(digest_id=digest_id, by=by)
    require(may_write(by, digest))
    if digest.is_withdrawn:
        raise Refused(Reason.WRONG_STATE)
    return digest


def line_to_write(*, line_id: UUID, by: Actor) -> LineNow:
    """One line that she may edit. Raises `Refused`."""
    row = DigestLine.objects.select_related("judgement__action").get(pk=line_id)
    row.digest = digest_to_write(digest_id=row.digest_id, by=by)
    return _line_now(row, None)


def parts_of_digest(*, digest: Digest) -> list[str]:
    """The parts of the document that it speaks of, in order."""
    return [part for part in dict.fromkeys(digest.lines.values_list("part", flat=True)) if part]


def writing_page(*, digest_id: UUID, by: Actor) -> WritingPage:
    """A digest as it is written. Raises `Refused`."""
    digest = digest_to_write(digest_id=digest_id, by=by)
    now = working(digest=digest)
    newest = digest.versions.first()
    content = now.content
    return WritingPage(
        digest=digest,
        content=content,
        parts=tuple(_parts(now.lines)),
        offers=now.offers,
        unjudged=now.unjudged,
        differing=_differing(now),
        left_out=sum(line.row.is_left_out for line in now.lines),
        unasked=now.unasked,
        has_words=now.changes is not None,
        newest=VersionLine(number=newest.number, published_at=newest.published_at, why=newest.why) if newest else None,
        is_ahead=newest is not None and fingerprint(newest.content) != fingerprint(content),
    )


def ready_page(*, digest_id: UUID, by: Actor, on: date) -> Ready:
    """A digest as a school would see it, were it published now. Raises `Refused`."""
    digest = digest_to_write(digest_id=digest_id, by=by)
    now = working(digest=digest)
    content = now.content
    return Ready(
        digest=digest,
        page=shown(digest=digest, content=content, on=on, version=None),
        seen=fingerprint(content),
        unjudged=now.unjudged,
        offers=len(now.offers),
        differing=_differing(now),
        unasked=now.unasked,
        contacts=tuple(contacts_in(content.own_words)),
        is_local=digest.document.area_id is not None,
    )


def newest_version(*, digest: Digest) -> DigestVersion | None:
    """What was published last."""
    return digest.versions.first()


def working(*, digest: Digest) -> Working:
    """Everything that this digest is made of, as it stands now."""
    audiences = Action.objects.prefetch_related("audience__cluster", "audience__organisation")
    rows = digest.lines.select_related("judgement").prefetch_related(Prefetch("judgement__action", audiences))
    changes = judged_changes(document=digest.document, area=digest.area_id, old=digest.old, new=digest.new)
    found = {each.ref: each for each in changes} if changes is not None else None
    lines = tuple(_line_now(row, found) for row in rows)
    return Working(digest=digest, lines=lines, changes=tuple(changes) if changes is not None else None)


def judged_changes(*, document: Document, area: UUID, old: Edition, new: Edition) -> list[JudgedChange] | None:
    """Every change between two editions with what the area makes of it; none where an edition has no words."""
    if not (old.clause_count and new.clause_count):
        return None
    found = kept_comparison(old=old, new=new) or worked_out(old=old, new=new)
    judgements = {each.sides: each for each in Judgement.objects.filter(document=document, area=area)}
    sides = [sides_of(change) for change in found.changes]
    told = told_changes(found.changes, standing_under(found))
    return [
        JudgedChange(ref=ref, change=change, judgement=judgements.get(each))
        for ref, change, each in zip(refs_of(sides), told, sides, strict=True)
    ]


def _line_now(row: DigestLine, found: Mapping[str, JudgedChange] | None) -> LineNow:
    known = found.get(row.ref) if found is not None else None
    judgement = row.judgement
    follows = judgement is not None and not row.is_own and judgement.says is not Verdict.NO_EFFECT
    asks = verdict_asks(judgement.says) if judgement and follows else row.asks
    differs = _difference(row, is_gone=found is not None and known is None)
    action = judgement.action if judgement and judgement.action and judgement.action.is_published else None
    said = SaidLine(
        id=row.pk,
        part=row.part,
        heading=row.heading,
        meaning=judgement.words if judgement and follows else row.meaning,
        asks=asks or action is not None,
        ref=row.ref,
        change=known.change if known else row.told,
        asked=_asked(action) if action else None,
    )
    is_shown = not row.is_left_out and (row.is_own or differs not in (Difference.NO_EFFECT, Difference.GONE))
    return LineNow(row=row, said=said, is_shown=is_shown, differs=differs)


def _difference(row: DigestLine, *, is_gone: bool) -> Difference | None:
    judgement = row.judgement
    if judgement is None or row.is_left_out:
        return None
    if is_gone:
        return Difference.GONE
    if not row.is_own:
        return Difference.NO_EFFECT if judgement.says is Verdict.NO_EFFECT else None
    if (row.seen_verdict, row.seen_words) == (judgement.verdict, judgement.words):
        return None
    return Difference.NO_EFFECT if judgement.says is Verdict.NO_EFFECT else Difference.WORDS


def _asked(action: Action) -> Asked:
    whom = [line.in_words for line in action.audience.all() if not line.is_limit]
    return Asked(action=action.pk, what=action.what, due_on=action.due_on, for_whom=in_a_row(whom))


def _parts(lines: Sequence[LineNow]) -> Iterator[tuple[str, tuple[LineNow, ...]]]:
    by_id = {line.row.pk: line for line in lines}
    for part, own in grouped(line.said for line in lines):
        yield part, tuple(by_id[each.id] for each in own)


def _differing(now: Working) -> int:
    return sum(line.differs is not None for line in now.lines)


def _has_no_effect(each: JudgedChange) -> bool:
    return each.judgement is not None and each.judgement.says is Verdict.NO_EFFECT


def _changes(count: int) -> str:
    return "1 change is" if count == 1 else f"{count} changes are"


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def names_of_parts(parts: Iterable[str]) -> list[tuple[str, str]]:
    """The parts as choices of a form, what is said in general first."""
    return [("", GENERAL), *((part, part) for part in parts)]
