"""What a force sends and how an area handles it, as it is typed."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from haven.access.decision import Reason
from haven.notifications.models import AreaRule, ForceProfile
from haven.notifications.rules.items import ASKED, CORE, Item
from haven.notifications.services.settings import Profile, Rule

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
NAMED = [(item.value, ASKED[item].label) for item in Item if item not in CORE]


class ProfileForm(forms.Form):
    """What a force sends."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "ages_to"}

    items = forms.MultipleChoiceField(
        label="What your force sends",
        help_text="The reference, when it happened and whether the child was there are always sent.",
        choices=NAMED,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ages_from = forms.IntegerField(label="From which age", min_value=0, max_value=17)
    ages_to = forms.IntegerField(label="Up to which age", min_value=0, max_value=17)
    free_words = forms.CharField(
        label="Words that stand under every notification of your force",
        help_text="Such as whom to ring about it",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reasons = forms.CharField(
        label="Reasons not to notify, one on each line",
        help_text="Your officers see them beside the form. No law that names exceptions was found when Haven was made.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def profile(self) -> Profile:
        """What was typed."""
        typed = self.cleaned_data
        reasons = [line.strip()[:200] for line in typed["reasons"].splitlines() if line.strip()]
        items = [Item(each) for each in typed["items"]]
        return Profile(items, typed["ages_from"], typed["ages_to"], typed["free_words"].strip(), reasons)


class RuleForm(forms.Form):
    """How an area handles notifications."""

    handling = forms.CharField(
        label="How schools handle a notification",
        help_text="Every school sees this, and says that it has, before it reads what happened.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say how schools handle it"},
    )
    head_after = forms.IntegerField(
        label="Minutes after which the head is told, in school hours", min_value=1, max_value=480
    )
    council_after = forms.IntegerField(label="Minutes after which the council is told", min_value=1, max_value=480)
    mornings = forms.CharField(
        label="Clock times at which a school is told again in the morning",
        help_text="Up to three, such as 7:00, 7:30, 8:00",
        max_length=40,
    )
    duty_list_before = forms.IntegerField(
        label="Minutes before the bell at which the council’s duty officer gets the list", min_value=1, max_value=240
    )
    telephone_before = forms.IntegerField(
        label="Minutes before the bell at which somebody rings", min_value=1, max_value=240
    )
    suppress_below = forms.IntegerField(
        label="Hide numbers in statistics that are smaller than", min_value=2, max_value=50
    )
    asks_returns = forms.BooleanField(label="Ask schools for a monthly return", required=False)
    return_days = forms.IntegerField(
        label="Day of the next month by which a return is confirmed", min_value=1, max_value=28
    )
    confirm_hours = forms.IntegerField(
        label="Hours in which a school confirms that copies of what was recalled are destroyed",
        min_value=1,
        max_value=720,
    )

    def clean_mornings(self) -> list[time]:
        """The clock times."""
        typed = [each for each in re.split(r"[,;\s]+", self.cleaned_data["mornings"]) if each]
        found = [CLOCK.fullmatch(each) for each in typed]
        if not 1 <= len(typed) <= 3 or not all(found):
            raise ValidationError("Give one to three clock times, such as 7:00, 7:30, 8:00")
        return [time(int(each[1]), int(each[2])) for each in found if each]

    @property
    def rule(self) -> Rule:
        """What was typed."""
        return Rule(**{name: self.cleaned_data[name] for name in Rule.__slots__})


def typed_profile(row: ForceProfile) -> dict[str, Any]:
    """A profile as its form shows it."""
    reasons = "\n".join(row.reasons_not_to_notify)
    shown = {name: getattr(row, name) for name in ("items", "ages_from", "ages_to", "free_words")}
    return shown | {"reasons": reasons}


def typed_rule(row: AreaRule) -> dict[str, Any]:
    """A rule as its form shows it."""
    shown = {name: getattr(row, name) for name in Rule.__slots__}
    return shown | {"mornings": ", ".join(f"{each:%H:%M}" for each in row.mornings)}
