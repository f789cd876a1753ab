"""Reviews: an action of the school's own, started by hand or by Haven some weeks ahead."""

from datetime import timedelta

import pytest

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.actions.models import Action, Assignment
from haven.actions.services import GivenEvidence, close_assignment, mark_not_applicable
from haven.ledger.models import Detail
from haven.people.models import Organisation, ServedArea
from haven.policies.models import Policy, Review
from haven.policies.queries.pages import policy_page
from haven.policies.queries.register import register
from haven.policies.services import start_due_reviews, start_review, withdraw_policy
from haven.policies.tasks import discard_old_files as discard_task
from haven.policies.tasks import start_due_reviews as due_task
from tests.cast import NOW, TODAY
from tests.policies.registered import approved, policy

pytestmark = pytest.mark.django_db


def due_in(cast, days, **facts):
    """A policy that comes up in so many days."""
    row = policy(cast, **facts)
    Policy.objects.filter(pk=row.pk).update(review_on=TODAY + timedelta(days=days))
    row.refresh_from_db()
    return row


def test_a_review_started_by_hand_stands_on_the_schools_list_for_its_owner(cast):
    row = due_in(cast, 10)
    review = start_review(policy_id=row.pk, why="The guidance changed", by=cast.actor("tom"), at=NOW)
    action = review.action
    assert (action.is_own, action.asked_by, action.roles) == (True, cast.oakfield, ["dsl"])
    assert (action.what, action.due_on) == ("Review the policy “Child protection policy”", row.review_on)
    assert action.detail.startswith("The guidance changed\n")
    assert (action.source_label, action.source_address) == ("Policy: Child protection policy", f"/policies/{row.pk}/")
    assert '"verb":"policy.review_started"' in Detail.objects.latest("pk").text


def test_a_review_for_another_reason_gets_six_weeks(cast):
    review = start_review(policy_id=due_in(cast, 200).pk, why="", by=cast.actor("tom"), at=NOW)
    assert review.due_on == TODAY + timedelta(weeks=6)


def test_where_one_person_is_the_owner_it_is_handed_to_her(cast):
    row = due_in(cast, 10, owner_role=None, owner=cast.tom.pk)
    assert start_due_reviews(by=HAVEN, at=NOW) == 1
    assert Review.objects.get(policy=row).action.assignments.get().handed_to == cast.tom


def test_where_the_owner_has_left_the_school_is_asked_all_the_same(cast):
    row = due_in(cast, 10, owner_role=None, owner=cast.tom.pk)
    cast.tom.posts.update(ends_on=TODAY)
    assert start_due_reviews(by=HAVEN, at=NOW) == 1
    assert Review.objects.get(policy=row).action.assignments.get().handed_to is None


def test_a_review_that_was_set_aside_is_no_longer_under_way(cast):
    row = due_in(cast, 10)
    review = start_review(policy_id=row.pk, why="", by=cast.actor("tom"), at=NOW)

    def under_way():
        [line] = register(by=cast.actor("priya"), school_id=None, on=TODAY).lines
        return line.is_under_review, policy_page(policy_id=row.pk, by=cast.actor("priya"), at=NOW).is_under_review

    assert under_way() == (True, True)
    asked = review.action.assignments.get()
    mark_not_applicable(assignment_id=asked.pk, reason="Next term", by=cast.actor("priya"), at=NOW)
    assert under_way() == (False, False)


def test_one_review_is_under_way_at_a_time_and_another_may_follow_what_was_set_aside(cast):
    row = due_in(cast, 10)
    first = start_review(policy_id=row.pk, why="", by=cast.actor("tom"), at=NOW)
    with pytest.raises(Refused) as refused:
        start_review(policy_id=row.pk, why="", by=cast.actor("tom"), at=NOW)
    assert refused.value.reason == Reason.WRONG_STATE
    asked = first.action.assignments.get()
    mark_not_applicable(assignment_id=asked.pk, reason="Next term", by=cast.actor("priya"), at=NOW)
    start_review(policy_id=row.pk, why="", by=cast.actor("tom"), at=NOW)
    first.refresh_from_db()
    assert first.ended_at == NOW


def test_nobody_else_starts_a_review(cast):
    row = due_in(cast, 10)
    for who in ("grace", "marcus", "sam", "nobody"):
        with pytest.raises(Refused):
            start_review(policy_id=row.pk, why="", by=cast.actor(who), at=NOW)


@pytest.mark.parametrize(("days", "started"), [(-400, 1), (0, 1), (42, 1), (43, 0)])
def test_haven_starts_what_comes_up_within_six_weeks_or_is_overdue(cast, days, started):
    row = due_in(cast, days)
    assert start_due_reviews(by=HAVEN, at=NOW) == started
    assert start_due_reviews(by=HAVEN, at=NOW) == 0, "safe to repeat"
    assert list(Assignment.objects.values_list("due_on", flat=True)) == [row.review_on] * started


def test_the_weeks_ahead_are_a_setting(cast, settings):
    settings.REVIEW_WEEKS = 2
    due_in(cast, 20)
    assert start_due_reviews(by=HAVEN, at=NOW) == 0


def test_a_date_is_asked_for_once_even_where_it_was_set_aside(cast):
    row = due_in(cast, 10)
    start_due_reviews(by=HAVEN, at=NOW)
    asked = Review.objects.get(policy=row).action.assignments.get()
    mark_not_applicable(assignment_id=asked.pk, reason="Next term", by=cast.actor("priya"), at=NOW)
    Review.objects.update(ended_at=NOW)
    assert start_due_reviews(by=HAVEN, at=NOW) == 0
    Policy.objects.filter(pk=row.pk).update(review_on=row.review_on + timedelta(days=7))
    assert start_due_reviews(by=HAVEN, at=NOW) == 1


def test_what_is_withdrawn_or_has_no_date_is_not_reviewed(cast):
    gone = due_in(cast, 5)
    withdraw_policy(policy_id=gone.pk, why="No longer ours", by=cast.actor("priya"), at=NOW)
    policy(cast, title="No date yet")
    assert start_due_reviews(by=HAVEN, at=NOW) == 0


def test_one_school_that_left_does_not_keep_the_others_from_theirs(cast):
    due_in(cast, 5, title="Ours")
    lost = Organisation.objects.create(kind="school", name="Lost School", urn=900999)
    row = due_in(cast, 5, title="Theirs")
    Policy.objects.filter(pk=row.pk).update(school=lost)
    assert not ServedArea.objects.filter(organisation=lost).exists()
    assert start_due_reviews(by=HAVEN, at=NOW) == 1
    assert Action.objects.get().asked_by == cast.oakfield


def test_closing_it_by_hand_needs_a_link_and_leaves_the_policy_overdue(cast):
    row = due_in(cast, -5)
    start_due_reviews(by=HAVEN, at=NOW)
    asked = Assignment.objects.get()
    with pytest.raises(Refused):
        close_assignment(assignment_id=asked.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("priya"), at=NOW)
    row.refresh_from_db()
    assert row.review_on == TODAY - timedelta(days=5)


def test_approving_without_a_review_sets_the_next_one_all_the_same(cast):
    row = policy(cast)
    approved(cast, row, TODAY)
    row.refresh_from_db()
    assert row.review_on == TODAY.replace(year=2027)


@pytest.mark.time_machine(NOW, tick=False)
def test_the_tasks_of_the_night_do_both(cast):
    due_in(cast, 5)
    assert due_task(0) == 1
    assert discard_task(0) == 0
