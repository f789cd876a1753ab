"""What a sender types about what came back or is recalled."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms

from haven.access.decision import Reason
from haven.notifications.queries.choosing import School
from haven.notifications.rules.breaches import LACKING, Lack

AT_HOME = "home"


class FindSchoolForm(forms.Form):
    """Finding the school that is meant."""

    is_filter = True

    school = forms.CharField(
        label="Find the right school",
        help_text="Its number (URN), or some of its name, town or postcode",
        max_length=200,
        required=False,
    )


class SendOnForm(forms.Form):
    """Where it goes instead."""

    place = forms.ChoiceField(
        label="Send it to", widget=forms.RadioSelect, error_messages={"required": "Choose where it goes"}
    )

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(each.urn): each for each in schools}
        said = [
            (urn, f"{each.in_words} (URN {urn}){': looks alike, look twice' if each.is_look_alike else ''}")
            for urn, each in self.schools.items()
        ]
        choices = [*said, (AT_HOME, "The child learns at home: the council’s officer")]
        cast(forms.ChoiceField, self.fields["place"]).choices = choices

    @property
    def school(self) -> School | None:
        """The school that was chosen; none for at home."""
        return self.schools.get(self.cleaned_data["place"])


class SettleForm(forms.Form):
    """Why nothing is left to do; where something is lacking after a recall, why without it."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.EVIDENCE_LACKING: "without"}

    why = forms.CharField(
        label="Why it goes nowhere else, or what was done about it",
        help_text="This stands in the ledger for good. Do not name anybody.",
        max_length=500,
        error_messages={"required": "Say why, without a name"},
    )
    without = forms.CharField(
        label="Why it is settled without that",
        help_text="This stands in the ledger, too. Do not name anybody.",
        max_length=500,
        error_messages={"required": "Say why it is settled without that, and do not name anybody"},
    )

    def __init__(self, *args: Any, lacking: Sequence[Lack], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lacking = [LACKING[each] for each in lacking]
        if not lacking:
            del self.fields["without"]

    @property
    def said(self) -> dict[str, str]:
        """What was typed."""
        return {"why": self.cleaned_data["why"], "without": self.cleaned_data.get("without", "")}
