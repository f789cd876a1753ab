"""Who may do what, for everybody in the cast; and that each filter says what its rule says."""

from datetime import timedelta

import pytest

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason
from haven.access.roles import Role
from haven.people import policy
from haven.people.models import Area, Cover, Organisation, Person, Post, ServedArea
from tests.cast import BEGAN, TODAY, Cast

EVERYBODY = ["priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia", "sam", "nobody", "ada", "olu"]
PLACES = ["oakfield", "ashdown", "council", "police", "partnership", "faraway"]

SEE = {
    "oakfield": "priya tom marcus ada olu",
    "ashdown": "grace marcus olu",
    "council": "marcus lena olu",
    "police": "bell marcus olu",
    "partnership": "nadia marcus olu",
    "faraway": "",
}
MANAGE = {
    "oakfield": "tom marcus ada olu",
    "ashdown": "marcus olu",
    "council": "marcus",
    "police": "marcus olu",
    "partnership": "",
    "faraway": "",
}
CALENDAR = {
    "oakfield": "priya tom marcus ada olu",
    "ashdown": "grace marcus olu",
    "council": "",
    "police": "",
    "partnership": "",
    "faraway": "",
}


@pytest.fixture
def wide(cast: Cast) -> Cast:
    """The cast, with Oakfield's administrator Ada, the council's officer Olu, and a school in another area."""
    for key, name, place, role in (
        ("ada", "Ada", "oakfield", "administrator"),
        ("olu", "Olu", "council", "safeguarding-officer"),
    ):
        cast.people[key] = Person.objects.create_user(email=f"{key}@example.org", name=name)
        Post.objects.create(person=cast.people[key], organisation=cast.organisations[place], role=role, starts_on=BEGAN)
    faraway = Organisation.objects.create(kind="school", name="Faraway School", urn=900009)
    ServedArea.objects.create(
        organisation=faraway, area=Area.objects.create(name="Elsewhere", code="998"), starts_on=BEGAN
    )
    cast.organisations["faraway"] = faraway
    return cast


def who(cast: Cast, allowed: object) -> str:
    return " ".join(name for name in EVERYBODY if allowed(cast.actor(name)))  # type: ignore[operator]


def same(found: str, wanted: str) -> bool:
    return set(found.split()) == set(wanted.split())


GRID = [
    (policy.may_see_organisation, policy.organisations_seen_by, SEE),
    (policy.may_manage_people, policy.managed_by, MANAGE),
    (policy.may_edit_calendar, policy.calendars_kept_by, CALENDAR),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("rule", "rows", "wanted"), GRID)
def test_who_may_do_what_with_an_organisation(rule, rows, wanted, place: str, wide: Cast) -> None:  # type: ignore[no-untyped-def]
    organisation = wide.organisations[place]
    assert same(who(wide, lambda actor: rule(actor, organisation, on=TODAY)), wanted[place])
    found = who(wide, lambda actor: Organisation.objects.filter(rows(actor, on=TODAY), pk=organisation.pk).exists())
    assert same(found, wanted[place])


INVITE = [
    ("oakfield", Role.HEAD, "tom marcus ada olu"),
    ("oakfield", Role.DSL, "tom marcus ada olu"),
    ("oakfield", Role.DEPUTY_DSL, "priya tom marcus ada olu"),
    ("oakfield", Role.ADMINISTRATOR, "marcus ada olu"),
    ("ashdown", Role.DEPUTY_DSL, "grace marcus olu"),
    ("council", Role.SAFEGUARDING_OFFICER, "marcus"),
    ("council", Role.ADMINISTRATOR, ""),
    ("police", Role.POLICE_OFFICER, "marcus olu"),
    ("police", Role.DSL, ""),
    ("partnership", Role.SCRUTINEER, ""),
    ("faraway", Role.DSL, ""),
]


@pytest.mark.parametrize(("place", "role", "wanted"), INVITE)
def test_who_may_invite_whom(place: str, role: Role, wanted: str, wide: Cast) -> None:
    organisation = wide.organisations[place]
    assert same(who(wide, lambda actor: policy.may_invite(actor, organisation, role, on=TODAY)), wanted)
    assert same(who(wide, lambda actor: policy.may_withdraw_invitation(actor, organisation, role, on=TODAY)), wanted)
    assert same(who(wide, lambda actor: role in policy.roles_invitable_by(actor, organisation, on=TODAY)), wanted)


@pytest.mark.parametrize(
    ("holder", "wanted"),
    [
        ("priya", "priya tom marcus ada olu"),
        ("tom", "tom marcus ada olu"),
        ("bell", "bell marcus olu"),
        ("lena", "lena marcus"),
        ("nadia", "nadia"),
    ],
)
def test_who_may_end_a_post_or_name_its_cover(holder: str, wanted: str, wide: Cast) -> None:
    post = wide.people[holder].posts.select_related("organisation").get()
    assert same(who(wide, lambda actor: policy.may_end_post(actor, post, on=TODAY)), wanted)
    assert same(who(wide, lambda actor: policy.may_set_cover(actor, post, on=TODAY)), wanted)
    rows = who(wide, lambda actor: Post.objects.filter(policy.posts_ended_by(actor, on=TODAY), pk=post.pk).exists())
    assert same(rows, wanted)


def test_only_the_councils_leads_may_leave_a_school_without_its_lead(wide: Cast) -> None:
    post = wide.priya.posts.select_related("organisation").get()
    assert same(who(wide, lambda actor: policy.may_override_last_post(actor, post, on=TODAY)), "marcus olu")


def test_who_covers_may_end_the_cover(wide: Cast) -> None:
    cover = Cover.objects.create(
        post=wide.priya.posts.get(), covered_by=wide.grace, starts_on=TODAY, ends_on=TODAY + timedelta(days=5)
    )
    assert same(who(wide, lambda actor: policy.may_end_cover(actor, cover, on=TODAY)), "priya tom grace marcus ada olu")


def test_a_cover_sees_and_keeps_the_calendar_but_does_not_manage_people(wide: Cast) -> None:
    Cover.objects.create(
        post=wide.tom.posts.get(), covered_by=wide.grace, starts_on=TODAY, ends_on=TODAY + timedelta(days=5)
    )
    grace = wide.actor("grace")
    assert policy.may_see_organisation(grace, wide.oakfield, on=TODAY)
    assert policy.may_edit_calendar(grace, wide.oakfield, on=TODAY)
    assert not policy.may_manage_people(grace, wide.oakfield, on=TODAY)
    assert not policy.may_invite(grace, wide.oakfield, Role.SCHOOL_STAFF, on=TODAY)
    assert not Organisation.objects.filter(policy.managed_by(grace, on=TODAY), pk=wide.oakfield.pk).exists()


def test_who_may_arrange_an_area(wide: Cast) -> None:
    assert same(who(wide, lambda actor: policy.may_arrange_area(actor, wide.area.pk)), "marcus olu")
    rows = who(wide, lambda actor: Area.objects.filter(policy.areas_arranged_by(actor), pk=wide.area.pk).exists())
    assert same(rows, "marcus olu")


def test_an_area_that_is_no_longer_served_is_no_longer_seen(wide: Cast) -> None:
    wide.oakfield.served_areas.update(ends_on=TODAY)
    assert not policy.may_see_organisation(wide.actor("marcus"), wide.oakfield, on=TODAY)
    assert policy.may_see_organisation(wide.actor("priya"), wide.oakfield, on=TODAY)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nobody", Reason.NOT_SIGNED_IN),
        ("sam", Reason.NO_LIVE_POST),
        ("grace", Reason.NOT_THE_ORGANISATION),
    ],
)
def test_a_refusal_says_why(name: str, reason: Reason, wide: Cast) -> None:
    assert policy.may_see_organisation(wide.actor(name), wide.oakfield, on=TODAY).reason == reason


def test_haven_itself_may_bring_in_the_first_and_load_the_register(wide: Cast) -> None:
    assert policy.may_invite(HAVEN, wide.council, Role.SAFEGUARDING_LEAD, on=TODAY).reason == Reason.IS_HAVEN
    assert policy.may_manage_people(HAVEN, wide.council, on=TODAY)
    assert policy.may_load_register(HAVEN)


def test_nobody_passes_for_haven_by_being_nobody(wide: Cast) -> None:
    stranger = Actor(person=None, name="Haven")
    assert not policy.may_invite(stranger, wide.council, Role.SAFEGUARDING_LEAD, on=TODAY)
    assert not policy.may_load_register(stranger)
