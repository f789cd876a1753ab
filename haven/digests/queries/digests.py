"""What the pages of digests show: the list, one to read, and one as it is written beside what is judged now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.actions.models import Action
from haven.actions.queries.threads import Told, told_of
from haven.actions.rules import Standing as ActionStanding
from haven.digests.models import Digest, DigestVersion
from haven.digests.policy import digests_read_by, digests_written_by, may_enter, may_read, may_write
from haven.digests.rules.digests import (
    Content,
    Freshness,
    SaidLine,
    Standpoint,
    fresh_lines,
    grouped,
    status_told,
)
from haven.engines.days.moments import local_day
from haven.guidance.models import Edition
from haven.guidance.rules.life import Stage, stage_on
from haven.guidance.rules.showing import COLOURS, LABELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where the later edition stands, for the top of the page."""

    stage: Stage
    label: str
    colour: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One line as a reader sees it: with what she is told of its action, and whether it is new in this version."""

    said: SaidLine
    number: int
    ways: tuple[Told, ...] = ()
    is_over: bool = False  # its action is no longer asked
    freshness: Freshness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part of the document with its lines."""

    name: str
    number: int
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version in the history of a digest."""

    number: int
    published_at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPage:
    """A digest to read. `version` is none where it is looked at before it is published."""

    id: UUID
    area: str
    document: UUID
    document_title: str
    old: Edition
    new: Edition
    status: Status
    content: Content
    to_do: tuple[ShownLine, ...]
    parts: tuple[ShownPart, ...]
    version: VersionLine | None
    versions: tuple[VersionLine, ...] = ()
    is_newest: bool = True
    is_public: bool = False
    ended_at: datetime | None = None
    ended_why: str = ""
    may_write: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDigest:
    """One digest in a list."""

    id: UUID
    title: str
    document_title: str
    area: str
    actions: int
    lines: int
    published_at: datetime | None
    amended_at: datetime | None
    is_withdrawn: bool
    is_public: bool
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The digest of two editions, as the page of their comparison leads to it."""

    digest: Digest
    may_write: bool


def digests_for(*, by: Actor, on: date, document: UUID | None = None, at_most: int | None = None) -> list[ListedDigest]:
    """The digests she may read, newest first; those withdrawn are left out. Raises `Refused`."""
    require(may_enter(by))
    rows = Digest.objects.filter(digests_read_by(by), standing="published")
    return listed(_of(rows, document)[:at_most], on)


def drafts_for(*, by: Actor, on: date, document: UUID | None = None) -> list[ListedDigest]:
    """The drafts of the areas she leads."""
    return listed(_of(Digest.objects.filter(digests_written_by(by), standing="draft"), document), on)


def digest_page(*, digest_id: UUID, by: Actor, at: datetime, number: int | None = None) -> DigestPage:
    """A digest as it was published, its newest version unless a number is named. Raises `Refused`."""
    digest = _row(digest_id)
    require(may_read(by, digest))
    versions = list(digest.versions.all())
    version = versions[0] if number is None else _numbered(versions, number)
    return published(digest=digest, version=version, versions=versions, by=by, at=at)


def digest_beside(*, old: UUID, new: UUID, by: Actor, area: UUID | None) -> Beside | None:
    """The digest of two editions that she may write for an area, or else one that she may read."""
    rows = Digest.objects.filter(old=old, new=new).exclude(standing="withdrawn").select_related("document")
    for digest in rows.filter(digests_written_by(by) | digests_read_by(by)):
        if area in (None, digest.area_id):
            return Beside(digest=digest, may_write=bool(may_write(by, digest)))
    return None


def digest_to_read(*, digest_id: UUID, by: Actor) -> Digest:
    """A digest that she may read or write. Raises `Refused`."""
    digest = _row(digest_id)
    if not may_write(by, digest):
        require(may_read(by, digest))
    return digest


def shown(
    *,
    digest: Digest,
    content: Content,
    on: date,
    ways: Mapping[UUID, Sequence[Told]] | None = None,
    over: frozenset[UUID] = frozenset(),
    before: Content | None = None,
    **known: Any,
) -> DigestPage:
    """A content as readers see it. `over` are the actions that are no longer asked, `ways` what she is told of them."""
    fresh = fresh_lines(before, content) if before else {}
    numbers = {line.id: number for number, line in enumerate(content.lines, start=1)}

    def line_shown(line: SaidLine) -> ShownLine:
        action = line.asked.action if line.asked else None
        return ShownLine(
            said=line,
            number=numbers[line.id],
            ways=tuple((ways or {}).get(action, ())) if action else (),
            is_over=action in over,
            freshness=fresh.get(line.id),
        )

    parts = [
        ShownPart(name=name, number=number, lines=tuple(map(line_shown, own)))
        for number, (name, own) in enumerate(grouped(content.lines), start=1)
    ]
    return DigestPage(
        id=digest.pk,
        area=digest.area.name,
        document=digest.document_id,
        document_title=digest.document.title,
        old=digest.old,
        new=digest.new,
        status=_status(digest, on),
        content=content,
        to_do=tuple(map(line_shown, content.to_do)),
        parts=tuple(parts),
        is_public=digest.is_public,
        ended_at=digest.ended_at,
        ended_why=digest.ended_why,
        **known,
    )


def listed(digests: QuerySet[Digest], on: date) -> list[ListedDigest]:
    """These digests as lines, with what their newest version says."""
    rows = list(digests.select_related("area", "document", "old", "new"))
    newest = {each.digest_id: each.content for each in _newest(rows)}
    return [_listed(each, newest.get(each.pk), on) for each in rows]


def _listed(digest: Digest, content: Content | None, on: date) -> ListedDigest:
    return ListedDigest(
        id=digest.pk,
        title=content.title if content else digest.title,
        document_title=digest.document.title,
        area=digest.area.name,
        actions=len(content.to_do) if content else 0,
        lines=len(content.lines) if content else 0,
        published_at=digest.published_at,
        amended_at=digest.amended_at,
        is_withdrawn=digest.is_withdrawn,
        is_public=digest.is_public,
        status=_status(digest, on),
    )


def published(
    *, digest: Digest, version: DigestVersion, versions: Sequence[DigestVersion], by: Actor | None, at: datetime
) -> DigestPage:
    """A version as its readers see it; with what `by` is told of its actions, where somebody has signed in."""
    content = version.content
    actions = _actions(content)
    asked = [each for each in actions if each.standing == ActionStanding.PUBLISHED]
    before = next((each for each in versions if each.number == version.number - 1), None)
    return shown(
        digest=digest,
        content=content,
        on=local_day(at),
        ways=told_of(actions=asked, by=by, at=at) if by and asked else {},
        over=frozenset(each.pk for each in actions) - {each.pk for each in asked},
        before=before.content if before else None,
        version=_line_of(version),
        versions=tuple(map(_line_of, versions)),
        is_newest=version.number == digest.version,
        may_write=bool(by and may_write(by, digest)),
    )


def _actions(content: Content) -> list[Action]:
    asked = [line.asked.action for line in content.lines if line.asked]
    return list(Action.objects.filter(pk__in=asked)) if asked else []


def _line_of(version: DigestVersion) -> VersionLine:
    return VersionLine(number=version.number, published_at=version.published_at, why=version.why)


def _numbered(versions: Sequence[DigestVersion], number: int) -> DigestVersion:
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        raise DigestVersion.DoesNotExist
    return found


def _newest(digests: Sequence[Digest]) -> QuerySet[DigestVersion]:
    return DigestVersion.objects.filter(digest__in=[each.pk for each in digests], number=F("digest__version"))


def _of(digests: QuerySet[Digest], document: UUID | None) -> QuerySet[Digest]:
    return digests.filter(document=document) if document else digests


def with_editions() -> QuerySet[Digest]:
    """The digests with all that their pages name."""
    return Digest.objects.select_related("area", "document", "old", "new")


def _row(digest_id: UUID) -> Digest:
    return with_editions().get(pk=digest_id)


def _status(digest: Digest, on: date) -> Status:
    stage = stage_on(digest.new.days, on)
    sentences = status_told(_standpoint(digest.old), _standpoint(digest.new), on)
    return Status(stage=stage, label=LABELS[stage], colour=COLOURS[stage], sentences=tuple(sentences))


def _standpoint(edition: Edition) -> Standpoint:
    return Standpoint(label=edition.label, days=edition.days, said=edition.said)
