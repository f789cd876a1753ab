"""What differs between two contents of one questionnaire, told for people."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from haven.questions.rules.changed import gone
from haven.questions.rules.outline import Outline, Question
from haven.questions.rules.reading import Content, outline_of

FIELDS: Mapping[str, str] = {
    "words": "its words",
    "kind": "how it is answered",
    "scale": "its scale",
    "means": "what each answer means",
    "may_not_apply": "whether it may not apply",
    "turned": "which answer is the good one",
    "columns": "its columns",
    "min": "the least number",
    "max": "the greatest number",
    "unit": "its unit",
    "ref": "its number",
    "help": "its help",
    "evidence": "its examples of evidence",
    "law": "what it rests on",
    "compulsory": "whether it must be answered",
    "applies": "whom it is for",
    "shown_if": "when it is shown",
    "fact": "the fact that answers it",
    "shared": "what it shares",
    "governors_ask": "the governor’s question",
}
HEAD: Mapping[str, str] = {
    "title": "Its title",
    "version": "What the version is called",
    "use": "What it is for",
    "about": "What it says about itself",
    "published": "The day it was written",
    "source": "What it was written from",
    "traits": "What a school says of itself",
    "scales": "Its scales",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A run of words: in both texts, only in the earlier one (gone) or only in the later (new)."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Differing:
    """A question that stands in both, and what of it differs."""

    now: Question
    before: Question
    fields: tuple[str, ...]
    section: str  # the title of the section it moved to; empty where it stayed
    words: tuple[Marked, ...]  # its words, where they differ


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything in which a content differs from an earlier one."""

    head: tuple[str, ...]
    new: tuple[Question, ...]
    gone: tuple[Question, ...]
    differing: tuple[Differing, ...]
    sections: tuple[str, ...]  # a sentence for each section that is new, gone or called otherwise
    is_reordered: bool
    same: int

    @property
    def is_none(self) -> bool:
        """Whether they say the same."""
        return not (self.head or self.new or self.gone or self.differing or self.sections or self.is_reordered)


def differences(now: Content, before: Content) -> Differences:
    """What a content says otherwise than an earlier one."""
    outline, earlier = outline_of(now), outline_of(before)
    raw, raw_before = _questions(now), _questions(before)
    both = [key for key in outline.questions if key in earlier.questions]
    told = [_differing(outline, earlier, raw[key], raw_before[key]) for key in both]
    differing = tuple(each for each in told if each.fields or each.section)
    return Differences(
        head=tuple(words for name, words in HEAD.items() if now.get(name) != before.get(name)),
        new=tuple(each for each in outline if each.key not in earlier.questions),
        gone=gone(outline, earlier),
        differing=differing,
        sections=tuple(_sections(outline, earlier)),
        is_reordered=both != [key for key in earlier.questions if key in outline.questions],
        same=len(both) - len(differing),
    )


def in_short(now: Content, before: Content) -> str:
    """What was changed, in a few words: for a list of the states of a draft."""
    found = differences(now, before)
    counted = ((found.new, "added"), (found.gone, "taken out"), (found.differing, "changed"))
    said = [f"{_counted(rows)} {what}" for rows, what in counted if rows]
    said += [f"{each[0].lower()}{each[1:]} changed" for each in found.head] + list(found.sections)
    if found.is_reordered and not said:
        said = ["the order changed"]
    line = ", ".join(said) or "parts or sections changed"
    return line[0].upper() + line[1:]


def marked(now: str, before: str) -> tuple[Marked, ...]:
    """Two texts as one, word by word."""
    old, new = re.findall(r"\S+|\s+", before), re.findall(r"\S+|\s+", now)
    runs: list[Marked] = []
    for how, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            runs.append(Marked("".join(new[k:m]), "same"))
            continue
        runs += [Marked("".join(old[i:j]), "gone")] if i < j else []
        runs += [Marked("".join(new[k:m]), "new")] if k < m else []
    return tuple(runs)


def _differing(outline: Outline, earlier: Outline, now: Mapping[str, Any], before: Mapping[str, Any]) -> Differing:
    key = now["key"]
    here, there = outline.section_of[key], earlier.section_of[key]
    return Differing(
        now=outline.questions[key],
        before=earlier.questions[key],
        fields=tuple(words for name, words in FIELDS.items() if now.get(name) != before.get(name)),
        section=here.title if here.key != there.key else "",
        words=marked(now["words"], before["words"]) if now["words"] != before["words"] else (),
    )


def _sections(now: Outline, before: Outline) -> Iterator[str]:
    known = {section.key: section for section in before.sections}
    for section in now.sections:
        if section.key not in known:
            yield f"section “{section.title}” added"
        elif section.title != known[section.key].title:
            yield f"section “{known[section.key].title}” is now called “{section.title}”"
    kept = {section.key for section in now.sections}
    yield from (f"section “{section.title}” taken out" for section in before.sections if section.key not in kept)


def _questions(content: Content) -> Mapping[str, Mapping[str, Any]]:
    return {
        question["key"]: question
        for part in content["parts"]
        for section in part["sections"]
        for question in section["questions"]
    }


def _counted(rows: Sequence[object]) -> str:
    if len(rows) == 1:
        question = rows[0].now if isinstance(rows[0], Differing) else rows[0]
        return f"question {question.ref}" if isinstance(question, Question) else "one question"
    return f"{len(rows)} questions"
