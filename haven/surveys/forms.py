"""A survey as it is wished, its codes, and the answers of somebody who holds one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from haven.kit.dates import DayField
from haven.questions.models import Version
from haven.questions.models.templates import LONGEST_TITLE
from haven.questions.rules.answering import LONGEST_NAME, LONGEST_WORDS
from haven.questions.rules.kinds import Kind
from haven.questions.rules.outline import Outline, Question
from haven.surveys.rules import MOST_CODES
from haven.surveys.services import WantedSurvey


class SurveyForm(forms.Form):
    """What is asked, and when."""

    version = forms.ChoiceField(label="Questions", error_messages={"required": "Choose the questions"})
    title = forms.CharField(
        label="What you call it",
        help_text="For example: January cluster meetings",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Say what you call it"},
    )
    note = forms.CharField(
        label="Your words to whoever answers", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    opens_on = DayField(label="First day")
    closes_on = DayField(label="Last day", help_text="Results are shown after it, once five people have answered.")

    def __init__(self, *args: Any, versions: Sequence[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), f"{each.template.title}, {each.label}") for each in versions]
        self.fields["version"] = forms.ChoiceField(
            label="Questions", choices=choices, error_messages={"required": "Choose the questions"}
        )
        self.order_fields(["version", "title", "note", "opens_on", "closes_on"])

    @property
    def wanted(self) -> WantedSurvey:
        """The wish."""
        return WantedSurvey(**self.cleaned_data)


class CodesForm(forms.Form):
    """How many codes."""

    count = forms.IntegerField(
        label="How many codes",
        help_text="One for each person, and a few to spare",
        min_value=1,
        max_value=MOST_CODES,
        error_messages={"required": "Say how many codes", "invalid": "Give a number, in digits"},
    )


class CodeForm(forms.Form):
    """The code that somebody was given."""

    code = forms.CharField(
        label="Your code",
        help_text="It stands on the slip you were given, such as K7QM-42XD-9HBT",
        max_length=30,
        error_messages={"required": "Enter your code"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SlipForm(forms.Form):
    """A field for each question. Whatever is left blank is no answer."""

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outline = outline
        for question in outline:
            if question.kind in FIELDS or question.is_chosen:
                self.fields[question.key] = _field(question)

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the title of their section."""
        return [
            (section.title, [self[each.key] for each in section.questions if each.key in self.fields])
            for section in self.outline.sections
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What was answered, by the question's key."""
        given = {key: value for key, value in self.cleaned_data.items() if value not in (None, "")}
        return {key: _plain(self.outline.questions[key], value) for key, value in given.items()}

    def blame(self, faults: dict[str, str]) -> None:
        """Put what is wrong beside its question."""
        for key, said in faults.items():
            self.add_error(key if key in self.fields else None, said)


FIELDS = {Kind.NUMBER, Kind.DATE, Kind.PERSON, Kind.TEXT, Kind.LINK}


def _field(question: Question) -> forms.Field:
    asked: dict[str, Any] = {"label": question.words, "help_text": question.help, "required": False}
    if question.is_chosen:
        choices = [(each.value, each.label) for each in question.choices]
        return forms.ChoiceField(**asked, choices=choices, widget=forms.RadioSelect)
    match question.kind:
        case Kind.DATE:
            return DayField(**asked)
        case Kind.TEXT:
            return forms.CharField(**asked, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4}))
        case _:
            return forms.CharField(**asked, max_length=LONGEST_NAME)


def _plain(question: Question, value: Any) -> Any:
    match question.kind:
        case Kind.DATE:
            return value.isoformat()
        case Kind.PERSON:
            return {"name": value, "role": ""}
        case _:
            return value
