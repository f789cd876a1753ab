"""Who at a school gets what concerns a child, as the posts and covers stand."""

from datetime import timedelta
from itertools import combinations

import pytest
from django.db import transaction

from haven.access.decision import Refused
from haven.access.roles import Role
from haven.people.models import Cover, Post
from haven.subjects.models import AreaSetting, Exclusion, Ground
from haven.subjects.queries.places import schools_on
from haven.subjects.queries.recipients import home_recipients, recipients_of
from haven.subjects.rules.recipients import Rung
from haven.subjects.services import exclude, leave, move, set_area, teach_at_home
from tests.behind import behind
from tests.cast import BEGAN, NOW, TODAY
from tests.people.seen import last_told
from tests.subjects.known import ISLA, JONAH, child, kept_from

pytestmark = pytest.mark.django_db
THERE = ("priya", "dee", "tom", "ruth", "dara", "marcus")


def names(cast, chosen):
    known = {person.pk: key for key, person in cast.people.items()}
    return {known[each] for each in chosen.people}


def at_oakfield(cast, subject):
    return recipients_of(subject=subject.pk, school=cast.oakfield.pk, on=TODAY)


def test_the_safeguarding_lead_and_her_deputy_get_it(fairhaven) -> None:
    chosen = at_oakfield(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield))
    assert (names(fairhaven, chosen), chosen.is_alarm) == ({"priya", "dee"}, False)


def test_whoever_covers_gets_it_too_and_whoever_has_no_second_factor_does_not(fairhaven) -> None:
    subject = child(fairhaven, JONAH, fairhaven.oakfield)
    Cover.objects.create(
        post=fairhaven.priya.posts.get(),
        covered_by=fairhaven.tom,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=5),
    )
    fairhaven.dee.authenticator_set.all().delete()
    assert names(fairhaven, at_oakfield(fairhaven, subject)) == {"priya", "tom"}


def _keep_from(cast, subject, excluded):
    with behind():
        Exclusion.objects.bulk_create(
            Exclusion(
                subject=subject,
                person=cast.people[who],
                ground=Ground.KNOWN,
                set_as="sender",
                set_at=NOW,
                set_by=cast.bell,
                organisation=cast.police,
            )
            for who in excluded
        )


def test_every_subset_of_the_people_excluded_leaves_a_live_owner(fairhaven) -> None:
    subject = child(fairhaven, JONAH, fairhaven.oakfield)
    subsets = [each for n in range(len(THERE)) for each in combinations(THERE, n)]
    assert len(subsets) == 63
    for excluded in subsets:
        with transaction.atomic():
            _keep_from(fairhaven, subject, excluded)
            left = names(fairhaven, at_oakfield(fairhaven, subject))
            transaction.set_rollback(True)
        assert left
        assert not left & set(excluded)


@pytest.mark.parametrize(
    ("excluded", "left", "rung"),
    [
        (("priya",), {"dee"}, Rung.RECIPIENT),
        (("priya", "dee"), {"tom"}, Rung.HEAD),
        (("priya", "dee", "tom"), {"ruth"}, Rung.ABOVE),
        (("priya", "dee", "tom", "ruth"), {"dara"}, Rung.COUNCIL),
        (("priya", "dee", "tom", "ruth", "dara"), {"marcus"}, Rung.ANYONE),
    ],
)
def test_where_the_schools_leads_may_not_it_goes_up_with_an_alarm(fairhaven, excluded, left, rung) -> None:
    subject = child(fairhaven, JONAH, fairhaven.oakfield)
    for who in excluded:
        kept_from(fairhaven, subject, who)
    chosen = at_oakfield(fairhaven, subject)
    assert (names(fairhaven, chosen), chosen.rung) == (left, rung)
    assert chosen.is_alarm == (rung is not Rung.RECIPIENT)


def test_the_last_of_all_cannot_be_excluded(fairhaven) -> None:
    subject = child(fairhaven, JONAH, fairhaven.oakfield)
    for who in THERE[:-1]:
        kept_from(fairhaven, subject, who)
    with pytest.raises(Refused) as caught:
        kept_from(fairhaven, subject, "marcus")
    assert "nobody" in caught.value.advice
    with behind():
        assert Exclusion.objects.count() == len(THERE) - 1


def test_a_child_taught_at_home_is_the_officers_whom_the_area_names(fairhaven) -> None:
    subject = child(fairhaven)
    teach_at_home(subject_id=subject.pk, area_id=fairhaven.area.pk, starts_on=BEGAN, by=fairhaven.actor("bell"), at=NOW)
    chosen = home_recipients(subjects=[subject.pk], area=fairhaven.area.pk, on=TODAY)
    assert (names(fairhaven, chosen), chosen.is_alarm) == ({"hugo"}, False)
    set_area(
        area=fairhaven.area.pk,
        home_education=Role.DUTY_OFFICER,
        last_resort=Role.DUTY_OFFICER,
        glass_minutes=60,
        by=fairhaven.actor("marcus"),
        at=NOW,
    )
    assert AreaSetting.objects.get().home_education_role == "duty-officer"
    assert last_told()["verb"] == "subject.area_set"
    assert names(fairhaven, home_recipients(subjects=[subject.pk], area=fairhaven.area.pk, on=TODAY)) == {"dara"}


def test_without_such_an_officer_the_councils_lead_gets_it_with_an_alarm(fairhaven) -> None:
    subject = child(fairhaven)
    Post.objects.filter(role="home-education-officer").update(ends_on=TODAY)
    chosen = home_recipients(subjects=[subject.pk], area=fairhaven.area.pk, on=TODAY)
    assert (names(fairhaven, chosen), chosen.is_alarm) == ({"marcus"}, True)


def test_a_child_is_at_several_schools_and_moves_from_one_of_them(fairhaven) -> None:
    subject = child(fairhaven, ISLA, fairhaven.oakfield)
    with behind():
        first = subject.attendances.get()
    move(attendance_id=first.pk, to_school_id=fairhaven.ashdown.pk, on=TODAY, by=fairhaven.actor("bell"), at=NOW)
    with behind():
        first.refresh_from_db()
    assert (first.ends_on, first.moved_to_id) == (TODAY, fairhaven.ashdown.pk)
    assert schools_on(subject=subject.pk, on=TODAY) == {fairhaven.ashdown.pk}
    assert schools_on(subject=subject.pk, on=TODAY - timedelta(days=1)) == {fairhaven.oakfield.pk}
    with pytest.raises(Refused):
        leave(attendance_id=first.pk, ends_on=TODAY, by=fairhaven.actor("bell"), at=NOW)


def test_nobody_at_a_school_excludes_anybody(fairhaven) -> None:
    subject = child(fairhaven, JONAH, fairhaven.oakfield)
    for who in ("priya", "tom", "nadia", "sam"):
        with pytest.raises(Refused):
            exclude(
                subject_id=subject.pk,
                person_id=fairhaven.dee.pk,
                ground=Ground.KNOWN,
                by=fairhaven.actor(who),
                at=NOW,
            )
    with behind():
        assert not Exclusion.objects.exists()
