"""The pages: where something belongs, telling it, working with it, reading what was sent, counts, settings."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from haven.intelligence.models import Dissemination, Grade, Link, Receipt, Report, Source, Submission, Unit
from haven.intelligence.queries import lists
from haven.intelligence.rules.grading import Priority
from haven.intelligence.rules.linking import Kind
from haven.keys.models import Wrap
from haven.people.models import Post
from haven.signin.rules import FRESH
from tests.behind import at_the_hour, behind
from tests.cast import BEGAN, NOW
from tests.intelligence.told import GRADED, LATER, SAFE, everything, graded, mentioned, sanitised, sent, submitted, told

pytestmark = pytest.mark.django_db
TYPED = {
    "matter": "A grey van waits at Harbour Steps.",
    "theme": "criminal",
    "how": "saw",
    "sure": "fairly",
    "could_show": "no",
    "aware": "unknown",
}
GRADE = {"source": "2", "information": "C", "handling": "P", "priority": "low", "theme": "drugs"}


@pytest.fixture(autouse=True)
def clock(fairhaven):
    """A Monday in term."""
    with at_the_hour(LATER):
        yield


def get(cast, who, name, **values):
    return cast.client(who).get(reverse(f"intelligence:{name}", kwargs=values))


def post(cast, who, name, typed=None, **values):
    return cast.client(who).post(reverse(f"intelligence:{name}", kwargs=values), typed or {})


def page(response) -> str:
    return response.content.decode()


def test_the_first_page_leads_elsewhere_first(fairhaven) -> None:
    words = page(get(fairhaven, "priya", "router"))
    places = [words.index(each) for each in ("999", "101", "MASH", "Tell it here")]
    assert places == sorted(places)


def test_something_is_told_on_one_page_and_has_a_receipt(fairhaven) -> None:
    response = post(fairhaven, "priya", "tell", TYPED | {"key": str(uuid4())})
    (receipt,) = everything(Receipt)
    assert response.url == reverse("intelligence:receipt", kwargs={"receipt_id": receipt.pk})
    assert receipt.reference in page(get(fairhaven, "priya", "receipt", receipt_id=receipt.pk))
    assert receipt.reference in page(get(fairhaven, "priya", "own"))
    assert get(fairhaven, "tom", "receipt", receipt_id=receipt.pk).status_code == 404


def test_where_the_disk_is_nearly_full_nothing_is_told_and_what_was_typed_is_there(fairhaven, settings) -> None:
    settings.LEAST_FREE = 1.0
    answer = post(fairhaven, "priya", "tell", TYPED | {"key": str(uuid4())})
    assert answer.status_code == 422
    assert "its disk is nearly full. This was not sent" in answer.content.decode()
    assert TYPED["matter"] in answer.content.decode()
    assert not everything(Submission)
    assert not everything(Receipt)


def test_a_form_that_lacks_something_keeps_every_word(fairhaven) -> None:
    response = post(fairhaven, "priya", "tell", TYPED | {"how": "", "told_by": "Casey"})
    words = page(response)
    assert response.status_code == 422
    assert "Say how you know" in words
    assert "There is a problem" in words
    assert TYPED["matter"] in words
    assert "Casey" in words
    assert everything(Submission) == []


def test_words_that_could_show_who_told_are_said_at_their_field(fairhaven) -> None:
    response = post(
        fairhaven, "priya", "tell", TYPED | {"key": str(uuid4()), "matter": "Casey saw a van.", "told_by": "Casey"}
    )
    assert response.status_code == 422
    assert "This says “Casey”" in page(response)


def test_somebody_of_two_organisations_says_for_which(fairhaven) -> None:
    Post.objects.create(person=fairhaven.priya, organisation=fairhaven.ashdown, role="deputy-dsl", starts_on=BEGAN)
    assert "For which organisation" in page(get(fairhaven, "priya", "tell"))
    post(fairhaven, "priya", "tell", TYPED | {"key": str(uuid4()), "organisation": str(fairhaven.ashdown.pk)})
    assert everything(Receipt)[0].organisation_id == fairhaven.ashdown.pk


def test_the_unit_sees_a_reference_and_opens_it_by_pressing(fairhaven) -> None:
    row = submitted(fairhaven)
    assert row.reference in page(get(fairhaven, "ivo", "inbox"))
    stage = page(get(fairhaven, "ivo", "stage", submission_id=row.pk))
    assert "FX19" not in stage
    opened = page(post(fairhaven, "ivo", "open", submission_id=row.pk))
    assert "FX19 KLM" in opened
    assert "A child told me" in opened
    assert "Do not ring the school" in opened


def test_each_step_is_taken_on_the_page_of_its_words(fairhaven) -> None:
    row = submitted(fairhaven)
    where = {"submission_id": row.pk}
    assert "The grade is saved" in page(post(fairhaven, "ivo", "grade", GRADE, **where))
    assert "also in" not in page(post(fairhaven, "ivo", "mention", {"kind": "vehicle", "words": "FX19 KLM"}, **where))
    key = str(uuid4())
    assert "Saved. You can send" in page(post(fairhaven, "ivo", "sanitise", {"text": SAFE, "key": key}, **where))
    sending = {"to": str(fairhaven.health.pk), "handling": "P", "purpose": "to keep watch", "told": "no-crime"}
    assert "have been told" in page(post(fairhaven, "ivo", "send", sending | {"report": key}, **where))
    assert post(fairhaven, "ivo", "answer", {"outcome": "used"}, **where).status_code == 302
    assert [len(everything(model)) for model in (Grade, Link, Report, Dissemination)] == [1, 1, 1, 1]
    stage = page(get(fairhaven, "ivo", "stage", **where))
    assert "Fairhaven Community Health" in stage
    assert "Used as intelligence" in stage
    assert row.reference in page(get(fairhaven, "ivo", "answered"))


@pytest.mark.parametrize("step", ["grade", "mention", "sanitise", "send", "answer"])
def test_a_step_that_lacks_something_says_what_at_the_top(fairhaven, step) -> None:
    row = submitted(fairhaven)
    graded(fairhaven, row)
    sanitised(fairhaven, row)
    response = post(fairhaven, "ivo", step, submission_id=row.pk)
    assert response.status_code == 422
    assert "There is a problem" in page(response)


def test_a_warning_keeps_the_text_and_a_tick_passes_it(fairhaven) -> None:
    row = submitted(fairhaven, could_show=True)
    typed = {"text": "My careful words", "key": str(uuid4())}
    response = post(fairhaven, "ivo", "sanitise", typed, submission_id=row.pk)
    assert response.status_code == 422
    assert "My careful words" in page(response)
    assert post(fairhaven, "ivo", "sanitise", typed | {"has_looked": "on"}, submission_id=row.pk).status_code == 200


def test_what_links_submissions_is_a_picture_and_a_table(fairhaven) -> None:
    one, other = submitted(fairhaven), submitted(fairhaven, "grace")
    for row in (one, other):
        link = mentioned(fairhaven, row, Kind.VEHICLE, "FX19 KLM")
    words = page(post(fairhaven, "ivo", "links", submission_id=one.pk))
    assert words.count("intelligence-line--shared") == 2
    assert words.count(other.reference) == 2
    post(fairhaven, "ivo", "end-mention", submission_id=other.pk, link_id=link.pk)
    assert other.reference not in page(post(fairhaven, "ivo", "links", submission_id=one.pk))


def test_the_lead_says_why_before_she_learns_who_told(fairhaven) -> None:
    row = submitted(fairhaven)
    assert "Priya" not in page(get(fairhaven, "iris", "source", submission_id=row.pk))
    assert post(fairhaven, "iris", "source", {"why": " "}, submission_id=row.pk).status_code == 422
    words = page(post(fairhaven, "iris", "source", {"why": "a court asks"}, submission_id=row.pk))
    assert "Priya Nair" in words
    assert "Casey in year nine" in words
    assert get(fairhaven, "ivo", "source", submission_id=row.pk).status_code == 404
    assert post(fairhaven, "ivo", "source", {"why": "a court asks"}, submission_id=row.pk).status_code == 404


def test_who_told_is_asked_for_with_a_fresh_second_factor(fairhaven) -> None:
    row = submitted(fairhaven)
    address = reverse("intelligence:source", kwargs={"submission_id": row.pk})
    client, officer = fairhaven.client("iris"), fairhaven.client("ivo")
    with at_the_hour(LATER + timedelta(seconds=FRESH + 1)):
        for response in (client.get(address), client.post(address, {"why": "a court asks"})):
            assert response.status_code == 302
            assert response.url.startswith(reverse("mfa_reauthenticate"))
        assert officer.get(address).status_code == 404, "he is not asked for a factor that would open nothing"
    (kept,) = everything(Source)
    with behind():
        assert not kept.record.disclosures.exists()


def test_what_a_unit_has_in_comes_in_pages_the_urgent_first(fairhaven) -> None:
    low = submitted(fairhaven)
    graded(fairhaven, low, replace(GRADED, priority=Priority.LOW))
    for later in range(lists.A_PAGE):
        submitted(fairhaven, at=NOW + timedelta(seconds=later))
    high = submitted(fairhaven, at=LATER)
    graded(fairhaven, high, replace(GRADED, priority=Priority.HIGH))
    medium = submitted(fairhaven, at=LATER)
    graded(fairhaven, medium)
    seen = {}
    for number in (1, 2):
        address = reverse("intelligence:inbox") + f"?page={number}"
        seen[number] = page(fairhaven.client("ivo").get(address))
    assert seen[1].count("haven-card__title") == lists.A_PAGE
    assert seen[2].count("haven-card__title") == 3
    places = [seen[2].index(each.reference) for each in (high, medium, low)]
    assert places == sorted(places), "what nobody has graded stands with what is urgent, the oldest first"
    assert 'aria-current="page"' in seen[2]
    assert "govuk-pagination" not in page(get(fairhaven, "ivo", "answered"))


def test_somebody_it_is_about_is_named_on_a_page(fairhaven) -> None:
    row = submitted(fairhaven)
    typed = {"sort": "child", "first_name": "Jonah", "last_name": "Quayle", "purpose": "to link what is known"}
    typed |= {"born_on_0": "4", "born_on_1": "5", "born_on_2": "2016"}
    assert "Name them" in page(get(fairhaven, "ivo", "name", submission_id=row.pk))
    assert post(fairhaven, "ivo", "name", {"sort": "child"}, submission_id=row.pk).status_code == 422
    assert post(fairhaven, "ivo", "name", typed, submission_id=row.pk).status_code == 302
    assert "1 named" in page(get(fairhaven, "ivo", "stage", submission_id=row.pk))


def test_a_partner_opens_what_it_was_sent_by_pressing_and_it_can_be_taken_back(fairhaven) -> None:
    row = submitted(fairhaven)
    graded(fairhaven, row)
    there = sent(fairhaven, sanitised(fairhaven, row), fairhaven.oakfield, "Ring us first.")
    assert "On conditions" in page(get(fairhaven, "priya", "received"))
    words = page(post(fairhaven, "priya", "read", dissemination_id=there.pk))
    assert "Ring us first." in words
    assert SAFE in words
    assert "Read" in page(get(fairhaven, "ivo", "stage", submission_id=row.pk))
    post(fairhaven, "ivo", "take-back", submission_id=row.pk, dissemination_id=there.pk)
    assert "Taken back" in page(get(fairhaven, "ivo", "stage", submission_id=row.pk))
    assert post(fairhaven, "priya", "read", dissemination_id=there.pk).status_code == 404


def test_one_record_that_does_not_open_degrades_that_one_only(fairhaven) -> None:
    row, other = submitted(fairhaven), submitted(fairhaven, "grace")
    Wrap.objects.filter(record=row.record_id).delete()
    assert "could not be opened" in page(post(fairhaven, "ivo", "open", submission_id=row.pk))
    assert "FX19 KLM" in page(post(fairhaven, "ivo", "open", submission_id=other.pk))


def test_a_month_is_told_when_it_is_over_and_small_numbers_are_not(fairhaven) -> None:
    for _ in range(3):
        told(fairhaven, at=NOW.replace(month=2))
    words = page(get(fairhaven, "priya", "month"))
    assert "February 2026" in words
    assert "not shown" in words
    assert "March 2026" not in words
    for wished in ("2026-03", "2026-13", "x"):
        response = fairhaven.client("priya").get(reverse("intelligence:month"), {"month": wished})
        assert "February 2026" in page(response)


def test_the_lead_sees_which_schools_take_part_and_schools_do_not(fairhaven) -> None:
    told(fairhaven)
    words = page(get(fairhaven, "marcus", "schools"))
    assert words.index("Ashdown Academy") < words.index("Oakfield Primary School")
    assert "never" in words
    for who in ("priya", "tom", "osei", "bell"):
        assert get(fairhaven, who, "schools").status_code == 404


def test_the_lead_sets_the_unit_and_its_words(fairhaven) -> None:
    assert "Fairhaven Police" in page(get(fairhaven, "marcus", "settings"))
    typed = {"organisation": str(fairhaven.council.pk), "crime_words": "Ring 101.", "child_words": "Ring the MASH."}
    assert post(fairhaven, "marcus", "settings", typed).status_code == 302
    assert Unit.objects.get().organisation == fairhaven.council
    assert "Ring the MASH." in page(get(fairhaven, "priya", "router"))
    assert post(fairhaven, "marcus", "settings", {"organisation": "x"}).status_code == 422
    assert get(fairhaven, "priya", "settings").status_code == 404
