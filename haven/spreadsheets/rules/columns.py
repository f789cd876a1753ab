"""What the columns of a spreadsheet of answers mean: as a lead writes it down, and as it is guessed."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process, utils

from haven.engines.sheets.grid import Cell
from haven.questions.rules.outline import Outline, Question


class Means(StrEnum):
    """What stands in a column."""

    NOTHING = ""
    URN = "URN"
    SCHOOL = "School name"
    QUESTION = "Question"
    ANSWER = "Answer"
    EXPLANATION = "Explanation"
    BY_WHEN = "By when"
    EVIDENCE = "Evidence"


ABOUT: Mapping[Means, str] = {
    Means.URN: "the school’s number in the national register",
    Means.SCHOOL: "the school’s name",
    Means.QUESTION: "which question a row answers (one row for each school and question)",
    Means.ANSWER: "the answer (one row for each school and question)",
    Means.EXPLANATION: "the words beside it (one row for each school and question)",
    Means.BY_WHEN: "by when it will be in place (one row for each school and question)",
    Means.EVIDENCE: "what stands behind it (one row for each school and question)",
}
BESIDE: Mapping[Means, str] = {
    Means.EXPLANATION: "explanation",
    Means.BY_WHEN: "by when",
    Means.EVIDENCE: "evidence",
}
"""What may stand beside an answer, as it is written after the number of its question."""

NO_SCHOOL = "Say which column has the URN of the school, or its name."
NO_ANSWERS = "Say which question at least one column answers."
BOTH_SHAPES = "Give either a column for each question, or one column “Question” and one “Answer”: not both."
HALF_LONG = "Where a column says which question a row answers, another must be its “Answer”."
TWICE = "“{words}” stands at more than one column. Choose one of them."


@dataclass(frozen=True, slots=True)
class Column:
    """What one column means. In the wide shape it names its question."""

    means: Means
    question: str = ""


NOTHING = Column(Means.NOTHING)


@dataclass(frozen=True, slots=True)
class KnownSchools:
    """By what a column of schools is told."""

    urns: Collection[int]
    names: Collection[str]  # as `plain_name` gives them


class Names:
    """The questions of a template by what people call them: number, key, words."""

    def __init__(self, outline: Outline) -> None:
        refs = [question.ref.casefold() for question in outline]
        self._called = {question.key: question for question in outline}
        self._called |= {q.ref.casefold(): q for q in outline if refs.count(q.ref.casefold()) == 1}
        self._written = {q.key: q.ref if refs.count(q.ref.casefold()) == 1 else q.key for q in outline}
        self._words = {question.key: utils.default_process(question.words) for question in outline}
        self._by_words = {words: outline.questions[key] for key, words in self._words.items()}
        self._found: dict[str, Question | None] = {}

    def written(self, column: Column) -> str:
        """A column's meaning as it stands in its box."""
        if not column.question:
            return column.means.value
        number = self._written[column.question]
        return number if column.means is Means.ANSWER else f"{number} {BESIDE[column.means]}"

    def read(self, text: str) -> Column | None:
        """What was written in the box of a column; none where it means nothing."""
        wanted = " ".join(text.split()).casefold()
        for means in Means:
            if wanted == means.value.casefold():
                return Column(means)
        for means, words in BESIDE.items():
            question = self._called.get(wanted.removesuffix(words).strip())
            if wanted.endswith(words) and question:
                return Column(means, question.key)
        question = self._called.get(wanted)
        return Column(Means.ANSWER, question.key) if question else None

    def offered(self) -> Iterator[tuple[str, str]]:
        """What may be written, with what it stands for."""
        yield from ((means.value, words) for means, words in ABOUT.items())
        for key, number in self._written.items():
            yield number, self._called[key].words
            for words in BESIDE.values():
                yield f"{number} {words}", f"{words} to {self._called[key].words}"

    def question(self, text: str) -> Question | None:
        """The question that a heading or a cell names: by its number, its key, or words that are nearly its own."""
        if text not in self._found:
            self._found[text] = self._numbered(text) or self._worded(text)
        return self._found[text]

    def _numbered(self, text: str) -> Question | None:
        if known := self._called.get(text.strip().casefold()):
            return known
        match = _NUMBERED.match(text)
        if match is None or (known := self._called.get(match["ref"].casefold())) is None:
            return None
        words = utils.default_process(match["words"])
        return known if not words or fuzz.token_set_ratio(words, self._words[known.key]) >= RIGHT_NUMBER else None

    def _worded(self, text: str) -> Question | None:
        match = _NUMBERED.match(text)
        wanted = utils.default_process(match["words"] if match and match["words"] else text)
        if known := self._by_words.get(wanted):
            return known
        if len(wanted) < SHORTEST:
            return None
        best = process.extract(wanted, self._words, scorer=fuzz.WRatio, limit=2, score_cutoff=LIKE - CLEAR)
        if not best or best[0][1] < LIKE or (len(best) > 1 and best[0][1] - best[1][1] < CLEAR):
            return None
        return self._called[best[0][2]]


RIGHT_NUMBER, LIKE, CLEAR, SHORTEST = 55.0, 88.0, 3.0, 8
MOSTLY, NEARLY, OFTEN = 0.8, 0.7, 0.6  # of what stands in a column or a row
LONGEST_LABEL = 60  # a heading beside a question that names no question of its own
HEADINGS_WITHIN = 15  # rows in which headings are looked for

_NUMBERED = re.compile(
    r"^\s*(?:q(?:uestion)?\.?\s*)?(?P<ref>\d+(?:\.\w+)*[a-z]?)\s*[.):–-]?\s*(?P<words>.*)$", re.IGNORECASE | re.DOTALL
)
_LABELS: Mapping[Means, str] = {
    Means.EVIDENCE: r"(?:links? to )?(?:supporting )?evidence|documents?|proof",
    Means.BY_WHEN: r"by when|target dates?|due(?: date)?|deadline|to be in place by|completion date",
    Means.EXPLANATION: r"comments?|explanations?|please explain(?: why)?|(?:further |more )?details?|notes?|reasons?"
    r"|narrative|actions?(?: needed| required| to be taken)?|other \(please specify\)",
}
_AFTER = {
    each: re.compile(rf"^(?P<rest>.*?)[\s:–—(\[/-]+(?:{words})\s*[)\]:.]*$", re.IGNORECASE | re.DOTALL)
    for each, words in _LABELS.items()
}
_BEFORE = {
    each: re.compile(rf"^(?:{words})\s*(?:for|on|to|:|–|-)\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
    for each, words in _LABELS.items()
}
_WITHIN = {each: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for each, words in _LABELS.items()}
_URN = re.compile(r"\burn\b|unique reference number", re.IGNORECASE)
_SCHOOL = re.compile(
    r"^(?:name of )?(?:your |the )?(?:school|setting|establishment|academy)(?:[’']?s? name| name)?\W*$", re.IGNORECASE
)
_LONG: Mapping[Means, re.Pattern[str]] = {
    Means.ANSWER: re.compile(r"^(?:answer|response|rating|grade|judgement|score|value)\b", re.IGNORECASE),
    Means.EXPLANATION: re.compile(rf"^(?:{_LABELS[Means.EXPLANATION]})\b", re.IGNORECASE),
    Means.BY_WHEN: re.compile(rf"^(?:{_LABELS[Means.BY_WHEN]})\b", re.IGNORECASE),
    Means.EVIDENCE: re.compile(rf"^(?:{_LABELS[Means.EVIDENCE]})\b", re.IGNORECASE),
}


def plain_name(name: object) -> str:
    """A school's name without what people write differently: capitals, points, apostrophes, spaces."""
    return " ".join(re.sub(r"[^\w\s]", "", str(name).replace("&", " and ")).casefold().split())


def urn_in(cell: Cell) -> int | None:
    """The URN that a cell holds."""
    text = str(cell).strip()
    return int(text) if re.fullmatch(r"\d{5,7}", text) else None


def head_row_of(rows: Sequence[Sequence[Cell]]) -> int:
    """The place of the row that has the headings: the first that is nearly as full as the fullest at the top."""
    filled = [sum(isinstance(cell, str) and cell != "" for cell in row) for row in rows[:HEADINGS_WITHIN]]
    return next((place for place, count in enumerate(filled) if count >= NEARLY * max(filled)), 0)


def guessed(
    headings: Sequence[str], values: Sequence[Sequence[Cell]], names: Names, known: KnownSchools
) -> list[Column]:
    """What each column seems to mean, by its heading and by what stands under it."""
    columns = [_of_schools(heading, under, known) for heading, under in zip(headings, values, strict=True)]
    for means in (Means.URN, Means.SCHOOL):
        _keep_first(columns, means)
    asking = next(
        (place for place, under in enumerate(values) if not columns[place] and _names_questions(under, names)), None
    )
    if asking is not None:
        return _long(headings, columns, asking)
    return _wide(headings, columns, names)


def faults_of(columns: Sequence[Column], names: Names) -> list[str]:
    """What is wrong with a matching, a sentence each."""
    used = [column for column in columns if column.means]
    means = {column.means for column in used if not column.question}
    is_wide = any(column.question for column in used)
    wanted = []
    if not means & {Means.URN, Means.SCHOOL}:
        wanted.append(NO_SCHOOL)
    if is_wide and means & {Means.QUESTION, *BESIDE, Means.ANSWER}:
        wanted.append(BOTH_SHAPES)
    elif not is_wide and (Means.QUESTION in means) != (Means.ANSWER in means):
        wanted.append(HALF_LONG)
    elif Means.QUESTION not in means and not any(column.means is Means.ANSWER for column in used):
        wanted.append(NO_ANSWERS)
    twice = {column for column in used if used.count(column) > 1}
    return wanted + sorted(TWICE.format(words=names.written(column)) for column in twice)


def _of_schools(heading: str, values: Sequence[Cell], known: KnownSchools) -> Column | None:
    there = [value for value in values if value != ""]
    if not there:
        return None
    numbers = sum(urn_in(value) in known.urns for value in there)
    if numbers >= MOSTLY * len(there) or (_URN.search(heading) and any(urn_in(value) for value in there)):
        return Column(Means.URN)
    named = sum(plain_name(value) in known.names for value in there)
    return Column(Means.SCHOOL) if named >= OFTEN * len(there) or _SCHOOL.match(heading) else None


def _keep_first(columns: list[Column | None], means: Means) -> None:
    """Of several columns of schools the first is it."""
    places = [place for place, column in enumerate(columns) if column == Column(means)]
    for place in places[1:]:
        columns[place] = NOTHING


def _names_questions(values: Sequence[Cell], names: Names) -> bool:
    there = {str(value) for value in values if value != ""}
    is_named = [names.question(text) is not None for text in sorted(there)[: HEADINGS_WITHIN * 2]]
    return len(there) > 1 and sum(is_named) >= OFTEN * len(is_named) and not all(_is_bare(text) for text in there)


def _is_bare(text: str) -> bool:
    """Whether it is but a whole number, which may be a grade as well."""
    return text.isdecimal()


def _long(headings: Sequence[str], columns: list[Column | None], asking: int) -> list[Column]:
    columns[asking], taken = Column(Means.QUESTION), set[Means]()
    for place, heading in enumerate(headings):
        if columns[place] is None:
            means = next((each for each, like in _LONG.items() if like.match(heading) and each not in taken), None)
            columns[place] = Column(means) if means else NOTHING
            taken |= {means} if means else set()
    return [column or NOTHING for column in columns]


def _wide(headings: Sequence[str], columns: list[Column | None], names: Names) -> list[Column]:
    taken: set[Column] = set()
    last = ""
    for place, heading in enumerate(headings):
        if columns[place] is None:
            found = _of_question(heading, names, last, taken)
            columns[place] = found
            taken.add(found)
            last = found.question or last
    return [column or NOTHING for column in columns]


def _of_question(heading: str, names: Names, last: str, taken: Collection[Column]) -> Column:
    for means in _LABELS:
        match = _AFTER[means].match(heading) or _BEFORE[means].match(heading)
        question = names.question(match["rest"]) if match and match["rest"].strip() else None
        if question and (column := Column(means, question.key)) not in taken:
            return column
    question = names.question(heading)
    if question and (column := Column(Means.ANSWER, question.key)) not in taken:
        return column
    label = next((each for each in _LABELS if _WITHIN[each].search(heading)), None)
    if label and last and len(heading) <= LONGEST_LABEL and (column := Column(label, last)) not in taken:
        return column
    return NOTHING
