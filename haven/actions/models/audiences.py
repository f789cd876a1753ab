"""One line of an audience, whatever it is the audience of."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from haven.actions.rules import SCHOOLS, Reach, ReachKind
from haven.people.models import Cluster, Organisation

COLUMNS = {ReachKind.CLUSTER: "cluster_id", ReachKind.ORGANISATION: "organisation_id", ReachKind.PHASE: "phase"}


class AudienceLine(models.Model):
    """All schools of the area, a cluster, the schools of a phase, or an organisation by name."""

    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value.replace("-", " ")) for kind in ReachKind])
    cluster = models.ForeignKey(Cluster, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=20, choices=list(SCHOOLS.items()), blank=True)

    class Meta:
        abstract = True

    @classmethod
    def of(cls, audience: Iterable[Reach], **whose: object) -> list[Self]:
        """The lines of this audience, each once; `whose` audience it is, and nothing is saved."""
        return [cls(kind=reach.kind.value, **_named(reach), **whose) for reach in dict.fromkeys(audience)]

    @property
    def reach(self) -> Reach:
        """The part of an audience that it is."""
        return Reach(ReachKind(self.kind), str(self.cluster_id or self.organisation_id or self.phase))

    @property
    def in_words(self) -> str:
        """Whom it names."""
        match ReachKind(self.kind):
            case ReachKind.ALL_SCHOOLS:
                return "all schools"
            case ReachKind.CLUSTER:
                name = str(self.cluster)
                return name if "cluster" in name.lower() else f"{name} cluster"
            case ReachKind.PHASE:
                return f"{SCHOOLS[self.phase].lower()} schools"
            case ReachKind.ORGANISATION:
                return str(self.organisation)


def names_what_its_kind_says(name: str) -> models.CheckConstraint:
    """Each kind of line fills its own column and no other."""
    return models.CheckConstraint(
        condition=Q(kind="all-schools", cluster__isnull=True, organisation__isnull=True, phase="")
        | Q(kind="cluster", cluster__isnull=False, organisation__isnull=True, phase="")
        | Q(kind="organisation", cluster__isnull=True, organisation__isnull=False, phase="")
        | Q(kind="phase", cluster__isnull=True, organisation__isnull=True) & ~Q(phase=""),
        name=name,
    )


def names_nothing_twice(name: str, *whose: str) -> models.UniqueConstraint:
    """No audience names the same twice."""
    return models.UniqueConstraint(
        fields=[*whose, "kind", "cluster", "organisation", "phase"], nulls_distinct=False, name=name
    )


def _named(reach: Reach) -> dict[str, str]:
    return {COLUMNS[reach.kind]: reach.of} if reach.kind in COLUMNS else {}
