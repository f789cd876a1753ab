"""The monthly return is made from what happened, confirmed in one click, and chased by itself."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.notifications.models import AreaRule, MonthlyReturn, SignUp
from haven.notifications.queries.returns import area_returns_page, return_page, school_page
from haven.notifications.rules.sending import NewChild
from haven.notifications.rules.support import Kind
from haven.notifications.services import (
    chase_returns,
    confirm_return,
    make_returns,
    not_ours,
    recall,
    record_support,
    tell_of_returns,
)
from haven.notifications.services.receiving import NewSupport
from haven.people.seeing import working_as
from haven.subjects.rules.naming import Identity
from tests.cast import NOW, TODAY
from tests.notifications.sent import done, keeping_out, one, open_name, read, sent
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 4, 1, 6, tzinfo=UTC)  # the morning on which March's return is made
MARCH = date(2026, 3, 1)
DUE = date(2026, 4, 10)
HOUR = timedelta(hours=1)


def made(cast, *schools: str, at: datetime = FIRST) -> dict[str, MonthlyReturn]:
    """March's returns of the schools that take part, by their key."""
    for school in schools or ("oakfield",):
        SignUp.objects.create(school=getattr(cast, school), agreed_on=date(2026, 1, 1))
    make_returns(by=HAVEN, at=at)
    rows = {row.school_id: row for row in everything()}
    return {key: rows[made.pk] for key, made in cast.organisations.items() if made.pk in rows}


def everything() -> list[MonthlyReturn]:
    with transaction.atomic(), working_as(HAVEN, "notifications.count"):
        return list(MonthlyReturn.objects.order_by("school__name"))


def numbers(cast, row: MonthlyReturn, who: str = "priya", at: datetime = FIRST) -> dict[str, int]:
    """The figures that somebody sees, those that are nought left out."""
    page = return_page(return_id=row.pk, by=cast.actor(who, on=at.date()), at=at)
    return {words: number for words, number in page.figures if number}


def confirmed(cast, row: MonthlyReturn, who: str = "priya", at: datetime = FIRST) -> MonthlyReturn:
    by = cast.actor(who, on=at.date())
    seen = return_page(return_id=row.pk, by=by, at=at).digest
    return confirm_return(return_id=row.pk, seen=seen, by=by, at=at)


def test_a_return_counts_what_happened_in_its_month(fairhaven) -> None:
    done(fairhaven, one(fairhaven))
    refused = one(fairhaven)
    open_name(delivery_id=refused.pk, by=fairhaven.actor("priya"), at=NOW)
    not_ours(delivery_id=refused.pk, moved_to=None, by=fairhaven.actor("priya"), at=NOW)
    taken_back = sent(fairhaven).deliveries[0]
    recall(notification_id=taken_back.notification_id, by=fairhaven.actor("bell"), at=NOW + HOUR)
    one(fairhaven)
    row = made(fairhaven)["oakfield"]
    assert numbers(fairhaven, row) == {
        "Notifications received": 4,
        "Read before the bell": 1,
        "Not read yet": 1,
        "Sent back: not a child of this school": 1,
        "Taken back by the sender before anybody read them": 1,
        "With silent support": 1,
    }
    assert row.figures["received"] == 4
    assert (row.month, row.due_on) == (MARCH, DUE)


def test_every_school_that_takes_part_returns_whether_or_not_anything_came(fairhaven) -> None:
    one(fairhaven)
    rows = made(fairhaven, "oakfield", "ashdown")
    assert set(rows) == {"oakfield", "ashdown"}
    assert return_page(return_id=rows["ashdown"].pk, by=fairhaven.actor("grace", on=FIRST.date()), at=FIRST).is_empty
    assert last_told()["verb"] == "notification.returns_made"


def test_who_does_not_take_part_returns_nothing(fairhaven) -> None:
    SignUp.objects.create(school=fairhaven.ashdown, agreed_on=date(2026, 1, 1), until=date(2026, 3, 1))
    SignUp.objects.create(school=fairhaven.oakfield, agreed_on=date(2026, 4, 1))
    assert make_returns(by=HAVEN, at=FIRST) == 0


def test_an_area_that_asks_for_no_returns_gets_none(fairhaven) -> None:
    AreaRule.objects.create(area=fairhaven.area, asks_returns=False)
    assert made(fairhaven) == {}


def test_making_them_twice_makes_each_once_and_an_area_sets_the_day(fairhaven) -> None:
    AreaRule.objects.create(area=fairhaven.area, return_days=5)
    row = made(fairhaven)["oakfield"]
    assert make_returns(by=HAVEN, at=FIRST + timedelta(days=3)) == 0
    assert row.due_on == date(2026, 4, 5)


def test_only_haven_makes_and_chases_them(fairhaven) -> None:
    for service in (make_returns, chase_returns, tell_of_returns):
        with pytest.raises(Refused):
            service(by=fairhaven.actor("marcus"), at=FIRST)


def test_it_is_confirmed_in_one_click_and_twice_does_no_harm(fairhaven) -> None:
    read(fairhaven, one(fairhaven))
    row = confirmed(fairhaven, made(fairhaven)["oakfield"])
    assert (row.confirmed_by_id, row.figures["nothing-recorded"]) == (fairhaven.priya.pk, 1)
    assert last_told()["verb"] == "notification.return_confirmed"
    again = confirm_return(return_id=row.pk, seen="", by=fairhaven.actor("tom", on=FIRST.date()), at=FIRST + HOUR)
    assert (again.confirmed_at, again.confirmed_by_id) == (FIRST, fairhaven.priya.pk)


def test_what_changed_since_the_page_was_opened_is_shown_before_it_is_confirmed(fairhaven) -> None:
    delivery = one(fairhaven)
    row, by = made(fairhaven)["oakfield"], fairhaven.actor("priya", on=FIRST.date())
    seen = return_page(return_id=row.pk, by=by, at=FIRST).digest
    read(fairhaven, delivery, at=FIRST + HOUR)
    with pytest.raises(Refused, match="state") as refused:
        confirm_return(return_id=row.pk, seen=seen, by=by, at=FIRST + HOUR)
    assert "Look at the numbers again" in refused.value.advice


def test_once_confirmed_it_shows_what_was_confirmed(fairhaven) -> None:
    delivery = one(fairhaven)
    row = confirmed(fairhaven, made(fairhaven)["oakfield"])
    before = numbers(fairhaven, row)
    done(fairhaven, delivery, at=FIRST + HOUR)
    assert numbers(fairhaven, row, at=FIRST + 2 * HOUR) == before
    assert before["Not read yet"] == 1


def test_support_that_comes_later_is_in_what_is_confirmed_later(fairhaven) -> None:
    delivery = read(fairhaven, one(fairhaven))
    row = made(fairhaven)["oakfield"]
    assert row.figures["referred"] == 0
    new = NewSupport(Kind.REFERRED)
    record_support(delivery_id=delivery.pk, new=new, by=fairhaven.actor("priya"), at=FIRST + HOUR)
    assert confirmed(fairhaven, row, at=FIRST + 2 * HOUR).figures["referred"] == 1


@pytest.mark.parametrize("who", ["grace", "marcus", "bell", "lena", "nadia", "sam"])
def test_nobody_else_sees_or_confirms_it(fairhaven, who: str) -> None:
    row = made(fairhaven)["oakfield"]
    by = fairhaven.actor(who, on=FIRST.date())
    for ask in (
        lambda: return_page(return_id=row.pk, by=by, at=FIRST),
        lambda: confirm_return(return_id=row.pk, seen="", by=by, at=FIRST),
        lambda: school_page(school_id=fairhaven.oakfield.pk, by=by, on=FIRST.date()),
    ):
        with pytest.raises((Refused, MonthlyReturn.DoesNotExist)):
            ask()


def test_whoever_must_not_know_of_a_notification_sees_the_return_without_it(fairhaven) -> None:
    read(fairhaven, one(fairhaven))
    her_own = NewChild(Identity("Amara", "Cottle", date(2017, 1, 9)), (fairhaven.oakfield.pk,))
    read(fairhaven, one(fairhaven, her_own, excluded=keeping_out(fairhaven, "dee")))
    row = made(fairhaven)["oakfield"]
    assert numbers(fairhaven, row)["Notifications received"] == 2
    assert numbers(fairhaven, row, "dee") == {"Notifications received": 1} | {
        "Read before the bell": 1,
        "Read, with nothing recorded yet": 1,
    }
    kept = confirmed(fairhaven, row, "dee")
    assert kept.figures["received"] == 2
    assert numbers(fairhaven, row, "dee")["Notifications received"] == 1


def test_the_schools_page_lists_its_returns(fairhaven) -> None:
    made(fairhaven, "oakfield", "ashdown")
    page = school_page(school_id=fairhaven.oakfield.pk, by=fairhaven.actor("priya", on=FIRST.date()), on=FIRST.date())
    assert [(line.month, line.is_late) for line in page.returns] == [(MARCH, False)]
    assert page.school.signed_up_on == date(2026, 1, 1)


def test_the_areas_lead_sees_who_has_confirmed_and_no_number(fairhaven) -> None:
    rows = made(fairhaven, "oakfield", "ashdown")
    confirmed(fairhaven, rows["oakfield"])
    late = DUE + timedelta(days=1)
    page = area_returns_page(area_id=None, month=None, by=fairhaven.actor("marcus", on=late), on=late)
    assert [(line.name, line.is_late) for line in page.lines] == [
        ("Ashdown Academy", True),
        ("Oakfield Primary School", False),
    ]
    assert (page.month, page.confirmed) == (MARCH, 1)
    for who in ("priya", "bell", "lena"):
        with pytest.raises(Refused):
            area_returns_page(area_id=None, month=None, by=fairhaven.actor(who), on=TODAY)


def told(*names: str) -> set[str]:
    return {f"{name}@example.org" for name in names}


def letters() -> dict[str, str]:
    """Each letter that went out, by whom it went to."""
    found = {each.to[0]: str(each.body) for each in mail.outbox}
    mail.outbox.clear()
    return found


def tell(at: datetime) -> int:
    return tell_of_returns(by=HAVEN, at=at)


def test_a_new_return_is_told_of_once_to_those_who_lead_safeguarding(fairhaven) -> None:
    made(fairhaven)
    assert (tell(FIRST), tell(FIRST + HOUR)) == (2, 0)
    assert last_told()["verb"] == "notification.returns_told"
    out = letters()
    assert set(out) == told("priya", "dee")
    assert all("1 monthly return to confirm" in body and "Oakfield" not in body for body in out.values())


def test_what_is_overdue_is_chased_once_a_week_and_the_head_a_week_later(fairhaven) -> None:
    made(fairhaven, "oakfield", "ashdown")
    tell(FIRST)
    letters()
    chased = []
    for day in (10, 11, 12, 18):
        at = datetime(2026, 4, day, 6, tzinfo=UTC)
        chased.append(chase_returns(by=HAVEN, at=at))
        tell(at)
        chased.append(set(letters()))
    school = told("priya", "dee", "grace")
    assert chased == [0, set(), 2, school, 0, set(), 2, school | told("tom")]


def test_a_letter_that_could_not_be_sent_is_tried_again(fairhaven, monkeypatch: pytest.MonkeyPatch) -> None:
    made(fairhaven)

    def fail(**_: object) -> None:
        raise SMTPException("no")

    with monkeypatch.context() as patched:
        patched.setattr("haven.notifications.letters.something_to_see", fail)
        assert tell(FIRST) == 0
    assert tell(FIRST + HOUR) == 2


def test_what_is_confirmed_is_not_chased(fairhaven) -> None:
    confirmed(fairhaven, made(fairhaven)["oakfield"])
    at = FIRST + timedelta(days=30)
    assert (chase_returns(by=HAVEN, at=at), tell(at)) == (0, 0)


def test_the_database_keeps_returns_sound(fairhaven) -> None:
    row = made(fairhaven)["oakfield"]
    other = {"school": fairhaven.oakfield, "area": fairhaven.area, "figures": {}, "due_on": DUE, "made_at": FIRST}
    with transaction.atomic(), working_as(HAVEN, "notifications.count"):
        for month, name in ((row.month, "returns_a_month_once"), (date(2026, 3, 2), "for_a_whole_month")):
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                MonthlyReturn.objects.create(month=month, **other)
        with pytest.raises(IntegrityError, match="says_by_whom"), transaction.atomic():
            MonthlyReturn.objects.filter(pk=row.pk).update(confirmed_at=FIRST)
