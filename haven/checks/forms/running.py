"""What is typed while a check runs, and what an area sets."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from haven.access.decision import Reason
from haven.access.roles import Role
from haven.checks.models import AreaSetting
from haven.checks.models.settings import COUNCIL_CHOICES, LONGEST
from haven.checks.rules.asking import LONGEST_WHY
from haven.checks.rules.bands import LABELS, Band
from haven.checks.services.setting import Hours

FEW_LINES = forms.Textarea(attrs={"rows": 3})
DAYS = list(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))


class GiveForm(forms.Form):
    """To which worker."""

    person = forms.ChoiceField(label="Who works with this child?")

    def __init__(self, data: QueryDict | None, *, workers: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(data)
        choices = [(str(pk), name) for pk, name in workers]
        cast(forms.ChoiceField, self.fields["person"]).choices = [("", "Choose somebody"), *choices]


class BandForm(forms.Form):
    """How urgent it is now, and why."""

    blames: Mapping[Reason, str] = {Reason.NOT_READY: "why"}

    band = forms.ChoiceField(label="How urgent is it now?", choices=list(LABELS.items()), widget=forms.RadioSelect)
    why = forms.CharField(label="Why?", max_length=LONGEST_WHY, widget=FEW_LINES)


class UpdateForm(forms.Form):
    """What an update is needed on."""

    update = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="What do you need an update on?",
        help_text="The agency reads it with its own answer. Do not name a brother or sister",
        max_length=LONGEST_WHY,
        widget=FEW_LINES,
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data, initial={"update": uuid4()})


class SettingsForm(forms.Form):
    """When the MASH is open, how soon each band is to be answered, who answers while schools are shut."""

    red = forms.IntegerField(label="Red: hours", min_value=0, max_value=LONGEST)
    amber = forms.IntegerField(label="Amber: hours", min_value=0, max_value=LONGEST)
    green = forms.IntegerField(label="Green: hours", min_value=0, max_value=LONGEST)
    blue = forms.IntegerField(label="Blue: hours", min_value=0, max_value=LONGEST, help_text="0 is no set time")
    opens_at = forms.TimeField(label="The MASH opens at", widget=forms.TimeInput(attrs={"type": "time"}))
    closes_at = forms.TimeField(label="The MASH closes at", widget=forms.TimeInput(attrs={"type": "time"}))
    days = forms.TypedMultipleChoiceField(
        label="On which days?", choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    on_bank_holidays = forms.BooleanField(label="On bank holidays too", required=False)
    within_days = forms.IntegerField(
        label="For how many days is the same child the same episode?",
        help_text="A second check within these days opens the earlier answer",
        min_value=1,
        max_value=366,
    )
    out_of_term = forms.ChoiceField(label="Who answers while a school is shut?", choices=COUNCIL_CHOICES)

    def __init__(self, data: QueryDict | None, *, now: AreaSetting) -> None:
        bands = {band.value: now.hours_of(band) for band in Band}
        named = {"opens_at": now.opens_at, "closes_at": now.closes_at, "days": now.days}
        named |= {"on_bank_holidays": now.on_bank_holidays, "within_days": now.within_days}
        super().__init__(data, initial=bands | named | {"out_of_term": now.out_of_term_role})

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        times = (typed["opens_at"], typed["closes_at"], typed["days"], typed["on_bank_holidays"])
        return {
            "bands": {band: typed[band.value] for band in Band},
            "hours": Hours(*times),
            "within_days": typed["within_days"],
            "out_of_term": Role(typed["out_of_term"]),
        }
