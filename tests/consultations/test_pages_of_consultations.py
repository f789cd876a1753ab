"""The pages, walked as people walk them: without JavaScript, by plain links and forms."""

import io
import re
from datetime import date, timedelta
from uuid import uuid4

import docx
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from haven.actions.services import make_calendar_key
from haven.consultations.models import Answer, Question, Reply, Response, Submission
from haven.guidance import services as guidance
from tests.cast import NOW, TODAY, Cast
from tests.consultations.asked import (
    ADDRESS,
    CLOSES,
    OURS,
    answered,
    contributed,
    draft,
    gathering,
    part_of,
    prepared,
    questioned,
    recorded,
    redated,
)
from tests.guidance.texts import edition, filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


def _at(name: str, *args: object) -> str:
    return reverse(f"consultations:{name}", args=args)


def _body(client: Client, name: str, *args: object, query: str = "", status: int = 200) -> str:
    response = client.get(_at(name, *args) + query)
    assert response.status_code == status
    return response.content.decode()


def _post(client: Client, name: str, *args: object, status: int = 200, **typed: object) -> str:
    response = client.post(_at(name, *args), typed, follow=True)
    assert response.status_code == status
    return response.content.decode()


def _day(name: str, day: date) -> dict[str, int]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_a_lead_gathers_a_response_from_nothing_to_those_who_are_asked(cast: Cast) -> None:
    made, client = draft(cast), cast.client("marcus")
    body = _body(client, "index")
    assert "40 days left" in body
    assert _at("prepare", made.pk) in body
    body = _body(client, "prepare", made.pk)
    assert "Fairhaven Police" in body
    assert f'value="{(CLOSES - timedelta(days=7)).day}"' in body  # a week before is proposed
    assert "Choose whom it is for" in _post(client, "prepare", made.pk, status=422, **_day("closes_on", OURS))
    whom = {"whom": "all-schools", "partners": [str(cast.police.pk)], "note": "Look at page 3."}
    body = _post(client, "prepare", made.pk, **_day("closes_on", OURS), **whom)
    response = Response.objects.get()
    assert "Paste or write questions" in body
    assert "at least one question" in _post(client, "questions", response.pk, status=422, add="1", text="")
    assert "No question was found" in _post(client, "questions", response.pk, status=422, add="1", text="Yes\nNo")
    body = _post(client, "questions", response.pk, add="1", text="1. Is it right?\n2. Do you agree?\n3. What else?")
    assert "3 questions were added" in body
    first, second, third = Question.objects.all()
    assert [each.kind for each in (first, second, third)] == ["yes-no", "agree", "free"]
    assert "All schools" not in _body(client, "response", response.pk).split("About it")[0]
    body = _body(client, "invite", response.pk)
    assert "3 organisations will have this on their page" in body
    assert "Is it right?" in body
    assert "Asked. 3 have it on their page." in _post(client, "invite", response.pk)
    assert client.get(_at("invite", response.pk)).status_code == 302
    assert "Your view" in _body(cast.client("priya"), "index")


def test_questions_are_changed_moved_and_taken_out_by_buttons(cast: Cast) -> None:
    response, client = prepared(cast), cast.client("marcus")
    first, second, third = questioned(cast, response)
    typed = {}
    for each in (first, second, third):
        typed |= {f"number-{each.pk}": each.number, f"words-{each.pk}": each.words, f"kind-{each.pk}": each.kind}
    address = _at("questions", response.pk)
    client.post(address, typed | {f"words-{first.pk}": "Changed.", "down": str(first.pk)})
    assert [each.words for each in response.questions.all()] == [second.words, "Changed.", third.words]
    client.post(address, typed | {"up": str(second.pk)})  # the first already: it stays
    assert response.questions.first() == second
    client.post(address, typed | {"remove": str(second.pk)})
    assert list(response.questions.all()) == [first, third]
    left = {name: value for name, value in typed.items() if str(second.pk) not in name}
    answer = client.post(address, left | {"done": "1"})
    assert answer.headers["Location"] == _at("response", response.pk)
    assert "Give question 1 its words" in _post(
        client, "questions", response.pk, status=422, **(left | {f"words-{first.pk}": ""})
    )


def test_what_was_prepared_is_changed_and_discarded(cast: Cast) -> None:
    response, client = prepared(cast), cast.client("marcus")
    body = _body(client, "amend", response.pk)
    assert re.search(rf'value="{cast.police.pk}"[^>]*checked', body)
    changed = {"whom": "some", "organisations": "Ashdown Academy", "note": ""} | _day("closes_on", TODAY)
    assert "1 organisation" not in _post(client, "amend", response.pk, **changed)
    questioned(cast, response)
    assert "1 organisation," in _body(client, "response", response.pk)
    assert "Discarded." in _post(client, "discard", response.pk)
    assert not Response.objects.exists()


def test_a_school_keeps_sends_and_changes_its_view(cast: Cast) -> None:
    response, client = gathering(cast), cast.client("priya")
    part, first = part_of(cast, response), response.questions.get(place=1)
    choice, words = f"choice-{first.pk}", f"words-{first.pk}"
    body = _body(client, "contribution", part.pk)
    assert "Look at page 3." in body
    assert "Should every school keep a list?" in body
    assert "Kept. What you typed" in _post(client, "contribution", part.pk, keep="1", seen="0", **{words: "Half a"})
    assert "Half a</textarea>" in _body(client, "contribution", part.pk)
    assert "Answer at least one question" in _post(
        client, "contribution", part.pk, status=422, seen="0", **{choice: "none"}
    )
    body = _post(client, "contribution", part.pk, seen="0", **{choice: "yes", words: "It helps."})
    assert "Oakfield Primary School has answered. You can change it until 1 April 2026." in body
    assert "Nothing was changed" in _post(
        client, "contribution", part.pk, seen="0", **{choice: "yes", words: "It helps."}
    )
    body = _post(client, "contribution", part.pk, seen="1", **{choice: "no", words: "It hinders."})
    assert "How it was worded before" in body
    assert body.count("It helps.") == 1
    assert "You have answered" in _body(client, "index")
    assert _body(cast.client("grace"), "contribution", part.pk, status=404)


def test_two_people_of_one_school_see_both_and_choose(cast: Cast) -> None:
    response = gathering(cast)
    part, first = part_of(cast, response), response.questions.get(place=1)
    words = f"words-{first.pk}"
    tom = cast.client("tom")
    contributed(cast, response, "priya", words="Priya writes.")
    body = _post(tom, "contribution", part.pk, seen="0", **{words: "Tom writes."})
    assert "Both are kept" in body
    assert "Priya writes." in body
    assert "Tom writes.</textarea>" in body
    assert part_of(cast, response).version == 1
    body = _post(tom, "contribution", part.pk, seen="1", **{words: "Tom and Priya write."})
    assert "has answered" in body
    assert "Priya writes." in body  # how it was worded before
    _post(tom, "contribution", part.pk, keep="1", seen="1", **{words: "Tom alone."})
    assert "Tom alone." not in _post(tom, "contribution", part.pk, forget="1")


def test_a_late_view_is_refused_kindly_and_kept(cast: Cast) -> None:
    response = gathering(cast)
    part, third = part_of(cast, response), response.questions.get(place=3)
    with time_machine.travel(NOW + timedelta(days=31), tick=True):
        client = cast.client("priya")
        body = _post(client, "contribution", part.pk, seen="0", **{f"words-{third.pk}": "Too late?"})
        assert "Thank you for your view." in body
        assert "What you wrote and did not send" in body
        assert "Too late?" in body
        assert "Closed" in _body(client, "index")


def test_a_form_is_kept_as_it_is_typed(cast: Cast) -> None:
    part, client = part_of(cast, gathering(cast)), cast.client("priya")
    place = f"contribute/{part.pk}"
    answer = client.post(_at("keep-draft"), {"place": place, "seen": "0", "words": "Half"})
    assert "kept" in answer.json()
    assert cast.priya.drafts.get().fields == {"seen": "0", "words": "Half"}
    assert client.post(_at("keep-draft"), {"place": "elsewhere"}).status_code == 400


def test_a_lead_sees_views_side_by_side_quotes_one_and_answers(cast: Cast) -> None:
    response = gathering(cast)
    contributed(cast, response)
    contributed(cast, response, "grace", "ashdown", choice="no", words="It hinders.")
    contributed(cast, response, "bell", "police", choice="yes", words="")
    client = cast.client("marcus")
    first, second, third = response.questions.all()
    body = _body(client, "question", first.pk)
    assert body.index("Primary schools (1)") < body.index("Secondary schools (1)")
    assert 'class="haven-bar__open" x="0.0" y="0" width="50.0"' in body
    table = body.split("How many of each kind of organisation chose what")[1].split("</table>")[0]
    assert re.findall(r">(\d+|Primary schools|Secondary schools|Police|All)<", table) == (
        ["Primary schools", "Secondary schools", "Police", "All", *"1 0 1 2 0 1 0 1 0 0 0 0".split()]
    )
    reply = Reply.objects.get(words="It hinders.")
    words = f"words-{first.pk}"
    body = _post(client, "question", first.pk, seen="0", quote=str(reply.pk), **{words: "We say:"})
    assert "We say:\n\n“It hinders.” (a secondary school)</textarea>" in body
    assert not Answer.objects.exists()
    answer = client.post(_at("question", first.pk), {"seen": "0", "on": "1", words: "We say yes."})
    assert answer.headers["Location"] == _at("question", second.pk)
    assert Answer.objects.get().words == "We say yes."
    answer = client.post(_at("leave-out", second.pk), {"on": "1"})
    assert answer.headers["Location"] == _at("question", third.pk)
    assert "Left out" in _body(client, "question", second.pk)
    body = _body(client, "response", response.pk)
    assert "of 3 questions still to be answered by you" in body
    assert "Nothing is sent" not in body
    assert _post(client, "question", first.pk, status=404, quote="not one")
    assert _post(client, "question", second.pk, status=404, quote=str(reply.pk))


def test_a_colleagues_answer_is_shown_before_it_is_written_over(cast: Cast) -> None:
    response, client = gathering(cast), cast.client("marcus")
    first = response.questions.get(place=1)
    words = f"words-{first.pk}"
    _post(client, "question", first.pk, seen="0", **{words: "One."})
    body = _post(client, "question", first.pk, seen="0", **{words: "Two."})
    assert "What stands now" in body
    assert "Two.</textarea>" in body
    assert "is saved" in _post(client, "question", first.pk, seen="1", **{words: "Two."})
    assert "Choose or write" in _post(client, "question", first.pk, seen="2", status=422, **{words: ""})


def test_a_lead_reminds_those_who_said_nothing(cast: Cast) -> None:
    response, client = gathering(cast), cast.client("marcus")
    contributed(cast, response)
    assert "2 will be reminded within minutes" in _post(client, "remind", response.pk)
    assert "Nobody was reminded again" in _post(client, "remind", response.pk)
    with time_machine.travel(NOW + timedelta(days=31), tick=True):
        assert "nobody is reminded any more" in _post(cast.client("marcus"), "remind", response.pk)


def test_the_closing_date_is_moved_and_what_it_was_stays(cast: Cast) -> None:
    response, client = gathering(cast), cast.client("marcus")
    body = _post(client, "closing", response.pk, **_day("closes_on", CLOSES), why="More time.")
    assert "from 1 April 2026 to 11 April 2026" in body
    assert "Say why it is moved" in _post(client, "closing", response.pk, status=422, **_day("closes_on", CLOSES))
    past = _day("closes_on", TODAY - timedelta(days=1))
    assert "has not passed" in _post(client, "closing", response.pk, status=422, **past, why="Less.")


def test_a_date_that_slips_is_said_on_every_page_that_counts(cast: Cast) -> None:
    made = draft(cast)
    response, client = gathering(cast, made), cast.client("marcus")
    redated(cast, made, closes_on=OURS - timedelta(days=5))
    body = _body(client, "response", response.pk)
    assert "The consultation itself now closes on 27 March 2026. It was 11 April 2026 when yours was set." in body
    assert "views are taken until 27 March 2026" in body
    assert "27 March 2026" in _body(cast.client("priya"), "contribution", part_of(cast, response).pk)
    redated(cast, made, closes_on=None)
    assert "is no longer known" in _body(client, "response", response.pk)


def test_what_was_withdrawn_says_so_to_everybody(cast: Cast) -> None:
    made = draft(cast)
    response = gathering(cast, made)
    guidance.withdraw_edition(edition_id=made.pk, on=TODAY, why="It will be redrawn.", by=cast.actor("marcus"), at=NOW)
    body = _body(cast.client("marcus"), "response", response.pk)
    assert "It will be redrawn." in body
    assert "Remind" not in body
    body = _body(cast.client("priya"), "contribution", part_of(cast, response).pk)
    assert "nothing is asked any more" in body
    assert "Send your view" not in body
    assert "Withdrawn" in _body(cast.client("priya"), "index")


def test_what_was_sent_is_recorded_and_read_by_those_in_whose_name(cast: Cast) -> None:
    response, client = gathering(cast), cast.client("marcus")
    contributed(cast, response)
    assert "3 questions have no answer yet" in _body(client, "record", response.pk)
    answered(cast, response)
    assert "We say yes.</textarea>" in _body(client, "record", response.pk)
    typed = {"key": str(uuid4()), "way": "form", "reference": "R-17", "text": "We say yes.\r\nTo all."}
    assert "Fill in" not in _post(client, "record", response.pk, status=422, **typed)
    typed |= _day("sent_on", TODAY)
    body = _post(client, "record", response.pk, **typed, file=SimpleUploadedFile("receipt.txt", b"Received."))
    sent = Submission.objects.get()
    assert sent.digest in body
    assert client.get(_at("sent-file", sent.pk)).content == b"Received."
    client.post(_at("record", response.pk), typed)  # pressed twice
    assert Submission.objects.count() == 1
    priya = cast.client("priya")
    body = _body(priya, "contribution", part_of(cast, response).pk)
    assert "What was sent for Fairhaven" in body
    assert "We say yes.<br>To all." in body
    assert "receipt.txt" not in body
    assert _body(priya, "sent-file", sent.pk, status=404)
    assert "Save and go on" not in _body(client, "question", response.questions.first().pk)
    assert "so the questions stay as they are" in _body(client, "questions", response.pk)


def test_a_record_changed_outside_haven_is_noticed(cast: Cast) -> None:
    response = gathering(cast)
    answered(cast, response)
    recorded(cast, response)
    Submission.objects.update(text="Something else.")
    body = _body(cast.client("priya"), "contribution", part_of(cast, response).pk)
    assert "do not have this fingerprint any more" in body


def test_the_answer_of_the_department_is_shown_once_it_is_out(cast: Cast) -> None:
    made = draft(cast)
    response = gathering(cast, made)
    answered(cast, response)
    recorded(cast, response)
    redated(cast, made, answered_on=TODAY)
    body = _body(cast.client("priya"), "contribution", part_of(cast, response).pk)
    assert "The consultation was answered on 2 March 2026" in body
    assert ADDRESS in body
    assert "answered on 2 March 2026" in _body(cast.client("marcus"), "response", response.pk)


def test_answers_and_views_are_taken_away_as_files(cast: Cast) -> None:
    response, client = gathering(cast), cast.client("marcus")
    contributed(cast, response, words="=Sum of it")
    answered(cast, response, "We say yes.\n\nAnd more.")
    word = docx.Document(io.BytesIO(client.get(_at("answers-docx", response.pk)).content))
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert lines[:2] == ["Response of Fairhaven", "Draft thresholds, Draft of 2026"]
    assert lines[2:5] == ["1. Should every school keep a list?", "We say yes.", "And more."]
    table = client.get(_at("answers-csv", response.pk)).content.decode("utf-8-sig")
    assert "1,Should every school keep a list?,," in table
    table = client.get(_at("views-csv", response.pk)).content.decode("utf-8-sig")
    assert (
        "1,Should every school keep a list?,Oakfield Primary School,Primary schools,Yes,'=Sum of it,2026-03-03" in table
    )
    assert client.get(_at("views-xlsx", response.pk)).content.startswith(b"PK")


def test_a_month_is_a_picture_with_its_list_behind_it(cast: Cast) -> None:
    gathering(cast)
    draft(cast, title="Another", opens_on=TODAY, closes_on=date(2026, 5, 1), answered_on=date(2026, 6, 1))
    body = _body(cast.client("priya"), "calendar", query="?month=2026-04")
    assert "Consultations in April 2026" in body
    picture, days = body.split("Day by day")
    assert picture.index("◆ 1") < picture.index("■ 2")
    assert "Wednesday 1 April 2026" in days
    assert "Fairhaven’s own closing date" in days
    assert "?month=2026-03" in picture
    assert "?month=2026-05" in picture
    assert "Fairhaven’s own closing date" not in _body(cast.client("lena"), "calendar", query="?month=2026-04")
    assert "Nothing opens, closes or is answered" in _body(cast.client("priya"), "calendar", query="?month=2027-01")
    assert "Answered" in _body(cast.client("priya"), "calendar", query="?month=2026-06").split("Day by day")[1]
    assert picture.count("is-open") == 30  # every day of April: one closes on the 11th, the other on 1 May
    assert "Another, Draft of 2026</a>, 2 March 2026 to 1 May 2026" in picture


def test_a_withdrawn_draft_is_not_shown_as_open_afterwards(cast: Cast) -> None:
    made = draft(cast)
    guidance.withdraw_edition(edition_id=made.pk, on=TODAY, why="It will be redrawn.", by=cast.actor("marcus"), at=NOW)
    picture = _body(cast.client("priya"), "calendar").split("Day by day")[0]
    assert picture.count("is-open") == 1  # the day before


def test_closing_dates_are_a_file_for_ones_own_calendar(cast: Cast) -> None:
    gathering(cast)
    file = Calendar.from_ical(cast.client("priya").get(_at("calendar-file")).content)
    found = {str(each["summary"]): each["dtstart"].dt for each in file.walk("VEVENT")}
    assert found == {
        "Fairhaven’s views close: Draft thresholds, Draft of 2026": OURS,
        "Consultation closes: Draft thresholds, Draft of 2026": CLOSES,
    }


def test_ones_private_calendar_has_the_closing_dates_too(cast: Cast) -> None:
    gathering(cast)
    secret = make_calendar_key(by=cast.actor("priya"), at=NOW)
    body = Client().get(reverse("actions:feed", args=[secret])).content.decode()
    assert "SUMMARY:Consultation closes: Draft thresholds" in body.replace("\\,", ",")
    assert "DTSTART;VALUE=DATE:20260401" in body
    cast.priya.posts.all().delete()
    assert "VEVENT" not in Client().get(reverse("actions:feed", args=[secret])).content.decode()


def test_the_list_says_where_each_consultation_stands(cast: Cast) -> None:
    draft(cast, title="Open one")
    draft(cast, title="Coming one", opens_on=TODAY + timedelta(days=3), closes_on=CLOSES)
    draft(cast, title="Closed one", closes_on=TODAY - timedelta(days=3))
    draft(cast, title="Answered one", closes_on=TODAY - timedelta(days=9), answered_on=TODAY)
    body = _body(cast.client("lena"), "index")
    places = [body.index(f"{each} one") for each in ("Open", "Coming", "Closed", "Answered")]
    assert places == sorted(places)
    assert "Gather your area" not in body
    assert "No consultation is known" not in body


def test_without_any_consultation_the_list_says_what_will_stand_there(cast: Cast) -> None:
    assert "No consultation is known" in _body(cast.client("priya"), "index")


def test_what_changed_is_one_link_away_where_both_texts_are_there(cast: Cast) -> None:
    made = draft(cast)
    older = filled(cast, edition(cast, made.document, "2025"), "An old rule.")
    filled(cast, made, "A new rule.", name="draft.txt")
    part = part_of(cast, gathering(cast, made))
    body = _body(cast.client("priya"), "contribution", part.pk)
    assert reverse("changes:comparison", args=[older.pk, made.pk]) in body


def test_guidance_leads_to_the_consultations(cast: Cast) -> None:
    assert _at("index") in cast.client("priya").get(reverse("guidance:index")).content.decode()


def test_a_lead_is_told_at_home_what_closes_and_was_not_responded_to(cast: Cast) -> None:
    made, client = draft(cast), cast.client("marcus")
    body = client.get("/").content.decode()
    assert "Draft thresholds" in body
    assert "40 days left" in body
    assert _at("prepare", made.pk) in body
    response = gathering(cast, made)
    assert _at("response", response.pk) in client.get("/").content.decode()
    answered(cast, response)
    recorded(cast, response)
    assert "40 days left" not in client.get("/").content.decode()


def test_a_deputy_looks_and_is_not_asked_to_send(cast: Cast) -> None:
    part = part_of(cast, gathering(cast))
    cast.priya.posts.update(role="deputy-dsl")
    body = _body(cast.client("priya"), "contribution", part.pk)
    assert "Your safeguarding lead, your head or your governor answers" in body
    assert "Send your view" not in body
    assert cast.client("priya").post(_at("contribution", part.pk), {"seen": "0"}).status_code == 404
