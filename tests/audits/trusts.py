"""A trust of two schools, and what it prepares for them."""

from haven.access.actor import Actor
from haven.access.roles import Kind, Role
from haven.audits import services
from haven.audits.models import Cycle, TrustSheet
from haven.people.models import Organisation, Person, Post
from haven.people.queries import actor_of
from tests.audits.asked import opened, typed
from tests.cast import BEGAN, NOW, TODAY, Cast


def founded(cast: Cast) -> Organisation:
    """The trust of Oakfield and Ashdown, whose lead is Ola."""
    made = Organisation.objects.create(kind=Kind.TRUST.value, name="Tidewater Trust")
    Organisation.objects.filter(pk__in=[cast.oakfield.pk, cast.ashdown.pk]).update(trust=made)
    for school in (cast.oakfield, cast.ashdown):
        school.refresh_from_db()
    cast.people["ola"] = Person.objects.create_user("ola@example.org", "Ola Penn")
    Post.objects.create(person=cast.ola, organisation=made, role=Role.TRUST_LEAD.value, starts_on=BEGAN)
    return made


def ola(cast: Cast) -> Actor:
    """The trust's safeguarding lead."""
    return actor_of(person=cast.people["ola"], has_second_factor=True, on=TODAY)


def prepared(cast: Cast, trust: Organisation, cycle: Cycle | None = None) -> TrustSheet:
    """What the trust prepares, with one answer."""
    sheet = services.begin_trust_sheet(cycle_id=(cycle or opened(cast)).pk, trust_id=trust.pk, by=ola(cast), at=NOW)
    given = {"policy-read": typed("amber", "Two have not.")}
    services.save_trust_answers(trust_sheet_id=sheet.pk, typed=given, by=ola(cast), at=NOW)
    return sheet
