"""What is typed about subjects, cleaned. Nothing that is typed here goes into an address."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms

from haven.access.decision import Reason
from haven.kit.dates import DayField
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.models import Ground
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.breaking import WHY_IN_WORDS, Verdict
from haven.subjects.rules.naming import Identity

NEEDED_FOR = "What do you need it for?"
CASE = "A case or task, such as Case 2026/17. No name: others read this later."


class PurposeForm(forms.Form):
    """What somebody needs to see it for."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "purpose"}

    purpose = forms.CharField(
        label=NEEDED_FOR, help_text=CASE, max_length=100, error_messages={"required": "Say what you need it for"}
    )

    def said(self, flow: Flow) -> Purpose:
        """What was typed, for this way of sharing."""
        return Purpose(flow, self.cleaned_data["purpose"])


class LookUpForm(PurposeForm):
    """Whom somebody looks for: all three, or nobody is found."""

    area = forms.ChoiceField(label="Area")
    last_name = forms.CharField(label="Last name", max_length=100)
    first_name = forms.CharField(label="First name", max_length=100, help_text="The first letter is enough")
    born_on = DayField(label="Date of birth")
    field_order = ("area", "last_name", "first_name", "born_on", "purpose")

    def __init__(self, *args: Any, areas: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["area"]).choices = [(str(key), name) for key, name in areas]
        if len(areas) == 1:
            self.fields["area"].widget = forms.HiddenInput()
            self.initial["area"] = str(areas[0][0])

    @property
    def identity(self) -> Identity:
        """Whom."""
        typed = self.cleaned_data
        return Identity(typed["first_name"], typed["last_name"], typed["born_on"])


class ExclusionForm(forms.Form):
    """Who must never see what concerns a child."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.WRONG_STATE: "person", Reason.LAST_OF_ITS_KIND: "person"}

    person = forms.ChoiceField(label="Who", error_messages={"required": "Choose who it is"})
    ground = forms.ChoiceField(
        label="Why", choices=Ground.choices, widget=forms.RadioSelect, error_messages={"required": "Choose why"}
    )

    def __init__(self, *args: Any, people: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose somebody"), *((str(key), name) for key, name in people)]
        cast(forms.ChoiceField, self.fields["person"]).choices = choices


class InterestForm(forms.Form):
    """Why she herself should not see it."""

    ground = forms.ChoiceField(
        label="Why should you not see it?",
        choices=[each for each in Ground.choices if each[0] != Ground.OTHER],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why"},
    )


class BreakForm(forms.Form):
    """Why one record must be opened now."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "words"}

    why = forms.ChoiceField(
        label="Why can it not wait?",
        choices=[(each.value, words) for each, words in WHY_IN_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it cannot wait"},
    )
    words = forms.CharField(
        label="In a sentence, what is happening",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence why it cannot wait"},
    )
    minutes = forms.ChoiceField(
        label="For how long", choices=[("", "As long as is usual here"), ("15", "15 minutes"), ("180", "3 hours")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].required = False

    @property
    def wished(self) -> timedelta | None:
        """For how long, where she chose."""
        chosen = self.cleaned_data["minutes"]
        return timedelta(minutes=int(chosen)) if chosen else None


class ReviewForm(forms.Form):
    """What the privacy officer makes of it."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "remarks"}

    verdict = forms.ChoiceField(
        label="Was it right to open it?",
        choices=[(Verdict.RIGHT.value, "Yes, it was right"), (Verdict.WRONG.value, "No, it was wrong")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was right"},
    )
    remarks = forms.CharField(
        label="What you looked at",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what you looked at, in a sentence"},
    )
