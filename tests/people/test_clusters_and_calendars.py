"""Clusters, term dates and the days on which a school differs."""

from datetime import date, timedelta

import pytest

from haven.access.decision import Reason, Refused
from haven.engines.days.school import Standing
from haven.people.models import Cluster, DayOverride, Organisation, TermDates
from haven.people.queries import calendar_of, calendars_of, schools_of
from haven.people.rules.calendars import NotTermDates, TermSpan, checked_terms, school_year_of
from haven.people.services.calendars import clear_day, override_day, set_term_dates
from haven.people.services.clusters import leave_cluster, make_cluster, place_in_cluster
from tests.cast import NOW, TODAY, Cast
from tests.people.seen import last_told

YEAR = [
    TermSpan("Spring 1", date(2026, 1, 5), date(2026, 2, 13)),
    TermSpan("Spring 2", date(2026, 2, 23), date(2026, 3, 27)),
    TermSpan("Summer 1", date(2026, 4, 13), date(2026, 5, 22)),
]


def north(cast: Cast) -> Cluster:
    return make_cluster(area_id=cast.area.pk, name=" North  schools", by=cast.actor("marcus"), at=NOW)


def test_a_cluster_is_made_filled_and_emptied(cast: Cast) -> None:
    cluster, marcus = north(cast), cast.actor("marcus")
    assert cluster.name == "North schools"
    assert last_told()["verb"] == "cluster.made"
    place_in_cluster(cluster_id=cluster.pk, organisation_id=cast.oakfield.pk, by=marcus, at=NOW)
    assert last_told()["verb"] == "cluster.joined"
    assert list(schools_of(area=cast.area.pk, on=TODAY, cluster=cluster.pk)) == [cast.oakfield]
    tomorrow = NOW + timedelta(days=1)
    leave_cluster(cluster_id=cluster.pk, organisation_id=cast.oakfield.pk, by=marcus, at=tomorrow)
    assert last_told()["verb"] == "cluster.left"
    assert not schools_of(area=cast.area.pk, on=tomorrow.date(), cluster=cluster.pk).exists()
    assert schools_of(area=cast.area.pk, on=TODAY, cluster=cluster.pk).exists()


@pytest.mark.parametrize("by", ["priya", "lena", "bell", "nadia", "sam", "nobody"])
def test_only_the_councils_leads_arrange_clusters(by: str, cast: Cast) -> None:
    cluster = north(cast)
    with pytest.raises(Refused):
        make_cluster(area_id=cast.area.pk, name="South", by=cast.actor(by), at=NOW)
    with pytest.raises(Refused):
        place_in_cluster(cluster_id=cluster.pk, organisation_id=cast.oakfield.pk, by=cast.actor(by), at=NOW)
    with pytest.raises(Refused):
        leave_cluster(cluster_id=cluster.pk, organisation_id=cast.oakfield.pk, by=cast.actor(by), at=NOW)


def test_two_clusters_do_not_share_a_name_whatever_its_case(cast: Cast) -> None:
    north(cast)
    with pytest.raises(Refused):
        make_cluster(area_id=cast.area.pk, name="NORTH SCHOOLS", by=cast.actor("marcus"), at=NOW)


def test_only_schools_of_the_area_that_are_not_in_it_go_into_a_cluster(cast: Cast) -> None:
    cluster, marcus = north(cast), cast.actor("marcus")
    far = Organisation.objects.create(kind="school", name="Faraway School", urn=900009)
    for organisation in (cast.police, far):
        with pytest.raises(Refused) as refused:
            place_in_cluster(cluster_id=cluster.pk, organisation_id=organisation.pk, by=marcus, at=NOW)
        assert refused.value.reason == Reason.NOT_THE_AREA
    place_in_cluster(cluster_id=cluster.pk, organisation_id=cast.oakfield.pk, by=marcus, at=NOW)
    with pytest.raises(Refused, match="state"):
        place_in_cluster(cluster_id=cluster.pk, organisation_id=cast.oakfield.pk, by=marcus, at=NOW)
    with pytest.raises(Refused, match="state"):
        leave_cluster(cluster_id=cluster.pk, organisation_id=cast.ashdown.pk, by=marcus, at=NOW)


def set_year(cast: Cast, terms: list[TermSpan], *, by: str = "marcus", year: int = 2025) -> list[TermDates]:
    return set_term_dates(area_id=cast.area.pk, school_year=year, terms=terms, by=cast.actor(by), at=NOW)


def test_an_areas_terms_are_its_schools_terms(cast: Cast) -> None:
    set_year(cast, YEAR)
    calendar = calendar_of(organisation=cast.oakfield.pk, on=TODAY)
    assert calendar.standing(date(2026, 3, 2)) is Standing.TERM
    assert calendar.standing(date(2026, 2, 17)) is Standing.HOLIDAY
    assert last_told()["verb"] == "terms.set"
    assert len(last_told()["about"]["terms"]) == 3


def test_setting_a_year_again_replaces_it_and_no_other(cast: Cast) -> None:
    set_year(cast, YEAR)
    set_year(cast, [TermSpan("Autumn", date(2026, 9, 2), date(2026, 12, 18))], year=2026)
    set_year(cast, YEAR[:1])
    assert list(TermDates.objects.values_list("school_year", "name")) == [(2025, "Spring 1"), (2026, "Autumn")]


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ([], "Enter between 1 and 12 terms"),
        ([TermSpan("A", date(2026, 2, 1), date(2026, 1, 5))], "A ends before it starts"),
        ([TermSpan("A", date(2024, 9, 1), date(2024, 12, 5))], "A must lie between 1 August 2025 and 31 August 2026"),
        ([YEAR[1], TermSpan("A", date(2026, 1, 5), date(2026, 2, 23))], "Spring 2 starts before A has ended"),
    ],
)
def test_terms_that_cannot_be_are_refused_with_the_reason(terms: list[TermSpan], why: str, cast: Cast) -> None:
    with pytest.raises(NotTermDates, match=why):
        checked_terms(2025, terms)
    with pytest.raises(Refused) as refused:
        set_year(cast, terms)
    assert refused.value.advice == why


def test_terms_may_not_run_into_another_year(cast: Cast) -> None:
    set_year(cast, [TermSpan("Summer", date(2026, 4, 13), date(2026, 8, 20))])
    with pytest.raises(Refused, match="state"):
        set_year(cast, [TermSpan("Early", date(2026, 8, 20), date(2026, 9, 1))], year=2026)


@pytest.mark.parametrize("by", ["priya", "lena", "bell", "sam", "nobody"])
def test_only_the_councils_leads_set_terms(by: str, cast: Cast) -> None:
    with pytest.raises(Refused):
        set_year(cast, YEAR, by=by)


@pytest.mark.parametrize(("day", "year"), [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026)])
def test_a_school_year_begins_in_august(day: date, year: int) -> None:
    assert school_year_of(day) == year


def close(cast: Cast, day: date, *, by: str = "priya", is_open: bool = False) -> DayOverride:
    return override_day(
        organisation_id=cast.oakfield.pk, day=day, is_open=is_open, why=" INSET ", by=cast.actor(by), at=NOW
    )


def test_a_schools_own_day_goes_before_its_areas_terms(cast: Cast) -> None:
    set_year(cast, YEAR)
    close(cast, TODAY)
    assert (last_told()["verb"], last_told()["why"]) == ("day.overridden", "INSET")
    close(cast, date(2026, 3, 7), is_open=True)
    both = calendars_of(organisations=[cast.oakfield.pk, cast.ashdown.pk], on=TODAY)
    assert both[cast.oakfield.pk].standing(TODAY) is Standing.CLOSED
    assert both[cast.oakfield.pk].standing(date(2026, 3, 7)) is Standing.OPENED
    assert both[cast.ashdown.pk].standing(TODAY) is Standing.TERM


def test_a_day_may_change_its_mind_and_follow_the_area_again(cast: Cast) -> None:
    close(cast, TODAY)
    close(cast, TODAY, is_open=True)
    assert DayOverride.objects.get().is_open
    clear_day(organisation_id=cast.oakfield.pk, day=TODAY, by=cast.actor("marcus"), at=NOW)
    assert not DayOverride.objects.exists()
    assert last_told()["verb"] == "day.cleared"
    with pytest.raises(Refused):
        clear_day(organisation_id=cast.oakfield.pk, day=TODAY, by=cast.actor("marcus"), at=NOW)


@pytest.mark.parametrize("by", ["grace", "lena", "bell", "sam", "nobody"])
def test_others_do_not_close_a_school(by: str, cast: Cast) -> None:
    with pytest.raises(Refused):
        close(cast, TODAY, by=by)
    close(cast, TODAY)
    with pytest.raises(Refused):
        clear_day(organisation_id=cast.oakfield.pk, day=TODAY, by=cast.actor(by), at=NOW)


def test_what_is_past_stays_as_it_was(cast: Cast) -> None:
    with pytest.raises(Refused, match="state"):
        close(cast, TODAY - timedelta(days=1))


def test_a_school_without_terms_counts_every_weekday(cast: Cast) -> None:
    assert calendar_of(organisation=cast.oakfield.pk, on=TODAY).standing(TODAY) is Standing.UNKNOWN


def test_a_closed_school_has_its_last_day_and_none_after(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.oakfield.pk).update(closed_on=TODAY)
    calendar = calendar_of(organisation=cast.oakfield.pk, on=TODAY)
    assert calendar.is_open(TODAY)
    assert calendar.standing(TODAY + timedelta(days=1)) is Standing.GONE


def test_many_calendars_cost_four_questions(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    set_year(cast, YEAR)
    everyone = [organisation.pk for organisation in cast.organisations.values()]
    with django_assert_num_queries(4):
        assert len(calendars_of(organisations=everyone, on=TODAY)) == 7
