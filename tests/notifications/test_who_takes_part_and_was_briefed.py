"""Schools take part, key adults are briefed, and the council sees who could read a notification today."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.notifications.models import Briefing, SignUp
from haven.notifications.queries.adults import adults_page, school_line, school_to_brief
from haven.notifications.services.schools import end_sign_up, record_briefing, sign_up
from haven.people.models import Cover, Post
from haven.people.seeing import working_as
from tests.cast import NOW, TODAY
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def taking_part(cast, who="marcus", *schools, on=YESTERDAY):
    places = [each.pk for each in schools or (cast.oakfield,)]
    return sign_up(school_ids=places, agreed_on=on, by=cast.actor(who), at=NOW)


def briefed(cast, *people, who="marcus", on=YESTERDAY):
    return record_briefing(
        school_id=cast.oakfield.pk, people=[each.pk for each in people], day_on=on, by=cast.actor(who), at=NOW
    )


def line(cast, school="oakfield", who="marcus"):
    return school_line(school_id=getattr(cast, school).pk, by=cast.actor(who), on=TODAY)


def test_a_lead_lets_schools_take_part_and_the_ledger_names_them(fairhaven) -> None:
    assert taking_part(fairhaven, "marcus", fairhaven.oakfield, fairhaven.ashdown) == 2
    assert line(fairhaven).signed_up_on == YESTERDAY
    assert last_told()["verb"] == "notification.schools_signed_up"
    assert set(last_told()["about"]["organisations"]) == {str(fairhaven.oakfield.pk), str(fairhaven.ashdown.pk)}


def test_whoever_takes_part_already_goes_on_as_before(fairhaven) -> None:
    taking_part(fairhaven, on=date(2025, 9, 1))
    before = last_told()
    assert taking_part(fairhaven) == 0
    assert line(fairhaven).signed_up_on == date(2025, 9, 1)
    assert last_told() == before


@pytest.mark.parametrize("who", ["grace", "bell", "lena", "nadia", "osei"])
def test_nobody_else_lets_a_school_take_part(fairhaven, who: str) -> None:
    with pytest.raises(Refused):
        taking_part(fairhaven, who)
    assert not SignUp.objects.exists()


def test_a_school_says_so_itself_and_of_itself_alone(fairhaven) -> None:
    assert taking_part(fairhaven, "priya") == 1
    with pytest.raises(Refused):
        taking_part(fairhaven, "tom", fairhaven.oakfield, fairhaven.ashdown)


def test_only_schools_take_part_and_not_from_a_day_ahead(fairhaven) -> None:
    with pytest.raises(Refused):
        taking_part(fairhaven, "marcus", fairhaven.police)
    with pytest.raises(Refused, match="state") as refused:
        taking_part(fairhaven, on=TODAY + timedelta(days=1))
    assert "ahead" in refused.value.advice


def test_taking_part_ends_on_a_day_after_it_began_and_may_begin_again(fairhaven) -> None:
    taking_part(fairhaven)
    lead = fairhaven.actor("marcus")
    with pytest.raises(Refused, match="state"):
        end_sign_up(school_id=fairhaven.oakfield.pk, until=YESTERDAY, by=lead, at=NOW)
    with pytest.raises(Refused, match="state"):
        end_sign_up(school_id=fairhaven.oakfield.pk, until=TODAY + timedelta(days=1), by=lead, at=NOW)
    end_sign_up(school_id=fairhaven.oakfield.pk, until=TODAY, by=lead, at=NOW)
    assert last_told()["verb"] == "notification.sign_up_ended"
    assert line(fairhaven).signed_up_on is None
    assert taking_part(fairhaven, on=TODAY) == 1


def test_a_lead_records_who_was_briefed_and_the_school_sees_it(fairhaven) -> None:
    assert briefed(fairhaven, fairhaven.priya, fairhaven.dee) == 2
    assert last_told()["verb"] == "notification.briefed"
    assert {each.briefed_on for each in line(fairhaven, who="priya").adults} == {YESTERDAY}
    assert not line(fairhaven).is_not_briefed
    assert briefed(fairhaven, fairhaven.priya) == 0


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "bell", "lena"])
def test_nobody_else_records_a_briefing(fairhaven, who: str) -> None:
    with pytest.raises(Refused):
        briefed(fairhaven, fairhaven.priya, who=who)


def test_only_key_adults_of_the_school_are_briefed_and_somebody_is(fairhaven) -> None:
    for people in ((fairhaven.tom,), (fairhaven.priya, fairhaven.grace), ()):
        with pytest.raises(Refused, match="state"):
            briefed(fairhaven, *people)
    with pytest.raises(Refused, match="state"):
        briefed(fairhaven, fairhaven.priya, on=TODAY + timedelta(days=1))


def test_another_school_sees_nothing_of_it_in_the_database_itself(fairhaven) -> None:
    briefed(fairhaven, fairhaven.priya)
    with pytest.raises(Refused):
        line(fairhaven, who="grace")
    assert not Briefing.objects.exists()
    with transaction.atomic(), working_as(HAVEN, "notifications.count"):
        assert Briefing.objects.count() == 1


def test_a_school_with_one_who_can_read_is_short_and_stands_first(fairhaven) -> None:
    taking_part(fairhaven, "marcus", fairhaven.oakfield, fairhaven.ashdown)
    briefed(fairhaven, fairhaven.priya, fairhaven.dee)
    page = adults_page(area_id=None, by=fairhaven.actor("marcus"), on=TODAY)
    assert [each.name for each in page.lines] == ["Ashdown Academy", "Oakfield Primary School"]
    assert [each.live for each in page.lines] == [1, 2]
    assert [each.name for each in page.short] == ["Ashdown Academy"]
    assert page.not_signed_up == ()
    assert [each.name for each in page.not_briefed] == ["Ashdown Academy"]


def test_somebody_away_does_not_count_and_who_covers_for_her_does(fairhaven) -> None:
    post = Post.objects.get(person=fairhaven.priya, role="dsl")
    Cover.objects.create(post=post, covered_by=fairhaven.tom, starts_on=TODAY, ends_on=TODAY + timedelta(days=7))
    found = line(fairhaven)
    assert [(each.name, each.is_live) for each in found.adults] == [
        ("Priya Nair", False),
        ("Divya Aldous", True),
        ("Tom Whitlock", True),
    ]
    assert found.live == 2


def test_somebody_without_a_second_factor_cannot_read_one(fairhaven) -> None:
    fairhaven.dee.authenticator_set.all().delete()
    found = line(fairhaven)
    assert (found.live, found.is_short) == (1, True)


def test_only_the_areas_leads_see_the_list_and_open_a_briefing(fairhaven) -> None:
    for who in ("priya", "bell", "lena", "nadia"):
        with pytest.raises(Refused):
            adults_page(area_id=None, by=fairhaven.actor(who), on=TODAY)
        with pytest.raises(Refused):
            school_to_brief(school_id=fairhaven.oakfield.pk, by=fairhaven.actor(who), on=TODAY)
    with pytest.raises(Refused):
        adults_page(area_id=fairhaven.oakfield.pk, by=fairhaven.actor("marcus"), on=TODAY)


def test_the_database_keeps_sign_ups_and_briefings_sound(fairhaven) -> None:
    SignUp.objects.create(school=fairhaven.oakfield, agreed_on=TODAY)
    with pytest.raises(IntegrityError, match="a_school_signs_up_once_at_a_time"), transaction.atomic():
        SignUp.objects.create(school=fairhaven.oakfield, agreed_on=TODAY)
    with pytest.raises(IntegrityError, match="a_sign_up_lasts_a_while"), transaction.atomic():
        SignUp.objects.create(school=fairhaven.ashdown, agreed_on=TODAY, until=TODAY)
    briefing = {"school": fairhaven.oakfield, "person": fairhaven.priya, "day_on": TODAY, "made_at": NOW}
    with transaction.atomic(), working_as(HAVEN, "notifications.count"):
        Briefing.objects.create(**briefing)
        with pytest.raises(IntegrityError, match="a_briefing_stands_once"), transaction.atomic():
            Briefing.objects.create(**briefing)
