"""Copies as they are read: section by section, with what stands behind each answer, the plan and who signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import LABELS, Role
from haven.audits.models import Copy, Return, Signature
from haven.audits.policy import may_oversee, may_read_copy, may_see
from haven.audits.queries.back import Reader, readers_of
from haven.audits.queries.returns import return_with_all, sent_copy
from haven.engines.chain.hashing import digest_of
from haven.questions.models import Support
from haven.questions.queries.telling import said_in
from haven.questions.rules.kinds import LACKING, Stands
from haven.questions.rules.outline import Outline, Section
from haven.questions.rules.showing import Counts
from haven.questions.rules.telling import Said

COUNTED = {
    Stands.IN_PLACE: "in_place",
    Stands.PARTLY: "partly",
    Stands.NOT_IN_PLACE: "not_in_place",
    Stands.NOT_APPLICABLE: "not_applicable",
    Stands.SAID: "said",
}


@dataclass(frozen=True)
class ToldSection:
    """The answers of one section."""

    section: Section
    lines: Sequence[Said]

    @cached_property
    def counts(self) -> Counts:
        """What they are worth."""
        keys = [line.worth.key for line in self.lines]
        counted = {name: keys.count(stands.value) for stands, name in COUNTED.items()}
        return Counts(asked=len(keys), answered=sum(counted.values()), **counted)


@dataclass(frozen=True, slots=True)
class ToldPlan:
    """One line of a plan as it was frozen."""

    ref: str
    issue: str
    what: str
    lead: str
    by_on: date | None
    success: str
    is_from_before: bool  # unfinished last time
    dropped: str  # why it was taken out; empty where it was not


@dataclass(frozen=True)
class Told:
    """A frozen content, to be read."""

    sections: Sequence[ToldSection]
    plan: Sequence[ToldPlan]

    @cached_property
    def counts(self) -> Counts:
        """What all its answers are worth."""
        return sum((each.counts for each in self.sections), Counts())

    @cached_property
    def lacking(self) -> list[Said]:
        """What is not, or not wholly, in place."""
        return [line for each in self.sections for line in each.lines if line.worth.key in LACKING]

    @property
    def planned(self) -> list[ToldPlan]:
        """The lines of the plan that were not taken out."""
        return [line for line in self.plan if not line.dropped]


@dataclass(frozen=True, kw_only=True)
class CopyPage:
    """One copy, whole, with who signed it."""

    of: Return
    copy: Copy
    told: Told
    signatures: Sequence[Signature]
    readers: Sequence[Reader]
    is_ours: bool  # whether whoever looks works in the school

    @cached_property
    def is_whole(self) -> bool:
        """Whether it still has the digest that was signed."""
        return digest_of(self.copy.content) == self.copy.digest

    @property
    def signed(self) -> list[tuple[str, Signature]]:
        """Each signature with the post in which it was given."""
        return [(LABELS[Role(each.role)], each) for each in self.signatures]


def told_of(outline: Outline, content: Mapping[str, Any], files: Mapping[str, str]) -> Told:
    """A frozen content by its sections. `files` tells by its SHA-256 where a file opens."""
    lines: dict[str, list[Said]] = {}
    for row in content["answers"]:
        key = row["question"]
        lines.setdefault(outline.section_of[key].key, []).append(said_in(outline.questions[key], row, files))
    sections = [ToldSection(each, lines[each.key]) for each in outline.sections if each.key in lines]
    return Told(sections, [_told_plan(row) for row in content.get("plan", ())])


def files_behind(of: Return, *, is_ours: bool) -> Mapping[str, str]:
    """Where each file behind the answers of a return opens: for the school, and for those who read it."""
    rows = Support.objects.filter(sheet=of.sheet_id, file__isnull=False).values_list("file__sha256", "pk")
    if is_ours:
        return {sha256: reverse("audits:evidence-file", args=[pk]) for sha256, pk in rows}
    return {sha256: reverse("moderation:read-file", args=[of.pk, pk]) for sha256, pk in rows}


def copy_page(*, return_id: UUID, number: int, by: Actor) -> CopyPage:
    """One copy, for whoever may read it. Raises `Refused`, or `DoesNotExist`."""
    of = return_with_all(return_id=return_id)
    copy = of.copies.get(number=number)
    require(may_read_copy(by, of, is_sent=copy.sent_at is not None))
    return _page(of, copy, by)


def receipt_page(*, return_id: UUID, by: Actor) -> CopyPage:
    """The copy that was sent last, for whoever may read it. Raises `Refused`."""
    of = return_with_all(return_id=return_id)
    copy = sent_copy(of)
    require(may_read_copy(by, of, is_sent=True))
    return _page(of, copy, by)


def copies_seen(of: Return, by: Actor) -> list[Copy]:
    """The copies of a return that she may read, the newest first, without what they hold."""
    rows = of.copies.defer("content").prefetch_related("signatures").order_by("-number")
    if may_see(by, of):
        return list(rows)
    return list(rows.filter(sent_at__isnull=False)) if may_oversee(by, of) else []


def _told_plan(row: Mapping[str, Any]) -> ToldPlan:
    return ToldPlan(
        ref=row["ref"],
        issue=row["issue"],
        what=row["what"],
        lead=row["lead"],
        by_on=date.fromisoformat(row["by"]) if row["by"] else None,
        success=row["success"],
        is_from_before=row["unfinished_before"],
        dropped=row["dropped"],
    )


def _page(of: Return, copy: Copy, by: Actor) -> CopyPage:
    assert of.sheet is not None  # nothing is frozen without one
    is_ours = bool(may_see(by, of))
    return CopyPage(
        of=of,
        copy=copy,
        told=told_of(of.sheet.version.outline, copy.content, files_behind(of, is_ours=is_ours)),
        signatures=list(copy.signatures.order_by("step")),
        readers=readers_of(copy),
        is_ours=is_ours,
    )
