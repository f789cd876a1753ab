"""What is typed and chosen around returns, sign-ups and briefings."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms

from haven.kit.dates import DayField
from haven.notifications.queries.adults import KeyAdult


class PlaceForm(forms.Form):
    """Which area or force, which month; the usual where nothing sound is asked for."""

    is_filter = True
    area = forms.UUIDField(required=False)
    month = forms.DateField(required=False)

    @property
    def wanted_area(self) -> UUID | None:
        """The area."""
        return self.cleaned_data.get("area") if self.is_valid() else None

    @property
    def wanted_month(self) -> date | None:
        """The first day of the month."""
        return self.cleaned_data.get("month") if self.is_valid() else None


class ConfirmForm(forms.Form):
    """The digest of the figures that were shown."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class SignUpForm(forms.Form):
    """From which day a school, or several, take part."""

    agreed_on = DayField(label="On which day did they agree?")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"agreed_on": today})


class EndSignUpForm(forms.Form):
    """From which day a school takes part no longer."""

    until = DayField(label="From which day does it take part no longer?")


class BriefingForm(forms.Form):
    """Which key adults were briefed, and when."""

    people = forms.TypedMultipleChoiceField(label="Who was briefed?", coerce=UUID, widget=forms.CheckboxSelectMultiple)
    day_on = DayField(label="On which day?")

    def __init__(self, data: Any = None, *, adults: Sequence[KeyAdult]) -> None:
        super().__init__(data)
        known = {each.person: f"{each.name}, {each.label.lower()}" for each in adults}
        cast(forms.ChoiceField, self.fields["people"]).choices = list(known.items())
