"""Signing a return, and opening it again."""

from django import forms

from haven.access.decision import Reason

LONGEST_WORDS = 2_000


class SignForm(forms.Form):
    """The signature. `step` and `digest` are those of what was read."""

    step = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    words = forms.CharField(
        label="Anything you want to say with it",
        help_text="The council reads this too. Do not name a child.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(forms.Form):
    """Why it is opened again."""

    why = forms.CharField(
        label="Why do you reopen it?",
        help_text="Such as: a figure is wrong. It stays on record.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    blames = {Reason.NOT_ASKABLE: "why"}
