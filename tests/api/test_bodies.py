"""What a program may send, as Haven reads it and as its published description says."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from haven.api.rules.bodies import OF_ALL, OF_CHILD, read_body, read_key
from haven.api.rules.problems import Problem, Refusal

OPENAPI = json.loads((Path(__file__).parents[2] / "docs/reference/notifications-api.openapi.json").read_text())
SCHEMAS = OPENAPI["components"]["schemas"]
DESCRIBED = Draft202012Validator({"$ref": "#/components/schemas/Notification", "components": {"schemas": SCHEMAS}})

CHILD = {
    "first_name": "Jonah",
    "last_name": "Quayle",
    "born_on": "2016-05-04",
    "schools": [900001],
    "items": {"present": "present"},
}
WHOLE: dict[str, Any] = {
    "area": "999",
    "items": {"reference": "FH/2026/118", "happened-at": "2026-02-28T21:40:00+00:00"},
    "children": [CHILD],
}


def sent_with(**changed: Any) -> dict[str, Any]:
    """The whole, changed; a name with two underscores is one of its only child's."""
    given = copy.deepcopy(WHOLE)
    for name, value in changed.items():
        place, key = (given["children"][0], name[7:]) if name.startswith("child__") else (given, name)
        if value is None:
            del place[key]
        else:
            place[key] = value
    return given


def faults_of(given: object) -> list[str]:
    """Where something is wrong."""
    try:
        read_body(json.dumps(given).encode())
    except Refusal as refusal:
        return [each.where for each in refusal.faults]
    return []


def test_a_whole_body_is_read() -> None:
    sent = read_body(json.dumps(sent_with(siblings=True, works_there=["Alex Quayle"], words_checked=True)).encode())
    (child,) = sent.children
    assert (child.identity.first_name, child.identity.born_on, child.schools) == ("Jonah", date(2016, 5, 4), (900001,))
    assert (sent.area, sent.are_siblings, sent.works_there, sent.are_words_checked) == (
        "999",
        True,
        ("Alex Quayle",),
        True,
    )
    assert sent.items["reference"] == "FH/2026/118"
    assert child.items == {"present": "present"}


def test_nothing_that_was_sent_is_shown_where_a_body_is_printed() -> None:
    assert "Quayle" not in repr(read_body(json.dumps(sent_with(works_there=["Alex Quayle"])).encode()))


SOUND = {
    "other names": sent_with(child__other_names="Kai"),
    "at home": sent_with(child__schools=None, child__at_home=True),
    "at home and no schools": sent_with(child__schools=[], child__at_home=True),
    "two schools": sent_with(child__schools=[900001, 900002]),
    "a reason": sent_with(child__override="He was moved up a year."),
    "no items of the child": sent_with(child__items=None),
    "two children": sent_with(children=[CHILD, CHILD]),
}

UNFIT = {
    "no area": (sent_with(area=None), ["area"]),
    "a number as area": (sent_with(area=999), ["area"]),
    "an empty area": (sent_with(area=" "), ["area"]),
    "no items": (sent_with(items=None), ["items"]),
    "items as a list": (sent_with(items=[]), ["items"]),
    "an item of a child beside": (sent_with(items=WHOLE["items"] | {"present": "present"}), ["items"]),
    "an item that is no text": (sent_with(items=WHOLE["items"] | {"place": 5}), ["items.place"]),
    "an item of nothing": (sent_with(items=WHOLE["items"] | {"place": ""}), ["items.place"]),
    "no children": (sent_with(children=[]), ["children"]),
    "too many children": (sent_with(children=[CHILD] * 21), ["children"]),
    "a child that is none": (sent_with(children=["Jonah"]), ["children.0"]),
    "something else": (sent_with(colour="red"), ["body"]),
    "something else of a child": (sent_with(child__address="14 Mill Lane"), ["children.0"]),
    "no birth date": (sent_with(child__born_on=None), ["children.0.born_on"]),
    "a birth date in words": (sent_with(child__born_on="4 May 2016"), ["children.0.born_on"]),
    "no name": (sent_with(child__first_name=""), ["children.0.first_name"]),
    "a long name": (sent_with(child__last_name="Q" * 101), ["children.0.last_name"]),
    "a school by name": (sent_with(child__schools=["Oakfield"]), ["children.0.schools.0"]),
    "a school as truth": (sent_with(child__schools=[True]), ["children.0.schools.0"]),
    "a short school": (sent_with(child__schools=[12]), ["children.0.schools.0"]),
    "no school": (sent_with(child__schools=[]), ["children.0"]),
    "neither school nor home": (sent_with(child__schools=None), ["children.0"]),
    "school and home": (sent_with(child__at_home=True), ["children.0"]),
    "home in words": (sent_with(child__schools=None, child__at_home="yes"), ["children.0.at_home", "children.0"]),
    "an item beside a child's": (sent_with(child__items={"risk": "high"}), ["children.0.items"]),
    "a child's items as text": (sent_with(child__items="present"), ["children.0.items"]),
    "siblings in words": (sent_with(siblings="yes"), ["siblings"]),
    "one name as text": (sent_with(works_there="Alex Quayle"), ["works_there"]),
    "an empty name": (sent_with(works_there=[""]), ["works_there.0"]),
    "too many names": (sent_with(works_there=["Alex Quayle"] * 11), ["works_there"]),
    "checked in words": (sent_with(words_checked=1), ["words_checked"]),
    "a list": ([WHOLE], ["body"]),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sound_is_taken_and_described_as_sound(name: str) -> None:
    assert faults_of(SOUND[name]) == []
    assert DESCRIBED.is_valid(SOUND[name])


@pytest.mark.parametrize("name", UNFIT)
def test_what_is_unfit_is_refused_and_described_as_unfit(name: str) -> None:
    given, where = UNFIT[name]
    assert faults_of(given) == where
    assert not DESCRIBED.is_valid(given)


def test_a_day_that_is_none_is_refused() -> None:
    assert faults_of(sent_with(child__born_on="2016-02-30")) == ["children.0.born_on"]


def test_every_fault_is_told_at_once() -> None:
    assert faults_of(sent_with(area=None, items=[], child__born_on="x")) == ["area"]
    assert faults_of(sent_with(area="", items=[], child__born_on="x")) == ["children.0.born_on", "area", "items"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b'{"area": "999", "area": "998"}', b'{"area": NaN}', b"[" * 100_000],
    ids=["nothing", "half", "not UTF-8", "a name twice", "no number", "too deep"],
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        read_body(body)
    assert refusal.value.problem is Problem.NOT_JSON


def test_the_items_described_are_the_items_that_there_are() -> None:
    assert set(SCHEMAS["Notification"]["properties"]["items"]["properties"]) == OF_ALL
    assert set(SCHEMAS["Child"]["properties"]["items"]["properties"]) == OF_CHILD


@pytest.mark.parametrize(
    "text", ["", "1", "6f1b6d0e9f344b7e8a3e2f4f4f0f7a11", "{6f1b6d0e-9f34-4b7e-8a3e-2f4f4f0f7a11}"]
)
def test_a_key_is_a_uuid_in_its_usual_spelling(text: str) -> None:
    with pytest.raises(Refusal):
        read_key(text)
    assert str(read_key("6F1B6D0E-9f34-4b7e-8a3e-2f4f4f0f7a11")) == "6f1b6d0e-9f34-4b7e-8a3e-2f4f4f0f7a11"


def test_a_problem_is_told_in_the_form_it_is_described_in() -> None:
    described = Draft202012Validator(SCHEMAS["Problem"])
    for problem in Problem:
        assert described.is_valid(Refusal(problem, "Do this").as_json())
    with pytest.raises(Refusal) as refusal:
        read_body(b"{}")
    assert described.is_valid(refusal.value.as_json())
    assert len(refusal.value.as_json()["faults"]) == 3
