"""Grouping an area's schools into clusters."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind
from haven.ledger.services import record
from haven.people.models import Area, Cluster, ClusterPlace, Organisation, ServedArea, on_day
from haven.people.policy import may_arrange_area


@transaction.atomic
def make_cluster(*, area_id: UUID, name: str, by: Actor, at: datetime) -> Cluster:
    """Make an empty cluster."""
    area = Area.objects.select_for_update().get(pk=area_id)
    require(may_arrange_area(by, area.pk))
    name = " ".join(name.split())
    if area.clusters.filter(name__iexact=name).exists():
        raise Refused(Reason.WRONG_STATE, "The area has a cluster of that name")
    cluster = Cluster.objects.create(area=area, name=name)
    record("cluster.made", by=by, at=at, about={"cluster": cluster.pk, "area": area.pk, "cluster_name": name})
    return cluster


@transaction.atomic
def place_in_cluster(*, cluster_id: UUID, organisation_id: UUID, by: Actor, at: datetime) -> ClusterPlace:
    """Put a school into a cluster from today."""
    cluster = Cluster.objects.select_for_update().get(pk=cluster_id)
    require(may_arrange_area(by, cluster.area_id))
    today = timezone.localdate(at)
    served = ServedArea.objects.filter(on_day(today), area=cluster.area_id).values("organisation")
    school = Organisation.objects.filter(pk=organisation_id, kind=Kind.SCHOOL, pk__in=served).first()
    if school is None:
        raise Refused(Reason.NOT_THE_AREA, "This school does not work with the cluster's area")
    if cluster.places.filter(on_day(today), organisation=school).exists():
        raise Refused(Reason.WRONG_STATE, "The school is in this cluster already")
    place = ClusterPlace.objects.create(cluster=cluster, organisation=school, starts_on=today)
    record("cluster.joined", by=by, at=at, about=_facts(place))
    return place


@transaction.atomic
def leave_cluster(*, cluster_id: UUID, organisation_id: UUID, by: Actor, at: datetime) -> ClusterPlace:
    """Take a school out of a cluster, as of today."""
    cluster = Cluster.objects.select_for_update().get(pk=cluster_id)
    require(may_arrange_area(by, cluster.area_id))
    today = timezone.localdate(at)
    place = cluster.places.filter(on_day(today), organisation=organisation_id).first()
    if place is None:
        raise Refused(Reason.WRONG_STATE, "The school is not in this cluster")
    place.ends_on = today
    place.save(update_fields=["ends_on"])
    record("cluster.left", by=by, at=at, about=_facts(place))
    return place


def _facts(place: ClusterPlace) -> dict[str, object]:
    return {"cluster": place.cluster_id, "organisation": place.organisation_id}
