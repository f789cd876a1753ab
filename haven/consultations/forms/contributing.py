"""What an invited organisation says, and what the area answers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms

from haven.access.decision import Reason
from haven.consultations.models import Answer, Question
from haven.consultations.queries.contributing import Asked
from haven.consultations.rules.final import LONGEST_REFERENCE, LONGEST_TEXT, WAYS, Way
from haven.consultations.rules.questions import CHOICES, LONGEST_REPLY, QuestionKind, Said
from haven.consultations.services.recording import WantedSubmission
from haven.files.rules import ACCEPTED, MAX_BYTES
from haven.kit.dates import DayField
from haven.kit.uploads import UploadField

NO_VIEW = "none"  # what is chosen to choose nothing: a chosen button cannot be let go
TOO_BIG = "The file is larger than 10 MB. Make it smaller and attach it again."


class ContributeForm(forms.Form):
    """A field or two for each question. `seen` is the wording that stood on the page."""

    is_filter = True  # nothing in it is required, which the page says once

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for each in self.questions:
            name = f"{each.called}. {each.words}" if each.asks is QuestionKind.FREE else f"In words, on {_lower(each)}"
            self.fields |= _fields_of(each, name, "No view on this")

    @property
    def rows(self) -> list[tuple[Question, list[forms.BoundField]]]:
        """Each question with its fields."""
        return [(each, [self[name] for name in _names(each)]) for each in self.questions]

    @property
    def said(self) -> dict[UUID, Said]:
        """What was said to each question."""
        return {each.pk: _said(self.cleaned_data, each) for each in self.questions}


class AnswerForm(forms.Form):
    """The area's answer to one question. `seen` is the answer that stood on the page."""

    is_filter = True  # either field will do

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields |= _fields_of(question, "Our answer in words", "Nothing chosen", most=LONGEST_TEXT, rows=9)
        if question.asks is not QuestionKind.FREE:
            self.fields[f"choice-{question.pk}"].label = "Our answer"

    @property
    def rows(self) -> list[forms.BoundField]:
        """Its fields."""
        return [self[name] for name in _names(self.question)]

    @property
    def said(self) -> Said:
        """What is answered."""
        return _said(self.cleaned_data, self.question)


class RecordForm(forms.Form):
    """What was sent, when and how."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    sent_on = DayField(label="Sent on")
    way = forms.ChoiceField(
        label="How it was sent",
        choices=[(way.value, label) for way, label in WAYS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was sent"},
    )
    reference = forms.CharField(
        label="Reference",
        help_text="Such as the number that the online form gave you",
        required=False,
        max_length=LONGEST_REFERENCE,
    )
    text = forms.CharField(
        label="The exact words that were sent",
        help_text="Your answers stand here. If you sent something else, put that in their place: it is frozen so.",
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20}),
        error_messages={"required": "Give the words that were sent"},
    )
    file = UploadField(
        label="A file",
        help_text="If you want to keep one with it, such as the confirmation: PDF, Word, picture or text, up to 10 MB",
        required=False,
        max_length=500,
        most=MAX_BYTES,
        too_big=TOO_BIG,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    blames = {Reason.UNFIT_FILE: "file"}

    @property
    def wanted(self) -> WantedSubmission:
        """What was typed."""
        typed, file = self.cleaned_data, self.cleaned_data.get("file")
        return WantedSubmission(
            key=typed["key"],
            sent_on=typed["sent_on"],
            way=Way(typed["way"]),
            text=typed["text"],
            reference=typed["reference"],
            file=(file.name, file.read()) if file else None,
        )


def typed_contribution(asked: Sequence[Asked], version: int) -> dict[str, Any]:
    """What an organisation said, as its form shows it."""
    typed: dict[str, Any] = {"seen": version}
    for each in asked:
        typed |= {f"choice-{each.question.pk}": each.said.choice, f"words-{each.question.pk}": each.said.words}
    return typed


def typed_answer(question: Question, answer: Answer | None) -> dict[str, Any]:
    """The area's answer, as its form shows it."""
    if answer is None:
        return {"seen": 0}
    return {
        "seen": answer.version,
        f"choice-{question.pk}": answer.choice,
        f"words-{question.pk}": answer.words,
    }


def words_name(question: UUID) -> str:
    """The name of the field in which an answer is written."""
    return f"words-{question}"


def is_of_before(kept: Mapping[str, str], version: int) -> bool:
    """Whether a draft was typed beside another wording than the one that stands now."""
    return bool(kept) and kept.get("seen", "0") != str(version)


def _fields_of(
    question: Question, in_words: str, nothing: str, *, most: int = LONGEST_REPLY, rows: int = 4
) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    if choices := CHOICES[question.asks]:
        fields[f"choice-{question.pk}"] = forms.ChoiceField(
            label=f"{question.called}. {question.words}",
            required=False,
            choices=[*choices, (NO_VIEW, nothing)],
            widget=forms.RadioSelect,
        )
    fields[f"words-{question.pk}"] = forms.CharField(
        label=in_words, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )
    return fields


def _names(question: Question) -> list[str]:
    names = [f"words-{question.pk}"]
    return [f"choice-{question.pk}", *names] if CHOICES[question.asks] else names


def _said(typed: Mapping[str, Any], question: Question) -> Said:
    choice = typed.get(f"choice-{question.pk}", "")
    return Said(choice="" if choice == NO_VIEW else choice, words=typed.get(f"words-{question.pk}", ""))


def _lower(question: Question) -> str:
    return question.called[0].lower() + question.called[1:]
