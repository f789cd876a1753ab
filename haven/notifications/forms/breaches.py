"""What is typed after a recall of what was read."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from haven.access.decision import Reason
from haven.notifications.rules.breaches import IN_WORDS, Copies


class CopiesForm(forms.Form):
    """What became of every copy."""

    copies = forms.ChoiceField(
        label="What became of copies?",
        choices=[(each.value, words) for each, words in IN_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of copies"},
    )

    @property
    def answer(self) -> Copies:
        """What was chosen."""
        return Copies(self.cleaned_data["copies"])


class SignForm(forms.Form):
    """By which number the breach stands in the sender's register."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "number"}

    number = forms.CharField(
        label="Its number in your register of breaches",
        help_text="Such as Breach 2026/4. No name: the ledger keeps this.",
        max_length=40,
        error_messages={"required": "Give its number in your register of breaches"},
    )
