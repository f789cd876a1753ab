"""Whether a template's content is sound: every fault with its line and its reason, none passed over."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from haven.questions.rules.kinds import BUILT_IN, CHOSEN, COLUMN_KINDS, DOES_NOT_APPLY, Kind, Stands
from haven.questions.rules.outline import Use

FORMAT = "haven-questions/1"
LONGEST_KEY, LONGEST_LINE, LONGEST_TEXT, MOST_QUESTIONS = 60, 500, 4_000, 500
MOST_ROWS = {
    "traits": 20,
    "parts": 40,
    "sections": 60,
    "evidence": 20,
    "law": 20,
    "shown_if": 10,
    "is": 20,
    "columns": 12,
    "phases": 20,
    "types": 60,
}
MOST_LEVELS, LARGEST = 12, 1_000_000_000
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
        "last-plan-on-time",
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
    is_gap: bool = False  # something is not there yet: a draft may lack it

    def __str__(self) -> str:
        return f"line {self.line}: {self.said}" if self.line else self.said


def faults(content: Any, lines: Mapping[Path, int] | None = None) -> list[Fault]:
    """Everything that is wrong with a content, in the order in which it stands; none where it is sound."""
    check = _Check(lines or {})
    check.template(content)
    return sorted(check.found, key=lambda fault: fault.line)


def faults_of_draft(content: Any, lines: Mapping[Path, int] | None = None) -> list[Fault]:
    """The same of a draft, which may still lack parts, sections and questions."""
    return [fault for fault in faults(content, lines) if not fault.is_gap]


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

    def say(self, path: Path, said: str, *, is_gap: bool = False) -> None:
        line = next((self.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.lines), 0)
        self.found.append(Fault(line, said, is_gap))

    # --- what every level uses ---

    def fields(self, given: Any, path: Path, known: Collection[str], name: str) -> Mapping[str, Any]:
        """The fields of a thing; nothing where it is none. Unknown ones are faults."""
        if not isinstance(given, Mapping):
            self.say(path, f"{name} is not a list of fields.")
            return {}
        for strange in sorted(str(each) for each in given if each not in known):
            self.say((*path, strange), f"{name} has an unknown field “{_short(strange)}”.")
        return given

    def text(self, given: Mapping[str, Any], path: Path, name: str, *, longest: int = LONGEST_TEXT) -> str:
        """A text that may be left out."""
        value = given.get(name, "")
        if value is None:
            self.say((*path, name), f"“{name}” is empty: write something, or leave the line out.")
            return ""
        if not isinstance(value, str):
            self.say((*path, name), f"“{name}” must be words; put quotation marks round {_short(value)}.")
            return ""
        self.plain_words(value, (*path, name), name, longest)
        return value

    def plain_words(self, value: str, path: Path, name: str, longest: int) -> None:
        """That words are no more than they may be, and all writing."""
        if len(value) > longest:
            self.say(path, f"“{name}” has more than {longest:,} characters.")
        if _NO_WRITING.search(value):
            self.say(path, f"“{name}” has a character in it that is no writing.")

    def wanted(self, given: Mapping[str, Any], path: Path, name: str, *, longest: int = LONGEST_LINE) -> str:
        """A text that must be there."""
        value = self.text(given, path, name, longest=longest)
        if not value.strip() and isinstance(given.get(name, ""), str):
            self.say((*path, name), f"“{name}” is missing.")
        return value

    def one_of(self, given: Mapping[str, Any], path: Path, name: str, known: Collection[str]) -> str:
        """One of a few words; nothing where it is none of them."""
        value = given.get(name)
        if isinstance(value, str) and value in known:
            return value
        self.say((*path, name), f"“{name}” must be one of {', '.join(known)}.")
        return ""

    def key(self, given: Mapping[str, Any], path: Path, taken: Collection[str], name: str) -> str:
        """A key that stands once."""
        value = self.wanted(given, path, "key", longest=LONGEST_KEY)
        self.name(value, (*path, "key"), "key")
        if value in taken:
            self.say((*path, "key"), f"The key “{value}” stands twice: every {name} needs its own.")
        return value

    def name(self, value: str, path: Path, name: str) -> None:
        """That a word may stand in an address."""
        if value.strip() and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            self.say(path, f"The {name} “{_short(value)}” may have only small letters, digits and hyphens.")

    def named(self, given: Mapping[str, Any], path: Path, name: str) -> None:
        """A text that may stand in an address, under another name than “key”."""
        self.name(self.wanted(given, path, name, longest=LONGEST_KEY), (*path, name), name)

    def rows(self, given: Mapping[str, Any], path: Path, name: str) -> list[Any]:
        """A list that may be left out."""
        value = given.get(name, [])
        if value is None:
            self.say((*path, name), f"“{name}” is empty: list something, or leave the line out.")
            return []
        if not isinstance(value, list):
            self.say((*path, name), f"“{name}” must be a list.")
            return []
        if len(value) > MOST_ROWS.get(name, MOST_QUESTIONS):
            self.say((*path, name), f"“{name}” may list {MOST_ROWS.get(name, MOST_QUESTIONS)} and no more.")
        return value

    def full_rows(self, given: Mapping[str, Any], path: Path, name: str) -> list[Any]:
        """A list that must hold something before it is used."""
        rows = self.rows(given, path, name)
        if not rows and isinstance(given.get(name, []), list):
            self.say((*path, name), f"“{name}” must hold at least one.", is_gap=name in given)
        return rows

    def words_list(self, given: Mapping[str, Any], path: Path, name: str) -> list[str]:
        """A list of words."""
        rows = self.rows(given, path, name)
        if not all(isinstance(each, str) for each in rows):
            self.say((*path, name), f"“{name}” must be a list of words; put quotation marks round what is none.")
            return []
        for place, each in enumerate(rows):
            self.plain_words(each, (*path, name, place), name, LONGEST_LINE)
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
        self.named(head, (), "id")
        self.wanted(head, (), "version", longest=30)
        self.wanted(head, (), "title", longest=150)
        self.text(head, (), "about")
        self.text(head, (), "source")
        self._published(head)
        self.one_of(head, (), "use", [use.value for use in Use])
        self._traits(head)
        self._scales(head)
        for place, part in enumerate(self.full_rows(head, (), "parts")):
            self.part(part, ("parts", place))
        if len(self.values) > MOST_QUESTIONS:
            self.say(("parts",), f"A template may have {MOST_QUESTIONS} questions and no more.")

    def _published(self, head: Mapping[str, Any]) -> None:
        if said := self.text(head, (), "published", longest=10):
            try:
                date.fromisoformat(said)
            except ValueError:
                self.say(("published",), "“published” must be a day such as 2026-09-01.")

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
        given = self.one_of(question, path, "kind", [kind.value for kind in Kind])
        if not given:
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
        name = question.get("scale")
        if not isinstance(name, str) or name not in self.scales:
            known = ", ".join(self.scales) or "none is given at the head"
            self.say((*path, "scale"), f"“scale” must name one of the template’s scales ({known}).")
        return self.scales.get(str(name), frozenset())

    def _means(self, question: Mapping[str, Any], path: Path, values: Collection[str]) -> None:
        if "means" not in question:
            return
        means = self.fields(question["means"], (*path, "means"), values, "“means”")
        for value in means:
            self.text(means, (*path, "means"), value)

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
            self.one_of(column, here, "kind", sorted(each.value for each in COLUMN_KINDS))

    def _bounds(self, question: Mapping[str, Any], path: Path, kind: Kind) -> None:
        given = {name: question[name] for name in ("min", "max") if name in question}
        for name, value in given.items():
            if kind is not Kind.NUMBER or isinstance(value, bool) or not isinstance(value, int | float):
                self.say((*path, name), f"“{name}” must be a number, and is only for kind number.")
                return
            if not -LARGEST <= value <= LARGEST:  # nor is what is no number at all
                self.say((*path, name), f"“{name}” must lie between -{LARGEST:,} and {LARGEST:,}.")
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
            if not isinstance(earlier, str) or earlier not in self.values:
                self.say((*here, "question"), f"The question “{_short(earlier)}” does not stand before this one.")
                continue
            for strange in [each for each in among if each not in self.values[str(earlier)]]:
                self.say((*here, "is"), f"“{earlier}” cannot be answered with “{strange}”.")
            if not among:
                self.say((*here, "is"), "“is” must name at least one answer.")

    def _names(self, question: Mapping[str, Any], path: Path) -> None:
        if (fact := self.text(question, path, "fact", longest=LONGEST_KEY)) and fact not in FACTS:
            self.say((*path, "fact"), f"“{fact}” is no fact that Haven may know ({', '.join(sorted(FACTS))}).")
        if "shared" in question:
            self.named(question, path, "shared")

    # --- the head ---

    def _traits(self, head: Mapping[str, Any]) -> None:
        seen: set[str] = set()
        for place, given in enumerate(self.rows(head, (), "traits")):
            trait = self.fields(given, ("traits", place), {"key", "label"}, "A trait")
            seen.add(self.key(trait, ("traits", place), seen, "trait"))
            self.wanted(trait, ("traits", place), "label", longest=150)
        self.traits = frozenset(seen)

    def _scales(self, head: Mapping[str, Any]) -> None:
        scales = head.get("scales", {})
        if not isinstance(scales, Mapping):
            self.say(
                ("scales",), "“scales” must be a list of fields, one for each scale; leave it out where there is none."
            )
            return
        for name, levels in scales.items():
            self.name(str(name), ("scales", name), "name of a scale")
            self.scales[str(name)] = self._levels(levels, ("scales", name))

    def _levels(self, levels: Any, path: Path) -> frozenset[str]:
        if not isinstance(levels, list) or not 2 <= len(levels) <= MOST_LEVELS:
            self.say(path, f"A scale needs a list of two to {MOST_LEVELS} levels.")
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
            self.one_of(level, here, "stands", _WORTHS)
        return frozenset(seen)


_WORTHS = [each.value for each in Stands if each is not Stands.SAID]
_NO_WRITING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _short(value: Any) -> str:
    return str(value)[:60]
