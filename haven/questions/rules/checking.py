"""Whether a template's content is sound: every fault with its line and its reason, none passed over."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from haven.questions.rules.kinds import BUILT_IN, CHOSEN, COLUMN_KINDS, DOES_NOT_APPLY, Kind, Stands
from haven.questions.rules.outline import Use

FORMAT = "haven-questions/1"
LONGEST_KEY, LONGEST_LINE, LONGEST_TEXT, MOST_QUESTIONS = 60, 500, 4_000, 500
PHASES = frozenset({"nursery", "primary", "middle", "secondary", "16-plus", "all-through"})
FACTS = frozenset(
    {
        "dsl-in-post",
        "deputies-in-post",
        "safeguarding-governor-in-post",
        "policies-in-date",
        "child-protection-policy-in-date",
        "staff-signed-guidance",
        "part-one-signed",
        "actions-closed",
        "guidance-answered",
    }
)
"""Facts that Haven may know of a school, by which a question can be answered beforehand."""

HEAD = frozenset("format id version title use about published source traits scales parts".split())
PART = frozenset("key title about sections".split())
SECTION = frozenset("key title about questions".split())
QUESTION = frozenset(
    "key ref words help evidence law kind scale means may_not_apply turned compulsory applies shown_if fact shared"
    " governors_ask columns min max unit".split()
)

Path = tuple[str | int, ...]
"""Where something stands in a content: names of fields and places in lists."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong. `line` is nought where the content did not come from a file."""

    line: int
    said: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.said}" if self.line else self.said


def faults(content: Any, lines: Mapping[Path, int] | None = None) -> list[Fault]:
    """Everything that is wrong with a content, in the order in which it stands; none where it is sound."""
    check = _Check(lines or {})
    check.template(content)
    return sorted(check.found, key=lambda fault: fault.line)


@dataclass(slots=True)
class _Check:
    """One reading of a content, which notes what is wrong and reads on."""

    lines: Mapping[Path, int]
    found: list[Fault] = field(default_factory=list)
    parts_seen: set[str] = field(default_factory=set)
    sections_seen: set[str] = field(default_factory=set)
    values: dict[str, frozenset[str]] = field(default_factory=dict)  # what each question so far may be answered with
    traits: frozenset[str] = frozenset()
    scales: dict[str, frozenset[str]] = field(default_factory=dict)

    def say(self, path: Path, said: str) -> None:
        line = next((self.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.lines), 0)
        self.found.append(Fault(line, said))

    # --- what every level uses ---

    def fields(self, given: Any, path: Path, known: Collection[str], name: str) -> Mapping[str, Any]:
        """The fields of a thing; nothing where it is none. Unknown ones are faults."""
        if not isinstance(given, Mapping):
            self.say(path, f"{name} is not a list of fields.")
            return {}
        for strange in sorted(str(each) for each in given if each not in known):
            self.say((*path, strange), f"{name} has an unknown field “{strange}”.")
        return given

    def text(self, given: Mapping[str, Any], path: Path, name: str, *, longest: int = LONGEST_TEXT) -> str:
        """A text that may be left out."""
        value = given.get(name, "")
        if not isinstance(value, str):
            self.say((*path, name), f"“{name}” must be words; put quotation marks round {value!r}.")
            return ""
        if len(value) > longest:
            self.say((*path, name), f"“{name}” has more than {longest:,} characters.")
        return value

    def wanted(self, given: Mapping[str, Any], path: Path, name: str, *, longest: int = LONGEST_LINE) -> str:
        """A text that must be there."""
        value = self.text(given, path, name, longest=longest)
        if not value.strip() and isinstance(given.get(name, ""), str):
            self.say((*path, name), f"“{name}” is missing.")
        return value

    def key(self, given: Mapping[str, Any], path: Path, taken: Collection[str], name: str) -> str:
        """A key that stands once."""
        value = self.wanted(given, path, "key", longest=LONGEST_KEY)
        if value and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            self.say((*path, "key"), f"The key “{value}” may have only small letters, digits and hyphens.")
        if value in taken:
            self.say((*path, "key"), f"The key “{value}” stands twice: every {name} needs its own.")
        return value

    def rows(self, given: Mapping[str, Any], path: Path, name: str) -> list[Any]:
        """A list that may be left out."""
        value = given.get(name) or []
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.say((*path, name), f"“{name}” must be a list.")
            return []
        return list(value)

    def full_rows(self, given: Mapping[str, Any], path: Path, name: str) -> list[Any]:
        """A list that must hold something."""
        rows = self.rows(given, path, name)
        if not rows:
            self.say((*path, name), f"“{name}” must hold at least one.")
        return rows

    def words_list(self, given: Mapping[str, Any], path: Path, name: str) -> list[str]:
        """A list of words."""
        rows = self.rows(given, path, name)
        if not all(isinstance(each, str) for each in rows):
            self.say((*path, name), f"“{name}” must be a list of words.")
            return []
        return rows

    def truth(self, given: Mapping[str, Any], path: Path, name: str) -> bool:
        """Yes or no."""
        value = given.get(name, False)
        if not isinstance(value, bool):
            self.say((*path, name), f"“{name}” must be true or false.")
            return False
        return value

    # --- the levels ---

    def template(self, content: Any) -> None:
        head = self.fields(content, (), HEAD, "The template")
        if head.get("format") != FORMAT:
            self.say(("format",), f"“format” must be {FORMAT}.")
        self.key({"key": head.get("id", "")}, ("id",), (), "template")
        self.wanted(head, (), "version", longest=30)
        self.wanted(head, (), "title", longest=150)
        self.text(head, (), "about")
        self.text(head, (), "source")
        if head.get("use") not in {use.value for use in Use}:
            self.say(("use",), f"“use” must be one of {', '.join(use.value for use in Use)}.")
        self._traits(head)
        self._scales(head)
        for place, part in enumerate(self.full_rows(head, (), "parts")):
            self.part(part, ("parts", place))
        if len(self.values) > MOST_QUESTIONS:
            self.say(("parts",), f"A template may have {MOST_QUESTIONS} questions and no more.")

    def part(self, given: Any, path: Path) -> None:
        part = self.fields(given, path, PART, "A part")
        self.parts_seen.add(self.key(part, path, self.parts_seen, "part"))
        self.wanted(part, path, "title", longest=200)
        self.text(part, path, "about")
        for place, section in enumerate(self.full_rows(part, path, "sections")):
            self.section(section, (*path, "sections", place))

    def section(self, given: Any, path: Path) -> None:
        section = self.fields(given, path, SECTION, "A section")
        self.sections_seen.add(self.key(section, path, self.sections_seen, "section"))
        self.wanted(section, path, "title", longest=200)
        self.text(section, path, "about")
        for place, question in enumerate(self.full_rows(section, path, "questions")):
            self.question(question, (*path, "questions", place))

    def question(self, given: Any, path: Path) -> None:
        question = self.fields(given, path, QUESTION, "A question")
        key = self.key(question, path, self.values, "question")
        self.wanted(question, path, "words", longest=1_000)
        self.text(question, path, "ref", longest=20)
        self.text(question, path, "unit", longest=40)
        for name in ("help", "governors_ask"):
            self.text(question, path, name)
        self.words_list(question, path, "evidence")
        if "compulsory" in question:
            self.truth(question, path, "compulsory")
        self._law(question, path)
        self._applies(question, path)
        self._shown_if(question, path)
        self._names(question, path)
        self.values[key] = self._kind(question, path)

    # --- the parts of a question ---

    def _kind(self, question: Mapping[str, Any], path: Path) -> frozenset[str]:
        """What it may be answered with, where it is answered by choosing."""
        given = question.get("kind")
        if given not in {kind.value for kind in Kind}:
            self.say((*path, "kind"), f"“kind” must be one of {', '.join(kind.value for kind in Kind)}.")
            return frozenset()
        kind = Kind(given)
        values = self._values(kind, question, path)
        if self.truth(question, path, "may_not_apply"):
            values |= {DOES_NOT_APPLY.value}
            if kind not in CHOSEN:
                self.say((*path, "may_not_apply"), f"“may_not_apply” is only for choices, not for kind {kind.value}.")
        if self.truth(question, path, "turned") and kind is not Kind.YES_NO:
            self.say((*path, "turned"), "“turned” is only for kind yes-no.")
        self._means(question, path, values)
        self._columns(question, path, kind)
        self._bounds(question, path, kind)
        return values

    def _values(self, kind: Kind, question: Mapping[str, Any], path: Path) -> frozenset[str]:
        if kind is not Kind.SCALE:
            if "scale" in question:
                self.say((*path, "scale"), "“scale” is only for kind scale.")
            return frozenset(choice.value for choice in BUILT_IN.get(kind, ()))
        if question.get("scale") not in self.scales:
            known = ", ".join(self.scales) or "none is given at the head"
            self.say((*path, "scale"), f"“scale” must name one of the template’s scales ({known}).")
        return self.scales.get(str(question.get("scale")), frozenset())

    def _means(self, question: Mapping[str, Any], path: Path, values: Collection[str]) -> None:
        if "means" not in question:
            return
        for value, said in self.fields(question["means"], (*path, "means"), values, "“means”").items():
            if not isinstance(said, str):
                self.say((*path, "means", value), "A descriptor must be words.")

    def _columns(self, question: Mapping[str, Any], path: Path, kind: Kind) -> None:
        rows = self.rows(question, path, "columns")
        if bool(rows) != (kind is Kind.TABLE):
            self.say((*path, "columns"), "A table needs its “columns”, and nothing else has them.")
        seen: set[str] = set()
        for place, given in enumerate(rows):
            here = (*path, "columns", place)
            column = self.fields(given, here, {"key", "label", "kind"}, "A column")
            seen.add(self.key(column, here, seen, "column"))
            self.wanted(column, here, "label", longest=100)
            if column.get("kind") not in {each.value for each in COLUMN_KINDS}:
                self.say((*here, "kind"), "A column’s “kind” must be text, number or date.")

    def _bounds(self, question: Mapping[str, Any], path: Path, kind: Kind) -> None:
        given = {name: question[name] for name in ("min", "max") if name in question}
        for name, value in given.items():
            if kind is not Kind.NUMBER or isinstance(value, bool) or not isinstance(value, int | float):
                self.say((*path, name), f"“{name}” must be a number, and is only for kind number.")
                return
        if len(given) == 2 and given["min"] > given["max"]:
            self.say((*path, "min"), "“min” is more than “max”.")

    def _law(self, question: Mapping[str, Any], path: Path) -> None:
        for place, given in enumerate(self.rows(question, path, "law")):
            here = (*path, "law", place)
            law = self.fields(given, here, {"document", "place", "says"}, "A line of “law”")
            self.wanted(law, here, "says", longest=200)
            self.text(law, here, "document", longest=100)
            self.text(law, here, "place", longest=60)

    def _applies(self, question: Mapping[str, Any], path: Path) -> None:
        if "applies" not in question:
            return
        here = (*path, "applies")
        applies = self.fields(question["applies"], here, {"phases", "types", "traits"}, "“applies”")
        self._among(applies, here, "phases", PHASES)
        self._among(applies, here, "traits", self.traits)
        self.words_list(applies, here, "types")

    def _among(self, given: Mapping[str, Any], path: Path, name: str, known: Collection[str]) -> None:
        for strange in [each for each in self.words_list(given, path, name) if each not in known]:
            self.say((*path, name), f"“{strange}” is none of the {name} ({', '.join(sorted(known)) or 'none given'}).")

    def _shown_if(self, question: Mapping[str, Any], path: Path) -> None:
        for place, given in enumerate(self.rows(question, path, "shown_if")):
            here = (*path, "shown_if", place)
            condition = self.fields(given, here, {"question", "is"}, "A condition")
            earlier = condition.get("question")
            among = self.words_list(condition, here, "is")
            if earlier not in self.values:
                self.say((*here, "question"), f"The question “{earlier}” does not stand before this one.")
                continue
            for strange in [each for each in among if each not in self.values[str(earlier)]]:
                self.say((*here, "is"), f"“{earlier}” cannot be answered with “{strange}”.")
            if not among:
                self.say((*here, "is"), "“is” must name at least one answer.")

    def _names(self, question: Mapping[str, Any], path: Path) -> None:
        if (fact := question.get("fact", "")) and fact not in FACTS:
            self.say((*path, "fact"), f"“{fact}” is no fact that Haven may know ({', '.join(sorted(FACTS))}).")
        if "shared" in question:
            self.key({"key": question["shared"]}, (*path, "shared"), (), "question")

    # --- the head ---

    def _traits(self, head: Mapping[str, Any]) -> None:
        seen: set[str] = set()
        for place, given in enumerate(self.rows(head, (), "traits")):
            trait = self.fields(given, ("traits", place), {"key", "label"}, "A trait")
            seen.add(self.key(trait, ("traits", place), seen, "trait"))
            self.wanted(trait, ("traits", place), "label", longest=150)
        self.traits = frozenset(seen)

    def _scales(self, head: Mapping[str, Any]) -> None:
        scales = head.get("scales") or {}
        if not isinstance(scales, Mapping):
            self.say(("scales",), "“scales” must be a list of fields, one for each scale.")
            return
        for name, levels in scales.items():
            self.scales[str(name)] = self._levels(levels, ("scales", name))

    def _levels(self, levels: Any, path: Path) -> frozenset[str]:
        if not isinstance(levels, list) or len(levels) < 2:
            self.say(path, "A scale needs at least two levels.")
            return frozenset()
        seen: set[str] = set()
        for place, given in enumerate(levels):
            here = (*path, place)
            level = self.fields(given, here, {"value", "label", "stands", "means"}, "A level")
            value = self.wanted(level, here, "value", longest=30)
            if value in seen:
                self.say((*here, "value"), f"The level “{value}” stands twice.")
            seen.add(value)
            self.wanted(level, here, "label", longest=150)
            self.text(level, here, "means")
            if level.get("stands") not in _WORTHS:
                self.say((*here, "stands"), f"“stands” must be one of {', '.join(_WORTHS)}.")
        return frozenset(seen)


_WORTHS = [each.value for each in Stands if each is not Stands.SAID]
