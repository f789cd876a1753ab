"""A round and its signatures, as they are typed."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict

from haven.kit.dates import DayField
from haven.readings.models import Part
from haven.readings.models.rounds import LONGEST_WORDS
from haven.readings.queries.counting import CountsPage
from haven.readings.queries.people import SheetPage
from haven.readings.rules.signing import LONGEST_HOW, Way

READ = [(Way.HAVEN.value, "In Haven"), (Way.ELSEWHERE.value, "On paper or elsewhere")]
MINUTES = forms.Textarea(attrs={"rows": 2})


class RoundForm(forms.Form):
    """By when, and a line for those who read."""

    due_on = DayField(label="By which day", error_messages={"required": "Enter the day by which it is to be read"})
    words = forms.CharField(
        label="A line for those who read",
        help_text="Such as when there is time for it. It stands on each person’s page in Haven, not in the e-mail.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=MINUTES,
    )


class SignForm(forms.Form):
    """That she has read and understood. How she read it is asked where she has not read it here."""

    way = forms.ChoiceField(
        label="How did you read it?",
        choices=READ,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you read it"},
    )
    has_read = forms.BooleanField(label="I have read and understood it")

    def __init__(self, *args: Any, statement: str, way: Way | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["has_read"].label = statement
        self.fields["has_read"].error_messages["required"] = "Tick the box to say that you have read and understood it"
        if way is not None:
            del self.fields["way"]
        self._way = way

    @property
    def read_so(self) -> Way:
        """How she read it."""
        return self._way or Way(self.cleaned_data["way"])


class PaperForm(forms.Form):
    """What somebody signed on paper, when, and where the sheet is."""

    parts = forms.MultipleChoiceField(
        label="What was signed?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one part"},
    )
    signed_on = DayField(label="On which day?", error_messages={"required": "Enter the day on the sheet"})
    how = forms.CharField(
        label="Where is the signed sheet?",
        help_text="Such as: staff file, safeguarding folder",
        required=False,
        max_length=LONGEST_HOW,
    )

    def __init__(self, data: QueryDict | None, *, name: str, parts: Sequence[Part]) -> None:
        super().__init__(data, initial={"parts": [str(part.pk) for part in parts]})
        chosen = cast(forms.MultipleChoiceField, self.fields["parts"])
        chosen.label = f"What did {name} sign?"
        chosen.choices = [(str(part.pk), part.name) for part in parts]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed."""
        typed = self.cleaned_data
        return {
            "part_ids": [UUID(each) for each in typed["parts"]],
            "signed_on": typed["signed_on"],
            "how": typed["how"],
        }


class SheetForm(forms.Form):
    """Who signed a sheet, when, and where it is kept."""

    people = forms.MultipleChoiceField(
        label="Who signed?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one person"},
    )
    signed_on = DayField(label="On which day?", error_messages={"required": "Enter the day on the sheet"})
    how = forms.CharField(label="Where is the sheet?", required=False, max_length=LONGEST_HOW)

    def __init__(self, data: QueryDict | None, *, page: SheetPage) -> None:
        super().__init__(data)
        chosen = cast(forms.MultipleChoiceField, self.fields["people"])
        chosen.choices = [(str(row.reader.who), f"{row.reader.name}, {row.reader.job}") for row in page.rows]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed."""
        typed = self.cleaned_data
        people = frozenset(UUID(each) for each in typed["people"])
        return {"people": people, "signed_on": typed["signed_on"], "how": typed["how"]}


class PartForm(forms.Form):
    """Which part of a round is looked at."""

    part = forms.UUIDField(required=False)

    @property
    def wanted(self) -> UUID | None:
        """The part; null where none was chosen."""
        return self.cleaned_data.get("part") if self.is_valid() else None


class TakeBackForm(forms.Form):
    """Why a signature counts no longer."""

    why = forms.CharField(
        label="Why is it taken back?",
        max_length=LONGEST_HOW,
        widget=MINUTES,
        error_messages={"required": "Say why it is taken back"},
    )


class CountsForm(forms.Form):
    """Of which area and document the counts are shown."""

    is_filter = True

    area = forms.UUIDField(required=False, widget=forms.HiddenInput)
    document = forms.ChoiceField(label="Document", required=False)

    @property
    def looked(self) -> dict[str, UUID | None]:
        """What was chosen; what was mistyped is left out."""
        return {f"{name}_id": _identifier(self.data.get(name)) for name in ("area", "document")}

    def offer(self, page: CountsPage) -> None:
        """Let a document be chosen that schools of the area read."""
        titles = [(str(pk), title) for pk, title in page.documents]
        cast(forms.ChoiceField, self.fields["document"]).choices = [("", "All documents"), *titles]


def _identifier(typed: str | None) -> UUID | None:
    try:
        return UUID(typed) if typed else None
    except ValueError:
        return None


class PlaceForm(forms.Form):
    """Where she goes on reading."""

    place = forms.IntegerField(min_value=1, max_value=1_000_000)
    page = forms.IntegerField(min_value=1, max_value=10_000)
