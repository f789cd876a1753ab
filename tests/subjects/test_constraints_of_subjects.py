"""What the database itself refuses of subjects, whoever writes it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from haven.subjects.models import (
    AreaSetting,
    Attendance,
    BrokenGlass,
    Disclosure,
    Erasure,
    Exclusion,
    FindMark,
    Hold,
    Record,
    RetentionSetting,
    SafeAddress,
    Siblings,
    TieRow,
)
from haven.subjects.models.records import About
from tests.behind import behind
from tests.cast import BEGAN, NOW, TODAY
from tests.subjects.known import ISLA, child

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=1)


def a_tie(cast, one, **other):
    row = {"record": one.record, "tie": "addressed", "organisation": cast.oakfield, "starts_at": NOW}
    return lambda: TieRow.objects.create(**row | other)


def an_exclusion(cast, one, **other):
    row = {"subject": one, "person": cast.tom, "ground": "known", "set_as": "sender", "set_at": NOW}
    return lambda: Exclusion.objects.create(**row | {"set_by": cast.bell, "organisation": cast.police} | other)


def glass(cast, one, **other):
    row = {"record": one.record, "person": cast.lena, "organisation": cast.council, "role": "x", "why": "danger"}
    row |= {"words": b"x", "broken_at": NOW, "ends_at": SOON, "review_by": TODAY}
    return lambda: BrokenGlass.objects.create(**row | other)


def a_disclosure(cast, one, **other):
    row = {"at": NOW, "outcome": "shown", "record": one.record, "person_name": "x", "role": "x"}
    row |= {"organisation_name": "x", "flow": "looked up", "purpose": "x", "basis": "duty", "edition": "2025"}
    return lambda: Disclosure.objects.create(**row | other)


def an_attendance(cast, one, **other):
    row = {"subject": one, "school": cast.oakfield, "starts_on": TODAY}
    return lambda: Attendance.objects.create(**row | other)


def an_erasure(cast, one, **other):
    row = {"subject": one, "kept_as": "child", "asked_at": NOW, "asked_by": cast.lena}
    return lambda: Erasure.objects.create(**row | other)


BROKEN = {
    "no_record_closes_before_it_is_made": lambda cast, one, _: (
        lambda: Record.objects.filter(pk=one.record_id).update(closed_at=NOW - timedelta(days=1))
    ),
    "a_record_is_about_somebody_once": lambda cast, one, _: (
        lambda: About.objects.create(record=one.record, subject=one)
    ),
    "a_tie_is_to_a_person_or_to_an_organisation": lambda cast, one, _: a_tie(cast, one, tie="assigned"),
    "no_tie_ends_before_it_starts": lambda cast, one, _: a_tie(cast, one, ends_at=NOW - timedelta(days=1)),
    "what_is_lent_has_its_end": lambda cast, one, _: a_tie(cast, one, tie="guest", organisation=None, person=cast.tom),
    "a_subject_is_marked_once_for_each": lambda cast, one, _: (
        lambda: FindMark.objects.create(subject=one, organisation=cast.police, mark=b"12345")
    ),
    "a_subject_has_one_safe_address": lambda cast, one, other: (
        lambda: [SafeAddress.objects.create(subject=one, record=row.record, given_at=NOW) for row in (one, other)]
    ),
    "a_child_learns_at_a_school_or_at_home": lambda cast, one, _: an_attendance(cast, one, home_area=cast.area),
    "no_attendance_ends_before_it_starts": lambda cast, one, _: an_attendance(cast, one, ends_on=BEGAN),
    "who_moved_has_left": lambda cast, one, _: an_attendance(cast, one, moved_to=cast.ashdown),
    "a_child_is_at_a_school_once_at_a_time": lambda cast, one, _: lambda: [an_attendance(cast, one)() for _ in "ab"],
    "siblings_are_linked_once": lambda cast, one, other: (
        lambda: [Siblings.objects.create(one_id=min(one.pk, other.pk), other_id=max(one.pk, other.pk)) for _ in "ab"]
    ),
    "the_lesser_sibling_comes_first": lambda cast, one, other: (
        lambda: Siblings.objects.create(one_id=max(one.pk, other.pk), other_id=min(one.pk, other.pk))
    ),
    "a_person_is_excluded_from_somebody_once": lambda cast, one, _: lambda: [an_exclusion(cast, one)() for _ in "ab"],
    "an_exclusion_that_ended_says_who_ended_it": lambda cast, one, _: an_exclusion(cast, one, ended_at=NOW),
    "nobody_ends_her_own_exclusion": lambda cast, one, _: an_exclusion(cast, one, ended_at=NOW, ended_by=cast.tom),
    "broken_glass_lasts_a_while": lambda cast, one, _: glass(cast, one, ends_at=NOW),
    "a_review_says_who_and_what": lambda cast, one, _: glass(cast, one, reviewed_at=SOON, reviewed_by=cast.tom),
    "nobody_reviews_herself": lambda cast, one, _: glass(
        cast, one, reviewed_at=SOON, reviewed_by=cast.lena, verdict="right"
    ),
    "what_is_kept_back_says_why": lambda cast, one, _: a_disclosure(cast, one, outcome="kept-back"),
    "what_is_disclosed_is_of_a_record": lambda cast, one, _: a_disclosure(cast, one, record=None),
    "glass_stays_open_three_hours_at_most": lambda cast, one, _: (
        lambda: AreaSetting.objects.create(area=cast.area, glass_minutes=181)
    ),
    "an_area_keeps_a_class_for_one_time": lambda cast, one, _: (
        lambda: [
            RetentionSetting.objects.create(area=cast.area, kept_as="child", years=years, source="x")
            for years in (25, 26)
        ]
    ),
    "kept_for_years_not_for_ever": lambda cast, one, _: (
        lambda: RetentionSetting.objects.create(area=cast.area, kept_as="child", years=101, source="x")
    ),
    "who_sets_a_time_says_by_what": lambda cast, one, _: (
        lambda: RetentionSetting.objects.create(area=cast.area, kept_as="child", years=25, source="")
    ),
    "a_hold_says_for_what": lambda cast, one, _: (
        lambda: Hold.objects.create(subject=one, held_at=NOW, held_by=cast.lena, why="")
    ),
    "a_hold_that_ended_says_who_ended_it_and_why": lambda cast, one, _: (
        lambda: Hold.objects.create(subject=one, held_at=NOW, held_by=cast.lena, why="x", ended_at=NOW)
    ),
    "an_erasure_is_asked_for_once": lambda cast, one, _: lambda: [an_erasure(cast, one)() for _ in "ab"],
    "a_second_person_decides_an_erasure": lambda cast, one, _: an_erasure(
        cast, one, decided_at=NOW, decided_by=cast.lena, is_approved=True
    ),
    "a_decided_erasure_says_who_and_what": lambda cast, one, _: an_erasure(cast, one, decided_at=NOW),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_cannot_be(fairhaven, name) -> None:
    one, other = child(fairhaven), child(fairhaven, ISLA)
    attempt = BROKEN[name](fairhaven, one, other)
    with behind(), pytest.raises(IntegrityError, match=name), transaction.atomic():
        attempt()


def test_every_constraint_of_subjects_is_broken_here() -> None:
    models = (About, AreaSetting, Attendance, BrokenGlass, Disclosure, Erasure, Exclusion, FindMark, Hold, Record)
    models += (RetentionSetting, SafeAddress, Siblings, TieRow)
    assert {each.name for model in models for each in model._meta.constraints} == set(BROKEN)
