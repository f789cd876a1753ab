"""Who reads in a school, as its leads type it."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from haven.readings.models.matrices import KIND_CHOICES
from haven.readings.queries.readers import ReaderLine
from haven.readings.rules.kinds import KINDS, LONGEST_JOB, LONGEST_NAME, Listed, NewReader, ReaderKind, in_order, listed

LONGEST_LIST = 100_000
FAULTS_SHOWN = 10
OFFERED = [(value, label) for value, label in KIND_CHOICES]


def _kinds(**options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=OFFERED, widget=forms.CheckboxSelectMultiple, **options)


class StaffForm(forms.Form):
    """Staff without an account, a line each."""

    people = forms.CharField(
        label="Staff without an account",
        help_text="A line for each: name, job. You can paste two columns from a spreadsheet. A third column may say "
        "“direct” or “not direct”.",
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Type at least one name"},
    )
    kinds = _kinds(
        label="What are they?",
        help_text="Taken for every line that does not say it itself",
        initial=[ReaderKind.DIRECT.value],
        error_messages={"required": "Choose at least one kind of reader"},
    )

    def clean(self) -> dict[str, Any]:
        """Lines that can be read, each told by its number where it cannot."""
        typed = super().clean() or {}
        if not self.errors:
            for fault in self._listed.faults[:FAULTS_SHOWN]:
                self.add_error("people", fault)
        return typed

    @property
    def _listed(self) -> Listed:
        return listed(self.cleaned_data["people"], frozenset(in_order(self.cleaned_data["kinds"])))

    @property
    def readers(self) -> tuple[NewReader, ...]:
        """Those who were typed."""
        return self._listed.readers


class ReaderForm(forms.Form):
    """What somebody is; of one without an account her name and job too."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME, error_messages={"required": "Enter a name"})
    job = forms.CharField(label="Job", max_length=LONGEST_JOB, required=False)
    kinds = _kinds(label="Kind of reader", error_messages={"required": "Choose at least one kind of reader"})

    def __init__(self, data: QueryDict | None, *, line: ReaderLine) -> None:
        kinds = [kind.value for kind in line.kinds]
        super().__init__(data, initial={"name": line.name, "job": line.job, "kinds": kinds})
        self.fields["kinds"].label = f"What kind of reader is {line.name}?"
        if line.person is not None:
            del self.fields["name"], self.fields["job"]
            self.fields["kinds"].required = False
            self.fields["kinds"].help_text = "With nothing ticked, it follows from the post."

    @property
    def said(self) -> dict[str, Any]:
        """What was typed."""
        typed = self.cleaned_data
        told = {name: typed[name] for name in ("name", "job") if name in typed}
        return told | {"kinds": frozenset(in_order(typed["kinds"]))}


class AccountForm(forms.Form):
    """Who somebody in the list is, now that she has an account."""

    person = forms.ChoiceField(
        label="With an account by now? Choose whose it is",
        error_messages={"required": "Choose whose account it is"},
    )

    def __init__(self, data: QueryDict | None, *, lines: Sequence[ReaderLine]) -> None:
        super().__init__(data)
        people = [(str(line.person), f"{line.name}, {line.job}") for line in lines if line.person]
        cast(forms.ChoiceField, self.fields["person"]).choices = [("", "Choose"), *people]


class LookForm(forms.Form):
    """Whom the picture shows."""

    is_filter = True

    kind = forms.ChoiceField(
        label="Kind of reader",
        required=False,
        choices=[("", "Everybody"), *((k.value, w.label) for k, w in KINDS.items())],
    )
    is_waiting = forms.BooleanField(label="Only who has not signed", required=False)

    @property
    def looked(self) -> dict[str, Any]:
        """What was chosen; what was mistyped is left out."""
        self.is_valid()
        kind = self.cleaned_data.get("kind")
        return {
            "kind": ReaderKind(kind) if kind else None,
            "is_waiting": bool(self.cleaned_data.get("is_waiting")),
        }
