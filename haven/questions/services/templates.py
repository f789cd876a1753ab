"""Making, changing and releasing templates; taking them in from packs and copying them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.chain.hashing import digest_of
from haven.ledger.services import record
from haven.people.models import Area
from haven.questions.models import Step, Template, Version
from haven.questions.policy import may_change_template, may_keep, may_load_pack, may_see_template, person_of
from haven.questions.rules.checking import Fault, faults, faults_of_draft

RELEASED = "This version is in use, so it cannot be changed. Start its next version."
MEANWHILE = "This questionnaire was changed after you opened the page, by {name}. Nothing of yours was lost."
OTHER_WORDS = "Version {label} of {key} was released before with other questions. Give this one a label of its own."
HAS_DRAFT = "It has a draft already. Go on with that one."
TAKEN = "Another of your templates has this name. Choose another."
LABEL_TAKEN = "Another version has this label. Choose another."
NO_STEP = "That state is not kept any more."
MOST_STEPS = 30


class Faulty(Refused):
    """A content that cannot be kept: every fault with its line."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(Reason.NOT_READY, str(found[0]))
        self.faults = found


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a pack."""

    version: Version
    is_new: bool


@transaction.atomic
def load_template(*, content: Mapping[str, Any], area: Area | None, by: Actor, at: datetime) -> Loaded:
    """Take in a content that is sound as a released version, once. `area` is none for what comes with Haven.

    The same content again changes nothing. Raises `Faulty`, or `Refused` where the label was used for another.
    """
    require(may_load_pack(by) if area is None else may_keep(by, area.pk))
    _require_sound(content)
    digest = digest_of(content)
    template = _template(content, area)
    known = template.versions.filter(label=content["version"]).first()
    if known is not None:
        if known.digest != digest or not known.is_released:
            raise Refused(Reason.WRONG_STATE, OTHER_WORDS.format(label=content["version"], key=content["id"]))
        return Loaded(known, is_new=False)
    version = _add(template, content, by, at)
    version.released_at, version.released_by_id = at, person_of(by)
    version.save()
    _follow(template, content)
    record("template.loaded", by=by, at=at, about=_about(version))
    return Loaded(version, is_new=True)


@transaction.atomic
def make_template(*, area: Area, content: Mapping[str, Any], by: Actor, at: datetime) -> Version:
    """Begin an area's own template with a draft, in which parts and questions may still be lacking.

    `id` in its content names the template.
    """
    require(may_keep(by, area.pk))
    _require_sound_draft(content)
    Area.objects.select_for_update().get(pk=area.pk)
    if Template.objects.filter(area=area, key=content["id"]).exists():
        raise Refused(Reason.NOT_ASKABLE, TAKEN)
    version = _add(_template(content, area), content, by, at)
    record("template.made", by=by, at=at, about=_about(version))
    return version


@transaction.atomic
def copy_template(*, version_id: UUID, area: Area, key: str, title: str, by: Actor, at: datetime) -> Version:
    """Begin an area's own template with the questions of another. Keys of questions stay, so answers go on."""
    require(may_keep(by, area.pk))
    source = Version.objects.select_related("template").get(pk=version_id)
    require(may_see_template(by, source.template))
    content = dict(source.content) | {"id": key, "title": title}
    version = make_template(area=area, content=content, by=by, at=at)
    version.copied_from = source
    version.save(update_fields=["copied_from"])
    return version


@transaction.atomic
def start_version(*, template_id: UUID, label: str, by: Actor, at: datetime) -> Version:
    """Begin the next version of an area's own template, with the questions of the last."""
    template = Template.objects.select_for_update().get(pk=template_id)
    require(may_change_template(by, template))
    last = template.versions.order_by("-number")[0]
    if not last.is_released:
        raise Refused(Reason.WRONG_STATE, HAS_DRAFT)
    if template.versions.filter(label=label).exists():
        raise Refused(Reason.NOT_ASKABLE, LABEL_TAKEN)
    content = dict(last.content) | {"version": label}
    _require_sound_draft(content)
    version = _add(template, content, by, at)
    record("template.version_started", by=by, at=at, about=_about(version))
    return version


@transaction.atomic
def change_draft(*, version_id: UUID, content: Mapping[str, Any], seen: int, by: Actor, at: datetime) -> Version:
    """Keep a draft's content. Raises `Faulty`; `CHANGED_MEANWHILE` where `seen` is not the revision that stands."""
    version = _draft_for_update(version_id, by)
    content = dict(content) | {"id": version.template.key}
    if digest_of(content) == version.digest:
        return version
    if seen != version.revision:
        name = version.changed_by.name if version.changed_by else "Haven"
        raise Refused(Reason.CHANGED_MEANWHILE, MEANWHILE.format(name=name))
    _require_sound_draft(content)
    if version.template.versions.exclude(pk=version.pk).filter(label=content["version"]).exists():
        raise Refused(Reason.NOT_ASKABLE, LABEL_TAKEN)
    _keep_step(version)
    version.content, version.digest, version.label = content, digest_of(content), content["version"]
    version.revision, version.changed_at, version.changed_by_id = version.revision + 1, at, person_of(by)
    version.save()
    if version.number == 1:
        _follow(version.template, content)
    record("template.changed", by=by, at=at, about=_about(version) | {"revision": version.revision})
    return version


@transaction.atomic
def step_back(*, version_id: UUID, revision: int, seen: int, by: Actor, at: datetime) -> Version:
    """Let a draft hold again what it held at an earlier revision. What it held until now is kept as well.

    Raises `Refused` where that state is kept no more.
    """
    version = _draft_for_update(version_id, by)
    step = version.steps.filter(revision=revision).first()
    if step is None:
        raise Refused(Reason.WRONG_STATE, NO_STEP)
    return change_draft(version_id=version_id, content=step.content, seen=seen, by=by, at=at)


@transaction.atomic
def bring_in(*, area: Area, content: Mapping[str, Any], by: Actor, at: datetime) -> Version:
    """Take in a sound content as a draft: of a new template, as its next version, or in the place of its draft.

    Raises `Faulty`, or `Refused` where the label is that of a released version.
    """
    require(may_keep(by, area.pk))
    _require_sound(content)
    Area.objects.select_for_update().get(pk=area.pk)
    template = Template.objects.select_for_update().filter(area=area, key=content["id"]).first()
    if template is None:
        return make_template(area=area, content=content, by=by, at=at)
    draft = template.versions.filter(released_at__isnull=True).first()
    if draft is not None:
        return change_draft(version_id=draft.pk, content=content, seen=draft.revision, by=by, at=at)
    if template.versions.filter(label=content["version"]).exists():
        raise Refused(Reason.NOT_ASKABLE, LABEL_TAKEN)
    version = _add(template, content, by, at)
    record("template.version_started", by=by, at=at, about=_about(version))
    return version


@transaction.atomic
def release_version(*, version_id: UUID, by: Actor, at: datetime) -> Version:
    """Release a draft for use; from now on it never changes. Pressed twice, it is released once."""
    version = Version.objects.select_for_update(of=("self",)).select_related("template").get(pk=version_id)
    require(may_change_template(by, version.template))
    if version.is_released:
        return version
    _require_sound(version.content)
    version.released_at, version.released_by_id = at, person_of(by)
    version.save()
    version.steps.all().delete()
    _follow(version.template, version.content)
    record("template.released", by=by, at=at, about=_about(version))
    return version


@transaction.atomic
def discard_version(*, version_id: UUID, by: Actor, at: datetime) -> None:
    """Give a draft up. A template that never had another version goes with it."""
    version = _draft_for_update(version_id, by)
    about, template = _about(version), version.template
    version.delete()
    if not template.versions.exists():
        template.delete()
    record("template.draft_discarded", by=by, at=at, about=about)


def _require_sound(content: Mapping[str, Any]) -> None:
    if found := faults(content):
        raise Faulty(found)


def _require_sound_draft(content: Mapping[str, Any]) -> None:
    if found := faults_of_draft(content):
        raise Faulty(found)


def _keep_step(version: Version) -> None:
    """Keep what a draft holds, and let go what it held long ago."""
    Step.objects.create(
        version=version,
        revision=version.revision,
        content=version.content,
        made_at=version.changed_at,
        made_by_id=version.changed_by_id,
    )
    version.steps.filter(revision__lte=version.revision - MOST_STEPS).delete()


def _template(content: Mapping[str, Any], area: Area | None) -> Template:
    facts = {"title": content["title"], "use": content["use"]}
    template, _ = Template.objects.select_for_update().get_or_create(area=area, key=content["id"], defaults=facts)
    return template


def _add(template: Template, content: Mapping[str, Any], by: Actor, at: datetime) -> Version:
    last = template.versions.order_by("-number").first()
    return Version.objects.create(
        template=template,
        number=last.number + 1 if last else 1,
        label=content["version"],
        content=dict(content),
        digest=digest_of(content),
        made_at=at,
        changed_at=at,
        changed_by_id=person_of(by),
    )


def _follow(template: Template, content: Mapping[str, Any]) -> None:
    """A template bears the title of its latest version."""
    template.title, template.use = content["title"], content["use"]
    template.save(update_fields=["title", "use"])


def _draft_for_update(version_id: UUID, by: Actor) -> Version:
    version = Version.objects.select_for_update(of=("self",)).select_related("template").get(pk=version_id)
    require(may_change_template(by, version.template))
    if version.is_released:
        raise Refused(Reason.WRONG_STATE, RELEASED)
    return version


def _about(version: Version) -> dict[str, Any]:
    about = {"template": version.template_id, "version": version.pk, "label": version.label, "digest": version.digest}
    return about | ({"area": version.template.area_id} if version.template.area_id else {})
