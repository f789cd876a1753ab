"""The questions that a check may put, by whom they are put to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from haven.access.roles import Kind

FORMAT = "haven-check-prompts/1"
OWN = "own"  # the question that the asker wrote herself
NEW = "new"  # what is told beside the questions: anything new, an update
RESERVED = frozenset({OWN, NEW})


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question."""

    key: str
    words: str
    kind: Kind

    @property
    def label(self) -> str:
        """The question with whom it is put to."""
        return f"{ASKED[self.kind]}: {self.words}"


ASKED = {Kind.SCHOOL: "Schools", Kind.COUNCIL: "Home education", Kind.HEALTH: "Health", Kind.POLICE: "Police"}
"""To whom questions are put. Of the council's own only the officer for home education is asked."""


def prompts_in(content: Mapping[str, Any]) -> list[Prompt]:
    """The questions of a pack that has no faults, schools first. The database keeps no order of kinds."""
    put = content["prompts"]
    return [Prompt(each["key"], each["words"], kind) for kind in ASKED for each in put.get(kind.value, [])]


def faults(content: Any) -> list[str]:
    """What is wrong with the content of a pack, a line each."""
    if not isinstance(content, dict):
        return ["The file is no list of fields."]
    said = [f"“{field}” is missing." for field in ("format", "version", "source", "prompts") if not content.get(field)]
    if said:
        return said
    if content["format"] != FORMAT:
        said.append(f"The format is “{content['format']}”, not “{FORMAT}”.")
    kinds = content["prompts"]
    if not isinstance(kinds, dict) or not set(kinds) <= {kind.value for kind in ASKED}:
        return [*said, "“prompts” has a list for each of school, council, health and police, and nothing else."]
    keys = [each.get("key") for asked in kinds.values() for each in _rows(asked)]
    said += ["Every question needs a key and words."] * (not all(_is_whole(rows) for rows in kinds.values()))
    said += [f"The key “{key}” stands twice, or is one of Haven’s own." for key in _twice(keys)]
    return said


def _rows(asked: Any) -> Sequence[Mapping[str, Any]]:
    return [each for each in asked if isinstance(each, dict)] if isinstance(asked, list) else []


def _is_whole(asked: Any) -> bool:
    rows = _rows(asked)
    return bool(rows) and len(rows) == len(asked) and all(each.get("key") and each.get("words") for each in rows)


def _twice(keys: Sequence[Any]) -> list[Any]:
    return sorted({key for key in keys if key and (keys.count(key) > 1 or key in RESERVED)})
