"""Templates as the pages show them on which leads look at them and make them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from haven.access.actor import Actor
from haven.people.models import Area, Organisation
from haven.people.queries import areas_led_by, schools_of
from haven.questions.models import Step, Template, Version
from haven.questions.policy import may_change_template, may_see_template, templates_seen_by
from haven.questions.rules.differing import in_short
from haven.questions.rules.outline import Outline
from haven.questions.rules.reading import Content, outline_of


@dataclass(frozen=True)
class Listed:
    """One template in a list, with its versions, newest first."""

    template: Template
    versions: Sequence[Version]
    may_change: bool

    @property
    def draft(self) -> Version | None:
        """Its draft."""
        return next((each for each in self.versions if not each.is_released), None)

    @property
    def released(self) -> Sequence[Version]:
        """Its versions that may be used."""
        return [each for each in self.versions if each.is_released]


@dataclass(frozen=True)
class Listing:
    """The templates that a lead sees."""

    own: Sequence[Listed]
    shipped: Sequence[Listed]
    areas: Sequence[Area]


@dataclass(frozen=True)
class VersionPage:
    """One version, to be looked at or, where it is a draft, to be made."""

    version: Version
    others: Sequence[Version]  # of the same template, newest first
    may_change: bool

    @property
    def content(self) -> Content:
        """All of it, as it is kept."""
        content: Content = self.version.content
        return content

    @cached_property
    def outline(self) -> Outline:
        """All of it, as values. A draft is read afresh: each of its states would be kept for nothing."""
        return self.version.outline if self.version.is_released else outline_of(self.content)

    @property
    def is_draft(self) -> bool:
        """Whether it may be changed by this lead."""
        return self.may_change and not self.version.is_released

    @property
    def before(self) -> Version | None:
        """The version before it."""
        return next((each for each in self.others if each.number < self.version.number), None)

    @property
    def draft(self) -> Version | None:
        """The template's draft, where it is another version than this."""
        return next((each for each in self.others if not each.is_released), None)


@dataclass(frozen=True)
class Past:
    """What a draft held before one change."""

    step: Step
    undone: str  # what was changed after it, in a few words


def listing(*, by: Actor) -> Listing:
    """The templates of the areas that somebody leads, and those that came with Haven."""
    versions = Version.objects.defer("content").order_by("-number")
    by_template: dict[UUID, list[Version]] = {}
    for version in versions.filter(template__in=Template.objects.filter(templates_seen_by(by))):
        by_template.setdefault(version.template_id, []).append(version)
    rows = Template.objects.filter(templates_seen_by(by)).select_related("area").order_by("title", "id")
    listed = [Listed(each, by_template.get(each.pk, []), bool(may_change_template(by, each))) for each in rows]
    return Listing(
        own=[each for each in listed if each.template.area_id],
        shipped=[each for each in listed if not each.template.area_id],
        areas=list(areas_led_by(by=by)),
    )


def version_page(*, version_id: UUID, by: Actor) -> VersionPage | None:
    """A version and its like, or none where this actor may not see it."""
    rows = Version.objects.select_related("template", "template__area", "copied_from__template", "changed_by")
    version = rows.filter(pk=version_id).first()
    if version is None or not may_see_template(by, version.template):
        return None
    others = version.template.versions.defer("content").exclude(pk=version.pk).order_by("-number")
    return VersionPage(version, list(others), bool(may_change_template(by, version.template)))


def draft_page(*, version_id: UUID, by: Actor) -> VersionPage | None:
    """The same, only where it is a draft that this actor may change."""
    page = version_page(version_id=version_id, by=by)
    return page if page and page.is_draft else None


def last_step(version: Version) -> Past | None:
    """The last change of a draft, to be undone; none where there was none."""
    step = version.steps.select_related("made_by").first()
    return Past(step, in_short(version.content, step.content)) if step else None


def steps_of(version: Version) -> Sequence[Past]:
    """What a draft held before each of its last changes, the latest first."""
    pasts: list[Past] = []
    after = version.content
    for step in version.steps.select_related("made_by"):
        pasts.append(Past(step, in_short(after, step.content)))
        after = step.content
    return pasts


def schools_to_try(*, by: Actor, on: date) -> Sequence[Organisation]:
    """The schools of the areas that somebody leads, by name, to see what one of them is asked."""
    found = {school.pk: school for area in areas_led_by(by=by) for school in schools_of(area=area.pk, on=on)}
    return sorted(found.values(), key=lambda each: (each.name, str(each.pk)))


def documents_named(*, by: Actor, also: Outline | None = None) -> Mapping[str, str]:
    """The guidance that questionnaires rest on so far, by its key, with words in which it was named.

    Questionnaires lie below guidance: whoever knows its catalogue can offer more.
    """
    rows = Version.objects.filter(
        template__in=Template.objects.filter(templates_seen_by(by)), released_at__isnull=False
    )
    outlines = [version.outline for version in rows.defer("content")]
    named: dict[str, str] = {}
    for outline in [*outlines, *([also] if also else [])]:
        for question in outline:
            for law in question.law:
                if law.document:
                    named.setdefault(law.document, law.says)
    return dict(sorted(named.items()))
