"""The pages of reading, answering back and visiting, walked as people walk them: without JavaScript."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from haven.actions.models import Action
from haven.audits.models import Return
from haven.audits.rules.life import State
from haven.moderation.models import Feedback, Finding, Reading, Remark, Visit
from tests.audits.asked import opened
from tests.audits.sent import send
from tests.cast import NOW, TODAY, Cast
from tests.moderation.read import again, copy_in_hand, given, in_hand, with_year_before

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


@pytest.fixture
def the_day() -> Iterator[None]:
    """The cast’s own day."""
    with time_machine.travel(NOW, tick=True):
        yield


def _at(name: str, *args: object) -> str:
    return reverse(f"moderation:{name}", args=args)


def _body(client: Client, name: str, *args: object, query: str = "", status: int = 200) -> str:
    response = client.get(_at(name, *args) + query)
    assert response.status_code == status
    return response.content.decode()


def _post(client: Client, name: str, *args: object, status: int = 200, **typed: object) -> str:
    response = client.post(_at(name, *args), typed, follow=True)
    assert response.status_code == status
    return response.content.decode()


def _day(name: str, on: object) -> dict[str, int]:
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}  # type: ignore[attr-defined]


def test_a_lead_reads_what_was_sent_and_the_school_sees_who_read_it(cast: Cast) -> None:
    of, client = in_hand(cast), cast.client("marcus")
    body = _body(client, "to-read")
    assert "1 school waits to be read" in body
    assert "Nobody at the council has read it yet" in _body(cast.client("priya"), "feedback", of.pk)
    assert client.get(_at("read-oldest")).url == _at("read", of.pk)
    body = _body(client, "read", of.pk)
    assert "1 of 2 claims in place has evidence behind them." in body
    body = _body(client, "read-section", of.pk, "leads")
    assert "Nothing stands behind this claim" in body
    assert "Policy" in body
    assert Reading.objects.count() == 1
    body = _body(cast.client("priya"), "feedback", of.pk)
    assert "Read by Marcus Hale, Fairhaven Council, on 2 March 2026" in body
    assert "You have read everything" in _body(client, "to-read")
    assert client.get(_at("read-oldest")).url == _at("to-read")


def test_the_next_to_read_is_one_click_away(cast: Cast) -> None:
    cycle = opened(cast)
    first, second = in_hand(cast, cycle), in_hand(cast, cycle, "grace")
    body = _body(cast.client("marcus"), "read", first.pk)
    assert f'href="{_at("read", second.pk)}">Next to read: Ashdown Academy' in body


def test_evidence_opens_for_the_reader_and_is_recorded(cast: Cast) -> None:
    of = in_hand(cast)
    support = of.sheet.supports.get()
    response = cast.client("marcus").get(_at("read-file", of.pk, support.pk))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert _at("read-file", of.pk, support.pk) in _body(cast.client("marcus"), "read-section", of.pk, "leads")
    body = _body(cast.client("marcus"), "read-words", of.pk, support.pk)
    assert "Our child protection policy." in body
    for name in ("priya", "grace", "sam"):
        assert cast.client(name).get(_at("read-words", of.pk, support.pk)).status_code == 404
        assert cast.client(name).get(_at("read-file", of.pk, support.pk)).status_code == 404


def test_what_changed_since_last_year_stands_beside(cast: Cast) -> None:
    _, of = with_year_before(cast)
    body = _body(cast.client("marcus"), "read", of.pk)
    assert "Worse than last time (1)" in body
    assert "Better than last time (1)" in body
    body = _body(cast.client("marcus"), "read-section", of.pk, "policies")
    assert "Last time: Green" in body
    assert "▼" in body


def test_a_remark_waits_for_the_feedback(cast: Cast) -> None:
    of, client = in_hand(cast), cast.client("marcus")
    body = _post(client, "remark", of.pk, question="lead-named", kind="good", words="")
    assert "Good practice." in body
    assert "not shown to the school yet" in body
    body = _post(client, "remark", of.pk, question="policy-read", kind="comment", words=" ")
    assert "Write what you want to say" in body
    assert "Good practice." not in _body(cast.client("priya"), "feedback", of.pk)
    assert "Fill in" not in _body(client, "give-feedback", of.pk)
    body = _post(client, "give-feedback", of.pk, words="", status=422)
    assert "Write your feedback" in body
    body = _post(client, "give-feedback", of.pk, words="A careful audit.", area_will="A course on filtering.")
    assert "A careful audit." in body
    body = _body(cast.client("priya"), "feedback", of.pk)
    for words in ("A careful audit.", "A course on filtering.", "Good practice.", "Marcus Hale", "SHA-256"):
        assert words in body
    assert Feedback.objects.get().digest in body
    body = _post(cast.client("priya"), "reply", of.pk, question="lead-named", words="Thank you.")
    assert "Thank you." in body
    assert "Replied to what you said" in _body(client, "to-read")
    assert again(of).state == State.READ


def test_a_remark_can_be_taken_away_before_it_is_shown(cast: Cast) -> None:
    of, client = in_hand(cast), cast.client("marcus")
    _post(client, "remark", of.pk, question="lead-named", kind="comment", words="Hm.")
    body = _post(client, "drop-remark", Remark.objects.get().pk)
    assert "Hm." not in body
    assert not Remark.objects.exists()


def test_feedback_that_is_kept_for_later_stands_there_again(cast: Cast) -> None:
    of, client = in_hand(cast), cast.client("marcus")
    _post(client, "give-feedback", of.pk, words="Half a sen", keep="1")
    assert not Feedback.objects.exists()
    assert "Half a sen" in _body(client, "give-feedback", of.pk)
    response = client.post(_at("keep-feedback"), {"place": f"feedback/{of.pk}", "words": "Half a sentence"})
    assert response.json()["kept"] == "09:30"
    assert client.post(_at("keep-feedback"), {"place": "elsewhere/1"}).status_code == 400


def test_a_return_goes_back_for_more_and_the_school_can_write_again(cast: Cast) -> None:
    of, client = in_hand(cast), cast.client("marcus")
    _post(client, "remark", of.pk, question="policy-read", kind="more", words="Which two?")
    body = _post(client, "send-back", of.pk, words="Say more of the policy.")
    assert "Sent back" in body
    body = _body(cast.client("priya"), "feedback", of.pk)
    assert "Your audit is open again" in body
    assert "Which two?" in body
    of = again(of)
    assert of.state == State.SENT_BACK
    assert not of.sheet.is_locked
    assert not of.copies.filter(lapsed_at__isnull=True).exists()
    body = _body(client, "read", of.pk)
    assert "at work on it again" in body
    assert "Say something" not in _body(client, "read-section", of.pk, "leads")


def test_a_school_that_is_asked_for_more_sees_on_its_audit_why_and_where(cast: Cast) -> None:
    of, client = in_hand(cast), cast.client("marcus")
    _post(client, "remark", of.pk, question="policy-read", kind="more", words="Which two?")
    _post(client, "remark", of.pk, question="lead-named", kind="good", words="As it should be.")
    assert "More is asked for" not in _audit(cast, of)
    _post(client, "send-back", of.pk, words="Say more of the policy.")
    body = _audit(cast, of)
    assert "Marcus Hale, Fairhaven Council, sent it back on 2 March 2026:" in body
    assert "Say more of the policy." in body
    assert f'href="/audits/{of.pk}/sections/policies/#q-policy-read">2.1 Staff have read the policy.</a>' in body
    assert "Which two?" in body
    assert "As it should be." not in body
    send(of)
    assert "More is asked for" not in _audit(cast, of)


def _audit(cast: Cast, of: Return) -> str:
    """The school’s own page of its audit."""
    return cast.client("priya").get(reverse("audits:return", args=[of.pk])).content.decode()


@pytest.mark.parametrize("name", ["give-feedback", "send-back"])
def test_who_answers_an_audit_is_among_those_who_read_it(cast: Cast, name: str) -> None:
    of = in_hand(cast)
    _post(cast.client("marcus"), name, of.pk, words="Say more of the policy.")
    body = _body(cast.client("priya"), "feedback", of.pk)
    assert "Read by Marcus Hale, Fairhaven Council, on 2 March 2026" in body
    assert "Nobody at the council has read it yet" not in body


def test_what_was_promised_becomes_an_action(cast: Cast) -> None:
    of, client = in_hand(cast), cast.client("marcus")
    assert "Nothing yet" in _body(client, "will-do", of.cycle_id)
    _post(client, "give-feedback", of.pk, words="Good.", area_will="We will run a course.")
    body = _body(client, "will-do", of.cycle_id)
    assert "We will run a course." in body
    feedback = Feedback.objects.get()
    assert "We will run a course." in _body(client, "promise", feedback.pk)
    _post(client, "promise", feedback.pk, what="Come to the course.", whom="all")
    action = Action.objects.get()
    assert (action.pk, action.quote, action.assignments.count()) == (feedback.pk, "", 2)
    assert client.get(_at("promise", feedback.pk)).status_code == 302
    assert "Asked" in _body(client, "will-do", of.cycle_id)


def test_the_same_promise_to_several_schools_stands_once_and_becomes_one_action(cast: Cast) -> None:
    cycle, client = opened(cast), cast.client("marcus")
    ours, theirs = (in_hand(cast, cycle, who) for who in ("priya", "grace"))
    first = given(cast, ours, area_will="We will run a course.")
    second = given(cast, theirs, area_will="We will  run a course.")
    body = _body(client, "will-do", cycle.pk)
    assert "To 2 schools" in body
    assert body.count("Make it an action") == 1
    assert "The 2 schools to which it was promised" in _body(client, "promise", second.pk)
    _post(client, "promise", second.pk, what="Come to the course.", whom="school")
    action = Action.objects.get()
    asked = {each.organisation_id for each in action.assignments.all()}
    assert asked == {ours.organisation_id, theirs.organisation_id}
    assert action.pk in (first.pk, second.pk)
    assert client.get(_at("promise", first.pk)).headers["Location"].endswith(f"{action.pk}/")
    assert client.get(_at("promise", second.pk)).headers["Location"].endswith(f"{action.pk}/")
    assert "Make it an action" not in _body(client, "will-do", cycle.pk)
    given(cast, theirs, "Another thing.", "We will write a guide.")
    assert _body(client, "will-do", cycle.pk).count("Make it an action") == 1, "another promise stands for itself"


def test_a_draw_is_seen_before_it_is_confirmed_and_a_visit_written_up(cast: Cast) -> None:
    of, client = in_hand(cast), cast.client("marcus")
    cycle = of.cycle
    body = _body(client, "visits", cycle.pk)
    assert "2 schools can be drawn" in body
    assert re.findall(r'name="(?:risk|longest_ago|random)"[^>]*value="(\d+)"', body) == ["2", "2", "2"]
    rule = {"risk": 1, "longest_ago": 0, "random": 0, "seed": "harbour"}
    body = _body(client, "visits", cycle.pk, query="?risk=1&longest_ago=0&random=0&seed=harbour")
    assert "It draws 1 school" in body
    assert "Oakfield Primary School" in body
    assert not Visit.objects.exists()
    seen = body.split('name="seen" value="')[1].split('"')[0]
    assert "Look at it again" in _post(client, "visits", cycle.pk, status=422, **rule, seen="other")
    _post(client, "visits", cycle.pk, **rule, seen=seen)
    visit = Visit.objects.get()
    assert visit.of_id == of.pk
    assert cast.client("priya").get(_at("visit", visit.pk)).status_code == 404
    on = TODAY + timedelta(days=7)
    body = _post(client, "plan-visit", visit.pk, **_day("planned_on", on), visitor=cast.marcus.pk)
    assert "Monday 9 March 2026" in body
    body = _body(cast.client("priya"), "visit", visit.pk)
    assert "Monday 9 March 2026" in body
    assert "What was found" not in body
    body = _post(client, "findings", visit.pk, "policies", status=422, **{"words-policy-read": "Seen."})
    assert "Choose the grade agreed" in body
    _post(client, "findings", visit.pk, "policies", **{"agreed-policy-read": "red", "words-policy-read": "Not read."})
    assert Finding.objects.get().own == "amber"
    body = _post(client, "agree-visit", visit.pk, **_day("visited_on", TODAY), words="A good day.")
    assert "Agreed" in body
    body = _body(cast.client("priya"), "visit", visit.pk)
    for words in ("A good day.", "Not read.", "lower than the school’s own"):
        assert words in body
    assert "0 of 1 grades" in _body(client, "visits", cycle.pk)
    assert client.get(_at("findings", visit.pk, "policies")).status_code == 404


def test_a_school_is_visited_without_a_draw_and_the_visit_called_off(cast: Cast) -> None:
    of, client = in_hand(cast), cast.client("marcus")
    assert "Say why" in _post(client, "add-visit", of.pk, why="", status=422)
    _post(client, "add-visit", of.pk, why="A new head.")
    visit = Visit.objects.get()
    assert "A new head." in _body(client, "visit", visit.pk)
    assert "Say why it is called off" in _post(client, "call-off-visit", visit.pk, why="")
    _post(client, "call-off-visit", visit.pk, why="Snow.")
    assert not Visit.objects.exists()


def test_a_copy_that_was_reopened_is_what_the_council_still_reads(cast: Cast) -> None:
    of = in_hand(cast)
    copy = copy_in_hand(of)
    copy.lapsed_at = NOW
    copy.save()
    Return.objects.filter(pk=of.pk).update(state=State.STARTED)
    of.sheet.answers.filter(question="policy-read").update(words="New words in hand.")
    body = _body(cast.client("marcus"), "read-section", of.pk, "policies")
    assert "Two have not." in body
    assert "New words in hand." not in body


def test_what_is_lacking_and_stands_under_worse_already_is_not_counted_as_all_of_it(cast: Cast) -> None:
    _, of = with_year_before(cast, lived="3")
    body = _body(cast.client("marcus"), "read", of.pk)
    assert '<span class="haven-figure__number">2</span> not, or partly, in place' in body
    assert "Worse than last time (1)" in body
    assert "Not, or partly, in place (1 more)" in body
