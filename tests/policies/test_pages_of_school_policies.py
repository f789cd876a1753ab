"""The screens of school policies, as the cast, a governor and a member of staff meet them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from haven.access.actor import HAVEN
from haven.actions.models import Assignment
from haven.people.models import Post
from haven.policies.models import Policy, Version
from haven.policies.services import link_clause, start_due_reviews, start_review
from tests.cast import BEGAN, NOW, TODAY
from tests.guidance.texts import kept
from tests.policies.registered import approved, drafted, governor, policy, sent, staff

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

TYPED = {
    "title": "Behaviour policy",
    "kind": "behaviour",
    "owner": "role:head",
    "review_months": "24",
    "approver": "committee",
    "review_on_0": "1",
    "review_on_1": "9",
    "review_on_2": "2026",
    "address": "https://oakfield.example.org/behaviour",
}


def body(cast, who, name, *args, **query):
    return cast.client(who).get(reverse(f"policies:{name}", args=args), query).content.decode()


def post(cast, who, name, *args, **typed):
    return cast.client(who).post(reverse(f"policies:{name}", args=args), typed, follow=True)


def due(row, days):
    Policy.objects.filter(pk=row.pk).update(review_on=TODAY + timedelta(days=days))


def test_the_register_shows_what_is_most_pressing_first_with_its_dates(cast):
    late, soon, fine = (policy(cast, title=title) for title in ("Late", "Soon", "Fine"))
    for row in (late, soon, fine):
        approved(cast, row)
    due(late, -1)
    due(soon, 20)
    due(fine, 300)
    policy(cast, title="New")
    page = body(cast, "priya", "index")
    places = [page.index(f">{title}</a>") for title in ("Late", "New", "Soon", "Fine")]
    assert places == sorted(places)
    for said in ("Review overdue", "No approved version", "Review due", "In date", "1 March 2026", "22 March 2026"):
        assert said in page
    assert "September 2025" in page
    assert "Approved 15 September 2025" in page


def test_an_empty_register_begins_with_the_usual_ones(cast):
    page = body(cast, "priya", "index")
    assert "Nothing is registered yet." in page
    assert "Begin with the usual policies" in page
    usual = body(cast, "priya", "usual")
    assert "Keeping children safe in education 2025, paragraph 11" in usual
    assert "Not confirmed" in usual
    assert post(cast, "priya", "usual", nothing="ticked").status_code == 422
    after = post(cast, "priya", "usual", kinds=["child-protection", "behaviour"]).content.decode()
    assert "Child protection policy" in after
    assert Policy.objects.filter(school=cast.oakfield).count() == 2
    assert "Child protection policy" not in body(cast, "priya", "usual")


def test_a_policy_is_added_by_hand_then_its_version_then_the_meeting_that_approved_it(cast):
    assert post(cast, "priya", "add", **TYPED | {"title": ""}).status_code == 422
    answer = post(cast, "priya", "add", **TYPED)
    row = Policy.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("policies:add-version", args=[row.pk])
    assert (row.owner_role, row.review_months, row.approver, row.review_on.isoformat()) == (
        "head",
        24,
        "committee",
        "2026-09-01",
    )
    assert post(cast, "priya", "add-version", row.pk, label="2026").status_code == 422
    file = SimpleUploadedFile("behaviour.txt", b"Be kind.")
    page = post(cast, "priya", "add-version", row.pk, label="2026", file=file).content.decode()
    assert "Kept as a draft" in page
    version = Version.objects.get()
    assert "Governors’ committee" in body(cast, "priya", "decide", version.pk)
    wrong = post(cast, "priya", "record", version.pk, meeting="", held_on_0="1", held_on_1="2", held_on_2="2026")
    assert wrong.status_code == 422
    assert "Say which meeting approved it" in wrong.content.decode()
    told = {"meeting": "Full board", "minute": "4", "held_on_0": "1", "held_on_1": "2", "held_on_2": "2026"}
    page = post(cast, "priya", "record", version.pk, **told).content.decode()
    assert "by Full board, minute 4, written down by Priya Nair" in page
    assert "1 February 2028" in page


def test_what_is_known_is_changed_and_a_file_at_fault_is_said_at_the_file(cast):
    row = policy(cast)
    assert 'value="Child protection policy"' in body(cast, "tom", "amend", row.pk)
    owner = f"person:{cast.tom.pk}"
    assert "Tom Whitlock" in post(cast, "tom", "amend", row.pk, **TYPED | {"owner": owner}).content.decode()
    row.refresh_from_db()
    assert (row.owner, row.title) == (cast.tom, "Behaviour policy")
    assert "Tom Whitlock" in body(cast, "tom", "amend", row.pk)
    answer = post(cast, "tom", "add-version", row.pk, label="x", file=SimpleUploadedFile("p.pdf", b"MZ no pdf"))
    assert answer.status_code == 422
    assert 'id="id_file-error"' in answer.content.decode()


def test_a_governor_sees_what_waits_for_her_and_approves_it_with_one_press(cast):
    row = policy(cast)
    approved(cast, row)
    version = sent(cast, row, label="March 2026")
    governor(cast)
    assert "A version waits for your approval" in body(cast, "sam", "index")
    assert "Read and approve" in body(cast, "sam", "show", row.pk)
    page = body(cast, "sam", "decide", version.pk)
    assert "I approve this version" in page
    assert "New paragraph 4" in page
    assert "Write it down" not in page
    answer = post(cast, "sam", "sign", version.pk).content.decode()
    assert "Approved. It is the version your school goes by." in answer
    assert "by Sam Loveday, Safeguarding governor" in answer
    assert "2 March 2027" in answer
    assert "decided in the meantime" in post(cast, "sam", "sign", version.pk).content.decode()


def test_the_governor_finds_the_approval_on_her_list_and_the_way_from_there(cast):
    row = policy(cast)
    sent(cast, row)
    governor(cast)
    asked = Assignment.objects.get()
    listed = cast.client("sam").get("/actions/").content.decode()
    assert "Approve the policy" in listed
    assert "Set by your school" in listed
    page = cast.client("sam").get(reverse("actions:show", args=[asked.pk])).content.decode()
    assert f'href="/policies/{row.pk}/"' in page


def test_a_governor_sends_it_back_and_the_lead_reads_why(cast):
    row = policy(cast)
    version = sent(cast, row)
    governor(cast)
    assert post(cast, "sam", "send-back", version.pk, comment="").status_code == 422
    post(cast, "sam", "send-back", version.pk, comment="Name the deputy")
    page = body(cast, "priya", "show", row.pk)
    assert "Name the deputy" in page
    assert "Send for approval" in page


def test_the_lead_sends_gives_up_and_is_told_what_is_going_on(cast):
    row = policy(cast)
    version = drafted(cast, row)
    assert "Sent. Whoever approves it" in post(cast, "priya", "send", version.pk).content.decode()
    assert "Sent for approval" in body(cast, "priya", "index")
    assert "Given up." in post(cast, "priya", "discard", version.pk).content.decode()
    assert "Its file is kept no longer." in body(cast, "priya", "show", row.pk)


def test_staff_read_what_is_in_use_and_nothing_else(cast):
    row = policy(cast)
    used = approved(cast, row)
    waiting = sent(cast, row, label="March 2026")
    hidden = policy(cast, title="Not yet approved")
    staff(cast)
    client = cast.client("sam")
    page = client.get(reverse("policies:index")).content.decode()
    assert "Child protection policy" in page
    for secret in ("Not yet approved", "March 2026", "Sent for approval", "Add a policy", "Review overdue"):
        assert secret not in page
    shown = client.get(reverse("policies:show", args=[row.pk])).content.decode()
    assert "September 2025" in shown
    for secret in ("March 2026", "Its history", "Priya Nair", "Start a review"):
        assert secret not in shown
    file = client.get(reverse("policies:file", args=[used.pk]))
    assert file.content == b"We keep children safe."
    assert file.headers["Content-Disposition"].startswith("attachment;")
    for name, key in (("file", waiting.pk), ("decide", waiting.pk), ("show", hidden.pk), ("amend", row.pk)):
        assert client.get(reverse(f"policies:{name}", args=[key])).status_code == 404


def test_another_schools_page_and_file_are_not_there(cast):
    row = policy(cast)
    version = approved(cast, row)
    for who in ("grace", "marcus", "bell", "lena", "nadia"):
        client = cast.client(who)
        assert client.get(reverse("policies:show", args=[row.pk])).status_code == 404
        assert client.get(reverse("policies:file", args=[version.pk])).status_code == 404
        assert client.post(reverse("policies:discard", args=[version.pk])).status_code == 404


def test_a_review_is_started_from_the_page_and_stands_there_and_on_the_list(cast):
    row = policy(cast)
    approved(cast, row)
    assert "closes by itself" in body(cast, "priya", "review", row.pk)
    page = post(cast, "priya", "review", row.pk, why="Words changed").content.decode()
    assert "Under review" in page
    assert "Review the policy “Child protection policy”" in page
    assert (
        "Words changed"
        in cast.client("tom").get(reverse("actions:show", args=[Assignment.objects.get().pk])).content.decode()
    )
    assert post(cast, "priya", "review", row.pk, why="").status_code == 422


def test_the_evidence_on_the_list_names_the_version_and_leads_to_it(cast):
    row = policy(cast)
    start_review(policy_id=row.pk, why="", by=cast.actor("priya"), at=NOW)
    approved(cast, row, TODAY)
    page = cast.client("priya").get(reverse("actions:show", args=[Assignment.objects.get().pk])).content.decode()
    assert f'href="/policies/{row.pk}/#version-1"' in page
    assert "Child protection policy: September 2025, approved on 2 March 2026" in page


def test_a_policy_is_withdrawn_with_a_reason_and_stays_to_be_read(cast):
    row = policy(cast)
    assert post(cast, "priya", "withdraw", row.pk, why="").status_code == 422
    page = post(cast, "priya", "withdraw", row.pk, why="The trust has one").content.decode()
    assert "The trust has one" in page
    assert "Withdraw it" not in page
    assert "Withdrawn (1)" in body(cast, "priya", "index")


def test_whoever_works_in_two_schools_chooses(cast):
    policy(cast)
    policy(cast, "grace", "ashdown", title="Ashdown's own")
    Post.objects.create(person=cast.priya, organisation=cast.ashdown, role="dsl", starts_on=BEGAN)
    page = body(cast, "priya", "index", school=str(cast.oakfield.pk))
    assert f"?school={cast.ashdown.pk}" in page
    assert "Ashdown&#x27;s own" in body(cast, "priya", "index", school=str(cast.ashdown.pk))
    assert cast.client("priya").get(reverse("policies:index"), {"school": "x"}).status_code == 404
    assert cast.client("priya").get(reverse("policies:index"), {"school": str(cast.police.pk)}).status_code == 404


def test_a_page_asks_the_database_no_more_however_much_there_is(cast, django_assert_max_num_queries):
    of = kept(cast)
    for number in range(4):
        row = policy(cast, title=f"Policy {number}")
        approved(cast, row)
        drafted(cast, row, label="Next")
        link_clause(policy_id=row.pk, edition_id=of.pk, place=3, by=cast.actor("priya"), at=NOW)
        due(row, -number)
    start_due_reviews(by=HAVEN, at=NOW)
    client = cast.client("priya")
    client.get("/help/")  # marks the session as used, once in a while
    with django_assert_max_num_queries(15):
        assert client.get(reverse("policies:index")).status_code == 200
    with django_assert_max_num_queries(23):
        assert client.get(reverse("policies:show", args=[row.pk])).status_code == 200
