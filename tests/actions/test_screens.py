"""The screens of actions, as the cast meets them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from haven.actions.models import Action, Assignment, Draft, Evidence, Prompt
from haven.actions.rules import EvidenceAsked
from haven.actions.services import GivenEvidence, close_assignment, remind, return_assignment
from haven.people.models import Post
from tests.actions.raised import DUE, assigned, raised
from tests.cast import BEGAN, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def page(cast, who, name, *args, **query):
    return cast.client(who).get(reverse(f"actions:{name}", args=args), query)


def send(cast, who, name, *args, **typed):
    return cast.client(who).post(reverse(f"actions:{name}", args=args), typed)


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "bell", "osei"])
def test_everybody_with_a_list_sees_it(cast, who):
    raised(cast)
    assert page(cast, who, "own").status_code == 200


@pytest.mark.parametrize("who", ["lena", "nadia", "sam"])
def test_whoever_has_no_list_finds_nothing(cast, who):
    assert page(cast, who, "own").status_code == 404


def test_a_lead_who_opens_the_list_is_led_to_the_picture(cast):
    response = page(cast, "marcus", "own")
    assert response.status_code == 302
    assert response.url == "/actions/overview/"


def test_a_visitor_is_asked_to_sign_in(cast):
    assert page(cast, "nobody", "own").status_code == 302


def test_the_list_shows_what_is_new_and_when_it_is_due(cast):
    raised(cast)
    text = page(cast, "priya", "own").content.decode()
    assert "Return the audit" in text
    assert "Friday 20 March 2026" in text
    assert "New" in text


def test_the_list_is_filtered_by_its_words(cast):
    raised(cast)
    raised(cast, what="Name a key adult")
    text = page(cast, "priya", "own", text="key").content.decode()
    assert "Name a key adult" in text
    assert "Return the audit" not in text


def test_what_was_seen_is_no_longer_new(cast):
    assignment = assigned(cast)
    assert send(cast, "priya", "seen", assignment=str(assignment.pk)).status_code == 302
    assignment.refresh_from_db()
    assert assignment.seen_at == NOW


def test_seeing_anothers_changes_nothing(cast):
    assignment = assigned(cast)
    send(cast, "grace", "seen", assignment=str(assignment.pk))
    assignment.refresh_from_db()
    assert assignment.seen_at is None


def test_the_page_shows_the_words_that_asked(cast):
    text = page(cast, "priya", "show", assigned(cast).pk).content.decode()
    assert "Please return the audit by 20 March." in text
    assert 'href="/bulletins/"' in text
    assert "Mark as done" in text


@pytest.mark.parametrize(
    ("who", "status"),
    [("priya", 200), ("tom", 200), ("marcus", 200), *[(who, 404) for who in ("grace", "bell", "lena", "nadia", "sam")]],
)
def test_a_page_is_there_for_the_school_and_the_lead_alone(cast, who, status):
    assert page(cast, who, "show", assigned(cast).pk).status_code == status


def test_what_never_was_looks_like_what_is_not_allowed(cast):
    assert page(cast, "priya", "show", uuid4()).status_code == 404


def test_a_school_closes_with_a_file_and_both_sides_open_it(cast):
    assignment = assigned(cast, evidence=EvidenceAsked.FILE)
    file = SimpleUploadedFile("audit.pdf", PDF, content_type="application/pdf")
    assert send(cast, "priya", "close", assignment.pk, words="Sent", file=file).status_code == 302
    assignment.refresh_from_db()
    assert assignment.state == "done"
    given = Evidence.objects.get(kind="file")
    for who, status in [("priya", 200), ("tom", 200), ("marcus", 200), ("grace", 404), ("lena", 404), ("nadia", 404)]:
        assert page(cast, who, "evidence", assignment.pk, given.pk).status_code == status
    response = page(cast, "marcus", "evidence", assignment.pk, given.pk)
    assert response.content == PDF
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_file_of_one_school_does_not_open_under_anothers_assignment(cast):
    assignment = assigned(cast, evidence=EvidenceAsked.FILE)
    other = assignment.action.assignments.get(organisation=cast.ashdown)
    evidence = GivenEvidence(file=("audit.pdf", PDF))
    close_assignment(assignment_id=assignment.pk, evidence=evidence, by=cast.actor("priya"), at=NOW)
    assert page(cast, "grace", "evidence", other.pk, Evidence.objects.get().pk).status_code == 404


def test_words_given_as_evidence_are_no_file(cast):
    assignment = assigned(cast)
    close_assignment(assignment_id=assignment.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("priya"), at=NOW)
    assert page(cast, "priya", "evidence", assignment.pk, Evidence.objects.get().pk).status_code == 404


def test_a_file_that_is_not_fit_is_refused_beside_the_form_and_what_was_typed_stays(cast):
    assignment = assigned(cast, evidence=EvidenceAsked.FILE)
    file = SimpleUploadedFile("audit.pdf", b"MZ\x90 not a PDF")
    response = send(cast, "priya", "close", assignment.pk, words="I typed this", file=file)
    assert response.status_code == 422
    text = response.content.decode()
    assert "The file ends in .pdf but is not a PDF." in text
    assert "I typed this" in text
    assert "There is a problem" in text


def test_evidence_that_is_asked_for_must_be_given(cast):
    response = send(cast, "priya", "close", assigned(cast, evidence=EvidenceAsked.FILE).pk)
    assert response.status_code == 422
    assert "Choose the file that shows it was done" in response.content.decode()


def test_a_form_sent_twice_closes_once_and_says_so(cast):
    assignment = assigned(cast)
    client = cast.client("priya")
    address = reverse("actions:close", args=[assignment.pk])
    client.post(address, {"words": "Done"})
    response = client.post(address, {"words": "Done"}, follow=True)
    assert "answered or withdrawn already" in response.content.decode()
    assert Evidence.objects.count() == 1


def test_a_lead_cannot_close_for_a_school(cast):
    assignment = assigned(cast)
    assert send(cast, "marcus", "close", assignment.pk, words="Done").status_code == 404
    assignment.refresh_from_db()
    assert assignment.state == "open"


def test_closing_by_address_alone_leads_back_to_the_page(cast):
    assignment = assigned(cast)
    for name in ("close", "set-aside", "send-back", "reopen"):
        response = page(cast, "priya", name, assignment.pk)
        assert response.url == reverse("actions:show", args=[assignment.pk])


def test_what_was_typed_is_kept_and_stands_there_on_another_machine(cast):
    assignment = assigned(cast)
    send(cast, "priya", "close", assignment.pk, words="Half a sentence", keep="1")
    assert "Half a sentence" in page(cast, "priya", "show", assignment.pk).content.decode()
    assert "Half a sentence" not in page(cast, "tom", "show", assignment.pk).content.decode()
    send(cast, "priya", "close", assignment.pk, words="Whole")
    assert not Draft.objects.exists()


def test_typing_is_kept_by_the_page_itself(cast):
    assignment = assigned(cast)
    response = send(cast, "priya", "keep-draft", place=f"close/{assignment.pk}", words="So far")
    assert response.json() == {"kept": "09:30"}
    assert Draft.objects.get().fields == {"words": "So far"}


def test_nothing_is_kept_for_a_form_that_does_not_exist(cast):
    assert send(cast, "priya", "keep-draft", place="../../etc", words="So far").status_code == 400
    assert not Draft.objects.exists()


def test_a_school_says_that_it_does_not_apply(cast):
    assignment = assigned(cast)
    assert send(cast, "priya", "set-aside", assignment.pk, reason="").status_code == 422
    assert send(cast, "priya", "set-aside", assignment.pk, reason="We have no early years").status_code == 302
    assert "We have no early years" in page(cast, "marcus", "show", assignment.pk).content.decode()


def test_an_action_is_handed_to_a_colleague_and_only_to_one(cast):
    assignment = assigned(cast)
    assert send(cast, "priya", "hand-on", assignment.pk, person=str(cast.grace.pk)).status_code == 422
    assert send(cast, "priya", "hand-on", assignment.pk, person=str(cast.tom.pk)).status_code == 302
    assert "Tom Whitlock" in page(cast, "priya", "own").content.decode()
    assert "Return the audit" in page(cast, "tom", "own", group="mine").content.decode()
    assert "Return the audit" not in page(cast, "priya", "own", group="mine").content.decode()


def test_the_lead_sends_back_and_the_school_reads_why(cast):
    assignment = assigned(cast)
    close_assignment(assignment_id=assignment.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("priya"), at=NOW)
    assert send(cast, "priya", "send-back", assignment.pk, comment="No").status_code == 404
    assert send(cast, "marcus", "send-back", assignment.pk, comment="The plan is missing").status_code == 302
    assert "The plan is missing" in page(cast, "priya", "own", group="returned").content.decode()


def test_a_school_takes_its_answer_back(cast):
    assignment = assigned(cast)
    send(cast, "priya", "close", assignment.pk, words="Done")
    assert send(cast, "priya", "reopen", assignment.pk).status_code == 302
    assignment.refresh_from_db()
    assert assignment.state == "open"


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "bell", "osei", "lena", "nadia", "sam"])
@pytest.mark.parametrize("name", ["overview", "ask", "asked", "remind", "amend", "withdraw", "export", "export-action"])
def test_the_leads_pages_are_there_for_leads_alone(cast, who, name):
    action = raised(cast)
    args = {"asked": [action.pk], "remind": [action.pk], "amend": [action.pk], "withdraw": [action.pk]}
    args |= {"export": ["csv"], "export-action": [action.pk, "csv"]}
    address = reverse(f"actions:{name}", args=args.get(name, []))
    response = cast.client(who).post(address) if name == "remind" else cast.client(who).get(address)
    assert response.status_code == 404


def test_the_picture_shows_who_is_done_open_and_late(cast):
    action = raised(cast, due_on=(NOW - timedelta(days=1)).date())
    late = action.assignments.get(organisation=cast.oakfield)
    done = action.assignments.get(organisation=cast.ashdown)
    close_assignment(assignment_id=done.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("grace"), at=NOW)
    raised(cast, what="Name a key adult")
    response = page(cast, "marcus", "overview")
    text = response.content.decode()
    assert response.status_code == 200
    assert "! late" in text
    assert "✓ done" in text
    assert "○ open" in text
    assert str(late.action_id) in text


@pytest.mark.parametrize("query", [{"text": "adult"}, {"phase": "primary"}, {"is_overdue": "on"}, {"cluster": "x"}])
def test_the_picture_takes_every_filter(cast, query):
    raised(cast)
    assert page(cast, "marcus", "overview", **query).status_code == 200


def test_the_picture_of_an_area_without_actions_says_so(cast):
    assert "Nothing is asked that fits" in page(cast, "marcus", "overview").content.decode()


def test_the_lead_sees_who_has_not_answered_and_reminds_exactly_those(cast):
    action = raised(cast)
    done = action.assignments.get(organisation=cast.ashdown)
    close_assignment(assignment_id=done.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("grace"), at=NOW)
    text = page(cast, "marcus", "asked", action.pk).content.decode()
    assert "Not answered (1)" in text
    assert "Answered (1)" in text
    client = cast.client("marcus")
    response = client.post(reverse("actions:remind", args=[action.pk]), follow=True)
    assert "1 will be reminded" in response.content.decode()
    response = client.post(reverse("actions:remind", args=[action.pk]), follow=True)
    assert "Nobody was reminded" in response.content.decode()


TYPED = {
    "what": "Name two key adults",
    "whom": "all-schools",
    "evidence": "word",
    "due_on_0": "27",
    "due_on_1": "3",
    "due_on_2": "2026",
}


def test_the_lead_asks_by_hand_and_a_form_sent_twice_asks_once(cast):
    typed = TYPED | {"key": str(uuid4()), "roles": ["dsl"]}
    client = cast.client("marcus")
    assert client.get(reverse("actions:ask")).status_code == 200
    response = client.post(reverse("actions:ask"), typed)
    assert response.status_code == 302
    client.post(reverse("actions:ask"), typed)
    action = Action.objects.get()
    assert (action.what, action.roles, action.asked_by) == ("Name two key adults", ["dsl"], cast.council)
    assert Assignment.objects.count() == 2
    assert client.get(response.url).status_code == 200


def test_the_lead_asks_some_schools_by_urn_or_name(cast):
    typed = TYPED | {"key": str(uuid4()), "whom": "some", "organisations": "900001\nFairhaven Police"}
    assert cast.client("marcus").post(reverse("actions:ask"), typed).status_code == 302
    asked = set(Assignment.objects.values_list("organisation__name", flat=True))
    assert asked == {"Oakfield Primary School", "Fairhaven Police"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"what": ""}, "Say what is asked"),
        ({"whom": ""}, "Choose whom it is for"),
        ({"whom": "some"}, "Choose at least one cluster, phase, school or organisation"),
        ({"whom": "some", "organisations": "Hogwash High"}, "Not found in Fairhaven: Hogwash High"),
        ({"due_on_1": "13"}, "must be a real date"),
    ],
)
def test_a_wish_at_fault_comes_back_with_what_is_wrong(cast, changes, said):
    typed = TYPED | {"key": str(uuid4())} | changes
    response = cast.client("marcus").post(reverse("actions:ask"), typed)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_the_lead_changes_what_is_asked_and_the_old_words_stay(cast):
    action = raised(cast)
    client = cast.client("marcus")
    address = reverse("actions:amend", args=[action.pk])
    assert 'value="Return the audit"' in client.get(address).content.decode()
    typed = TYPED | {"key": str(action.pk), "why": "The date has moved"}
    response = client.post(address, typed, follow=True)
    text = response.content.decode()
    assert "Name two key adults" in text
    assert "How it was worded before" in text
    assert "Return the audit" in text
    assert set(action.assignments.values_list("due_on", flat=True)) == {DUE + timedelta(days=7)}


def test_changing_needs_a_reason(cast):
    action = raised(cast)
    typed = TYPED | {"key": str(action.pk)}
    assert cast.client("marcus").post(reverse("actions:amend", args=[action.pk]), typed).status_code == 422


def test_the_lead_stops_asking_and_the_list_is_empty(cast):
    action = raised(cast)
    assert page(cast, "marcus", "withdraw", action.pk).status_code == 200
    assert send(cast, "marcus", "withdraw", action.pk, why="").status_code == 422
    assert send(cast, "marcus", "withdraw", action.pk, why="Asked by mistake").status_code == 302
    assert "Return the audit" not in page(cast, "priya", "own").content.decode()
    assert "Return the audit" in page(cast, "priya", "own", group="withdrawn").content.decode()
    assert "Asked by mistake" in page(cast, "marcus", "asked", action.pk).content.decode()


def test_a_leaver_finds_nothing_from_the_day_she_left(cast):
    assignment = assigned(cast)
    Post.objects.filter(person=cast.priya).update(ends_on=NOW.date())
    assert page(cast, "priya", "show", assignment.pk).status_code == 404


def test_a_governor_reads_but_does_not_answer(cast):
    assignment = assigned(cast)
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="governor", starts_on=BEGAN)
    assert "Mark as done" not in page(cast, "sam", "show", assignment.pk).content.decode()
    assert send(cast, "sam", "close", assignment.pk, words="Done").status_code == 404


def test_sending_back_needs_a_comment(cast):
    assignment = assigned(cast)
    close_assignment(assignment_id=assignment.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("priya"), at=NOW)
    assert send(cast, "marcus", "send-back", assignment.pk, comment=" ").status_code == 422
    return_assignment(assignment_id=assignment.pk, comment="Again", by=cast.actor("marcus"), at=NOW)
    assert send(cast, "marcus", "send-back", assignment.pk, comment="Twice").status_code == 302


def test_those_just_reminded_are_not_reminded_again_and_the_page_says_so(cast):
    action = raised(cast)
    address = reverse("actions:remind", args=[action.pk])
    client = cast.client("marcus")
    body = client.post(address, follow=True).content.decode()
    assert "All of these were reminded on 2 March 2026 at 09:30." in body
    assert "You can remind them again from 2 March at 21:30." in body
    assert "Remind exactly these" not in body
    client.post(address)
    assert Prompt.objects.filter(kind=Prompt.Kind.REMINDED).count() == 2


def test_those_not_reminded_yet_are_the_only_ones_to_remind(cast):
    action = raised(cast)
    remind(
        action_id=action.pk,
        assignment_ids=[action.assignments.get(organisation=cast.oakfield).pk],
        by=cast.actor("marcus"),
        at=NOW,
    )
    body = page(cast, "marcus", "asked", action.pk).content.decode()
    assert "Some of these were reminded" in body
    assert "Only the other 1 would be reminded now." in body
    assert "Remind exactly these" in body


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.txt", b"", "The file is empty. Choose another."),
        ("plan.exe", b"MZ", ""),
    ],
)
def test_what_is_wrong_with_a_file_stands_at_the_file(cast, name, content, said):
    assignment = assigned(cast, evidence=EvidenceAsked.FILE)
    answer = send(cast, "priya", "close", assignment.pk, file=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    [problem] = answer.context["close"].errors["file"]
    body = answer.content.decode()
    assert said in body
    assert 'href="#id_file"' in body
    assert 'id="id_file-error"' in body
    assert list(answer.context["close"].errors) == ["file"]
    assert problem
