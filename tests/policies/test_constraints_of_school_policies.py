"""What the database itself refuses of school policies, whoever writes to it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from haven.guidance.models import Clause
from haven.policies.models import Link, Review, Version
from haven.policies.services import start_review
from tests.cast import NOW, TODAY
from tests.guidance.texts import kept
from tests.policies.registered import approved, drafted, policy, sent

pytestmark = pytest.mark.django_db


def refused(row, **changes):
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**changes)
    except IntegrityError as error:
        return str(error)
    return ""


def test_no_policy_contradicts_itself(cast):
    row = policy(cast)
    for changes, constraint in (
        ({"title": ""}, "a_policy_has_its_title"),
        ({"owner_role": ""}, "a_policy_is_a_posts_or_a_persons"),
        ({"review_months": 0}, "a_policy_comes_up_for_review"),
        ({"review_months": 61}, "a_policy_comes_up_for_review"),
        ({"withdrawn_at": NOW}, "a_withdrawn_policy_says_why"),
        ({"withdrawn_why": "x"}, "a_withdrawn_policy_says_why"),
    ):
        assert constraint in refused(row, **changes)


def test_no_version_contradicts_itself(cast):
    version = drafted(cast, policy(cast))
    told = {"state": "approved", "approved_on": TODAY, "approved_at": NOW}
    for changes, constraint in (
        ({"label": ""}, "a_policys_version_has_its_label"),
        ({"link": "https://example.org"}, "a_policys_version_is_a_file_or_a_link"),
        ({"file": None}, "a_policys_version_is_a_file_or_a_link"),
        ({"state": "approved"}, "an_approved_version_says_when_and_by_whom"),
        (told, "an_approved_version_says_when_and_by_whom"),
        ({"state": "sent"}, "a_version_that_was_sent_says_when"),
    ):
        assert constraint in refused(version, **changes)


def test_a_replaced_version_says_when(cast):
    assert "a_replaced_version_says_when" in refused(approved(cast, policy(cast)), state="replaced")


def test_nothing_stands_twice_that_should_stand_once(cast):
    row = policy(cast)
    used, waiting = approved(cast, row), sent(cast, row, label="Next")
    facts = {"policy": row, "label": "x", "link": "https://example.org", "drafted_at": NOW}
    for twice, constraint in (
        ({"number": used.number, "state": "withdrawn"}, "a_policys_version_stands_once"),
        (
            {"number": 9, "state": "approved", "approved_on": TODAY, "approved_at": NOW, "meeting": "Board"},
            "a_policy_has_one_version_in_use",
        ),
        ({"number": 9, "state": "draft"}, "a_policy_has_one_version_in_the_making"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Version.objects.create(**facts | twice)
    review = start_review(policy_id=row.pk, why="", by=cast.actor("priya"), at=NOW)
    with pytest.raises(IntegrityError, match="a_policy_has_one_review_at_a_time"), transaction.atomic():
        Review.objects.create(policy=row, action=waiting.approval, due_on=TODAY, started_at=NOW)
    assert review.ended_at is None


def test_a_link_points_to_a_document_or_fully_to_a_clause_and_once(cast):
    row, of = policy(cast), kept(cast)
    clause = Clause.objects.select_related("edition").get(edition=of, place=3)
    for _ in range(2):
        link = Link(policy=row, linked_at=NOW)
        link.point_to(clause)
        if Link.objects.exists():
            with pytest.raises(IntegrityError, match="a_policy_rests_on_a_thing_once"), transaction.atomic():
                link.save()
        else:
            link.save()
    assert "a_policy_rests_on_a_document_or_a_clause" in refused(Link.objects.get(), words="")


def test_what_was_registered_is_never_deleted_with_what_it_holds(cast):
    row = policy(cast)
    approved(cast, row)
    with pytest.raises(ProtectedError):
        row.delete()
