"""Which choice of a scale the words of a spreadsheet mean, and how other cells become answers."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from haven.engines.sheets.grid import Cell
from haven.questions.rules.answering import Unsound, Value, sound
from haven.questions.rules.kinds import Kind, Stands
from haven.questions.rules.outline import Question

_WORDS: Mapping[str, str] = {
    "yes": "yes y true ✓ ✔ ja agreed",
    "no": "no n false ✗ ✘ x none",
    Stands.IN_PLACE: "met|fully met|yes fully|fully|full|green|g|in place|fully in place|complete|completed|compliant|"
    "fully compliant|achieved|embedded|established|secure|done|always|strongly agree",
    Stands.PARTLY: "partly|partly met|partial|partially|partially met|partly in place|partially in place|amber|a|"
    "yellow|some|sometimes|developing|in progress|in part|working towards|emerging|under way|underway|ongoing",
    Stands.NOT_IN_PLACE: "not met|unmet|red|r|not in place|not yet|not yet met|not started|not compliant|non compliant|"
    "never|not achieved|missing|absent",
    Stands.NOT_APPLICABLE: "na|n a|not applicable|does not apply|doesnt apply|not relevant",
}
_MEANT: Mapping[str, str] = {
    word: meant for meant, words in _WORDS.items() for word in words.split("|" if "|" in words else " ")
}
_DAYS = ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%B %Y", "%b %Y", "%m/%Y")
NO_DAY = "Give a real day, such as 27 3 2026."
UNTOLD = "Nothing was said of what this answer means."
NOT_TAKEN = "A file or a table cannot come from a spreadsheet."


def plain(said: Cell) -> str:
    """What somebody answered, without what people write differently."""
    return " ".join(re.sub(r"[^\w✓✔✗✘]+", " ", str(said).replace("’", "").replace("'", "")).casefold().split())


def scale_of(question: Question) -> str:
    """The name of what a question offers: questions that offer the same are matched at once."""
    return "/".join(choice.value for choice in question.choices)


def guessed_choice(question: Question, said: Cell) -> str:
    """The value of the choice that these words seem to mean; empty where none does or several do."""
    wanted = plain(said)
    for names in (
        {plain(choice.value): choice.value for choice in question.choices},
        {plain(choice.label): choice.value for choice in question.choices},
        {plain(choice.label.partition(":")[2]): choice.value for choice in question.choices if ":" in choice.label},
    ):
        if wanted in names:
            return names[wanted]
    begins = [choice.value for choice in question.choices if wanted.startswith(f"{plain(choice.label)} ")]
    return begins[0] if len(begins) == 1 else _by_worth(question, _MEANT.get(wanted, ""))


def _by_worth(question: Question, meant: str) -> str:
    """By what the words are worth. Yes and no are worth what the question says, so they are taken by name."""
    if question.kind is Kind.YES_NO and meant != Stands.NOT_APPLICABLE:
        return meant if any(choice.value == meant for choice in question.choices) else ""
    worth = {"yes": Stands.IN_PLACE.value, "no": Stands.NOT_IN_PLACE.value}.get(meant, meant)
    fitting = [choice.value for choice in question.choices if choice.stands.value == worth]
    return fitting[0] if len(fitting) == 1 else ""


def fitted(question: Question, said: Cell, choices: Mapping[str, str]) -> Value:
    """The answer that a cell is. `choices` says what words mean on this question's scale. Raises `Unsound`."""
    if question.is_chosen:
        if not (meant := choices.get(plain(said), "")):
            raise Unsound(UNTOLD)
        return sound(question, meant)
    if question.kind in (Kind.FILE, Kind.TABLE):
        raise Unsound(NOT_TAKEN)
    return sound(question, _as_typed(question, said))


def _as_typed(question: Question, said: Cell) -> Any:
    if question.kind is Kind.DATE:
        return day_in(said).isoformat()
    if question.kind is Kind.PERSON:
        name, _, role = str(said).partition(",")
        return {"name": name.strip(), "role": role.strip()}
    return said.isoformat() if isinstance(said, date) else said


def day_in(said: Cell) -> date:
    """The day that a cell holds; of a month its first. Raises `Unsound`."""
    if isinstance(said, date):
        return said
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join(str(said).split()))
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Unsound(NO_DAY)
