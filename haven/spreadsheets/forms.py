"""A spreadsheet of last year's answers: given, and its columns, words and schools matched."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from haven.access.decision import Reason
from haven.audits.rules.standing import year_in_words
from haven.engines.documents.limits import MEBIBYTE
from haven.engines.sheets.grid import LARGEST_SHEETS_FILE, Grid
from haven.kit.dates import DayField
from haven.kit.uploads import UploadField
from haven.people.rules.calendars import school_year_of
from haven.questions.models import Version
from haven.spreadsheets.models import Import
from haven.spreadsheets.queries.importing import ColumnLine, Outcome, Scale
from haven.spreadsheets.rules.scales import plain
from haven.spreadsheets.services.imports import WantedImport

TOO_BIG = f"The file is larger than {LARGEST_SHEETS_FILE // MEBIBYTE} MB. Save only the sheet with the answers."
LEAVE_OUT = ("", "Leave these answers out")
NONE_OF_THESE = ("none", "None: leave its rows out")
YEARS_BACK = 8


class GiveForm(forms.Form):
    """The file, and of which audit its answers are."""

    blames = {Reason.UNFIT_FILE: "file"}

    file = UploadField(
        label="The spreadsheet",
        help_text="Excel (.xlsx or .xls), OpenDocument (.ods) or CSV, up to 10 MB",
        most=LARGEST_SHEETS_FILE,
        too_big=TOO_BIG,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        error_messages={"required": "Choose the spreadsheet", "empty": "The file is empty"},
    )
    version = forms.ChoiceField(
        label="The questions",
        help_text="Those that were asked then, or the ones of Haven that are most like them",
        error_messages={"required": "Choose the questions"},
    )
    title = forms.CharField(label="Title", help_text="As schools will read it", max_length=150)
    school_year = forms.TypedChoiceField(label="School year", coerce=int)
    ended_on = DayField(label="That audit was over on", help_text="The last day on which schools could answer it")

    def __init__(self, *args: Any, versions: Sequence[Version], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "Choose"), *((str(each.pk), f"{each.template.title}, {each.label}") for each in versions)]
        cast(forms.ChoiceField, self.fields["version"]).choices = offered
        year = school_year_of(on)
        years = [(each, year_in_words(each)) for each in range(year, year - YEARS_BACK, -1)]
        cast(forms.ChoiceField, self.fields["school_year"]).choices = years
        self.fields["school_year"].initial = year - 1

    @property
    def wanted(self) -> WantedImport:
        """What is said of the answers."""
        typed = self.cleaned_data
        return WantedImport(
            title=typed["title"],
            school_year=typed["school_year"],
            version=typed["version"],
            ended_on=typed["ended_on"],
        )

    @property
    def given(self) -> dict[str, Any]:
        """Name and content of the file."""
        file = self.cleaned_data["file"]
        return {"name": file.name, "content": file.read()}


class ColumnsForm(forms.Form):
    """In which sheet and row the headings stand, and what each column means."""

    grid = forms.TypedChoiceField(label="The sheet with the answers", coerce=int)
    head_row = forms.IntegerField(label="The row with the headings", min_value=1, max_value=100_000)

    def __init__(
        self, *args: Any, of: Import, grids: Sequence[Grid], lines: Sequence[ColumnLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.width = lines, len(of.columns)
        cast(forms.ChoiceField, self.fields["grid"]).choices = [(n, each.name) for n, each in enumerate(grids)]
        self.fields["grid"].initial, self.fields["head_row"].initial = of.grid, of.head_row + 1
        for line in lines:
            self.fields[f"column-{line.number}"] = forms.CharField(
                label=line.heading or f"Column {line.number + 1}",
                required=False,
                max_length=100,
                initial=line.written,
                widget=forms.TextInput(attrs={"list": "meanings", "autocomplete": "off"}),
            )

    @property
    def boxes(self) -> list[tuple[ColumnLine, forms.BoundField]]:
        """Each column with its box."""
        return [(line, self[f"column-{line.number}"]) for line in self.lines]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was typed."""
        typed = self.cleaned_data
        columns = [str(typed.get(f"column-{number}", "")) for number in range(self.width)]
        return {"grid": typed["grid"], "head_row": typed["head_row"] - 1, "columns": columns}


class ChoicesForm(forms.Form):
    """Which choice the words of a spreadsheet mean, scale by scale."""

    def __init__(self, *args: Any, scales: Sequence[Scale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scales = scales
        for number, scale in enumerate(scales):
            offered = [LEAVE_OUT, *((choice.value, choice.label) for choice in scale.choices)]
            for place, (words, _, meant) in enumerate(scale.said):
                self.fields[f"said-{number}-{place}"] = forms.ChoiceField(
                    label=words, choices=offered, required=False, initial=meant
                )

    @property
    def groups(self) -> list[tuple[Scale, list[tuple[int, forms.BoundField]]]]:
        """Each scale with how often each wording stands and its field."""
        return [
            (scale, [(count, self[f"said-{number}-{place}"]) for place, (_, count, _) in enumerate(scale.said)])
            for number, scale in enumerate(self.scales)
        ]

    @property
    def wanted(self) -> Mapping[str, Mapping[str, str]]:
        """By scale what the words mean."""
        return {
            scale.name: {
                plain(words): self.cleaned_data[f"said-{number}-{place}"]
                for place, (words, _, _) in enumerate(scale.said)
            }
            for number, scale in enumerate(self.scales)
        }


class SchoolsFoundForm(forms.Form):
    """Which school is meant where a row names none for sure."""

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        for number, each in enumerate(outcome.unknown):
            if each.alike:
                self.keys[f"school-{number}"] = each.place.key
                self.fields[f"school-{number}"] = forms.ChoiceField(
                    label=str(each.place),
                    choices=[NONE_OF_THESE, *((str(school.pk), f"{school} ({school.urn})") for school in each.alike)],
                    initial=outcome.chosen.get(each.place.key, NONE_OF_THESE[0]),
                    widget=forms.RadioSelect,
                )

    @property
    def wanted(self) -> Mapping[str, str]:
        """By what a row says, the school that is meant. None of them is no school."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}
