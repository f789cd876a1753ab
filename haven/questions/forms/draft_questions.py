"""The small forms of one question: its words, its answers, what it rests on, whom it is for, when it is shown."""

import re
from typing import Any

from django import forms

from haven.people.models.organisations import Phase
from haven.questions.forms.drafts import DraftForm, lines, text_field, way_of, ways
from haven.questions.rules import editing
from haven.questions.rules.checking import FACTS, LARGEST, LONGEST_LINE, LONGEST_TEXT, MOST_ROWS
from haven.questions.rules.editing import ONLY_OF_ITS_KIND, Draft, Level
from haven.questions.rules.kinds import BUILT_IN, CHOSEN, DOES_NOT_APPLY, Kind
from haven.questions.rules.outline import Question
from haven.questions.rules.printing import condition, whom

FACT_WORDS = {
    "dsl-in-post": "That a safeguarding lead is in post",
    "deputies-in-post": "That deputy safeguarding leads are in post",
    "safeguarding-governor-in-post": "That a safeguarding governor is in post",
    "policies-in-date": "That every policy is within its review date",
    "child-protection-policy-in-date": "That the child protection policy is within its review date",
    "staff-signed-guidance": "That staff have signed what they must read",
    "part-one-signed": "That staff have signed part one of the guidance",
    "actions-closed": "That what the area asked was done in time",
    "guidance-answered": "That what was asked because guidance changed was answered",
    "last-plan-on-time": "That the plan of the last audit is done or on time",
}
PHASES = [(phase.value, phase.label) for phase in Phase if phase.value]
_COLUMN = re.compile(r"^(?P<label>.*?)\s*\((?P<kind>text|number|date)\)$", re.IGNORECASE)


class QuestionForm(DraftForm):
    """A question's words and how it is answered; only what belongs to its kind is asked."""

    heading = "A question"
    level = Level.QUESTION

    words = text_field("Question, or statement to be judged", most=1_000, rows=3)
    ref = text_field(
        "Number", "As it is printed, such as 2a.1. Leave it blank to have it counted.", most=20, required=False
    )
    help = text_field("Help", "Shown below the question", most=LONGEST_TEXT, required=False, rows=3)
    evidence = text_field("Examples of evidence", "One on each line", most=LONGEST_TEXT, required=False, rows=3)

    @property
    def row(self) -> Draft:
        """The question as it stands; nothing where it is new."""
        return editing.found(self.content, Level.QUESTION, self.key)

    def stands(self) -> dict[str, Any]:
        """Its fields. The kind is the one that the address asks for, else its own."""
        row = self.row
        own = f"scale:{row['scale']}" if row.get("scale") else row.get("kind", "")
        known = [value for value, _ in ways(self.content)]
        wish = self.asked.get("kind", "")
        self.way = wish if wish in known else own
        if self.way not in known:
            raise editing.NotThere(self.way)
        self.kind, self.scale = way_of(self.way)
        shown: dict[str, Any] = {name: row.get(name, "") for name in ("words", "ref", "help", "unit")}
        shown |= {"evidence": "\n".join(row.get("evidence", ())), "columns": columns_shown(row)}
        shown |= {name: row.get(name) for name in ("min", "max", "may_not_apply", "turned")}
        shown["is_compulsory"] = row.get("compulsory", True)
        return shown | {f"means-{value}": said for value, said in row.get("means", {}).items()}

    def prepare(self) -> None:
        """The fields of its kind."""
        self.fields |= _FIELDS.get(self.kind, dict)()
        if self.kind in CHOSEN:
            self.fields["may_not_apply"] = forms.BooleanField(label="It may not apply to a school", required=False)
        self.fields["is_compulsory"] = forms.BooleanField(label="It must be answered", required=False)
        for value, label in self.choices:
            field = text_field(f"What “{label}” means", most=LONGEST_TEXT, required=False, rows=2)
            self.fields[f"means-{value}"] = field

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The answers that can be described: value and label."""
        if self.kind is Kind.SCALE:
            return [(level["value"], level["label"]) for level in self.content["scales"][self.scale]]
        return [(choice.value, choice.label) for choice in BUILT_IN.get(self.kind, ())]

    @property
    def way_said(self) -> str:
        """How it is answered, in words."""
        return dict(ways(self.content))[self.way]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields but the descriptors."""
        return [each for each in self.visible_fields() if not each.name.startswith("means-")]

    @property
    def descriptors(self) -> list[forms.BoundField]:
        """What each answer means."""
        return [each for each in self.visible_fields() if each.name.startswith("means-")]

    def clean_columns(self) -> list[Draft]:
        """A table's columns. One that was there keeps its key."""
        known = {column["label"]: column["key"] for column in self.row.get("columns", ())}
        columns: list[Draft] = []
        for line in lines(self.cleaned_data["columns"]):
            told = _COLUMN.match(line)
            label, kind = (told["label"], told["kind"].lower()) if told else (line, "text")
            taken = [column["key"] for column in columns]
            key = known.get(label) if known.get(label) not in taken else None
            columns.append({"key": key or editing.fresh_key(label, taken), "label": label, "kind": kind})
        if len(columns) > MOST_ROWS["columns"]:
            raise forms.ValidationError(f"Give no more than {MOST_ROWS['columns']} columns")
        return columns

    @property
    def is_described(self) -> bool:
        """Whether it says what an answer means, or ought to."""
        return self.kind is Kind.RAG or any(each.value() for each in self.descriptors)

    @property
    def is_there(self) -> bool:
        """Whether it stands in the draft."""
        return True

    @property
    def beside(self) -> list[tuple[str, str, str]]:
        """What of it has a page of its own: which, label, and what stands there in words."""
        outline = self.page.outline
        question = outline.questions[self.key]
        section = outline.section_of[self.key]
        known = [FACT_WORDS[question.fact]] if question.fact else []
        known += [f"Shared as {question.shared}"] if question.shared else []
        known += [f"A governor would ask: {question.governors_ask}"] if question.governors_ask else []
        shown = "; ".join(condition(outline, each) for each in question.shown_if)
        return [
            ("law", "What it rests on", "\n".join(law.says for law in question.law)),
            ("whom", "Whom it is for", whom(outline, question.applies) or "Every school"),
            ("shown", "When it is shown", f"If {shown}" if shown else "Always"),
            ("more", "What Haven may know, and the governor’s question", "\n".join(known)),
            ("place", "Where it stands", f"{section.number}. {section.title}"),
        ]

    def fields_given(self) -> Draft:
        """The question's fields as they were typed."""
        typed = self.cleaned_data
        given: Draft = {name: typed[name] for name in ("words", "ref", "help")}
        given |= {"evidence": lines(typed["evidence"]), "kind": self.kind.value, "scale": self.scale}
        given |= {name: typed.get(name) for name in ONLY_OF_ITS_KIND - {"kind", "scale", "means"}}
        given |= {name: _whole(typed.get(name)) for name in ("min", "max")}
        given |= {name: typed.get(name) or None for name in ("may_not_apply", "turned")}
        given["compulsory"] = None if typed["is_compulsory"] else False
        given["means"] = {value: typed[f"means-{value}"] for value, _ in self.choices if typed[f"means-{value}"]}
        if given["may_not_apply"] and (said := self.row.get("means", {}).get(DOES_NOT_APPLY.value)):
            given["means"].setdefault(DOES_NOT_APPLY.value, said)
        return given

    def changed(self) -> Draft:
        """With the question so."""
        return editing.answered_by(self.content, self.key, self.fields_given())

    @property
    def place(self) -> str:
        """Itself."""
        return f"question-{self.key}"


class NewQuestionForm(QuestionForm):
    """A question at the end of the section that the key names."""

    heading, button, kept = "A new question", "Add this question", "Added."

    @property
    def is_there(self) -> bool:
        """Not yet."""
        return False

    @property
    def row(self) -> Draft:
        """Nothing yet; its section must be there."""
        editing.found(self.content, Level.SECTION, self.key)
        return {}

    def changed(self) -> Draft:
        """With the question."""
        given = {name: value for name, value in self.fields_given().items() if value not in (None, "", [], {})}
        self.made = editing.fresh_key(given["words"], editing.keys(self.content, Level.QUESTION))
        return editing.added(self.content, Level.QUESTION, [{"key": self.made} | given], self.key)

    @property
    def place(self) -> str:
        """Itself."""
        return f"question-{self.made}"


class OneQuestionForm(DraftForm):
    """Something of a question that has a page of its own."""

    @property
    def question(self) -> Question:
        """The question as it stands."""
        found = self.page.outline.questions.get(self.key)
        if found is None:
            raise editing.NotThere(self.key)
        return found

    def given(self) -> Draft:
        """The fields of the question that were typed."""
        raise NotImplementedError

    def changed(self) -> Draft:
        """With them."""
        return editing.changed(self.content, Level.QUESTION, self.key, self.given())

    @property
    def place(self) -> str:
        """The question."""
        return f"question-{self.key}"


class LawForm(OneQuestionForm):
    """What a question rests on, a group of fields for each; one that is left blank goes."""

    heading = "What it rests on"
    lead = "Laws and guidance that ask for it. Empty the fields of one to take it off."
    is_filter = True  # none of its fields is needed

    def stands(self) -> dict[str, Any]:
        """What it rests on so far."""
        rows = enumerate(self.question.law)
        return {f"{name}-{n}": getattr(law, name) for n, law in rows for name in ("says", "document", "place")}

    def prepare(self) -> None:
        """A group for each, and two more."""
        self.count = min(MOST_ROWS["law"], len(self.question.law) + 2)
        for n in range(self.count):
            self.fields |= {
                f"says-{n}": text_field(
                    "In words", "Such as: Education Act 2002, section 175(2)", most=200, required=False
                ),
                f"document-{n}": text_field(
                    "Document", "Its key, where Haven has it: choose from the list", most=100, required=False
                ),
                f"place-{n}": text_field("Paragraph", "As it is printed, such as 81", most=60, required=False),
            }
            self.fields[f"document-{n}"].widget.attrs["list"] = "documents"

    def clean(self) -> dict[str, Any]:
        """Whatever names a document says so in words."""
        typed = super().clean() or {}
        for n in range(self.count):
            if not typed.get(f"says-{n}") and (typed.get(f"document-{n}") or typed.get(f"place-{n}")):
                self.add_error(f"says-{n}", "Say it in words too, as people read it")
        return typed

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each, with what the group is called."""
        names = ("says", "document", "place")
        known = len(self.question.law)
        called = [f"Number {n + 1}" if n < known else "One more" for n in range(self.count)]
        return [(called[n], [self[f"{name}-{n}"] for name in names]) for n in range(self.count)]

    def given(self) -> Draft:
        """The lines that say something."""
        names = ("document", "place", "says")
        rows = [{name: self.cleaned_data[f"{name}-{n}"] for name in names} for n in range(self.count)]
        return {"law": [{name: value for name, value in row.items() if value} for row in rows if row["says"]]}


class WhomForm(OneQuestionForm):
    """Whom a question is for."""

    heading = "Whom it is for"
    lead = "Where nothing is ticked, every school is asked. A school is asked where it is in each list that has a tick."

    def stands(self) -> dict[str, Any]:
        """Whom it is for."""
        applies = self.question.applies
        return {"phases": applies.phases, "types": "\n".join(applies.types), "traits": applies.traits}

    def prepare(self) -> None:
        """The lists that there are."""
        box = forms.CheckboxSelectMultiple
        self.fields["phases"] = forms.MultipleChoiceField(label="Phases", required=False, choices=PHASES, widget=box)
        if traits := [(each.key, each.label) for each in self.page.outline.traits]:
            label = "Schools that say this of themselves"
            self.fields["traits"] = forms.MultipleChoiceField(label=label, required=False, choices=traits, widget=box)
        hint = "In the words of the national register, one on each line, such as: Community special school"
        self.fields["types"] = text_field("Types of school", hint, most=LONGEST_TEXT, required=False, rows=3)

    def given(self) -> Draft:
        """The lists that are not empty."""
        typed = self.cleaned_data
        lists = {"phases": typed["phases"], "types": lines(typed["types"]), "traits": typed.get("traits", [])}
        return {"applies": {name: rows for name, rows in lists.items() if rows}}


class ShownForm(OneQuestionForm):
    """On which answers to earlier questions a question is shown; `question` in the address adds one."""

    heading = "When it is shown"
    lead = "All of these must hold. Untick every answer to take a condition off."

    @property
    def earlier(self) -> list[Question]:
        """The questions before it that are answered by choosing."""
        rows = list(self.page.outline)
        return [each for each in rows[: rows.index(self.question)] if each.is_chosen]

    @property
    def choosable(self) -> list[Question]:
        """Those among them on which it does not hang yet."""
        return [each for each in self.earlier if f"is-{each.key}" not in self.fields]

    def stands(self) -> dict[str, Any]:
        """The conditions so far."""
        return {f"is-{each.question}": each.among for each in self.question.shown_if}

    def prepare(self) -> None:
        """A list of answers for each."""
        wanted = [each.question for each in self.question.shown_if] + [self.asked.get("question", "")]
        for question in (each for each in self.earlier if each.key in wanted):
            self.fields[f"is-{question.key}"] = forms.MultipleChoiceField(
                label=f"Shown if question {question.ref} is answered with",
                help_text=question.words,
                required=False,
                choices=[(choice.value, choice.label) for choice in question.choices],
                widget=forms.CheckboxSelectMultiple,
            )

    def given(self) -> Draft:
        """The conditions that name an answer."""
        typed = {name.removeprefix("is-"): among for name, among in self.cleaned_data.items() if name.startswith("is-")}
        return {"shown_if": [{"question": key, "is": among} for key, among in typed.items() if among]}


class MoreForm(OneQuestionForm):
    """What helps to answer it: a fact, a shared key, and what a governor would ask."""

    heading = "What answers it beforehand, and the governor’s question"

    fact = forms.ChoiceField(
        label="What Haven may know",
        help_text="Haven then answers it beforehand; the school confirms or says otherwise.",
        required=False,
        choices=[("", "Nothing"), *((fact, FACT_WORDS[fact]) for fact in sorted(FACTS, key=FACT_WORDS.__getitem__))],
    )
    shared = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label="Key that it shares with other areas",
        help_text="A school that answers to several areas answers it once. Small letters, digits and hyphens.",
        required=False,
        max_length=60,
        error_messages={"invalid": "Use only small letters, digits and hyphens"},
    )
    governors_ask = text_field("What a governor would ask", most=LONGEST_TEXT, required=False, rows=2)

    def stands(self) -> dict[str, Any]:
        """What stands there."""
        return {name: getattr(self.question, name) for name in ("fact", "shared", "governors_ask")}

    def given(self) -> Draft:
        """As it was typed."""
        return {name: self.cleaned_data[name] for name in ("fact", "shared", "governors_ask")}


def columns_shown(row: Draft) -> str:
    """A table's columns, one on each line."""
    return "\n".join(
        each["label"] + ("" if each["kind"] == "text" else f" ({each['kind']})") for each in row.get("columns", ())
    )


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def _numbers() -> dict[str, forms.Field]:
    return {
        "min": forms.FloatField(label="Least", min_value=-LARGEST, max_value=LARGEST, required=False),
        "max": forms.FloatField(label="Greatest", min_value=-LARGEST, max_value=LARGEST, required=False),
        "unit": text_field("Unit", "Such as: pupils", most=40, required=False),
    }


def _columns() -> dict[str, forms.Field]:
    hint = "One on each line. Write (number) or (date) after one that takes it, such as: Trained on (date)"
    return {"columns": text_field("Columns", hint, most=LONGEST_LINE * 4, rows=5)}


def _turned() -> dict[str, forms.Field]:
    return {"turned": forms.BooleanField(label="No is the good answer", required=False)}


_FIELDS = {Kind.NUMBER: _numbers, Kind.TABLE: _columns, Kind.YES_NO: _turned}
