"""The pages on which leads make questionnaires, walked as people walk them: by plain links and forms."""

import io
import re
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haven.questions import services
from haven.questions.models import Template, Version
from haven.questions.rules.packs import as_yaml, opened
from tests.cast import NOW, Cast
from tests.questions.making import Maker, drafted_template, released_copy
from tests.questions.template import content, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def marcus(cast: Cast) -> Maker:
    """The area's lead at his pages."""
    return Maker(cast.client("marcus"))


def _file(text: str, name: str = "ours.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_a_questionnaire_is_made_from_nothing_released_and_continued(cast: Cast, marcus: Maker) -> None:
    assert "None yet." in marcus.see("index")
    assert "Fill in “Title”" in marcus.press("new", status=422, label="2026", use="audit")
    assert "Begin with a part" in marcus.press("new", title="Our audit", label="2026", use="audit")
    draft = Version.objects.get()
    assert "It has no part yet." in marcus.see("release", draft.pk)
    marcus.keep(draft, "part", title="Part one", about="All of it")
    marcus.keep(draft, "section", "part-one", within=True, title="Those who lead")
    assert "has no question" in marcus.see("release", draft.pk)
    body = marcus.see("add-within", draft.pk, "question", "those-who-lead")
    assert "How is the question answered?" in body
    lead = {"words": "A governor leads.", "ref": "2a.1", "is_compulsory": "on", "means-green": "One does."}
    marcus.keep(draft, "question", "those-who-lead", within=True, query="?kind=rag", **lead)
    assert draft.outline.questions["a-governor-leads"].ref == "2a.1"
    assert "Released. It can be used now" in marcus.press("release", draft.pk)
    assert Version.objects.get().is_released
    assert marcus.client.get(marcus.at("draft", draft.pk)).status_code == 404
    marcus.press("next", draft.pk, label="2027")
    after = Version.objects.get(label="2027")
    marcus.keep(after, "question", "a-governor-leads", words="A trustee leads.", is_compulsory="on")
    body = marcus.see("differences", after.pk, draft.pk)
    assert "<del>governor</del><ins>trustee</ins>" in body
    assert "its number" in body
    assert "Start its next version" not in marcus.see("index")


def test_a_shipped_one_is_copied_to_be_changed_and_itself_stays(cast: Cast, marcus: Maker) -> None:
    shipped = released()
    body = marcus.see("version", shipped.pk)
    assert "Copy it to change it" in body
    assert "Start the next version" not in body
    assert marcus.client.get(marcus.at("draft", shipped.pk)).status_code == 404
    assert "Copied." in marcus.press("copy", shipped.pk, title="Ours")
    assert "has this name" in marcus.press("copy", shipped.pk, status=422, title="Ours")
    draft = Version.objects.get(template__area=cast.area)
    assert "They ask the same" not in marcus.see("differences", draft.pk, shipped.pk)
    marcus.press("discard", draft.pk)
    assert not Template.objects.filter(area=cast.area).exists()


def test_every_kind_of_question_has_its_own_fields_and_no_others(cast: Cast, marcus: Maker) -> None:
    draft = drafted_template(cast)
    own: dict[str, set[str]] = {
        "yes-no": {"turned", "may_not_apply", "means-yes", "means-no"},
        "met": {"may_not_apply", "means-met", "means-partly", "means-not-met"},
        "rag": {"may_not_apply", "means-green", "means-amber", "means-red"},
        "scale:one-is-best": {"may_not_apply", "means-1", "means-2", "means-3"},
        "number": {"min", "max", "unit"},
        "table": {"columns"},
        **{kind: set() for kind in ("date", "person", "text", "file", "link")},
    }
    for kind, fields in own.items():
        body = marcus.see("add-within", draft.pk, "question", "leads", query=f"?kind={kind}")
        names = set(re.findall(r'name="([^"]+)"', body)) - {"viewport", "theme-color", "csrfmiddlewaretoken", "another"}
        assert names == fields | {"seen", "words", "ref", "help", "evidence", "is_compulsory"}, kind


def test_a_question_is_changed_and_answered_in_another_way(cast: Cast, marcus: Maker) -> None:
    draft = drafted_template(cast)
    body = marcus.see("change", draft.pk, "question", "referrals")
    assert 'value="0.0"' in body or 'value="0"' in body
    marcus.keep(
        draft, "question", "referrals", words="How many?", min="1", max="9", unit="a year", evidence="log\nnote"
    )
    row = draft.content["parts"][0]["sections"][1]["questions"][2]
    assert (row["min"], row["max"], row["unit"], row["evidence"], row["compulsory"]) == (
        1,
        9,
        "a year",
        ["log", "note"],
        False,
    )
    columns = "Name\nTrained on (date)\nHours (number)"
    table = {"words": "Who?", "columns": columns, "is_compulsory": "on"}
    marcus.keep(draft, "question", "referrals", query="?kind=table", **table)
    row = draft.content["parts"][0]["sections"][1]["questions"][2]
    assert [(each["key"], each["kind"]) for each in row["columns"]] == [
        ("name", "text"),
        ("trained-on", "date"),
        ("hours", "number"),
    ]
    assert "min" not in row
    assert columns.replace("\n", "\r\n") in marcus.see("change", draft.pk, "question", "referrals").replace(
        "\n", "\r\n"
    )
    typed = {"seen": draft.revision, "words": "Who?", "min": "5", "max": "4"}
    said = marcus.press("change", draft.pk, "question", "referrals", query="?kind=number", status=422, **typed)
    assert "“min” is more than “max”" in said


def test_law_for_whom_when_shown_and_the_rest_have_pages_of_their_own(cast: Cast, marcus: Maker) -> None:
    draft = drafted_template(cast)
    law = {"says-0": "An Act, section 3", "says-1": "The guide, paragraph 8", "document-1": "the-guide", "place-1": "8"}
    marcus.keep(draft, "law", "words", **law)
    assert '<option value="the-guide">' in marcus.see("change", draft.pk, "law", "lead-named")
    assert "Say it in words too" in marcus.press(
        "change", draft.pk, "law", "words", status=422, seen=draft.revision, **{"document-0": "the-guide"}
    )
    marcus.keep(draft, "whom", "words", phases=["primary", "secondary"], traits=["boarding"], types="Academy\n")
    assert "Choose its answers" in marcus.see("change", draft.pk, "shown", "words")
    marcus.keep(draft, "shown", "words", query="?question=policy-read", **{"is-policy-read": ["amber", "red"]})
    more = {"fact": "policies-in-date", "shared": "anything-else", "governors_ask": "What worries you?"}
    marcus.keep(draft, "more", "words", **more)
    body = marcus.see("change", draft.pk, "question", "words")
    for said in (
        "The guide, paragraph 8",
        "Primary or secondary schools of type Academy that say: Children stay overnight",
        "If question 2.1 is answered with Amber or Red",
        "every policy is within its review date",
        "What worries you?",
    ):
        assert said in body, said
    marcus.keep(draft, "shown", "words", **{"is-policy-read": []})
    marcus.keep(draft, "law", "words")
    question = draft.outline.questions["words"]
    assert (question.shown_if, question.law) == ((), ())
    assert "Use only small letters" in marcus.press(
        "change", draft.pk, "more", "words", status=422, seen=draft.revision, shared="Not This"
    )


def test_things_move_by_buttons_and_what_is_taken_out_is_undone(cast: Cast, marcus: Maker) -> None:
    draft = drafted_template(cast)
    marcus.press("move", draft.pk, seen=1, down="question:lead-named")
    marcus.press("move", draft.pk, seen=2, up="part:b")
    draft.refresh_from_db()
    assert list(draft.outline.questions)[:4] == ["night-staff", "sixth-form", "lead-trained-on", "lead-named"]
    body = marcus.press("remove", draft.pk, seen=3, what="section:policies")
    assert "The section is taken out. You can undo that below." in body
    assert "4 questions taken out" in body
    assert "so it must stand below it" in marcus.press("move", draft.pk, seen=4, down="question:has-nursery")
    assert "Undone." in marcus.press("undo", draft.pk, seen=4, revision=3)
    assert "Before: 4 questions added" in marcus.see("steps", draft.pk)
    draft.refresh_from_db()
    assert len(draft.outline.questions) == 10
    assert "It is not there any more" in marcus.press("remove", draft.pk, seen=5, what="question:gone")
    assert "only for schools that say this" in marcus.press("remove", draft.pk, seen=5, what="trait:boarding")
    assert "answered on this scale" in marcus.press("remove", draft.pk, seen=5, what="scale:one-is-best")
    marcus.keep(draft, "place", "words", inside="staying")
    marcus.keep(draft, "section", "staying", title="Nights", about="", inside="a")
    assert [section.key for section in draft.outline.parts[1].sections] == ["leads", "policies", "staying"]


def test_two_leads_at_once_are_told_and_lose_nothing(cast: Cast, marcus: Maker) -> None:
    draft = drafted_template(cast)
    typed = {"seen": 1, "words": "What I typed.", "is_compulsory": "on"}
    marcus.keep(draft, "question", "words", words="What somebody else typed.", is_compulsory="on")
    body = marcus.press("change", draft.pk, "question", "words", status=422, **typed)
    assert "was changed after you opened the page, by Marcus Hale" in body
    assert "What somebody else typed." in body
    assert "What I typed.</textarea>" in body
    assert 'name="seen" value="2"' in body
    marcus.press("change", draft.pk, "question", "words", **(typed | {"seen": 2}))
    draft.refresh_from_db()
    assert draft.outline.questions["words"].words == "What I typed."
    assert "was changed after you opened" in marcus.press("remove", draft.pk, seen=1, what="part:b")
    draft.refresh_from_db()
    assert len(draft.content["parts"]) == 2


def test_a_form_of_something_taken_out_leads_back_and_says_so(cast: Cast, marcus: Maker) -> None:
    draft = drafted_template(cast)
    for thing in ("part", "section", "question", "law", "place", "scale", "trait"):
        answer = marcus.client.get(marcus.at("change", draft.pk, thing, "gone"), follow=True)
        assert "It is not there any more" in answer.content.decode(), thing
    for thing in ("nothing", "about-it"):
        marcus.see("change", draft.pk, thing, "gone", status=404)
    marcus.see("change-head", draft.pk, "part", status=404)


def test_many_questions_are_pasted_and_another_like_the_last_is_added(cast: Cast, marcus: Maker) -> None:
    draft = drafted_template(cast)
    text = "0.1 All are treated fairly.\n0.2 Staff know the law.\n\nStaff know the law."
    marcus.keep(draft, "paste", "staying", within=True, text=text, way="scale:one-is-best")
    added = [each for each in draft.outline if each.key.startswith(("all-are", "staff-know"))]
    assert [(each.ref, each.scale) for each in added] == [
        ("0.1", "one-is-best"),
        ("0.2", "one-is-best"),
        ("3.5", "one-is-best"),
    ]
    typed = {"seen": draft.revision, "words": "And this?", "another": "1"}
    body = marcus.press("add-within", draft.pk, "question", "staying", query="?kind=date", **typed)
    assert "A new question" in body
    assert "A date" in body


def test_what_a_school_is_asked_is_tried_without_keeping_anything(cast: Cast, marcus: Maker) -> None:
    draft = drafted_template(cast)
    body = marcus.see("preview", draft.pk)
    assert "is asked 8 of 10 questions" in body
    assert "Who leads in the nursery?" not in body
    body = marcus.see("preview", draft.pk, query=f"?school={cast.ashdown.pk}&traits=boarding")
    assert "<strong>Ashdown Academy</strong> is asked 9 of 10 questions (Secondary)" in body
    assert "Somebody is awake at night." in body
    body = marcus.press("preview", draft.pk, query="?phase=primary", **{"try-has-nursery": "yes", "try-words": "x"})
    assert "Who leads in the nursery?" in body
    assert re.search(r'name="try-has-nursery" value="yes" checked', body)
    assert "is asked 8 of 10 questions" in body
    marcus.see("preview", draft.pk, query="?school=nobody", status=404)
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_scale_keeps_the_values_by_which_answers_know_its_levels(cast: Cast, marcus: Maker) -> None:
    draft = drafted_template(cast)
    levels = {"label-0": "1: Best", "stands-0": "in-place", "label-1": "2: Half", "stands-1": "partly"}
    marcus.keep(draft, "scale", "one-is-best", **levels, **{"label-2": "3: None", "stands-2": "not-in-place"})
    assert [each["value"] for each in draft.content["scales"]["one-is-best"]] == ["1", "2", "3"]
    assert "Say what level 4 is worth" in marcus.press(
        "add", draft.pk, "scale", status=422, seen=draft.revision, name="More", **levels, **{"label-3": "Four"}
    )
    words = {
        "name": "Words only",
        "label-0": "Fully",
        "stands-0": "in-place",
        "label-1": "No",
        "stands-1": "not-in-place",
    }
    marcus.keep(draft, "scale", **words)
    assert [each["value"] for each in draft.content["scales"]["words-only"]] == ["fully", "no"]


def test_a_file_comes_in_and_its_faults_are_listed_with_their_lines(cast: Cast, marcus: Maker) -> None:
    bad = as_yaml(content(use="quiz", title=""))
    body = marcus.press("bring-in", status=422, file=_file(bad))
    assert "The file has 2 faults. Nothing was changed." in body
    assert "line 4: “title” is missing." in body
    assert "line 5: “use” must be one of" in body
    assert "The file is not written in UTF-8" in marcus.press(
        "bring-in", status=422, file=SimpleUploadedFile("a.yaml", b"\xff\xfe")
    )
    assert "larger than 2 MB" in marcus.press("bring-in", status=422, file=_file("#" * 2_000_001))
    assert not Template.objects.exists()
    assert "Brought in as a draft" in marcus.press("bring-in", file=_file(as_yaml(content())))
    draft = Version.objects.get()
    services.release_version(version_id=draft.pk, by=cast.actor("marcus"), at=NOW)
    assert "Another version has this label" in marcus.press(
        "bring-in", status=422, file=_file(as_yaml(content(title="B")))
    )


def test_a_version_is_taken_away_as_file_table_and_document(cast: Cast, marcus: Maker) -> None:
    own = released_copy(cast)
    given = marcus.client.get(marcus.at("as-yaml", own.pk))
    assert opened(given.content.decode())[0] == own.content
    assert "attachment" in given.headers["Content-Disposition"]
    table = openpyxl.load_workbook(io.BytesIO(marcus.client.get(marcus.at("as-excel", own.pk)).content)).active
    assert table is not None
    rows = list(table.iter_rows(values_only=True))
    assert len(rows) == 11
    assert rows[4][3] == "Who leads in the nursery?"
    assert rows[4][10] == "question 1.3 is answered with Yes"
    paper = marcus.client.get(marcus.at("as-word", own.pk)).content
    words = [each.text for each in docx.Document(io.BytesIO(paper)).paragraphs]
    assert "1. Those who lead" in words
    assert "1.4  Who leads in the nursery?" in words
    assert ZipFile(io.BytesIO(paper)).testzip() is None


def test_all_of_a_version_is_shown_to_be_printed(cast: Cast, marcus: Maker) -> None:
    body = marcus.see("version", released_copy(cast).pk)
    for said in (
        "1: Embedded (in place)",
        "Secondary schools",
        "That say: Children stay overnight",
        "May be left blank",
    ):
        assert said in body, said
    assert "A number from 0" in body


def test_pages_ask_few_questions_of_the_database(
    cast: Cast, marcus: Maker, django_assert_max_num_queries: object
) -> None:
    draft = drafted_template(cast)
    for name in ("index", "version", "draft", "preview"):
        arguments = () if name == "index" else (draft.pk,)
        with django_assert_max_num_queries(16):  # type: ignore[operator]
            marcus.see(name, *arguments)
