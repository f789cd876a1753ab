"""A questionnaire as it is read and printed: each question with everything about it, in words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from haven.questions.rules.kinds import KINDS, STANDS, Kind
from haven.questions.rules.outline import Applies, Condition, Outline, Question, Section

PHASES: Mapping[str, str] = {
    "nursery": "nursery",
    "primary": "primary",
    "middle": "middle",
    "secondary": "secondary",
    "16-plus": "16 plus",
    "all-through": "all-through",
}
COLUMNS = (
    "Part",
    "Section",
    "Number",
    "Question",
    "Answered by",
    "Answers",
    "Help",
    "Examples of evidence",
    "Rests on",
    "For",
    "Shown if",
    "Must be answered",
    "A governor would ask",
    "Key",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One question, and what is said of it: label and words."""

    question: Question
    way: str
    facts: Sequence[tuple[str, str]]
    tried: object = None  # the answer that is tried


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A section with its lines."""

    key: str
    number: str
    title: str
    about: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part with its sections."""

    key: str
    title: str
    about: str
    sections: Sequence[PrintedSection]


def printed(outline: Outline) -> list[PrintedPart]:
    """Every part, with everything in it."""
    whole = dict.fromkeys(outline.questions)
    return [
        PrintedPart(part.key, part.title, part.about, [_section(outline, each, whole) for each in part.sections])
        for part in outline.parts
    ]


def printed_for(outline: Outline, shown: Collection[str], tried: Mapping[str, object]) -> list[PrintedPart]:
    """Only what is shown, with the answers that are tried; without parts and sections in which nothing is."""
    values = {key: tried.get(key) for key in shown}
    parts = []
    for part in outline.parts:
        sections = [_section(outline, section, values) for section in part.sections]
        if left := [section for section in sections if section.lines]:
            parts.append(PrintedPart(part.key, part.title, part.about, left))
    return parts


def rows_of(outline: Outline) -> Iterator[tuple[str, ...]]:
    """Every question as a row of a table, whose columns are `COLUMNS`."""
    for part in outline.parts:
        for section in part.sections:
            for question in section.questions:
                yield (
                    part.title,
                    f"{section.number}. {section.title}",
                    question.ref,
                    question.words,
                    KINDS[question.kind],
                    "\n".join(_choices(question)),
                    question.help,
                    "\n".join(question.evidence),
                    "\n".join(law.says for law in question.law),
                    whom(outline, question.applies),
                    "; ".join(condition(outline, each) for each in question.shown_if),
                    "Yes" if question.is_compulsory else "No",
                    question.governors_ask,
                    question.key,
                )


def whom(outline: Outline, applies: Applies) -> str:
    """Whom a question is for, in words; empty where it is for everybody."""
    labels = {trait.key: trait.label for trait in outline.traits}
    said = []
    if applies.phases:
        said.append(f"{_or([PHASES[phase] for phase in applies.phases])} schools")
    if applies.types:
        said.append(f"of type {_or(applies.types)}")
    if applies.traits:
        said.append(f"that say: {_or([labels.get(key, key) for key in applies.traits])}")
    line = " ".join(said)
    return line[:1].upper() + line[1:]


def condition(outline: Outline, given: Condition) -> str:
    """When a question is shown, in words."""
    earlier = outline.questions[given.question]
    labels = [choice.label for choice in earlier.choices if choice.value in given.among]
    return f"question {earlier.ref} is answered with {_or(labels)}"


def way(question: Question) -> str:
    """How a question is answered, in a line."""
    if question.kind is Kind.SCALE:
        return " / ".join(choice.label for choice in question.choices)
    return KINDS[question.kind]


def _section(outline: Outline, section: Section, values: Mapping[str, object]) -> PrintedSection:
    lines = [
        Line(
            question,
            way(question),
            tuple((label, said) for label, said in _facts(outline, question) if said),
            values[question.key],
        )
        for question in section.questions
        if question.key in values
    ]
    return PrintedSection(section.key, section.number, section.title, section.about, lines)


def _facts(outline: Outline, question: Question) -> Iterator[tuple[str, str]]:
    yield "Answered by", "\n".join(_choices(question)) or _typed(question)
    yield "Help", question.help
    yield "Examples of evidence", "; ".join(question.evidence)
    yield "Rests on", "; ".join(law.says for law in question.law)
    yield "For", whom(outline, question.applies)
    yield "Shown if", "; ".join(condition(outline, each) for each in question.shown_if)
    yield "May be left blank", "" if question.is_compulsory else "Yes"
    yield "Haven may know", question.fact.replace("-", " ")
    yield "Shared as", question.shared
    yield "A governor would ask", question.governors_ask


def _choices(question: Question) -> list[str]:
    return [
        f"{choice.label} ({STANDS[choice.stands].lower()}){f': {choice.means}' if choice.means else ''}"
        for choice in question.choices
    ]


def _typed(question: Question) -> str:
    if question.columns:
        return f"{KINDS[question.kind]}: {', '.join(column.label for column in question.columns)}"
    bounds = [f"from {question.least:g}"] if question.least is not None else []
    bounds += [f"to {question.most:g}"] if question.most is not None else []
    return " ".join([KINDS[question.kind], *bounds, question.unit]).strip()


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
