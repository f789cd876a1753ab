"""Who may do what with a school's policies: every member of the cast, a governor and staff against every right."""

import pytest

from haven.access.actor import HAVEN
from haven.people.models import Post
from haven.policies.models import Policy, Version
from haven.policies.policy import (
    may_discard,
    may_keep,
    may_oversee,
    may_read,
    may_read_all,
    may_read_version,
    may_record,
    may_review,
    may_send_back,
    may_sign,
    policies_read_by,
)
from haven.policies.rules.facts import Approver
from haven.policies.services import withdraw_policy
from tests.cast import BEGAN, NOW
from tests.policies.registered import approved, policy, sent

pytestmark = pytest.mark.django_db

GRID = {  # of a policy of Oakfield with a version in use and one that waits
    "priya": "keep read-all read in-use waiting record send-back review",
    "tom": "keep read-all read in-use waiting record send-back review",
    "deputy-dsl": "keep read-all read in-use waiting send-back review",
    "governor": "read-all read in-use waiting sign send-back",
    "school-staff": "read in-use",
    "administrator": "",
    "grace": "",
    "marcus": "oversee",
    "bell": "",
    "osei": "",
    "lena": "",
    "nadia": "",
    "sam": "",
    "nobody": "",
}
POSTS = ("deputy-dsl", "governor", "school-staff", "administrator")


def actor_called(cast, who):
    if who in POSTS:
        Post.objects.create(person=cast.sam, organisation=cast.oakfield, role=who, starts_on=BEGAN)
        return cast.actor("sam")
    return cast.actor(who)


def rights(cast, actor, row):
    in_use, waiting = row.versions.get(state="approved"), row.versions.get(state="sent")
    decisions = {
        "keep": may_keep(actor, row.school_id),
        "read-all": may_read_all(actor, row.school_id),
        "read": may_read(actor, row, is_in_use=True),
        "in-use": may_read_version(actor, in_use),
        "waiting": may_read_version(actor, waiting),
        "sign": may_sign(actor, row),
        "record": may_record(actor, row),
        "send-back": may_send_back(actor, row),
        "review": may_review(actor, row.school_id),
        "oversee": may_oversee(actor, cast.area.pk),
    }
    return " ".join(name for name, decision in decisions.items() if decision)


@pytest.fixture
def furnished(cast):
    row = policy(cast)
    approved(cast, row)
    sent(cast, row, label="Next")
    return row


@pytest.mark.parametrize("who", GRID)
def test_each_may_do_what_the_grid_says_and_the_filter_allows_what_the_decision_does(cast, furnished, who):
    policy(cast, title="Never approved")
    gone = policy(cast, title="Gone")
    approved(cast, gone)
    withdraw_policy(policy_id=gone.pk, why="We have another", by=cast.actor("priya"), at=NOW)
    policy(cast, "grace", "ashdown", title="Another school's")
    actor = actor_called(cast, who)
    assert rights(cast, actor, furnished) == GRID[who]
    in_use = set(Version.objects.filter(state="approved").values_list("policy", flat=True))
    rows = list(Policy.objects.all())
    assert len(rows) == 4
    allowed = {row for row in rows if may_read(actor, row, is_in_use=row.pk in in_use)}
    assert set(Policy.objects.filter(policies_read_by(actor))) == allowed


def test_where_the_head_may_approve_it_is_the_head_who_signs(cast):
    row = policy(cast, approver=Approver.HEAD)
    assert may_sign(cast.actor("tom"), row)
    assert not may_sign(actor_called(cast, "governor"), row)
    assert not may_sign(cast.actor("priya"), row)


def test_haven_starts_reviews_and_ends_the_keeping_of_files_and_nothing_else(cast, furnished):
    assert may_review(HAVEN, cast.oakfield.pk)
    assert may_discard(HAVEN)
    assert not may_discard(cast.actor("priya"))
    assert not may_keep(HAVEN, cast.oakfield.pk)
    assert not may_read(HAVEN, furnished, is_in_use=True)
