"""Templates and their versions, as an area's leads see them."""

from django.db.models import QuerySet

from haven.access.actor import Actor
from haven.people.models import Area
from haven.questions.models import Template, Version
from haven.questions.policy import templates_seen_by


def templates(*, by: Actor) -> QuerySet[Template]:
    """The templates that this lead may use: her area's own first, then those of the packs."""
    return Template.objects.filter(templates_seen_by(by)).select_related("area").order_by("area", "use", "title")


def usable_versions(*, area: Area, by: Actor) -> QuerySet[Version]:
    """The released versions that a lead may ask her area with: of its own templates and of the packs, newest first."""
    offered = Template.objects.filter(templates_seen_by(by), ended_at__isnull=True)
    own_or_shipped = offered.filter(area=area) | offered.filter(area__isnull=True)
    rows = Version.objects.filter(template__in=own_or_shipped, released_at__isnull=False)
    return rows.defer("content").select_related("template").order_by("template__title", "-number")
