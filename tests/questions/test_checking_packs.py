"""A bad questionnaire is refused with line and reason; one that passes can always be read, kept and given away."""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from haven.engines.chain.hashing import digest_of
from haven.questions.rules.checking import MOST_QUESTIONS, faults, faults_of_draft
from haven.questions.rules.packs import LONGEST_FILE, NotYaml, as_yaml, opened
from haven.questions.rules.reading import outline_of
from tests.questions.template import content

SOUND = """\
format: haven-questions/1
id: small
version: "2026"
title: A small audit
use: audit
published: 2026-01-31
traits:
  - {key: boarding, label: Children stay overnight}
scales:
  devon:
    - {value: "1", label: "1: Embedded", stands: in-place}
    - {value: "2", label: "2: Not yet", stands: not-in-place}
parts:
  - key: a
    title: Part A
    sections:
      - key: leads
        title: Those who lead
        questions:
          - {key: nursery, words: Is there a nursery?, kind: yes-no}
          - key: who
            words: Who leads it?
            kind: person
            shown_if: [{question: nursery, is: [yes]}]
          - {key: lived, words: How far is it lived?, kind: scale, scale: devon}
"""
NURSERY, WHO, LIVED = 20, 21, 25  # the lines on which the three questions begin

BAD: dict[str, tuple[str, str, int, str]] = {
    "no format": ("format: haven-questions/1\n", "", 1, "“format” must be haven-questions/1"),
    "another format": ("questions/1", "questions/2", 1, "“format” must be haven-questions/1"),
    "no id": ("id: small\n", "", 1, "“id” is missing"),
    "an id with capitals": ("id: small", "id: Small", 2, "The id “Small” may have only small letters"),
    "a version that is a number": ('"2026"', "2026", 3, "“version” must be words; put quotation marks round 2026"),
    "no title": ("title: A small audit\n", "", 1, "“title” is missing"),
    "an empty title": ("title: A small audit", "title:", 4, "“title” is empty"),
    "a title too long": ("A small audit", "A" * 151, 4, "“title” has more than 150 characters"),
    "no use": ("use: audit\n", "", 1, "“use” must be one of audit, interim"),
    "a use that is a list": ("use: audit", "use: [audit]", 5, "“use” must be one of"),
    "no day": ("2026-01-31", "2026-02-31", 6, "“published” must be a day such as 2026-09-01"),
    "an unknown field": ("use: audit", "use: audit\nowner: us", 6, "unknown field “owner”"),
    "traits that are no list": ("  - {key: boarding,", "  {key: boarding,", 7, "“traits” must be a list"),
    "a trait that is a word": ("- {key: boarding, label: Children stay overnight}", "- boarding", 8, "A trait is not"),
    "a trait without a label": (", label: Children stay overnight", "", 8, "“label” is missing"),
    "empty traits": ("traits:\n  - {key: boarding, label: Children stay overnight}", "traits:", 7, "“traits” is empty"),
    "scales that are a list": ("  devon:\n    - {", "  - - {", 9, "“scales” must be a list of fields"),
    "a scale with capitals": ("  devon:", "  Devon:", 10, "The name of a scale “Devon” may have only small letters"),
    "a scale of one level": (
        '    - {value: "2", label: "2: Not yet", stands: not-in-place}\n',
        "",
        10,
        "A scale needs a list of two to 12 levels",
    ),
    "a level twice": ('value: "2"', 'value: "1"', 12, "The level “1” stands twice"),
    "a level that is a number": ('value: "2"', "value: 2", 12, "put quotation marks round 2"),
    "a level worth nothing known": ("stands: not-in-place", "stands: bad", 12, "“stands” must be one of in-place"),
    "a level worth a list": ("stands: not-in-place", "stands: []", 12, "“stands” must be one of in-place"),
    "no parts": (SOUND[SOUND.index("parts:") :], "", 1, "“parts” must hold at least one"),
    "parts that are a word": (SOUND[SOUND.index("parts:") :], "parts: all", 13, "“parts” must be a list"),
    "a part that is a list": (
        "  - key: a\n    title: Part A",
        "  - - a\n  - key: a\n    title: Part A",
        14,
        "A part is not",
    ),
    "a key of a part with capitals": ("key: a\n", "key: A\n", 14, "The key “A” may have only small letters"),
    "a part without a title": ("    title: Part A\n", "", 14, "“title” is missing"),
    "a section without a key": ("- key: leads\n        title", "- title", 17, "“key” is missing"),
    "a section without questions": (
        SOUND[SOUND.index("        questions:") :],
        "",
        17,
        "“questions” must hold at least",
    ),
    "an unknown field of a section": ("title: Those who lead", "titel: Those who lead", 18, "unknown field “titel”"),
    "a question that is a word": (
        "{key: nursery, words: Is there a nursery?, kind: yes-no}",
        "one",
        NURSERY,
        "not a list",
    ),
    "a key twice": ("key: lived", "key: nursery", LIVED, "The key “nursery” stands twice"),
    "a key with a space": ("key: lived", "key: is lived", LIVED, "only small letters, digits and hyphens"),
    "a key too long": ("key: lived", f"key: {'a' * 61}", LIVED, "more than 60 characters"),
    "a field twice": (
        "            words: Who leads it?\n",
        "            kind: text\n",
        23,
        "“kind” stands twice in one",
    ),
    "no words": ("words: Is there a nursery?, ", "", NURSERY, "“words” is missing"),
    "words that are a truth": ("words: Who leads it?", "words: true", 22, "put quotation marks round True"),
    "no kind": (", kind: yes-no", "", NURSERY, "“kind” must be one of yes-no, met, rag"),
    "an unknown kind": ("kind: yes-no", "kind: maybe", NURSERY, "“kind” must be one of"),
    "a kind that is a list": ("kind: yes-no", "kind: [met]", NURSERY, "“kind” must be one of"),
    "a scale that is not there": (", scale: devon", ", scale: essex", LIVED, "one of the template’s scales (devon)"),
    "no scale": (", scale: devon", "", LIVED, "“scale” must name one of the template’s scales"),
    "a scale that is a list": (", scale: devon", ", scale: [devon]", LIVED, "“scale” must name one of"),
    "a scale for a kind that has none": (
        "kind: person",
        "kind: person\n            scale: devon",
        24,
        "only for kind scale",
    ),
    "an answer that the earlier question has not": ("is: [yes]", "is: [maybe]", 24, "cannot be answered with “maybe”"),
    "a question shown by a later one": (
        "{question: nursery,",
        "{question: lived,",
        24,
        "does not stand before this one",
    ),
    "a question shown by itself": ("{question: nursery,", "{question: who,", 24, "does not stand before this one"),
    "a question shown by a list": ("{question: nursery,", "{question: [],", 24, "does not stand before this one"),
    "a condition without answers": ("is: [yes]", "is: []", 24, "“is” must name at least one answer"),
    "a condition that is a truth": ("is: [yes]", "is: [true]", 24, "“is” must be a list of words"),
    "a condition that is a word": ("[{question: nursery, is: [yes]}]", "nursery", 24, "“shown_if” must be a list"),
    "turned, and not yes or no": ("scale: devon}", "scale: devon, turned: true}", LIVED, "only for kind yes-no"),
    "compulsory in words": ("kind: yes-no}", "kind: yes-no, compulsory: sometimes}", NURSERY, "must be true or false"),
    "may not apply, and no choice": (
        "kind: person",
        "kind: person\n            may_not_apply: true",
        24,
        "only for choices",
    ),
    "a descriptor of no answer": ("kind: yes-no}", "kind: yes-no, means: {maybe: Perhaps}}", NURSERY, "field “maybe”"),
    "a descriptor that is a number": ("kind: yes-no}", "kind: yes-no, means: {yes: 1}}", NURSERY, "must be words"),
    "empty evidence": ("kind: person", "kind: person\n            evidence:", 24, "“evidence” is empty"),
    "evidence that is a word": ("kind: person", "kind: person\n            evidence: minutes", 24, "must be a list"),
    "evidence of numbers": ("kind: person", "kind: person\n            evidence: [1]", 24, "must be a list of words"),
    "law that says nothing": ("kind: yes-no}", "kind: yes-no, law: [{place: '3'}]}", NURSERY, "“says” is missing"),
    "an unknown phase": (
        "kind: yes-no}",
        "kind: yes-no, applies: {phases: [tertiary]}}",
        NURSERY,
        "none of the phases",
    ),
    "an unknown trait": ("kind: yes-no}", "kind: yes-no, applies: {traits: [island]}}", NURSERY, "(boarding)"),
    "for whom in words": ("kind: yes-no}", "kind: yes-no, applies: everybody}", NURSERY, "“applies” is not a list of"),
    "an unknown fact": ("kind: yes-no}", "kind: yes-no, fact: weather}", NURSERY, "no fact that Haven may know"),
    "a fact that is a list": ("kind: yes-no}", "kind: yes-no, fact: [weather]}", NURSERY, "must be words"),
    "a shared key with capitals": ("kind: yes-no}", "kind: yes-no, shared: Nursery}", NURSERY, "The shared “Nursery”"),
    "a table without columns": ("kind: yes-no}", "kind: table}", NURSERY, "A table needs its “columns”"),
    "columns without a table": (
        "kind: yes-no}",
        "kind: yes-no, columns: [{key: a, label: A, kind: text}]}",
        NURSERY,
        "and nothing else has them",
    ),
    "a column that is a file": (
        "kind: yes-no}",
        "kind: table, columns: [{key: a, label: A, kind: file}]}",
        NURSERY,
        "“kind” must be one of date, number, text",
    ),
    "a column twice": (
        "kind: yes-no}",
        "kind: table, columns: [{key: a, label: A, kind: text}, {key: a, label: B, kind: text}]}",
        NURSERY,
        "every column needs its own",
    ),
    "bounds of a text": ("kind: yes-no}", "kind: text, min: 1}", NURSERY, "only for kind number"),
    "bounds in words": ("kind: yes-no}", "kind: number, min: few}", NURSERY, "“min” must be a number"),
    "bounds the wrong way round": (
        "kind: yes-no}",
        "kind: number, min: 5, max: 4}",
        NURSERY,
        "“min” is more than “max”",
    ),
    "a bound without end": ("kind: yes-no}", "kind: number, max: .inf}", NURSERY, "“max” must lie between"),
    "a bound that is no number": ("kind: yes-no}", "kind: number, max: .nan}", NURSERY, "“max” must lie between"),
    "a unit that is a number": ("kind: yes-no}", "kind: number, unit: 5}", NURSERY, "“unit” must be words"),
    "a hidden character": ("Part A", '"Part \\0 A"', 15, "“title” has a character in it that is no writing"),
    "half a character": ("Part A", '"Part \\ud800 A"', 15, "The file cannot be read: found invalid Unicode"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_content_is_refused_with_its_line_and_the_reason(name: str) -> None:
    old, new, line, reason = BAD[name]
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    told = [(fault.line, fault.said) for fault in _faults_in(text)]
    assert any(at == line and reason in said for at, said in told), told


def _faults_in(text: str) -> list[Any]:
    try:
        return faults(*opened(text))
    except NotYaml as bad:
        return [bad.fault]


def test_a_sound_content_has_no_fault_and_answers_may_be_called_yes() -> None:
    assert _faults_in(SOUND) == []
    assert outline_of(opened(SOUND)[0]).questions["who"].shown_if[0].among == ("yes",)


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
UNREADABLE = {
    "an empty file": ("", 0, "The file is empty"),
    "nothing but remarks": ("# later\n", 0, "The file is empty"),
    "no YAML": ("title: A\n  id: b\n", 2, "The file cannot be read"),
    "a tab": ("parts:\n\t- key: a\n", 2, "The file cannot be read"),
    "a list that is never closed": ("parts: [\n", 2, "The file cannot be read"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, "another document"),
    "a thousand laughs": (LAUGHS, 2, "“*” may not stand for other lines"),
    "a list within itself": ("a: &a [*a]\n", 1, "“*” may not stand for other lines"),
    "a tower of lists": ("[" * 5_000, 1, "too many lists within lists"),
    "a program": ("a: !!python/object/apply:os.system [ls]\n", 1, "could not determine a constructor"),
    "a number that is none": ("a: !!int x\n", 0, "it is not YAML"),
    "a control character": ("title: A\nabout: \x07\n", 2, "a character in it that is no writing"),
    "ten megabytes": ("# " + "a" * 10_000_000, 0, f"larger than {LONGEST_FILE // 1_000_000} MB"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_with_its_line_and_the_reason(name: str) -> None:
    text, line, reason = UNREADABLE[name]
    with pytest.raises(NotYaml) as refused:
        opened(text)
    assert (refused.value.fault.line, reason in refused.value.fault.said) == (line, True), refused.value


@pytest.mark.parametrize("whole", [None, [], "words", 7, True, {}])
def test_whatever_a_file_holds_it_is_checked_to_the_end(whole: object) -> None:
    assert "“format” must be haven-questions/1." in [fault.said for fault in faults(whole)]


def test_too_many_questions_are_refused() -> None:
    many = content()
    questions = [{"key": f"q-{n}", "words": "And?", "kind": "text"} for n in range(MOST_QUESTIONS + 1)]
    many["parts"][0]["sections"][0]["questions"] = questions
    many["parts"] = many["parts"][:1]
    assert f"A template may have {MOST_QUESTIONS} questions and no more." in [each.said for each in faults(many)]


def test_every_fault_of_a_content_is_told_at_once_in_the_order_of_its_lines() -> None:
    text = SOUND.replace("use: audit", "use: quiz").replace("key: lived", "key: nursery").replace("id: small", "id: S")
    assert [fault.line for fault in _faults_in(text)] == [2, 5, LIVED]


def test_a_draft_may_lack_parts_sections_and_questions_but_nothing_else() -> None:
    bare = content(parts=[])
    assert faults(bare) != []
    assert faults_of_draft(bare) == []
    assert outline_of(bare).parts == ()
    hollow = content()
    hollow["parts"][0]["sections"][0]["questions"] = []
    hollow["parts"][1]["sections"] = []
    assert faults_of_draft(hollow) == []
    assert outline_of(hollow).sections[0].questions == ()
    hollow["parts"][0].pop("title")
    assert [fault.said for fault in faults_of_draft(hollow)] == ["“title” is missing."]
    lacking = content()
    del lacking["parts"]
    assert [fault.said for fault in faults_of_draft(lacking)] == ["“parts” must hold at least one."]


JUNK = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(),
    some.floats(),
    some.text(max_size=5),
    some.sampled_from(["yes", "met", "table", "scale", "boarding", "primary", "survey", [], {}, [None], {"key": "x"}]),
)


def _places(given: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = given.items() if isinstance(given, Mapping) else enumerate(given) if isinstance(given, list) else ()
    return [each for key, value in inner for each in [(*path, key), *_places(value, (*path, key))]]


FIELDS = "kind scale means columns evidence law applies shown_if min max turned may_not_apply fact shared ref".split()


@settings(max_examples=50, deadline=None)
@given(some.data())
def test_whatever_passes_can_be_opened_kept_and_given_away(data: some.DataObject) -> None:
    changed = deepcopy(content())
    for _ in range(data.draw(some.integers(1, 3))):
        *way, last = data.draw(some.sampled_from(_places(changed)))
        inside = changed
        for step in way:
            inside = inside[step]
        what = data.draw(some.sampled_from(["put", "drop", "field"]))
        if what == "drop":
            del inside[last]
        elif what == "field" and isinstance(inside, dict):
            inside[data.draw(some.sampled_from(FIELDS))] = data.draw(JUNK)
        else:
            inside[last] = data.draw(JUNK)
    if faults_of_draft(changed):
        return
    assert len(list(outline_of(changed))) == len(outline_of(changed).questions)
    assert len(digest_of(changed)) == 64
    assert opened(as_yaml(changed))[0] == changed
    json.dumps(changed, allow_nan=False).encode()
