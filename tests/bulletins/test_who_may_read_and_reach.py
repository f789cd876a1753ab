"""Policies as a grid of the cast, each as a decision and as its filter."""

import pytest

from haven.access.roles import Role
from haven.actions.rules import ALL_SCHOOLS, Reach, ReachKind
from haven.bulletins.models import Audience, Bulletin, Contact
from haven.bulletins.policy import contacts_seen_by, may_enter, may_prepare, may_read, may_see_contact, read_by
from haven.people.models import Area, Cluster, ClusterPlace, Person, Post
from tests.bulletins.notes import draft, published
from tests.cast import BEGAN, NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

EVERYBODY = ["priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia", "sam", "nobody", "governor"]
READERS = set(EVERYBODY) - {"nadia", "sam", "nobody"}
SEES = {
    "": READERS,
    "not-for-parents": READERS - {"governor"},
    "professional-only": READERS - {"governor"},
    "internal": {"priya", "tom", "marcus", "lena"},
}


@pytest.fixture
def everybody(cast: Cast) -> Cast:
    """The cast, and a governor of Oakfield."""
    person = Person.objects.create_user(email="governor@example.org", name="Gail Governor")
    Post.objects.create(person=person, organisation=cast.oakfield, role=Role.GOVERNOR.value, starts_on=BEGAN)
    cast.people["governor"] = person
    return cast


def _standing(cast: Cast, *audience: Reach, is_public: bool = False) -> Bulletin:
    bulletin = draft(cast)
    bulletin.audience.all().delete()
    Audience.objects.bulk_create(Audience.of(audience, bulletin=bulletin))
    changed = {"standing": "published", "published_at": NOW, "is_public": is_public}
    Bulletin.objects.filter(pk=bulletin.pk).update(**changed)
    bulletin.refresh_from_db()
    return bulletin


def _readers(cast: Cast, bulletin: Bulletin) -> set[str]:
    found = set()
    for name in EVERYBODY:
        actor = cast.actor(name)
        is_allowed = bool(may_read(actor, bulletin, TODAY))
        assert Bulletin.objects.filter(read_by(actor, TODAY), pk=bulletin.pk).exists() is is_allowed
        found |= {name} if is_allowed else set()
    return found


def test_who_reads_what_is_sent_to_all_schools(everybody: Cast) -> None:
    bulletin = _standing(everybody, ALL_SCHOOLS)
    assert _readers(everybody, bulletin) == {"priya", "tom", "grace", "governor", "marcus", "lena"}


def test_who_reads_what_is_sent_to_a_phase(everybody: Cast) -> None:
    bulletin = _standing(everybody, Reach(ReachKind.PHASE, "secondary"))
    assert _readers(everybody, bulletin) == {"grace", "marcus", "lena"}


def test_who_reads_what_is_sent_to_a_cluster(everybody: Cast) -> None:
    cluster = Cluster.objects.create(area=everybody.area, name="North")
    ClusterPlace.objects.create(cluster=cluster, organisation=everybody.oakfield, starts_on=BEGAN)
    bulletin = _standing(everybody, Reach(ReachKind.CLUSTER, str(cluster.pk)))
    assert _readers(everybody, bulletin) == {"priya", "tom", "governor", "marcus", "lena"}
    ClusterPlace.objects.update(ends_on=TODAY)
    assert _readers(everybody, bulletin) == {"marcus", "lena"}


def test_who_reads_what_is_sent_to_an_organisation(everybody: Cast) -> None:
    bulletin = _standing(everybody, Reach(ReachKind.ORGANISATION, str(everybody.police.pk)))
    assert _readers(everybody, bulletin) == {"bell", "marcus", "lena"}


def test_who_reads_what_is_public(everybody: Cast) -> None:
    bulletin = _standing(everybody, Reach(ReachKind.ORGANISATION, str(everybody.police.pk)), is_public=True)
    assert _readers(everybody, bulletin) == READERS


def test_nobody_reads_a_draft_or_a_discarded_one(everybody: Cast) -> None:
    assert _readers(everybody, draft(everybody)) == set()


def test_what_is_sent_in_another_area_reaches_nobody_here(everybody: Cast) -> None:
    bulletin = _standing(everybody, ALL_SCHOOLS, is_public=True)
    Bulletin.objects.filter(pk=bulletin.pk).update(area=Area.objects.create(name="Elsewhere", code="998"))
    bulletin.refresh_from_db()
    assert _readers(everybody, bulletin) == set()


@pytest.mark.parametrize("marking", list(SEES))
def test_who_sees_a_contact_of_each_marking(everybody: Cast, marking: str) -> None:
    bulletin = _standing(everybody, Reach(ReachKind.ORGANISATION, str(everybody.oakfield.pk)))
    contact = Contact.objects.create(
        area=everybody.area, name="Harry Quill", phones=["+447700900321"], marking=marking, noted_at=NOW
    )
    bulletin.items.filter(number=3).update(contact=contact, state="accepted", decided_at=NOW)
    seen = set()
    for name in EVERYBODY:
        actor = everybody.actor(name)
        is_allowed = bool(may_see_contact(actor, contact, TODAY))
        assert Contact.objects.filter(contacts_seen_by(actor, TODAY)).exists() is is_allowed, name
        seen |= {name} if is_allowed else set()
    assert seen == SEES[marking]


def test_who_prepares_and_who_enters(everybody: Cast) -> None:
    for name in EVERYBODY:
        assert bool(may_prepare(everybody.actor(name), everybody.area.pk)) is (name == "marcus")
        assert bool(may_enter(everybody.actor(name))) is (name in READERS)


def test_a_governor_reads_the_note_without_the_contacts_she_may_not_have(everybody: Cast) -> None:
    bulletin = published(everybody)
    client = everybody.client("governor")
    bodies = [
        client.get(address).content.decode()
        for address in (
            f"/bulletins/{bulletin.pk}/",
            "/bulletins/",
            "/bulletins/contacts/",
            "/bulletins/contacts/?words=quill",
            "/bulletins/events/",
            "/bulletins/events.ics",
            "/bulletins/?words=Quill",
        )
    ]
    bodies.append(client.post("/bulletins/contacts.csv").content.decode())
    assert "Ruth Amble" in bodies[2]
    assert "1 contact in this note is marked so that you cannot see it" in bodies[0]
    for body in bodies:
        shown = body.replace('value="quill"', "").replace('value="Quill"', "")
        shown = shown.replace("words=Quill", "").replace("words=quill", "").replace("“Quill”", "")
        assert not any(canary in shown for canary in ("Quill", "quill", "900321", "900 321")), body
    contact = Contact.objects.get(name="Harry Quill")
    assert client.get(f"/bulletins/contacts/{contact.pk}/").status_code == 404
    assert "Harry Quill" in everybody.client("priya").get(f"/bulletins/{bulletin.pk}/").content.decode()
