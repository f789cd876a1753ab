"""A plan as a school writes it: all of its lines at once, one more, and one fewer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from haven.access.decision import Reason
from haven.actions.rules import LONGEST_WHAT
from haven.audits.queries.plans import PlanLine
from haven.audits.services.plans import LONGEST_LEAD, WantedLine
from haven.kit.dates import DayField

LONGEST_WORDS = 2_000
NAMES = ("what", "lead", "due_on", "success", "seen")


class PlanForm(forms.Form):
    """The lines of a plan. Nothing in it is required until somebody signs."""

    is_filter = True

    def __init__(self, *args: Any, lines: Sequence[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self.fields |= {_name(name, line.id): field for name, field in _fields().items()}
            self.initial.update({_name(name, line.id): value for name, value in _standing(line).items()})

    @property
    def rows(self) -> list[tuple[PlanLine, list[forms.BoundField], forms.BoundField]]:
        """Each line with its fields, and the hidden one that says how it stood."""
        return [
            (line, [self[_name(name, line.id)] for name in NAMES[:-1]], self[f"seen-{line.id}"]) for line in self.lines
        ]

    @property
    def wanted(self) -> dict[UUID, WantedLine]:
        """What was typed into each line that the page showed."""
        typed = self.cleaned_data
        return {
            line.id: WantedLine(**{name: typed[_name(name, line.id)] for name in NAMES})
            for line in self.lines
            if f"seen-{line.id}" in self.data
        }

    def clash(self, lines: Sequence[PlanLine]) -> None:
        """Say at each of these lines what it says by now, and let the next save put what was typed in its place."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for line in lines:
            says = "; ".join(each for each in (line.what, line.item.lead, line.item.success) if each) or "nothing"
            self.add_error(
                _name("what", line.id), f"Somebody else changed this. It now says: {says}. Save to put yours there."
            )
            data[f"seen-{line.id}"] = str(line.item.revision)
        self.data = data


class AddForm(forms.Form):
    """One more line, of the school's own."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    issue = forms.CharField(
        label="What is not in place?",
        help_text="Do not name a child.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    what = forms.CharField(label="What will you do?", max_length=LONGEST_WHAT)
    lead = forms.CharField(label="Who leads on it?", max_length=LONGEST_LEAD)
    due_on = DayField(label="By when?", help_text="For example, 27 3 2026")
    success = forms.CharField(label="How will you see that it worked?", required=False, max_length=LONGEST_WORDS)
    blames = {Reason.NOT_ASKABLE: "issue"}

    @property
    def wanted(self) -> WantedLine:
        """What was typed."""
        return WantedLine(**{name: self.cleaned_data[name] for name in NAMES[:-1]})


class TakeOutForm(forms.Form):
    """Why a line leaves the plan."""

    why = forms.CharField(
        label="Why do you take it out?",
        help_text="Such as: it is in place now. It stays on record, and the council reads it.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    blames = {Reason.NOT_ASKABLE: "why"}


def _name(name: str, line: UUID) -> str:
    return f"{name}-{line}"


def _fields() -> dict[str, forms.Field]:
    return {
        "what": _words("What you will do", LONGEST_WHAT),
        "lead": forms.CharField(label="Who leads on it", required=False, max_length=LONGEST_LEAD),
        "due_on": DayField(label="By when", required=False),
        "success": _words("How you will see that it worked", LONGEST_WORDS),
        "seen": forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput),
    }


def _words(label: str, most: int) -> forms.CharField:
    """A box of two lines, without a count of characters under each."""
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, validators=[MaxLengthValidator(most)], widget=widget)


def _standing(line: PlanLine) -> dict[str, Any]:
    item = line.item
    standing = {"what": line.what, "lead": item.lead, "due_on": line.due_on, "success": item.success}
    return standing | {"seen": item.revision}
