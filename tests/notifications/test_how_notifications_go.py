"""The lead's picture by week, and the figures that may be passed on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from haven.access.decision import Refused
from haven.notifications.models import AreaRule
from haven.notifications.queries import pictures, statistics
from haven.notifications.queries.pictures import picture_page
from haven.notifications.queries.statistics import statistics_page
from haven.notifications.rules.sending import NewChild
from haven.notifications.services import hand_on, not_ours, recall, send_on
from tests.cast import NOW
from tests.notifications.sent import done, keeping_out, one, open_name, read, sent
from tests.subjects.known import ISLA

pytestmark = pytest.mark.django_db
BELL = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)  # after NOW, the next school day's
LATER = BELL + timedelta(hours=2)
IN_APRIL = datetime(2026, 4, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def picture(cast, at: datetime = LATER, who: str = "marcus"):
    return picture_page(area_id=None, by=cast.actor(who), at=at)


def figures(cast, who: str = "marcus", at: datetime = IN_APRIL):
    return statistics_page(place=None, by=cast.actor(who), at=at)


def block(page, heading: str) -> dict[str, dict[str, str]]:
    """The table of this heading: row by row, each number by its column."""
    found = next(each for each in page.blocks if each.heading == heading)
    return {name: dict(zip(found.columns, numbers, strict=True)) for name, numbers in found.lines}


def test_a_week_tells_what_was_sent_and_what_was_read_before_the_bell(fairhaven) -> None:
    read(fairhaven, one(fairhaven), at=BELL - MINUTE)
    read(fairhaven, one(fairhaven), at=BELL + MINUTE)
    one(fairhaven)
    page = picture(fairhaven)
    newest = page.weeks[0].week
    assert (newest.monday, newest.sent, newest.there_in_time) == (date(2026, 3, 2), 3, 3)
    assert (page.sent, page.in_time, page.not_in_time, page.unread) == (3, 1, 2, 1)
    assert len(page.weeks) == 13
    assert page.weeks[0].bar == [("done", 0.0, 33.33), ("late", 33.33, 66.67)]


def test_what_is_late_says_which_school_and_why(fairhaven) -> None:
    unseen = one(fairhaven)
    seen = one(fairhaven)
    open_name(delivery_id=seen.pk, by=fairhaven.actor("priya"), at=BELL - MINUTE)
    page = picture(fairhaven)
    assert {(each.reference, each.school, each.why) for each in page.late} == {
        (unseen.reference, "Oakfield Primary School", "Nobody at the school looked before the bell"),
        (
            seen.reference,
            "Oakfield Primary School",
            "Somebody saw the name and did not say whether the child is theirs",
        ),
    }
    assert sum(number for _, number in page.why) == 2


def test_before_the_bell_nothing_is_late(fairhaven) -> None:
    one(fairhaven)
    page = picture(fairhaven, at=BELL)
    assert (page.sent, page.not_in_time, page.late) == (1, 0, ())


def test_what_went_to_a_wrong_school_counts_once_and_says_so_when_it_is_late(fairhaven) -> None:
    delivery = one(fairhaven)
    open_name(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=NOW)
    not_ours(delivery_id=delivery.pk, moved_to=None, by=fairhaven.actor("priya"), at=NOW)
    right = send_on(
        delivery_id=delivery.pk, to_school=fairhaven.ashdown.pk, to_home=None, by=fairhaven.actor("bell"), at=NOW
    )
    page = picture(fairhaven)
    assert (page.sent, [each.why for each in page.late]) == (1, ["It went to a wrong school first"])
    read(fairhaven, right, "grace", LATER)
    page = picture(fairhaven, at=LATER + MINUTE)
    assert [(each.school, each.opened_at) for each in page.late] == [("Ashdown Academy", LATER)]


def test_what_is_handed_on_does_not_count_again(fairhaven) -> None:
    delivery = done(fairhaven, one(fairhaven))
    hand_on(delivery_id=delivery.pk, to_school=fairhaven.ashdown.pk, by=fairhaven.actor("priya"), at=BELL)
    page = picture(fairhaven)
    assert (page.sent, page.in_time, page.not_in_time) == (1, 1, 0)


def test_what_was_taken_back_is_not_late(fairhaven) -> None:
    delivery = one(fairhaven)
    recall(notification_id=delivery.notification_id, by=fairhaven.actor("bell"), at=NOW + MINUTE)
    page = picture(fairhaven)
    assert (page.sent, page.not_in_time) == (1, 0)
    assert [name for name, _, _ in page.weeks[0].bar] == ["aside"]


def test_a_child_taught_at_home_is_in_it(fairhaven) -> None:
    one(fairhaven, NewChild(ISLA, home_area=fairhaven.area.pk))
    assert [each.school for each in picture(fairhaven).late] == ["Taught at home"]


def test_a_lead_who_must_not_know_of_one_sees_the_picture_and_the_figures_without_it(fairhaven) -> None:
    alone = (picture(fairhaven), figures(fairhaven))
    one(fairhaven, excluded=keeping_out(fairhaven, "marcus"))
    assert (picture(fairhaven), figures(fairhaven)) == alone


def test_it_tells_what_stands_in_the_way(fairhaven) -> None:
    page = picture(fairhaven)
    assert [each.name for each in page.short] == ["Ashdown Academy"]
    assert (len(page.not_signed_up), len(page.not_briefed), page.schools) == (2, 2, 2)


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "bell", "osei", "lena", "nadia", "sam"])
def test_only_the_areas_leads_see_the_picture(fairhaven, who: str) -> None:
    with pytest.raises(Refused):
        picture(fairhaven, who=who)


def test_the_weeks_are_taken_away_oldest_first(fairhaven) -> None:
    one(fairhaven)
    columns, rows = pictures.exported(area_id=None, by=fairhaven.actor("marcus"), at=LATER)
    assert (len(rows), {len(row) for row in rows}) == (13, {len(columns)})
    newest = dict(zip(columns, rows[-1], strict=True))
    assert (newest["Sent"], newest["Not read, and late"]) == (1, 1)


def test_figures_to_pass_on_leave_small_numbers_out(fairhaven) -> None:
    for _ in range(6):
        read(fairhaven, one(fairhaven))
    read(fairhaven, one(fairhaven), at=LATER)
    months = block(figures(fairhaven), "By month")
    assert months["March 2026"]["Read late"] == "not shown"
    assert months["March 2026"]["Read before the bell"] == "not shown"
    assert months["March 2026"]["All"] == months["All"]["All"] == "7"
    assert months["February 2026"]["All"] == "0"


def test_figures_tell_phases_and_what_schools_recorded(fairhaven) -> None:
    AreaRule.objects.create(area=fairhaven.area, suppress_below=2)
    for _ in range(3):
        done(fairhaven, one(fairhaven))
    one(fairhaven, NewChild(ISLA, home_area=fairhaven.area.pk))
    one(fairhaven, NewChild(ISLA, home_area=fairhaven.area.pk))
    page = figures(fairhaven)
    phases = block(page, "By phase of the school")
    assert (phases["Primary"]["Read before the bell"], phases["Taught at home"]["Not read, and late"]) == ("3", "2")
    assert block(page, "What schools recorded")["March 2026"]["Silent support"] == "3"
    assert page.most_hidden == 1


def test_only_whole_months_are_told(fairhaven) -> None:
    one(fairhaven)
    page = figures(fairhaven, at=LATER)
    assert page.last == date(2026, 2, 1)
    assert block(page, "By month")["All"]["All"] == "0"


def test_a_force_sees_how_what_it_sent_fared_and_not_what_schools_recorded(fairhaven) -> None:
    for _ in range(5):
        done(fairhaven, one(fairhaven))
    page = figures(fairhaven, "bell")
    assert [each.heading for each in page.blocks] == ["By month", "By area"]
    assert block(page, "By area")["Fairhaven"]["Read before the bell"] == "5"
    assert page.of == "Fairhaven Police"


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "osei", "lena", "nadia", "sam"])
def test_nobody_else_sees_the_figures(fairhaven, who: str) -> None:
    with pytest.raises(Refused):
        figures(fairhaven, who)


def test_a_lead_and_a_force_see_only_their_own(fairhaven) -> None:
    for who, place in (("marcus", fairhaven.police.pk), ("bell", fairhaven.area.pk)):
        with pytest.raises(Refused):
            statistics_page(place=place, by=fairhaven.actor(who), at=IN_APRIL)


def test_the_figures_are_taken_away_as_they_are_shown(fairhaven) -> None:
    one(fairhaven)
    columns, rows = statistics.exported(place=None, by=fairhaven.actor("marcus"), at=IN_APRIL)
    assert columns == ("Table", "Row", "Column", "Number")
    assert ("By month", "March 2026", "All", "not shown") in rows
    assert sent(fairhaven).deliveries[0].reference not in str(rows)
