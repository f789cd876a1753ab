"""What the database itself refuses of notifications, whoever writes it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from haven.notifications.models import (
    AreaRule,
    Breach,
    Briefing,
    Delivery,
    ForceProfile,
    MonthlyReturn,
    Notice,
    Notification,
    Prompt,
    Reader,
    SignUp,
)
from tests.cast import NOW, TODAY
from tests.notifications.sent import one, seen_by_haven

pytestmark = pytest.mark.django_db
SOON, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


def changed(delivery, **fields):
    return lambda: Delivery.objects.filter(pk=delivery.pk).update(**fields)


def again(delivery, **fields):
    """The same delivery once more."""
    row = Delivery.objects.get(pk=delivery.pk)
    row.pk, row._state.adding = uuid4(), True
    for name, value in fields.items():
        setattr(row, name, value)
    return row.save


def a_return(cast, **other):
    row = {
        "school": cast.oakfield,
        "month": TODAY.replace(day=1),
        "figures": {},
        "made_at": NOW,
        "due_on": TODAY,
        "area": cast.area,
    }
    return lambda: MonthlyReturn.objects.create(**row | other)


def told_twice(delivery):
    prompt = Prompt.objects.filter(delivery=delivery).first()
    return lambda: Prompt.objects.create(delivery=delivery, step=prompt.step, person_id=prompt.person_id, made_at=NOW)


def twice(made):
    def both():
        made()
        made()

    return both


def a_reader(cast, delivery):
    row = {"delivery": delivery, "organisation": cast.oakfield, "person": cast.tom, "made_at": NOW}
    return lambda: Reader.objects.create(**row)


def a_breach(delivery, **other):
    row = {"delivery": delivery, "notification": delivery.notification_id, "reference": delivery.reference}
    row |= {"sender": delivery.sender, "area": delivery.area, "place": delivery.school, "made_at": NOW, "due_at": SOON}
    return lambda: Breach.objects.create(**row | other)


BROKEN = {
    "a_sender_uses_a_key_once": lambda cast, one: (
        lambda: Notification.objects.create(
            reference="AAAA-CCCC", sender=cast.police, area=cast.area, key=one.notification.key, accepted_at=NOW
        )
    ),
    "a_recall_says_who_recalled": lambda cast, one: lambda: Notification.objects.update(recalled_at=NOW),
    "a_notification_says_it_once_of_a_child": lambda cast, one: (
        lambda: Notice.objects.create(notification=one.notification, record=one.subject.record, subject=one.subject)
    ),
    "a_notice_goes_to_a_school_or_to_a_council": lambda cast, one: changed(one, home_area=cast.area),
    "a_notice_stands_once_with_a_school": lambda cast, one: again(one),
    "nothing_is_opened_before_the_rule_was_seen": lambda cast, one: changed(
        one, seen_at=NOW, confirmed_at=NOW, ruled_at=SOON, opened_at=NOW
    ),
    "nothing_is_confirmed_unseen": lambda cast, one: changed(one, confirmed_at=NOW),
    "what_counts_as_read_was_opened": lambda cast, one: changed(one, stage="opened"),
    "what_counts_as_acknowledged_says_when": lambda cast, one: changed(
        one, seen_at=NOW, confirmed_at=NOW, ruled_at=NOW, opened_at=NOW, stage="acknowledged"
    ),
    "what_is_not_theirs_says_when": lambda cast, one: changed(one, stage="not-ours"),
    "a_reader_is_named_once": lambda cast, one: twice(a_reader(cast, one)),
    "a_person_is_told_once_at_a_step": lambda cast, one: told_twice(one),
    "a_claim_has_its_token": lambda cast, one: lambda: Prompt.objects.update(claimed_until=SOON),
    "an_area_has_a_handling_rule": lambda cast, one: lambda: AreaRule.objects.create(area=cast.area, handling=""),
    "the_list_is_made_before_it_is_rung": lambda cast, one: (
        lambda: AreaRule.objects.create(area=cast.area, duty_list_before=10, telephone_before=20)
    ),
    "some_small_numbers_are_never_shown": lambda cast, one: (
        lambda: AreaRule.objects.create(area=cast.area, suppress_below=1)
    ),
    "a_force_notifies_of_children": lambda cast, one: (
        lambda: ForceProfile.objects.create(organisation=cast.police, ages_to=18)
    ),
    "a_school_signs_up_once_at_a_time": lambda cast, one: twice(
        lambda: SignUp.objects.create(school=cast.oakfield, agreed_on=TODAY)
    ),
    "a_sign_up_lasts_a_while": lambda cast, one: (
        lambda: SignUp.objects.create(school=cast.oakfield, agreed_on=TODAY, until=TODAY)
    ),
    "a_briefing_stands_once": lambda cast, one: twice(
        lambda: Briefing.objects.create(school=cast.oakfield, person=cast.priya, day_on=TODAY, made_at=NOW)
    ),
    "a_school_returns_a_month_once": lambda cast, one: twice(a_return(cast)),
    "a_return_is_for_a_whole_month": lambda cast, one: a_return(cast, month=TODAY),
    "a_confirmed_return_says_by_whom": lambda cast, one: a_return(cast, confirmed_at=NOW),
    "copies_are_asked_for_in_some_hours": lambda cast, one: (
        lambda: AreaRule.objects.create(area=cast.area, confirm_hours=0)
    ),
    "a_place_has_time_to_confirm": lambda cast, one: a_breach(one, due_at=NOW),
    "who_confirms_says_what_became_of_copies": lambda cast, one: a_breach(
        one, confirmed_at=NOW, confirmed_by=cast.priya
    ),
    "a_signed_list_says_by_whom_and_as_what": lambda cast, one: a_breach(one, signed_at=NOW, signed_by=cast.bell),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_the_database_refuses(fairhaven, name: str) -> None:
    delivery = one(fairhaven)
    with seen_by_haven(), pytest.raises(IntegrityError, match=name), transaction.atomic():
        BROKEN[name](fairhaven, Delivery.objects.select_related("notification", "subject").get(pk=delivery.pk))()
