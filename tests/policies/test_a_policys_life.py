"""A policy from its line in the register to the version that replaced another, and what the ledger says of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import override_settings

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.access.roles import Role
from haven.actions.models import Assignment, Evidence, Prompt
from haven.files.models import StoredFile
from haven.ledger.models import Detail
from haven.people.models import Post
from haven.policies.models import Policy, Remark, Version
from haven.policies.rules.facts import Approver, PolicyKind
from haven.policies.services import (
    GivenVersion,
    add_policy,
    add_usual,
    add_version,
    amend_policy,
    discard_old_files,
    discard_version,
    record_approval,
    send_back,
    send_for_approval,
    sign_off,
    start_review,
    withdraw_policy,
)
from tests.cast import NOW, TODAY
from tests.policies.registered import APPROVED_ON, FACTS, GIVEN, approved, drafted, governor, policy, sent

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def last_entry():
    return Detail.objects.latest("pk").text


def steps(row):
    return list(Remark.objects.filter(policy=row).order_by("id").values_list("step", flat=True))


def test_a_policy_is_registered_with_its_entry_and_its_first_line_of_history(cast):
    row = policy(cast)
    assert (row.school, row.title, row.owned_by, row.cycle) == (
        cast.oakfield,
        "Child protection policy",
        "Designated safeguarding lead",
        "every year",
    )
    assert steps(row) == ["registered"]
    assert '"verb":"policy.added"' in last_entry()
    assert "Child protection" not in last_entry()


def test_nobody_registers_for_another_school(cast):
    for who in ("grace", "marcus", "sam", "nobody"):
        with pytest.raises(Refused):
            add_policy(school=cast.oakfield.pk, facts=FACTS, by=cast.actor(who), at=NOW)
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"title": "child  protection POLICY"}, "has a policy of this title already"),
        ({"title": ""}, "Give the policy its title."),
    ],
)
def test_what_is_not_sound_or_there_already_is_refused_with_advice(cast, facts, said):
    policy(cast)
    with pytest.raises(Refused) as refused:
        policy(cast, **facts)
    assert said in refused.value.advice


def test_its_owner_must_hold_a_post_in_the_school(cast):
    with pytest.raises(Refused) as refused:
        policy(cast, owner_role=None, owner=cast.grace.pk)
    assert refused.value.reason == Reason.NO_LIVE_POST
    assert policy(cast, owner_role=None, owner=cast.tom.pk).owned_by == "Tom Whitlock"


def test_the_usual_ones_are_added_once_and_only_those_that_are_lacking(cast):
    policy(cast)
    kinds = [PolicyKind.CHILD_PROTECTION, PolicyKind.BEHAVIOUR, PolicyKind.ONLINE_SAFETY]
    by = cast.actor("tom")
    assert add_usual(school=cast.oakfield.pk, kinds=kinds, by=by, at=NOW) == 2
    assert add_usual(school=cast.oakfield.pk, kinds=kinds, by=by, at=NOW) == 0
    assert set(Policy.objects.values_list("kind", flat=True)) == {kind.value for kind in kinds}
    assert not Version.objects.exists()
    assert '"verb":"policy.usual_added"' in last_entry()


def test_a_policy_is_known_otherwise_and_keeps_its_versions(cast):
    row = policy(cast)
    approved(cast, row)
    facts = replace(FACTS, title="Safeguarding policy", review_on=date(2026, 5, 1), review_months=6)
    amend_policy(policy_id=row.pk, facts=facts, by=cast.actor("tom"), at=NOW)
    row.refresh_from_db()
    assert (row.title, row.review_on, row.versions.count()) == ("Safeguarding policy", date(2026, 5, 1), 1)


def test_a_draft_is_a_file_that_was_checked_and_is_kept_sealed(cast):
    version = drafted(cast, policy(cast))
    assert (version.state, version.number, version.file.name) == ("draft", 1, "policy.txt")
    assert b"We keep children safe." not in bytes(version.file.sealed.content)


def test_a_version_is_a_file_or_a_link_with_a_label(cast):
    row = policy(cast)
    for given in (
        {"file": None},
        {"link": "https://example.org/a"},
        {"label": " "},
        {"file": None, "link": "ftp://example.org"},
    ):
        with pytest.raises(Refused) as refused:
            drafted(cast, row, **given)
        assert refused.value.reason == Reason.NOT_READY


def test_a_file_that_is_not_one_to_keep_is_refused(cast):
    with pytest.raises(Refused) as refused:
        drafted(cast, policy(cast), file=("policy.exe", b"MZ"))
    assert refused.value.reason == Reason.UNFIT_FILE


def test_one_version_is_worked_on_at_a_time(cast):
    row = policy(cast)
    drafted(cast, row)
    with pytest.raises(Refused) as refused:
        drafted(cast, row)
    assert refused.value.reason == Reason.WRONG_STATE


def test_sending_it_puts_its_approval_on_the_governors_list_alone(cast):
    row = policy(cast)
    version = sent(cast, row)
    [asked] = Assignment.objects.select_related("action")
    assert (asked.organisation, asked.action.is_own, asked.action.roles) == (cast.oakfield, True, ["governor"])
    assert asked.action.source_address == f"/policies/{row.pk}/"
    assert (version.state, version.approval) == ("sent", asked.action)


def test_where_the_head_may_approve_the_head_is_asked(cast):
    sent(cast, policy(cast, approver=Approver.HEAD))
    assert Assignment.objects.get().action.roles == ["head"]


def test_a_governors_own_sign_off_makes_it_the_version_in_use_and_closes_what_asked_for_it(cast):
    row = policy(cast)
    before = approved(cast, row)
    review = start_review(policy_id=row.pk, why="Time", by=cast.actor("priya"), at=NOW)
    version = sent(cast, row, label="March 2026")
    sign_off(version_id=version.pk, by=governor(cast), at=LATER)
    for each in (row, before, version, review):
        each.refresh_from_db()
    assert (before.state, before.replaced_at) == ("replaced", LATER)
    assert (version.state, version.approved_on) == ("approved", LATER.date())
    assert version.approved_by == "Sam Loveday, Safeguarding governor"
    assert row.review_on == date(2027, 3, 3)
    assert review.ended_at == LATER
    assert set(Assignment.objects.values_list("state", flat=True)) == {"done"}
    evidence = Evidence.objects.filter(assignment__action=review.action).get()
    assert evidence.kind == "record"
    assert evidence.address == f"/policies/{row.pk}/#version-2"
    assert evidence.words == "Child protection policy: March 2026, approved on 3 March 2026"
    assert '"verb":"policy.approved"' in last_entry()


def test_only_what_was_sent_is_signed_off_and_only_once(cast):
    version = drafted(cast, policy(cast))
    by = governor(cast)
    with pytest.raises(Refused) as refused:
        sign_off(version_id=version.pk, by=by, at=NOW)
    assert refused.value.reason == Reason.WRONG_STATE
    send_for_approval(version_id=version.pk, by=cast.actor("priya"), at=NOW)
    sign_off(version_id=version.pk, by=by, at=NOW)
    with pytest.raises(Refused):
        sign_off(version_id=version.pk, by=by, at=NOW)


def test_nobody_but_whoever_approves_signs_off(cast):
    version = sent(cast, policy(cast))
    for who in ("priya", "tom", "grace", "marcus"):
        with pytest.raises(Refused):
            sign_off(version_id=version.pk, by=cast.actor(who), at=NOW)


def test_what_a_meeting_approved_is_written_down_with_its_minute_even_of_a_draft(cast):
    row = policy(cast)
    version = approved(cast, row)
    row.refresh_from_db()
    assert version.approved_by == "Full governing board, minute 7.2"
    assert (version.recorded_by, version.approved_on) == (cast.priya, APPROVED_ON)
    assert row.review_on == date(2026, 9, 15)
    assert not Assignment.objects.exists(), "nobody need be asked"


def test_what_is_wrong_with_a_meeting_is_said(cast):
    version = drafted(cast, policy(cast))
    for changes, said in (
        ({"meeting": " "}, "Say which meeting approved it."),
        ({"meeting": "x" * 101}, "no more than 100 letters"),
        ({"held_on": TODAY + timedelta(days=1)}, "not one that is still to come"),
    ):
        told = {"meeting": "Full board", "minute": "", "held_on": TODAY} | changes
        with pytest.raises(Refused) as refused:
            record_approval(version_id=version.pk, by=cast.actor("priya"), at=NOW, **told)
        assert said in refused.value.advice


def test_no_version_replaces_one_that_was_approved_after_it(cast):
    row = policy(cast)
    approved(cast, row)
    with pytest.raises(Refused) as refused:
        approved(cast, row, APPROVED_ON - timedelta(days=1))
    assert "approved after that day" in refused.value.advice
    assert row.versions.get(state="approved").number == 1


def test_a_deputy_and_a_governor_write_no_approval_down(cast):
    version = sent(cast, policy(cast))
    deputy = Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="deputy-dsl", starts_on=TODAY)
    told = {"meeting": "Full board", "minute": "", "held_on": TODAY, "at": NOW}
    with pytest.raises(Refused):
        record_approval(version_id=version.pk, by=cast.actor("sam"), **told)
    Post.objects.filter(pk=deputy.pk).update(role="governor")
    with pytest.raises(Refused):
        record_approval(version_id=version.pk, by=cast.actor("sam"), **told)


def test_a_version_is_sent_back_with_what_is_needed_and_is_asked_for_no_longer(cast):
    row = policy(cast)
    version = sent(cast, row)
    by = governor(cast)
    with pytest.raises(Refused):
        send_back(version_id=version.pk, comment=" ", by=by, at=NOW)
    send_back(version_id=version.pk, comment="Name the deputy", by=by, at=NOW)
    version.refresh_from_db()
    assert (version.state, version.approval) == ("draft", None)
    assert Assignment.objects.get().state == "withdrawn"
    assert Remark.objects.get(step="sent-back").words == "Name the deputy"
    send_for_approval(version_id=version.pk, by=cast.actor("priya"), at=LATER)
    assert Assignment.objects.count() == 2


def test_a_version_that_is_given_up_leaves_no_file(cast):
    version = sent(cast, policy(cast))
    discard_version(version_id=version.pk, by=cast.actor("tom"), at=NOW)
    version.refresh_from_db()
    assert (version.state, version.file, version.forgotten_at) == ("withdrawn", None, NOW)
    assert not StoredFile.objects.exists()
    assert Assignment.objects.get().state == "withdrawn"


def test_a_withdrawn_policy_says_why_ends_what_it_asked_and_takes_no_more(cast):
    row = policy(cast)
    approved(cast, row)
    start_review(policy_id=row.pk, why="", by=cast.actor("priya"), at=NOW)
    sent(cast, row, label="Next")
    with pytest.raises(Refused):
        withdraw_policy(policy_id=row.pk, why="", by=cast.actor("priya"), at=NOW)
    withdraw_policy(policy_id=row.pk, why="The trust has one for all", by=cast.actor("priya"), at=NOW)
    assert set(row.versions.values_list("state", flat=True)) == {"withdrawn"}
    assert set(Assignment.objects.values_list("state", flat=True)) == {"withdrawn"}
    with pytest.raises(Refused) as refused:
        add_version(policy_id=row.pk, given=GIVEN, by=cast.actor("priya"), at=NOW)
    assert "withdrawn" in refused.value.advice


def test_what_a_policy_does_tells_people_through_their_list_and_never_what(cast):
    sent(cast, policy(cast))
    assert set(Prompt.objects.values_list("kind", flat=True)) == {"new"}


@pytest.mark.parametrize(("years", "kept"), [(0, True), (1, False), (3, True)])
def test_files_of_replaced_versions_are_kept_as_long_as_the_setting_says(cast, years, kept):
    row = policy(cast)
    old = approved(cast, row)
    approved(cast, row, TODAY, label="March 2026")
    Version.objects.filter(pk=old.pk).update(replaced_at=NOW - timedelta(days=500))
    with override_settings(POLICY_YEARS=years):
        assert discard_old_files(by=HAVEN, at=NOW) == (0 if kept else 1)
    old.refresh_from_db()
    assert (old.file is not None) is kept
    assert row.versions.get(state="approved").file is not None
    assert steps(row)[-1:] == (["approved"] if kept else ["forgotten"])


def test_only_haven_ends_the_keeping_of_old_files(cast):
    with pytest.raises(Refused):
        discard_old_files(by=cast.actor("priya"), at=NOW)


def test_the_history_names_every_step_in_order(cast):
    row = policy(cast, owner_role=Role.HEAD)
    version = add_version(
        policy_id=row.pk,
        given=GivenVersion(label="1", link="https://example.org/p"),
        by=cast.actor("priya"),
        at=NOW,
    )
    send_for_approval(version_id=version.pk, by=cast.actor("priya"), at=NOW)
    sign_off(version_id=version.pk, by=governor(cast), at=NOW)
    withdraw_policy(policy_id=row.pk, why="Done with", by=cast.actor("tom"), at=NOW)
    assert steps(row) == ["registered", "added", "sent", "approved", "withdrawn"]
