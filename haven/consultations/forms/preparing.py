"""An area's response as its lead prepares it: whom it asks, until when, its questions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from haven.actions.audiences import AudienceForm, chosen_again
from haven.actions.rules import Reach, ReachKind
from haven.consultations.models import Question, Response
from haven.consultations.queries.inviting import partners
from haven.consultations.rules.questions import KINDS, LONGEST_NUMBER, LONGEST_QUESTION, QuestionKind, WantedQuestion
from haven.consultations.services.preparing import WantedResponse
from haven.kit.dates import DayField
from haven.people.models import Area

KIND_CHOICES = [(kind.value, label) for kind, label in KINDS]


class ResponseForm(AudienceForm):
    """Whom a response asks, until when, and what matters in it."""

    roles = None  # type: ignore[assignment]  # who speaks for an organisation is the same everywhere

    closes_on = DayField(
        label="Views are taken until",
        help_text="Your area’s own closing date: leave yourself time to write before the consultation closes",
    )
    note = forms.CharField(
        label="What matters in it",
        help_text="Those you ask read this above the questions. Leave it blank if the questions say enough.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    partners = forms.MultipleChoiceField(label="Partners to ask", required=False, widget=forms.CheckboxSelectMultiple)

    field_order = ("closes_on", "note", "whom", "partners", "clusters", "phases", "organisations")

    def __init__(self, *args: Any, area: Area, on: date, **kwargs: Any) -> None:
        super().__init__(*args, area=area, on=on, **kwargs)
        cast(forms.ChoiceField, self.fields["whom"]).choices = [
            ("all-schools", "All schools in the area"),
            ("some", "Some schools, or partners alone"),
        ]
        if choices := partners(area=area, on=on):
            cast(forms.ChoiceField, self.fields["partners"]).choices = choices
        else:
            del self.fields["partners"]

    @property
    def audience(self) -> tuple[Reach, ...]:
        """Whom it asks: the schools, and the partners beside them."""
        return tuple(dict.fromkeys((*super().audience, *self._partners(self.cleaned_data))))

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The fields by which some schools are chosen."""
        return [self[name] for name in ("clusters", "phases", "organisations") if name in self.fields]

    @property
    def is_narrowed(self) -> bool:
        """Whether some schools are chosen, or wrongly named."""
        return self["whom"].value() == "some" or bool(self.errors.get("organisations"))

    @property
    def plain(self) -> list[forms.BoundField]:
        """The other fields."""
        return [each for each in self.visible_fields() if each not in self.narrowing]

    def wanted(self, closes_on: date | None = None) -> WantedResponse:
        """The response as it is wished; its closing date where the form does not ask for one."""
        typed = self.cleaned_data
        return WantedResponse(
            closes_on=typed.get("closes_on") or closes_on or self.on, audience=self.audience, note=typed["note"]
        )

    def _some(self, typed: Mapping[str, Any]) -> tuple[Reach, ...]:
        return (*super()._some(typed), *self._partners(typed))

    def _partners(self, typed: Mapping[str, Any]) -> tuple[Reach, ...]:
        return tuple(Reach(ReachKind.ORGANISATION, each) for each in typed.get("partners", ()))


class InvitedForm(ResponseForm):
    """A response to which people have been invited: its closing date is moved by itself, with a reason."""

    closes_on = None  # type: ignore[assignment]


class ClosingForm(forms.Form):
    """Another closing date, and why."""

    closes_on = DayField(label="Views are taken until")
    why = forms.CharField(
        label="Why it is moved",
        help_text="Kept with its history; those you ask read it.",
        max_length=1000,
        error_messages={"required": "Say why it is moved"},
    )


class PasteForm(forms.Form):
    """Questions as they are pasted."""

    text = forms.CharField(
        label="Paste or write questions",
        help_text="One a line, or as they are numbered. Lines such as ‘Yes’, ‘No’ or ‘Strongly agree’ tell the kind.",
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Paste or write at least one question"},
    )


class QuestionsForm(forms.Form):
    """The questions as they stand, each with its number, its words and its kind."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for place, each in enumerate(self.questions, start=1):
            self.fields |= _fields_of(each, place)

    @property
    def rows(self) -> list[tuple[Question, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each question with the fields of its number, its kind and its words."""
        return [
            (each, self[f"number-{each.pk}"], self[f"kind-{each.pk}"], self[f"words-{each.pk}"])
            for each in self.questions
        ]

    @property
    def wanted(self) -> list[WantedQuestion]:
        """The questions as they were typed, in the order in which they stand."""
        return [
            WantedQuestion(
                id=each.pk,
                number=self.cleaned_data[f"number-{each.pk}"],
                words=self.cleaned_data[f"words-{each.pk}"],
                kind=QuestionKind(self.cleaned_data[f"kind-{each.pk}"]),
            )
            for each in self.questions
        ]


def without(questions: Sequence[WantedQuestion], typed: str) -> list[WantedQuestion]:
    """The questions but the one that a button names."""
    return [each for each in questions if str(each.id) != typed]


def moved(questions: Sequence[WantedQuestion], typed: str, by: int) -> list[WantedQuestion]:
    """The questions with the one that a button names so many places further on."""
    order = list(questions)
    place = next((n for n, each in enumerate(order) if str(each.id) == typed), None)
    if place is not None and 0 <= place + by < len(order):
        order.insert(place + by, order.pop(place))
    return order


def wanted_again(questions: Sequence[Question]) -> list[WantedQuestion]:
    """Questions as they stand, as they are wished again."""
    return [WantedQuestion(id=each.pk, number=each.number, words=each.words, kind=each.asks) for each in questions]


def typed_again(response: Response, area: Area, on: date) -> dict[str, Any]:
    """A response as its form shows it."""
    agencies = {pk for pk, _ in partners(area=area, on=on)}
    beside = [each for each in response.reaches if each.kind is ReachKind.ORGANISATION and each.of in agencies]
    schools = [each for each in response.reaches if each not in beside]
    return chosen_again(schools) | {
        "closes_on": response.closes_on,
        "note": response.note,
        "partners": [each.of for each in beside],
    }


def _fields_of(question: Question, place: int) -> dict[str, forms.Field]:
    return {
        f"number-{question.pk}": forms.CharField(
            label=f"Number of question {place}",
            required=False,
            max_length=LONGEST_NUMBER,
            initial=question.number,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
        ),
        f"kind-{question.pk}": forms.ChoiceField(
            label=f"How question {place} is answered", choices=KIND_CHOICES, initial=question.kind
        ),
        f"words-{question.pk}": forms.CharField(
            label=f"Words of question {place}",
            max_length=LONGEST_QUESTION,
            initial=question.words,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": f"Give question {place} its words, or take it out"},
        ),
    }
