"""The choices of a field that depend on who looks."""

from collections.abc import Sequence
from typing import cast

from django import forms


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Offer these choices in a field of the form."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)
