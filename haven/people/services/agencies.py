"""Adding the agencies that no register names: council, partnership, police, health, trainers, charities."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind
from haven.ledger.services import Deed, record_all
from haven.people.models import Area, Organisation, ServedArea, Status, on_day
from haven.people.policy import may_add_agency
from haven.people.queries.organisations import areas_called
from haven.people.rules.posts import USUAL_NAMES

NO_AREA = "Haven knows no area {area}. Load the register of schools first: haven load gias FILE.csv"
SEVERAL_AREAS = "Several areas are called {area}. Give the number of the one that is meant: {codes}"
WHICH = "{area} has several of the kind {kind}. Say which is meant with its name: {names}"
NAME_IT = "{area} has no agency of the kind {kind} yet. Say what it is called"


@transaction.atomic
def ensure_agency(*, kind: Kind, area: str, name: str, by: Actor, at: datetime) -> Organisation:
    """The agency of this kind that serves an area: found by its name, or where there is no more than one without.

    Where there is none, it is added; where it serves another area only, it now serves this one too. The area is given
    by its number in the register or its name. Raises Refused where it cannot be told which is meant.
    """
    require(may_add_agency(by))
    place = _area(area)
    Area.objects.select_for_update().get(pk=place.pk)
    on = timezone.localdate(at)
    there = Organisation.objects.filter(kind=kind, pk__in=place.served_by.filter(on_day(on)).values("organisation"))
    if not name and len(there) > 1:
        names = ", ".join(each.name for each in there)
        raise Refused(Reason.WRONG_STATE, WHICH.format(area=place.name, kind=kind, names=names))
    found = there.filter(name__iexact=name).first() if name else there.first()
    return found or _added(kind, place, name or _usual_name(kind, place), by, at)


def _area(area: str) -> Area:
    found = areas_called(area=area)
    if not found:
        raise Refused(Reason.WRONG_STATE, NO_AREA.format(area=area))
    if len(found) > 1:
        codes = ", ".join(sorted(each.code for each in found))
        raise Refused(Reason.WRONG_STATE, SEVERAL_AREAS.format(area=area, codes=codes))
    return found[0]


def _usual_name(kind: Kind, area: Area) -> str:
    if kind not in USUAL_NAMES:
        raise Refused(Reason.WRONG_STATE, NAME_IT.format(area=area.name, kind=kind))
    return USUAL_NAMES[kind].format(area=area.name)


def _added(kind: Kind, area: Area, name: str, by: Actor, at: datetime) -> Organisation:
    """A new agency in the area; or one that is known elsewhere, which then works with this area too."""
    known = Organisation.objects.filter(kind=kind, name__iexact=name).exclude(status=Status.CLOSED).first()
    agency = known or Organisation.objects.create(kind=kind, name=name)
    ServedArea.objects.create(organisation=agency, area=area, is_home=known is None, starts_on=timezone.localdate(at))
    about = {"organisation": agency.pk, "kind": agency.kind, "agency": agency.name, "area": area.pk}
    record_all([Deed("agency.served" if known else "agency.added", about)], by=by, at=at)
    return agency
