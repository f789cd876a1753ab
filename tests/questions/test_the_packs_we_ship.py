"""The questionnaires that come with Haven: each is sound, rests on documents that are known, and is fit to be asked."""

from functools import cache
from pathlib import Path

import pytest

from haven.guidance.packs import read_catalogue
from haven.questions.rules.changed import Change, changes, gone, may_carry
from haven.questions.rules.checking import FACTS, faults
from haven.questions.rules.kinds import CHOSEN, Kind, Stands
from haven.questions.rules.outline import AUDITS, OPINIONS, Outline, Question, Use
from haven.questions.rules.packs import opened
from haven.questions.rules.reading import Content, outline_of
from haven.questions.rules.showing import School, asked

PACKS = Path(__file__).parents[2] / "packs"
FILES = sorted((PACKS / "questions").glob("*/*.yaml"))
NAMES = [f"{file.parent.name} {file.stem}" for file in FILES]
TEMPLATES = {"section-175", "interim", "online-safety", "meeting-survey", "course-evaluation", "governor-visit"}


@cache
def _content(file: Path) -> Content:
    content, _ = opened(file.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@cache
def _outline(file: Path) -> Outline:
    return outline_of(_content(file))


def _section_175(label: str) -> Outline:
    return _outline(PACKS / "questions" / "section-175" / f"{label}.yaml")


def _all_good(outline: Outline) -> dict[str, object]:
    """The first and best answer to every question of choice."""
    return {question.key: question.choices[0].value for question in outline if question.is_chosen}


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_pack_we_ship_is_sound_and_lies_where_its_name_says(file: Path) -> None:
    content, lines = opened(file.read_text(encoding="utf-8"))
    assert [str(fault) for fault in faults(content, lines)] == []
    assert (content["id"], content["version"]) == (file.parent.name, file.stem)


def test_every_template_that_was_promised_is_there() -> None:
    assert {file.parent.name for file in FILES} == TEMPLATES


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_document_a_pack_names_is_in_the_catalogue(file: Path) -> None:
    catalogue = read_catalogue((PACKS / "guidance-catalogue" / "catalogue.yaml").read_bytes())
    known = {str(document.key) for document in catalogue.documents}
    named = {law.document for question in _outline(file) for law in question.law if law.document}
    assert named <= known


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_place_is_a_paragraph_of_a_named_document_and_is_said_in_words_too(file: Path) -> None:
    placed = [law for question in _outline(file) for law in question.law if law.place]
    for law in placed:
        assert law.document
        assert law.place in law.says.split()


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_question_of_an_audit_has_law_behind_it_and_examples_of_evidence(file: Path) -> None:
    outline = _outline(file)
    bare = [question.key for question in outline if not question.law or not question.evidence]
    assert bare == [] or outline.use not in AUDITS - {Use.VISIT}


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_statement_ends_in_a_full_stop_and_a_question_in_its_mark(file: Path) -> None:
    for question in _outline(file):
        asks = question.kind not in {Kind.MET, Kind.SCALE} or question.words.endswith("?")
        assert question.words.endswith("?" if asks else "."), question.key
        assert len(question.words) <= 160, question.key


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_the_best_answer_stands_first_and_red_amber_and_green_are_described(file: Path) -> None:
    best = Stands.SAID if _outline(file).use in OPINIONS else Stands.IN_PLACE
    for question in (each for each in _outline(file) if each.kind in CHOSEN):
        assert question.choices[0].stands is best, question.key
        if question.kind is Kind.RAG:
            assert all(choice.means for choice in question.choices), question.key


def test_the_audit_has_enough_questions_in_enough_sections() -> None:
    for label, fewest in (("2025-26", 100), ("2026-27", 110)):
        outline = _section_175(label)
        assert len(outline.sections) >= 10
        assert len(outline.questions) >= fewest


@pytest.mark.parametrize(
    ("school", "fewest", "most"),
    [
        (School("primary", "Community school"), 110, 125),
        (School("primary", "Community school", frozenset({"early-years"})), 115, 130),
        (School("secondary", "Academy converter", frozenset({"sixth-form", "alternative-provision"})), 115, 130),
    ],
)
def test_a_school_is_asked_about_a_hundred_and_twenty_questions(school: School, fewest: int, most: int) -> None:
    outline = _section_175("2026-27")
    assert fewest <= len(list(asked(outline, school, _all_good(outline)))) <= most


def test_what_only_some_schools_do_is_asked_of_them_alone() -> None:
    outline = _section_175("2026-27")
    plain = {question.key for question in asked(outline, School("primary", "Community school"), _all_good(outline))}
    special = School("all-through", "Community special school", frozenset({"boarding"}))
    its_own = {question.key for question in asked(outline, special, _all_good(outline))} - plain
    assert {outline.section_of[key].key for key in its_own} == {"boarding", "needs"}


def test_the_audit_of_this_year_differs_from_last_year_in_what_changed() -> None:
    now, before = _section_175("2026-27"), _section_175("2025-26")
    how = changes(now, before)
    for key in ("phones", "encompass-cover", "sharing-basis", "wt-2026-read"):
        assert how[key] is Change.NEW
    for key in ("rshe", "filtering-reviewed", "early-help"):
        assert how[key] is Change.REWORDED
    assert {question.key for question in gone(now, before)} >= {"encompass-joined", "wt-2023-read"}
    assert list(how.values()).count(Change.SAME) >= 100


def test_every_answer_of_last_year_may_be_carried_over_where_the_question_stays() -> None:
    now, before = _section_175("2026-27"), _section_175("2025-26")
    for question in (each for each in now if each.key in before.questions):
        value = question.choices[0].value if question.is_chosen else "said"
        assert may_carry(question, before.questions[question.key], value), question.key


def test_every_fact_that_haven_may_know_answers_a_question_of_the_audit() -> None:
    assert {question.fact for question in _section_175("2026-27") if question.fact} == FACTS


def test_the_short_return_shares_questions_that_say_the_same() -> None:
    full = {question.shared: question for question in _section_175("2026-27") if question.shared}
    short = _outline(PACKS / "questions" / "interim" / "2026-27.yaml")
    shared = [question for question in short if question.shared]
    assert len(shared) >= 7
    assert [question.words for question in shared] == [full[question.shared].words for question in shared]


def test_the_scale_of_the_topic_has_its_best_level_first_and_says_what_each_level_means() -> None:
    outline = _outline(PACKS / "questions" / "online-safety" / "2026-27.yaml")
    scaled: list[Question] = [question for question in outline if question.kind is Kind.SCALE]
    assert len(scaled) >= 15
    for question in scaled:
        assert [choice.value for choice in question.choices] == ["1", "2", "3", "4"]
        assert question.choices[-1].stands is Stands.NOT_IN_PLACE
        assert all(choice.means for choice in question.choices)
