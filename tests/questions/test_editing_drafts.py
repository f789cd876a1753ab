"""A draft's content changed by small steps: what each gives, and what each refuses in a sentence."""

from copy import deepcopy
from typing import Any

import pytest

from haven.questions.rules import editing
from haven.questions.rules.checking import faults_of_draft
from haven.questions.rules.differing import differences, in_short, marked
from haven.questions.rules.editing import Level, NotThere, Unfit
from haven.questions.rules.kinds import Kind, Stands
from haven.questions.rules.outline import Use
from haven.questions.rules.reading import outline_of
from haven.questions.rules.releasing import lacking, looked_at
from tests.questions.template import content

PART, SECTION, QUESTION = Level.PART, Level.SECTION, Level.QUESTION


def _keys(given: Any) -> str:
    """The questions of every section in order, a bar between sections."""
    return " | ".join(" ".join(each.key for each in section.questions) for section in outline_of(given).sections)


AT_FIRST = (
    "lead-named lead-trained-on has-nursery nursery-lead | policy-read policy-lived referrals words"
    " | night-staff sixth-form"
)
STEPS = {
    "a question down": (
        lambda now: editing.moved(now, QUESTION, "lead-named", 1),
        AT_FIRST.replace("lead-named lead-trained-on", "lead-trained-on lead-named"),
    ),
    "a question up": (
        lambda now: editing.moved(now, QUESTION, "words", -1),
        AT_FIRST.replace("referrals words", "words referrals"),
    ),
    "the first question up": (lambda now: editing.moved(now, QUESTION, "lead-named", -1), AT_FIRST),
    "the last question down": (lambda now: editing.moved(now, QUESTION, "sixth-form", 1), AT_FIRST),
    "a section down": (
        lambda now: editing.moved(editing.moved_into(now, SECTION, "staying", "a"), SECTION, "staying", -1),
        "lead-named lead-trained-on has-nursery nursery-lead | night-staff sixth-form"
        " | policy-read policy-lived referrals words",
    ),
    "a part up": (
        lambda now: editing.moved(now, PART, "b", -1),
        "night-staff sixth-form | lead-named lead-trained-on has-nursery nursery-lead"
        " | policy-read policy-lived referrals words",
    ),
    "a question to another section": (
        lambda now: editing.moved_into(now, QUESTION, "lead-named", "policies"),
        AT_FIRST.replace("lead-named ", "").replace("referrals words", "referrals words lead-named"),
    ),
    "a question to the section it stands in": (
        lambda now: editing.moved_into(now, QUESTION, "words", "policies"),
        AT_FIRST,
    ),
    "a question out": (lambda now: editing.removed(now, QUESTION, "referrals"), AT_FIRST.replace("referrals ", "")),
    "a section out": (lambda now: editing.removed(now, SECTION, "staying"), AT_FIRST.rpartition(" |")[0]),
    "a part out": (lambda now: editing.removed(now, PART, "b"), AT_FIRST.rpartition(" |")[0]),
    "a question added": (
        lambda now: editing.added(now, QUESTION, [{"key": "new", "words": "New?", "kind": "text"}], "staying"),
        f"{AT_FIRST} new",
    ),
    "a section and a part added": (
        lambda now: editing.added(
            editing.added(now, PART, [{"key": "c", "title": "C", "sections": []}]),
            SECTION,
            [{"key": "empty", "title": "Empty", "questions": []}],
            "c",
        ),
        f"{AT_FIRST} | ",
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_gives_a_content_as_it_would_be_and_leaves_the_first_alone(name: str) -> None:
    step, order = STEPS[name]
    before = content()
    now = step(before)
    assert _keys(now) == order
    assert before == content()
    assert faults_of_draft(now) == []


REFUSED = {
    "what decides, below what hangs on it": (
        lambda now: editing.moved(now, QUESTION, "has-nursery", 1),
        "Question 1.3 is shown only for some answers to question 1.4, so it must stand below it.",
    ),
    "what decides, taken out": (
        lambda now: editing.removed(now, QUESTION, "has-nursery"),
        "Question 1.3 is shown only for some answers to it. Change that first.",
    ),
    "what hangs on it, into a section above": (
        lambda now: editing.moved(editing.moved_into(now, QUESTION, "nursery-lead", "staying"), PART, "b", -1),
        "so it must stand below it",
    ),
    "what decides, answered in another way": (
        lambda now: editing.answered_by(now, "has-nursery", {"kind": "met"}),
        "Question 1.4 is shown only for an answer to question 1.3 that would be gone.",
    ),
    "a tick that a question asks for": (
        lambda now: editing.without_trait(now, "boarding"),
        "Question 3.1 is only for schools that say this.",
    ),
    "a scale that a question is answered on": (
        lambda now: editing.without_scale(now, "one-is-best"),
        "Question 2.2 is answered on this scale.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_leave_something_hanging_is_refused_in_a_sentence(name: str) -> None:
    step, said = REFUSED[name]
    with pytest.raises(Unfit) as refused:
        step(content())
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "step",
    [
        lambda now: editing.moved(now, QUESTION, "gone", 1),
        lambda now: editing.removed(now, PART, "gone"),
        lambda now: editing.moved_into(now, QUESTION, "words", "gone"),
        lambda now: editing.within(now, QUESTION, "gone"),
    ],
)
def test_what_somebody_has_taken_out_is_not_there(step: Any) -> None:
    with pytest.raises(NotThere):
        step(content())


def test_another_kind_of_answer_lets_go_of_what_belonged_to_the_old_one() -> None:
    now = editing.answered_by(content(), "policy-lived", {"kind": "number", "min": 0, "max": 5})
    row = editing.found(now, QUESTION, "policy-lived")
    assert row == {"key": "policy-lived", "words": "How far is it lived?", "kind": "number", "min": 0, "max": 5}


def test_a_field_of_nothing_goes_and_nought_and_no_stay() -> None:
    now = editing.changed(content(), QUESTION, "referrals", {"min": 0, "help": "", "compulsory": False, "evidence": []})
    row = editing.found(now, QUESTION, "referrals")
    assert (row["min"], row["compulsory"], "help" in row, "evidence" in row) == (0, False, False, False)


def test_descriptors_of_a_level_that_is_gone_go_with_it() -> None:
    means = {"1": "All do", "2": "Some do", "not-applicable": "No policy"}
    now = editing.changed(content(), QUESTION, "policy-lived", {"means": means})
    levels = [
        {"value": "1", "label": "1", "stands": "in-place"},
        {"value": "9", "label": "9", "stands": "not-in-place"},
    ]
    now = editing.with_scale(now, "one-is-best", levels)
    assert editing.found(now, QUESTION, "policy-lived")["means"] == {"1": "All do", "not-applicable": "No policy"}
    assert faults_of_draft(now) == []


def test_a_tick_and_a_scale_are_added_changed_and_taken_out() -> None:
    now = editing.with_trait(content(), "", "Children stay overnight")
    assert [each["key"] for each in now["traits"]] == ["boarding", "children-stay-overnight"]
    now = editing.with_trait(now, "children-stay-overnight", "They do")
    assert now["traits"][1] == {"key": "children-stay-overnight", "label": "They do"}
    assert "traits" not in editing.without_trait(content(parts=[]), "boarding")
    assert "scales" not in editing.without_scale(content(parts=[]), "one-is-best")


@pytest.mark.parametrize(
    ("words", "taken", "key"),
    [
        ("A governor leads on safeguarding.", (), "a-governor-leads-on-safeguarding"),
        ("Café’s über-Plan", (), "cafes-uber-plan"),
        ("A", ("a", "a-2"), "a-3"),
        ("???", (), "item"),
        ("word " * 40, (), ("word-" * 9)[:-1]),
    ],
)
def test_a_key_is_made_of_words_and_stands_once(words: str, taken: tuple[str, ...], key: str) -> None:
    assert editing.fresh_key(words, taken) == key


def test_pasted_questions_keep_the_numbers_that_stand_before_them() -> None:
    rows = editing.pasted(
        "0.1 Is there a plan?\n\n2a.1) Who leads?\n  All staff\tknow.\n12 months of plans", Kind.MET, "", ()
    )
    assert [(row.get("ref"), row["words"]) for row in rows] == [
        ("0.1", "Is there a plan?"),
        ("2a.1", "Who leads?"),
        (None, "All staff know."),
        ("12", "months of plans"),
    ]
    assert all(row["kind"] == "met" and "scale" not in row for row in rows)


def test_a_bare_content_is_a_sound_draft_that_lacks_everything() -> None:
    bare = editing.bare(key="ours", label="2026", title="Ours", use=Use.AUDIT)
    assert faults_of_draft(bare) == []
    assert lacking(outline_of(bare)) == ["It has no part yet."]


def test_what_is_lacking_is_said_by_its_title() -> None:
    now = editing.added(content(), PART, [{"key": "c", "title": "C", "sections": []}])
    now = editing.added(now, SECTION, [{"key": "d", "title": "D", "questions": []}], "b")
    assert lacking(outline_of(now)) == ["The part “C” has no section.", "The section “D” has no question."]
    assert lacking(outline_of(content())) == []


def test_what_is_worth_another_look_is_named_by_number() -> None:
    law = [{"says": "An Act"}]
    now = content(about="Why we ask")
    for key in editing.keys(now, QUESTION)[1:]:
        now = editing.changed(now, QUESTION, key, {"law": law, "evidence": ["minutes"]})
    told = {said: holds for holds, said in looked_at(outline_of(now))}
    assert told["Whoever answers is told what it is for"]
    assert told["Every question says what it rests on, but not 1.1"] is False
    assert told["Every colour and level is described in words: not one so far"] is False
    survey = looked_at(outline_of(content(use="survey")))
    assert not any("rests on" in said for _, said in survey)


def test_differences_are_told_question_by_question() -> None:
    before = content()
    now = editing.removed(before, QUESTION, "referrals")
    now = editing.added(now, QUESTION, [{"key": "new", "words": "New?", "kind": "text"}], "staying")
    now = editing.changed(now, QUESTION, "words", {"words": "Anything else at all?", "help": "Say it"})
    now = editing.moved_into(now, QUESTION, "lead-named", "policies")
    found = differences(now, before)
    assert [each.key for each in found.new] == ["new"]
    assert [each.key for each in found.gone] == ["referrals"]
    assert {each.now.key: (each.fields, each.section) for each in found.differing} == {
        "words": (("its words", "its help"), ""),
        "lead-named": ((), "Policies"),
    }
    assert (found.same, found.is_reordered, found.is_none) == (7, True, False)
    assert differences(before, deepcopy(before)).is_none


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (lambda now: editing.removed(now, QUESTION, "referrals"), "Question 2.3 taken out"),
        (lambda now: editing.changed(now, QUESTION, "words", {"help": "Say it"}), "Question 2.4 changed"),
        (lambda now: editing.headed(now, {"title": "Another"}), "Its title changed"),
        (lambda now: editing.moved(now, QUESTION, "lead-named", 1), "The order changed"),
        (lambda now: editing.removed(now, PART, "b"), "2 questions taken out, section “Staying overnight” taken out"),
        (lambda now: editing.changed(now, PART, "b", {"title": "B"}), "Parts or sections changed"),
        (
            lambda now: editing.changed(now, SECTION, "staying", {"title": "Nights"}),
            "Section “Staying overnight” is now called “Nights”",
        ),
    ],
)
def test_a_change_is_told_in_a_few_words(step: Any, said: str) -> None:
    assert in_short(step(content()), content()) == said


def test_words_are_marked_one_by_one() -> None:
    runs = [(run.text, run.how) for run in marked("All staff have read it.", "Staff have read it.")]
    assert runs == [("Staff", "gone"), ("All staff", "new"), (" have read it.", "same")]


def test_a_survey_made_of_an_audit_has_no_best_answer() -> None:
    now = editing.headed(content(), {"use": "survey"})
    lived = outline_of(now).questions["policy-lived"]
    assert {choice.stands for choice in lived.choices} == {Stands.SAID, Stands.NOT_APPLICABLE}
