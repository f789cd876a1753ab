"""Who reads what: a grid of parts and kinds of reader, and the choices on the way to another edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict

from haven.guidance.models import Edition
from haven.kit.dates import DayField
from haven.readings.models.matrices import LONGEST_WHY
from haven.readings.queries.matrices import MatrixPage, MovePage
from haven.readings.rules.kinds import KINDS, ReaderKind, in_order, labels_of
from haven.readings.rules.moving import Choice, Moved, faults_of_choices
from haven.readings.rules.parts import LONGEST_NAME, part_key
from haven.readings.rules.usual import Ground
from haven.readings.services.matrices import MOST_PARTS, ReadBy

NOTHING = "-"
SAY_NAME = "Type the name of the part, such as “Annex B”"
KNOWN = "This part stands in the list already"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A box to tick. `ground` says what it rests on where the school has not set it yet."""

    name: str
    kind: ReaderKind
    label: str
    is_ticked: bool
    ground: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A part with its boxes."""

    number: int
    part: str
    is_typed: bool  # not found in the text of the edition
    cells: tuple[GridCell, ...]


class EditionChoiceForm(forms.Form):
    """Of which edition to set who reads what."""

    edition = forms.ChoiceField(label="Edition", error_messages={"required": "Choose an edition"})

    def __init__(self, *args: Any, editions: Sequence[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(each.pk), f"{each.document.title}: {each.label}") for each in editions]
        cast(forms.ChoiceField, self.fields["edition"]).choices = [("", "Choose an edition"), *named]


class MatrixForm(forms.Form):
    """The grid. What is ticked stays as the page comes back, with the part that was added by name."""

    new_part = forms.CharField(label="Another part, by name", required=False, max_length=LONGEST_NAME)
    decided_on = DayField(
        label="Day on which the governing body decided this",
        help_text="As in its minutes, if it has decided already",
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, page: MatrixPage) -> None:
        super().__init__(data, initial={"decided_on": page.matrix.decided_on if page.matrix else None})
        self.page = page
        self.is_adding = data is not None and "add" in data
        self.fields["new_part"].widget.attrs["class"] = "govuk-input--width-20"

    def clean(self) -> dict[str, Any]:
        """A part to add has a name that does not stand there yet."""
        typed = super().clean() or {}
        if self.is_adding and "new_part" in typed:
            key = part_key(typed["new_part"])
            if not key:
                self.add_error("new_part", SAY_NAME)
            elif key in {part_key(name) for name, _ in self._sent()}:
                self.add_error("new_part", KNOWN)
        return typed

    @property
    def rows(self) -> list[ReadBy]:
        """What was ticked."""
        return [ReadBy(name, frozenset(in_order(kinds))) for name, kinds in self._sent()]

    @property
    def grid(self) -> list[GridRow]:
        """The rows as they are shown: as sent, with a part that was added; else as set; else as usual."""
        shown = (
            self._sent() if self.is_bound else [(line.name, [k.value for k in line.kinds]) for line in self.page.lines]
        )
        if self.is_adding and self.is_valid():
            shown = [*shown, (self.cleaned_data["new_part"].strip(), [])]
        lines = {line.key: line for line in self.page.lines}
        grounds = {line.key: line.usual.grounds for line in self.page.lines} if self.page.matrix is None else {}
        return [
            GridRow(
                number=number,
                part=name,
                is_typed=part_key(name) not in lines or lines[part_key(name)].is_typed,
                cells=tuple(_cells(f"kinds-{number}", kinds, grounds.get(part_key(name), {}))),
            )
            for number, (name, kinds) in enumerate(shown)
        ]

    def _sent(self) -> list[tuple[str, list[str]]]:
        data = cast(QueryDict, self.data)
        names = [name.strip()[:LONGEST_NAME] for name in data.getlist("part")][:MOST_PARTS]
        return [(name, data.getlist(f"kinds-{number}")) for number, name in enumerate(names) if name]


def _cells(name: str, kinds: Sequence[str], grounds: Mapping[ReaderKind, Ground]) -> list[GridCell]:
    return [
        GridCell(name, kind, words.label, kind.value in kinds, grounds[kind].value if kind in grounds else "")
        for kind, words in KINDS.items()
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """An earlier part of which must be said what its readers read now, with its fields."""

    moved: Moved
    readers: tuple[ReaderKind, ...]
    instead: forms.BoundField
    why: forms.BoundField

    @property
    def labels(self) -> list[str]:
        """Who reads it, as people say it."""
        return labels_of(self.readers)


@dataclass(frozen=True, slots=True)
class Added:
    """A part that is new, with its field."""

    name: str
    kinds: forms.BoundField


class MoveForm(forms.Form):
    """From one edition to the next: of each part that does not go on by itself, what its readers read now."""

    decided_on = MatrixForm.base_fields["decided_on"]

    def __init__(self, data: QueryDict | None, *, page: MovePage) -> None:
        super().__init__(data)
        self.page = page
        self.numbered = dict(enumerate(page.asked))
        self.new = dict(enumerate(page.movement.added))
        parts = [(each.key, each.name) for each in page.known]
        for number, each in self.numbered.items():
            self.fields[f"instead-{number}"] = _instead(each, parts)
            self.fields[f"why-{number}"] = forms.CharField(
                label="If nothing: why", required=False, max_length=LONGEST_WHY
            )
        kinds = [(kind.value, words.label) for kind, words in KINDS.items()]
        for number, worded in self.new.items():
            self.fields[f"new-{number}"] = forms.MultipleChoiceField(
                label=f"Who must read “{worded.name}”?",
                choices=kinds,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[kind.value for kind in page.proposed.get(worded.key, ())],
            )

    @property
    def asked(self) -> list[Asked]:
        """The parts that must be spoken of."""
        return [
            Asked(each, self.page.readers[each.old.key], self[f"instead-{number}"], self[f"why-{number}"])
            for number, each in self.numbered.items()
        ]

    @property
    def added(self) -> list[Added]:
        """The parts that are new."""
        return [Added(each.name, self[f"new-{number}"]) for number, each in self.new.items()]

    @property
    def choices(self) -> dict[str, Choice]:
        """What was chosen, by the key of the earlier part."""
        typed = self.cleaned_data
        return {
            each.old.key: Choice("" if typed[f"instead-{n}"] == NOTHING else typed[f"instead-{n}"], typed[f"why-{n}"])
            for n, each in self.numbered.items()
            if typed.get(f"instead-{n}")
        }

    @property
    def read_anew(self) -> dict[str, frozenset[ReaderKind]]:
        """Who reads what is new, by the key of the part."""
        return {each.key: frozenset(in_order(self.cleaned_data[f"new-{n}"])) for n, each in self.new.items()}

    def clean(self) -> dict[str, Any]:
        """Nobody's part is left without a word."""
        typed = super().clean() or {}
        parts = [each.key for each in self.page.known]
        if not self.errors:
            chosen = self.choices
            faults = faults_of_choices(self.page.movement, self.page.readers, parts, chosen)
            for number, each in self.numbered.items():
                if said := faults.get(each.old.key):
                    self.add_error(f"why-{number}" if each.old.key in chosen else f"instead-{number}", said)
        return typed


def _instead(moved: Moved, parts: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    """What looks like the same part stands first; nothing is chosen beforehand."""
    ordered = sorted(parts, key=lambda part: moved.new is None or part[0] != moved.new.key)
    return forms.ChoiceField(
        label=f"What do those who read “{moved.old.name}” read now?",
        choices=[("", "Choose a part"), *ordered, (NOTHING, "Nothing")],
        error_messages={"required": f"Choose what those who read “{moved.old.name}” read now"},
    )
