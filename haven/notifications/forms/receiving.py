"""What a school answers and records, cleaned."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django import forms

from haven.access.decision import Reason
from haven.kit.dates import DayField
from haven.notifications.queries.choosing import School, schools_numbered
from haven.notifications.rules.support import IN_WORDS, SAYS_WHY, Kind
from haven.notifications.services.receiving import NewSupport

OURS, NOT_OURS, MOVED = "ours", "not-ours", "moved"
ANSWERS = [
    (OURS, "Yes, the child is on our roll"),
    (NOT_OURS, "No, we do not know this child"),
    (MOVED, "No, the child has moved to another school"),
]
NO_SCHOOL = "There is no open school with this number"


class SchoolNumberField(forms.IntegerField):
    """A school by its number in the national register; gives the school."""

    def clean(self, value: object) -> School | None:
        """The open school of this number; none where nothing was typed and nothing is needed."""
        number = super().clean(value)
        if number is None:
            return None
        found = schools_numbered(urns=[number]).get(number)
        if found is None:
            raise forms.ValidationError(NO_SCHOOL)
        return found


class AnswerForm(forms.Form):
    """Whether the child is theirs."""

    answer = forms.ChoiceField(
        label="Is this child on your roll?",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this child is on your roll"},
    )
    moved_to = SchoolNumberField(
        label="If the child moved: the new school’s URN",
        help_text="Six digits, from the register of schools. The sender checks it.",
        required=False,
        min_value=100000,
    )


class SupportForm(forms.Form):
    """What was done."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "remind_on"}

    kind = forms.ChoiceField(
        label="What did you do?",
        choices=[(kind.value, words) for kind, words in IN_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you did"},
    )
    note = forms.CharField(
        label="A note",
        help_text="Only your school reads it. Say why where you did nothing.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    remind_on = DayField(label="Remind us on", required=False)

    def clean(self) -> dict[str, object]:
        """Doing nothing needs a reason."""
        typed = super().clean() or {}
        if typed.get("kind") in {kind.value for kind in SAYS_WHY} and not str(typed.get("note", "")).strip():
            self.add_error("note", "Say in a sentence why you did nothing")
        return typed

    @property
    def new(self) -> NewSupport:
        """What was typed."""
        typed = self.cleaned_data
        return NewSupport(Kind(typed["kind"]), typed["note"], typed["remind_on"])


class HandOnForm(forms.Form):
    """The school to which a child moved, chosen by its number and then looked at."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_ASKABLE: "school"}

    school = SchoolNumberField(
        label="URN of the child’s new school",
        help_text="Six digits, from the register of schools",
        min_value=100000,
        error_messages={"required": "Give the number of the new school"},
    )
    looked_at = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def chosen(self) -> School | None:
        """The school that was typed."""
        return self.cleaned_data.get("school") if self.is_bound and self.is_valid() else None

    @property
    def to_school(self) -> UUID:
        """Its identifier."""
        school: School = self.cleaned_data["school"]
        return school.id

    @property
    def is_looked_at(self) -> bool:
        """Whether its name and town were shown before it is sent."""
        return self.chosen is not None and self.cleaned_data["looked_at"] == self.chosen.urn
