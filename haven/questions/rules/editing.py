"""Changes of a draft's content, each giving a new content: adding, changing, moving, taking out.

Whatever would leave a question hanging on an answer that it cannot have is told in a sentence instead.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from enum import StrEnum
from typing import Any

from haven.questions.rules.checking import FORMAT, LONGEST_KEY
from haven.questions.rules.kinds import Kind
from haven.questions.rules.outline import Use
from haven.questions.rules.reading import Content, outline_of

Draft = dict[str, Any]


class Level(StrEnum):
    """What stands one within another."""

    PART = "part"
    SECTION = "section"
    QUESTION = "question"


CALLED: Mapping[Level, str] = {Level.PART: "part", Level.SECTION: "section", Level.QUESTION: "question"}
ABOVE: Mapping[Level, Level] = {Level.SECTION: Level.PART, Level.QUESTION: Level.SECTION}
HOLDS: Mapping[Level, str] = {Level.PART: "sections", Level.SECTION: "questions"}

ONLY_OF_ITS_KIND = frozenset({"kind", "scale", "means", "may_not_apply", "turned", "columns", "min", "max", "unit"})
"""What goes when a question is answered in another way."""


class Unfit(ValueError):
    """A change that the rest of the content does not allow; the text says what to do first, in a sentence or two."""


class NotThere(LookupError):
    """No such part, section or question: somebody has taken it out."""


def bare(*, key: str, label: str, title: str, use: Use) -> Draft:
    """A content with nothing in it yet."""
    return {"format": FORMAT, "id": key, "version": label, "title": title, "use": use.value, "parts": []}


def fresh_key(words: str, taken: Collection[str]) -> str:
    """A key made of words that is not taken: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[: LONGEST_KEY - 15].strip("-") or "item"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def rows_of(content: Content, level: Level, key: str) -> tuple[list[Draft], int]:
    """The list in which something stands, and its place there. Raises `NotThere`."""
    for rows in _lists(content, level):
        for place, row in enumerate(rows):
            if row["key"] == key:
                return rows, place
    raise NotThere(key)


def found(content: Content, level: Level, key: str) -> Draft:
    """A part, section or question by its key. Raises `NotThere`."""
    rows, place = rows_of(content, level, key)
    return rows[place]


def keys(content: Content, level: Level) -> list[str]:
    """The keys of every part, section or question."""
    return [row["key"] for rows in _lists(content, level) for row in rows]


def within(content: Content, level: Level, key: str) -> str:
    """The key of the part in which a section stands, or of the section in which a question does. Raises `NotThere`."""
    for above in keys(content, ABOVE[level]):
        if any(row["key"] == key for row in found(content, ABOVE[level], above)[HOLDS[ABOVE[level]]]):
            return above
    raise NotThere(key)


def headed(content: Content, fields: Mapping[str, Any]) -> Draft:
    """With other fields at the head; a field of nothing goes."""
    return _sound(content, lambda now: _put(now, fields))


def added(content: Content, level: Level, rows: Sequence[Mapping[str, Any]], inside: str = "") -> Draft:
    """With parts, or with sections or questions at the end of what they stand in."""

    def add(now: Draft) -> None:
        if level is Level.PART:
            now["parts"] += [dict(row) for row in rows]
        else:
            found(now, ABOVE[level], inside)[HOLDS[ABOVE[level]]] += [dict(row) for row in rows]

    return _sound(content, add)


def changed(content: Content, level: Level, key: str, fields: Mapping[str, Any]) -> Draft:
    """With other fields of a part, section or question; a field of nothing goes."""
    return _sound(content, lambda now: _put(found(now, level, key), fields))


def answered_by(content: Content, key: str, fields: Mapping[str, Any]) -> Draft:
    """With a question answered in another way: what belongs to its kind alone is as given, or gone."""
    return changed(content, Level.QUESTION, key, dict.fromkeys(ONLY_OF_ITS_KIND) | dict(fields))


def removed(content: Content, level: Level, key: str) -> Draft:
    """Without a part, section or question, and without all that stands in it."""

    def remove(now: Draft) -> None:
        rows, place = rows_of(now, level, key)
        del rows[place]

    return _sound(content, remove)


def moved(content: Content, level: Level, key: str, by: int) -> Draft:
    """With something so many places further on among its like; at either end it stays where it is."""

    def move(now: Draft) -> None:
        rows, place = rows_of(now, level, key)
        if 0 <= place + by < len(rows):
            rows.insert(place + by, rows.pop(place))

    return _sound(content, move)


def moved_into(content: Content, level: Level, key: str, inside: str) -> Draft:
    """With a section at the end of another part, or a question at the end of another section."""

    def move(now: Draft) -> None:
        target = found(now, ABOVE[level], inside)[HOLDS[ABOVE[level]]]
        rows, place = rows_of(now, level, key)
        if rows is not target:
            target.append(rows.pop(place))

    return _sound(content, move)


def with_trait(content: Content, key: str, label: str) -> Draft:
    """With something that a school may say of itself, or with other words for it. A new one has no key yet."""

    def put(now: Draft) -> None:
        traits = now.setdefault("traits", [])
        known = next((each for each in traits if each["key"] == key), None)
        if known:
            known["label"] = label
        else:
            traits.append({"key": fresh_key(label, [each["key"] for each in traits]), "label": label})

    return _sound(content, put)


def without_trait(content: Content, key: str) -> Draft:
    """Without something that a school may say of itself."""
    if using := [q.ref for q in outline_of(content) if key in q.applies.traits]:
        raise Unfit(f"{_questions(using)} only for schools that say this. Change whom they are for first.")
    return headed(content, {"traits": [each for each in content.get("traits", ()) if each["key"] != key] or None})


def with_scale(content: Content, name: str, levels: Sequence[Mapping[str, Any]]) -> Draft:
    """With a scale, or other levels of one. Descriptors of a level that is gone go with it."""

    def put(now: Draft) -> None:
        now.setdefault("scales", {})[name] = [dict(level) for level in levels]
        values = {level["value"] for level in levels} | {"not-applicable"}
        for question in _questions_of(now):
            if question.get("scale") == name and "means" in question:
                _put(question, {"means": {key: said for key, said in question["means"].items() if key in values}})

    return _sound(content, put)


def without_scale(content: Content, name: str) -> Draft:
    """Without a scale."""
    if using := [q.ref for q in outline_of(content) if q.scale == name]:
        raise Unfit(f"{_questions(using)} answered on this scale. Change how they are answered first.")
    scales = {key: levels for key, levels in content.get("scales", {}).items() if key != name}
    return headed(content, {"scales": scales or None})


def _lists(content: Content, level: Level) -> list[list[Draft]]:
    """The lists in which parts, sections or questions stand."""
    if level is Level.PART:
        return [content["parts"]]
    return [row[HOLDS[ABOVE[level]]] for rows in _lists(content, ABOVE[level]) for row in rows]


def _questions_of(content: Content) -> list[Draft]:
    return [row for rows in _lists(content, Level.QUESTION) for row in rows]


def _put(row: Draft, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if value is None or value in ("", [], {}):
            row.pop(name, None)
        else:
            row[name] = value


def _sound(content: Content, change: Callable[[Draft], None]) -> Draft:
    """The content after a change, in which every condition can still hold. Raises `Unfit`."""
    now: Draft = deepcopy(dict(content))
    change(now)
    outline = outline_of(now)
    values: dict[str, set[str]] = {}
    for question in outline:
        for condition in question.shown_if:
            earlier = outline.questions.get(condition.question)
            if earlier is None:
                raise Unfit(f"Question {question.ref} is shown only for some answers to it. Change that first.")
            if earlier.key not in values:
                raise Unfit(
                    f"Question {question.ref} is shown only for some answers to question {earlier.ref}, "
                    "so it must stand below it."
                )
            if not set(condition.among) <= values[earlier.key]:
                raise Unfit(
                    f"Question {question.ref} is shown only for an answer to question {earlier.ref} "
                    "that would be gone. Change that first."
                )
        values[question.key] = {choice.value for choice in question.choices}
    return now


def _questions(refs: Sequence[str]) -> str:
    if len(refs) == 1:
        return f"Question {refs[0]} is"
    return f"Questions {', '.join(refs[:-1])} and {refs[-1]} are"


_REF = re.compile(r"^\s*(?P<ref>[A-Za-z]?\d+[a-z]?(?:\.\d+[a-z]?)*)[.):]?\s+(?P<words>\S.*)$")


def pasted(text: str, kind: Kind, scale: str, taken: Collection[str]) -> list[Draft]:
    """Questions as they were pasted, one a line, each with the number that stands before it."""
    rows: list[Draft] = []
    seen = set(taken)
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        numbered = _REF.match(line)
        words = numbered["words"] if numbered else line
        row: Draft = {"key": fresh_key(words, seen)}
        _put(row, {"ref": numbered["ref"] if numbered else "", "words": words, "kind": kind.value, "scale": scale})
        seen.add(row["key"])
        rows.append(row)
    return rows
