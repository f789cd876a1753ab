"""The page on the format of questionnaires names every field, kind, use, phase and fact; and what it shows is sound."""

import re
from textwrap import dedent

from haven.questions.rules.checking import FACTS, FORMAT, HEAD, PART, PHASES, QUESTION, SECTION, faults
from haven.questions.rules.kinds import BUILT_IN, Kind, Stands
from haven.questions.rules.outline import Use
from haven.questions.rules.packs import opened
from tests.shape.source import ROOT

PAGE = (ROOT / "docs" / "reference" / "question-packs.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z0-9_/-]+)`", PAGE))
FIELDS = HEAD | PART | SECTION | QUESTION
ANSWERS = {choice.value for choices in BUILT_IN.values() for choice in choices}
WORDS = {FORMAT, *FACTS, *PHASES, *Kind, *Use, *ANSWERS, *(each for each in Stands if each is not Stands.SAID)}


def _fields(heading: str) -> set[str]:
    table = PAGE.split(f"## {heading}\n")[1].split("| --- |")[1].split("\n\n")[0]
    return {name for row in table.splitlines()[1:] for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])}


def test_every_field_stands_in_the_table_of_its_level_and_no_other() -> None:
    assert _fields("The head") == HEAD
    assert _fields("Parts and sections") == PART | SECTION
    assert _fields("Questions") == QUESTION


def test_every_word_that_a_field_may_hold_is_named() -> None:
    assert {str(word) for word in WORDS} - NAMED == set()


def test_no_word_is_named_that_nothing_knows() -> None:
    within = {"value", "label", "stands", "document", "place", "says", "phases", "types", "question", "is", "true"}
    assert NAMED - {str(word) for word in WORDS} - FIELDS - within - {"false", "yes", "no"} == set()


def test_the_questionnaire_it_shows_is_sound() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("    ") or not line]
    content, where = opened(dedent("\n".join(lines)))
    assert faults(content, where) == []
