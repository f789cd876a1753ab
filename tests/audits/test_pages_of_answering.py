"""A school at its return: what its pages show, take in and never lose, with and without a script."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from haven.audits.models import Return
from haven.questions.models import Answer, Support, Wording
from haven.questions.rules.filling import fields_typed
from tests.audits.asked import answer, answered, begun, opened, prepared, return_of, typed
from tests.cast import NOW, Cast
from tests.questions.template import content, released

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


def section(of: Return, key: str = "leads") -> str:
    return reverse("audits:section", args=[of.pk, key])


def form(client: Client, address: str) -> dict[str, str]:
    """The fields of a section's form as its page fills them."""
    page = client.get(address).context["page"]
    fields: dict[str, str] = {}
    for each in page.asked:
        fields |= {f"{each.key}.seen": str(each.seen), f"{each.key}.was": each.was}
        fields |= {option_of(each): next((o.value for o in each.options if o.is_taken), "")} if each.options else {}
        fields |= {box.name: box.value for box in (*each.boxes, *each.by)}
        fields |= {f"{each.key}.words": each.words, f"{each.key}.why": each.why}
    return {name: value for name, value in fields.items() if value != "" or name.count(".") != 0}


def option_of(each: Any) -> str:
    return str(each.key)


def save(client: Client, of: Return, question: str, seen: int = 0, **fields: str) -> Any:
    named = {f"{question}.{name}" if name != "value" else question: text for name, text in fields.items()}
    body = {"question": question, "fields": named, "seen": seen}
    return client.post(reverse("audits:save", args=[of.pk]), json.dumps(body), content_type="application/json")


def test_the_overview_before_it_is_begun_says_what_is_asked(cast: Cast) -> None:
    of = return_of(cast, opened(cast))
    page = cast.client("priya").get(reverse("audits:return", args=[of.pk])).content.decode()
    assert "Begin" in page
    assert "People and policies" in page
    assert not Return.objects.get(pk=of.pk).sheet_id


def test_begun_twice_it_has_one_sheet_and_leads_on(cast: Cast) -> None:
    of = return_of(cast, opened(cast))
    client = cast.client("priya")
    first = client.post(reverse("audits:begin", args=[of.pk]))
    sheet = Return.objects.get(pk=of.pk).sheet_id
    client.post(reverse("audits:begin", args=[of.pk]))
    assert first.status_code == 302
    assert Return.objects.get(pk=of.pk).sheet_id == sheet


def test_the_work_done_is_told_apart_from_what_answers_are_worth(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    page = cast.client("priya").get(reverse("audits:return", args=[of.pk]))
    told = page.context["page"]
    assert told.counts.answered == told.counts.asked - 1
    assert {worth.key: count for worth, count in told.worths}["not-in-place"] == 1
    assert "Not in place" in page.content.decode()


@pytest.mark.parametrize("name", ["nobody", "sam", "grace", "marcus", "nadia"])
def test_nobody_else_comes_to_a_schools_pages(cast: Cast, name: str) -> None:
    of = begun(cast)
    client = cast.client(name)
    for address in (reverse("audits:return", args=[of.pk]), section(of), reverse("audits:save", args=[of.pk])):
        assert client.get(address).status_code == (302 if name == "nobody" else 404)


def test_every_kind_of_answer_is_taken_in_without_a_script(cast: Cast) -> None:
    kinds: list[dict[str, Any]] = [
        {"key": "k-number", "words": "How many?", "kind": "number", "unit": "pupils"},
        {"key": "k-date", "words": "When?", "kind": "date"},
        {"key": "k-person", "words": "Who?", "kind": "person"},
        {"key": "k-text", "words": "What?", "kind": "text"},
        {"key": "k-link", "words": "Where?", "kind": "link"},
        {"key": "k-scale", "words": "How far?", "kind": "rag", "means": {"green": "All of it."}},
        {
            "key": "k-table",
            "words": "Which?",
            "kind": "table",
            "columns": [{"key": "name", "label": "Name", "kind": "text"}, {"key": "on", "label": "On", "kind": "date"}],
        },
    ]
    part = {"key": "p", "title": "P", "sections": [{"key": "all", "title": "All", "questions": kinds}]}
    of = begun(cast, opened(cast, released(parts=[part])))
    client, address = cast.client("priya"), section(of, "all")
    fields = form(client, address) | {
        "k-number": "1,200",
        "k-date.day": "1",
        "k-date.month": "9",
        "k-date.year": "2025",
        "k-person.name": "Alex Reed",
        "k-person.role": "Head",
        "k-text": "Words.",
        "k-link": "https://example.org/a",
        "k-scale": "green",
        "k-table.0.name": "Fire drill",
        "k-table.0.on": "3/2/2026",
    }
    assert client.post(address, fields | {"on": "1"}).status_code == 302
    values = dict(Answer.objects.filter(sheet=of.sheet).values_list("question", "value"))
    assert values == {
        "k-number": 1200,
        "k-date": "2025-09-01",
        "k-person": {"name": "Alex Reed", "role": "Head"},
        "k-text": "Words.",
        "k-link": "https://example.org/a",
        "k-scale": "green",
        "k-table": [{"name": "Fire drill", "on": "2026-02-03"}],
    }
    assert form(client, address).keys() >= {"k-number", "k-date.day"}
    shown = client.get(address).content.decode()
    assert "Alex Reed" in shown
    assert "3 2 2026" in shown
    assert "All of it." in shown


def test_a_faulty_value_is_told_at_the_top_and_everything_else_is_saved(cast: Cast) -> None:
    of = begun(cast)
    client, address = cast.client("priya"), section(of)
    fields = form(client, address) | {"lead-named": "met", "lead-trained-on.day": "31", "lead-trained-on.month": "2"}
    answer_ = client.post(address, fields)
    page = answer_.content.decode()
    assert answer_.status_code == 422
    assert "There is a problem" in page
    assert 'value="31"' in page
    assert "Give a real day" in page
    assert Answer.objects.get(sheet=of.sheet, question="lead-named").value == "met"
    assert not Answer.objects.filter(sheet=of.sheet, question="lead-trained-on", value__isnull=False).exists()


def test_a_form_sent_twice_is_saved_once(cast: Cast) -> None:
    of = begun(cast)
    client, address = cast.client("priya"), section(of)
    fields = form(client, address) | {"lead-named": "met"}
    for _ in range(2):
        assert client.post(address, fields).status_code == 302
    assert Answer.objects.get(sheet=of.sheet, question="lead-named").revision == 1
    assert not Wording.objects.exists()


def test_a_form_leaves_alone_what_its_sender_did_not_touch(cast: Cast) -> None:
    of = begun(cast)
    client, address = cast.client("priya"), section(of)
    stale = form(client, address)
    answer(cast, of, "tom", lead_named=typed("partly", "Tom knows."))
    client.post(
        address, stale | {"lead-trained-on.day": "1", "lead-trained-on.month": "9", "lead-trained-on.year": "2025"}
    )
    kept = Answer.objects.get(sheet=of.sheet, question="lead-named")
    assert (kept.value, kept.words) == ("partly", "Tom knows.")
    assert not Wording.objects.exists()


def test_two_wordings_are_shown_and_one_is_chosen(cast: Cast) -> None:
    of = begun(cast)
    client, address = cast.client("priya"), section(of)
    stale = form(client, address)
    answer(cast, of, "tom", lead_named=typed("partly", "Tom knows."))
    client.post(address, stale | {"lead-named": "met", "lead-named.words": "Priya knows."})
    page = client.get(address).content.decode()
    assert "Tom knows." in page
    assert "Priya knows." in page
    assert "Two of you wrote" in page
    wording = Wording.objects.get()
    client.post(address, form(client, address) | {"choose": f"{wording.pk}.takes"})
    assert Answer.objects.get(sheet=of.sheet, question="lead-named").words == "Priya knows."
    assert "Earlier wordings (2)" in client.get(address).content.decode()


def test_an_answer_is_saved_by_itself_and_the_counts_come_back(cast: Cast) -> None:
    of = begun(cast)
    told = save(cast.client("priya"), of, "lead-named", value="not-met", words="None yet.").json()
    assert (told["saving"], told["revision"], told["label"]) == ("written", 1, "Something is missing")
    assert told["section"] == {"answered": 1, "asked": 3, "waiting": 0}
    assert "Give the day" in told["owed"]


def test_a_question_that_follows_from_another_is_asked_at_once(cast: Cast) -> None:
    of = begun(cast)
    told = save(cast.client("priya"), of, "has-nursery", value="yes").json()
    assert "nursery-lead" in told["asked"]
    assert told["section"]["asked"] == 4


def test_what_clashes_comes_back_with_both_wordings(cast: Cast) -> None:
    of = begun(cast)
    answer(cast, of, "tom", lead_named=typed("partly", "Tom knows."))
    told = save(cast.client("priya"), of, "lead-named", value="met", words="Priya knows.").json()
    assert told["saving"] == "beside"
    assert "Tom knows." in told["clash"]
    assert "Priya knows." in told["clash"]


def test_a_faulty_day_is_told_and_the_words_beside_it_are_saved(cast: Cast) -> None:
    of = begun(cast)
    fields = {"value": "not-met", "words": "Soon.", "by.day": "31", "by.month": "2", "by.year": "2026"}
    told = save(cast.client("priya"), of, "lead-named", **fields).json()
    assert "real day" in told["fault"]
    assert Answer.objects.get(sheet=of.sheet, question="lead-named").words == "Soon."


def test_what_looks_like_a_childs_name_is_warned_of_at_once(cast: Cast) -> None:
    of = begun(cast)
    told = save(cast.client("priya"), of, "lead-named", value="met", words="A pupil called Aran was helped.").json()
    assert told["child"] == "Aran"


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"question": "strange", "fields": {}}', '{"question": "lead-named"}']
)
def test_what_is_no_answer_is_refused(cast: Cast, body: str) -> None:
    of = begun(cast)
    address = reverse("audits:save", args=[of.pk])
    assert cast.client("priya").post(address, body, content_type="application/json").status_code == 400


def test_after_the_session_has_ended_nothing_is_saved_and_the_page_can_tell(cast: Cast) -> None:
    of = begun(cast)
    client = cast.client("priya")
    client.logout()
    sent = save(client, of, "lead-named", value="met")
    assert sent.status_code == 302
    assert reverse("account_login") in sent.headers["Location"]
    assert not Answer.objects.exists()
    again = cast.client("priya").get(reverse("audits:save", args=[of.pk])).json()
    assert again["person"] == str(cast.people["priya"].pk)
    assert again["token"]


def test_a_window_that_closes_at_midnight_loses_nothing(cast: Cast, time_machine: Any) -> None:
    of = begun(cast)
    client, address = cast.client("priya"), section(of)
    fields = form(client, address) | {"lead-named": "met", "lead-named.words": "Written on the last day."}
    time_machine.move_to(NOW + timedelta(days=41))
    refused = save(cast.client("priya"), of, "lead-named", value="met")
    assert refused.status_code == 409
    assert "final deadline was" in refused.json()["advice"]
    client = cast.client("priya")
    page = client.post(address, fields, follow=True).content.decode()
    assert "What you wrote is kept" in page
    assert "Written on the last day." in page
    assert not Answer.objects.exists()
    time_machine.move_to(NOW)
    shown = cast.client("priya").get(address).content.decode()
    assert "It stands in the fields again" in shown
    assert "Written on the last day." in shown


def test_answers_of_last_time_stand_ready_and_are_confirmed_one_by_one_or_together(cast: Cast) -> None:
    before = opened(cast)
    last = answered(cast, begun(cast, before))
    Return.objects.filter(pk=last.pk).update(state="submitted", submitted_at=NOW, reference="2025-1-AAAA")
    now = released(version="2027", parts=_reworded())
    of = begun(cast, opened(cast, now, title="Next", before=before.pk))
    client, address = cast.client("priya"), section(of)
    page = client.get(address)
    assert [each.key for each in page.context["page"].ready] == ["lead-named", "lead-trained-on", "has-nursery"]
    shown = page.content.decode()
    assert "Reworded since last time" in shown
    assert "A lead is named." in shown
    client.post(address, form(client, address) | {"confirm": "lead-named"})
    assert Answer.objects.get(sheet=of.sheet, question="lead-named").is_confirmed
    seen = {each.key: each.seen for each in client.get(address).context["page"].ready}
    told = client.post(
        reverse("audits:confirm", args=[of.pk]), json.dumps({"seen": seen}), content_type="application/json"
    ).json()
    assert sorted(told["confirmed"]) == ["has-nursery", "lead-trained-on"]
    assert told["section"] == {"answered": 3, "asked": 3, "waiting": 0}


def test_figures_of_last_time_are_shown_and_counted_anew(cast: Cast) -> None:
    before = opened(cast)
    last = answered(cast, begun(cast, before))
    answer(cast, last, referrals="6")
    Return.objects.filter(pk=last.pk).update(state="submitted", submitted_at=NOW, reference="2025-1-AAAA")
    of = begun(cast, opened(cast, released(version="2027"), title="Next", before=before.pk))
    page = cast.client("priya").get(section(of, "policies"))
    assert "Last time: 6" in page.content.decode()
    assert "referrals" not in [each.key for each in page.context["page"].ready]
    assert not Answer.objects.filter(sheet=of.sheet, question="referrals").exists()


def _reworded() -> list[dict[str, Any]]:
    parts = content()["parts"]
    parts[0]["sections"][0]["questions"][0]["words"] = "A lead is named and known to all."
    return parts


def test_only_what_was_seen_is_confirmed(cast: Cast) -> None:
    of = begun(cast, opened(cast, released(parts=_with_facts())))
    client = cast.client("priya")
    address = reverse("audits:confirm", args=[of.pk])
    told = client.post(address, json.dumps({"seen": {"lead-named": 99}}), content_type="application/json").json()
    assert told["confirmed"] == []
    assert not Answer.objects.get(sheet=of.sheet, question="lead-named").is_confirmed


def _with_facts() -> list[dict[str, Any]]:
    parts = content()["parts"]
    parts[0]["sections"][0]["questions"][0]["fact"] = "dsl-in-post"
    return parts


def test_what_haven_knows_is_overridden_with_a_reason(cast: Cast) -> None:
    of = begun(cast, opened(cast, released(parts=_with_facts())))
    client, address = cast.client("priya"), section(of)
    shown = client.get(address).content.decode()
    assert "Priya Nair has been designated safeguarding lead since 1 September 2020" in shown
    told = save(client, of, "lead-named", seen=1, value="partly", words="She is away.").json()
    assert "Say why it is otherwise than Haven knows." in told["owed"]
    told = save(client, of, "lead-named", seen=2, value="partly", words="She is away.", why="On leave.").json()
    assert told["owed"] == ""


def test_evidence_is_given_warned_of_and_taken_away(cast: Cast) -> None:
    of = begun(cast)
    client = cast.client("priya")
    for key in ("lead-named", "policy-read"):
        address = reverse("audits:evidence", args=[of.pk, key])
        file = SimpleUploadedFile("minutes.txt", b"The board met.")
        assert client.post(address, {"file": file, "address": "", "title": ""}).status_code == 302
    page = client.get(address).content.decode()
    assert "minutes.txt" in page
    assert "The same file stands behind question 1.1 too" in page
    support = Support.objects.get(question="policy-read")
    opened_file = client.get(reverse("audits:evidence-file", args=[support.pk]))
    assert opened_file.content == b"The board met."
    assert cast.client("marcus").get(reverse("audits:evidence-file", args=[support.pk])).status_code == 404
    client.post(address, {"take-away": str(support.pk)})
    assert not Support.objects.filter(pk=support.pk).exists()
    assert client.post(address, {"file": "", "address": "", "title": ""}).status_code == 422
    assert client.post(address, {"address": "nowhere", "title": ""}).status_code == 422


def test_a_file_is_said_to_be_looked_at_before_it_is_said_to_stand_behind_an_answer(cast: Cast) -> None:
    of, client = begun(cast), cast.client("priya")
    address = reverse("audits:evidence", args=[of.pk, "lead-named"])

    def said(**given: object) -> str:
        page = client.post(address, {"address": "", "title": ""} | given, follow=True)
        return " ".join(page.content.decode().split())

    page = said(file=SimpleUploadedFile("minutes.txt", b"The board met."))
    assert "“minutes.txt” is kept. It is being looked at now" in page
    assert "Being looked at: whether it opens, and holds words." in page
    assert "stands behind your answer now" not in page
    Support.objects.update(looked_at=NOW)
    assert "Being looked at" not in client.get(address).content.decode()
    page = said(file=SimpleUploadedFile("blank.txt", b" \n "))
    assert "“blank.txt” is kept, but look at it again. This file holds no words." in page
    assert "This file holds no words. Is it the right one?" in page
    assert "stands behind your answer now" in said(address="https://school.example.org/policies")


def test_pressing_for_evidence_saves_the_form_first(cast: Cast) -> None:
    of = begun(cast)
    client, address = cast.client("priya"), section(of)
    sent = client.post(address, form(client, address) | {"lead-named": "met", "evidence": "lead-named"})
    assert sent.headers["Location"] == reverse("audits:evidence", args=[of.pk, "lead-named"])
    assert Answer.objects.filter(question="lead-named", value="met").exists()


def test_saying_what_kind_of_school_it_is_decides_what_is_asked(cast: Cast) -> None:
    of = begun(cast)
    client = cast.client("priya")
    assert "night-staff" not in [each.key for each in client.get(section(of, "staying")).context["page"].asked]
    client.post(reverse("audits:kind", args=[of.pk]), {"traits": ["boarding", "strange"]})
    assert "night-staff" in [each.key for each in client.get(section(of, "staying")).context["page"].asked]


def test_once_signed_it_is_read_and_no_more_written(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    Return.objects.filter(pk=of.pk).update(state="signing")
    client = cast.client("priya")
    page = client.get(section(of, "policies")).content.decode()
    assert "Two have not." in page
    assert "<textarea" not in page
    assert save(client, of, "lead-named", value="partly").status_code == 409
    assert "You can read every answer below" in client.get(reverse("audits:return", args=[of.pk])).content.decode()


def test_a_cycle_that_is_not_open_yet_shows_its_schools_nothing(cast: Cast) -> None:
    assert not Return.objects.filter(cycle=prepared(cast)).exists()


def _many(count: int) -> list[dict[str, Any]]:
    questions = [
        {
            "key": f"q{number}",
            "words": f"Thing {number} is in place.",
            "kind": "met",
            "help": "What this means, in a sentence.",
            "evidence": ["minutes", "a list"],
            "law": [{"says": "Education Act 2002, section 175"}],
            "governors_ask": "How do you know?",
        }
        for number in range(count)
    ]
    return [{"key": "p", "title": "P", "sections": [{"key": "all", "title": "All", "questions": questions}]}]


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_page_asks_the_database_the_same_however_many_questions_it_has(cast: Cast) -> None:
    counts = []
    for number in (3, 60):
        of = begun(cast, opened(cast, released(id=f"many-{number}", parts=_many(number)), title=f"Many {number}"))
        answer(cast, of, **{f"q{each}": "met" for each in range(number)})
        client = cast.client("priya")
        counts.append((_queries(client, section(of, "all")), _queries(client, reverse("audits:return", args=[of.pk]))))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 32


def test_fields_of_a_form_are_told_by_question() -> None:
    assert fields_typed([("a", "1"), ("a.by.day", "2"), ("b.words", "x")]) == {
        "a": {"": "1", "by.day": "2"},
        "b": {"words": "x"},
    }


def test_a_day_that_is_none_leaves_the_day_before_it_and_can_be_put_right(cast: Cast) -> None:
    of = begun(cast)
    client, address = cast.client("priya"), section(of)
    days = {"lead-named.by.day": "31", "lead-named.by.month": "3", "lead-named.by.year": "2027"}
    client.post(address, form(client, address) | {"lead-named": "not-met", "lead-named.words": "Soon."} | days)
    wrong = client.post(address, form(client, address) | {"lead-named.by.month": "2"})
    kept = Answer.objects.get(sheet=of.sheet, question="lead-named")
    assert wrong.status_code == 422
    assert str(kept.by_on) == "2027-03-31"
    again = next(each for each in wrong.context["page"].asked if each.key == "lead-named")
    assert [box.value for box in again.by] == ["31", "2", "2027"]
    fields = {"lead-named.was": again.was, "lead-named.seen": str(again.seen)}
    client.post(address, form(client, address) | fields | days | {"lead-named.by.month": "5"})
    assert str(Answer.objects.get(pk=kept.pk).by_on) == "2027-05-31"


def test_a_save_asks_the_database_the_same_few_things_however_long_the_section(cast: Cast) -> None:
    counts = []
    for number in (3, 60):
        of = begun(cast, opened(cast, released(id=f"long-{number}", parts=_many(number)), title=f"Long {number}"))
        client = cast.client("priya")
        save(client, of, "q0", value="met")
        with CaptureQueriesContext(connection) as asked:
            assert save(client, of, "q1", value="met").json()["saving"] == "written"
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 26
