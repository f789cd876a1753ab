"""A document and its editions, as their keeper types them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from haven.access.decision import Reason
from haven.engines.documents.limits import LARGEST_FILE, MEBIBYTE
from haven.guidance.forms.choices import offer
from haven.guidance.models import Document, Edition
from haven.guidance.models.documents import STANDING_CHOICES
from haven.guidance.models.editions import ENDINGS
from haven.guidance.rules.facts import (
    LONGEST_ADDRESS,
    LONGEST_LABEL,
    LONGEST_TITLE,
    DocumentFacts,
    EditionFacts,
    Standing,
    faults_of_edition,
)
from haven.guidance.rules.life import Days, Ending
from haven.kit.dates import DayField
from haven.kit.uploads import UploadField
from haven.people.models import Area

READABLE = ".pdf,.docx,.html,.htm,.md,.txt"
TOO_BIG = (
    f"The file is larger than {LARGEST_FILE // MEBIBYTE} MB. Ask its publisher for a smaller one, or give it in parts."
)
SAY_INTO = "Choose the document into which it was absorbed"
SAY_ENDED = "Enter the first day on which it no longer held"


def _address(label: str) -> forms.URLField:
    return forms.URLField(label=label, required=False, max_length=LONGEST_ADDRESS, assume_scheme="https")


class DocumentForm(forms.Form):
    """A document of an area's own."""

    area = forms.ChoiceField(label="Area", required=False)
    title = forms.CharField(
        label="Title", max_length=LONGEST_TITLE, error_messages={"required": "Give the document its title"}
    )
    short_names = forms.CharField(
        label="Short names", help_text="One a line", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    publisher = forms.CharField(
        label="Published by", max_length=LONGEST_TITLE, error_messages={"required": "Say who publishes it"}
    )
    standing = forms.ChoiceField(
        label="Standing",
        choices=STANDING_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what standing it has"},
    )
    for_whom = forms.CharField(
        label="For whom", help_text="As the document says", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    address = _address("Address on the web")

    def __init__(self, *args: Any, areas: Sequence[Area] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        if len(areas) < 2:
            del self.fields["area"]
        else:
            offer(self, "area", [(pk, area.name) for pk, area in self.areas.items()])

    @property
    def place(self) -> Area:
        """For which area."""
        return self.areas.get(self.cleaned_data.get("area", "")) or next(iter(self.areas.values()))

    @property
    def facts(self) -> DocumentFacts:
        """What was typed."""
        typed = self.cleaned_data
        return DocumentFacts(
            title=typed["title"],
            publisher=typed["publisher"],
            standing=Standing(typed["standing"]),
            short_names=tuple(line.strip() for line in typed["short_names"].splitlines() if line.strip()),
            for_whom=typed["for_whom"],
            address=typed["address"],
        )


class EditionForm(forms.Form):
    """An edition of such a document."""

    label = forms.CharField(
        label="Edition",
        help_text="As on its cover: ‘September 2026’, ‘Version 3’",
        max_length=LONGEST_LABEL,
        error_messages={"required": "Give the edition the label that stands on its cover"},
    )
    issued_on = DayField(label="Issued on", required=False)
    for_information_on = DayField(
        label="For information from", help_text="If it may be read before it holds", required=False
    )
    in_force_on = DayField(label="In force from", required=False)
    expected_on = DayField(
        label="Expected on", help_text="If it is promised. A day promised before stays in its history.", required=False
    )
    opens_on = DayField(label="Consultation opens on", required=False)
    closes_on = DayField(label="Consultation closes on", help_text="The last day for a response", required=False)
    answered_on = DayField(label="Response to the consultation on", required=False)
    consultation_address = _address("Address of the consultation")
    ending = forms.ChoiceField(label="How it ended", required=False, choices=[("", "It has not ended"), *ENDINGS])
    ended_on = DayField(label="First day on which it no longer held", required=False)
    superseded_by = forms.ChoiceField(label="Superseded by", required=False)
    absorbed_into = forms.ChoiceField(label="Absorbed into", required=False)
    ended_why = forms.CharField(label="Why it ended", required=False, max_length=1000)
    copyright_line = forms.CharField(label="Copyright line", required=False, max_length=300)
    pages = forms.IntegerField(label="Pages", required=False, min_value=1)
    changes_table = forms.CharField(
        label="Where its own table of changes stands", help_text="Such as ‘Annex F’", required=False, max_length=200
    )
    address = _address("Address of this edition on the web")
    note = forms.CharField(
        label="Note",
        help_text="What its reader should know of it, such as a text changed under the same cover",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    groups = (
        ("When it holds", ("issued_on", "for_information_on", "in_force_on")),
        ("Before it was issued", ("expected_on", "opens_on", "closes_on", "answered_on", "consultation_address")),
        ("How it ended", ("ending", "ended_on", "superseded_by", "absorbed_into", "ended_why")),
        ("The text itself", ("copyright_line", "pages", "changes_table", "address", "note")),
    )

    def __init__(
        self, *args: Any, others: Sequence[Edition] = (), documents: Sequence[Document] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "superseded_by", [("", "Not said"), *((str(each.pk), each.label) for each in others)])
        offer(self, "absorbed_into", [("", "Not said"), *((str(each.pk), each.title) for each in documents)])

    @property
    def grouped(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """The fields under their headings, but for the label. Open stand the first ones, and those that are used."""
        return [
            (title, fields, place == 0 or any(_is_used(field) for field in fields))
            for place, (title, names) in enumerate(self.groups)
            for fields in [[self[name] for name in names]]
        ]

    def clean(self) -> dict[str, Any]:
        """Dates that can follow each other."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        if typed["ending"] and not typed["ended_on"]:
            self.add_error("ended_on", SAY_ENDED)
        elif typed["ending"] == Ending.ABSORBED and not typed["absorbed_into"]:
            self.add_error("absorbed_into", SAY_INTO)
        else:
            for said in faults_of_edition(self.facts):
                self.add_error(None, said)
        return typed

    @property
    def facts(self) -> EditionFacts:
        """What was typed."""
        typed = dict(self.cleaned_data)
        ending = Ending(typed.pop("ending")) if typed["ending"] else typed.pop("ending") or None
        names = {name for name in typed if name.endswith("_on")}
        days = Days(**{name: typed.pop(name) for name in names}, ending=ending)
        follows, into = typed.pop("superseded_by"), typed.pop("absorbed_into")
        return EditionFacts(
            **typed,
            days=days,
            superseded_by=UUID(follows) if follows else None,
            absorbed_into=UUID(into) if into else None,
        )


class FileForm(forms.Form):
    """The file of an edition."""

    file = UploadField(
        label="The edition as a file",
        help_text="PDF, Word, web page, Markdown or plain text, up to 10 MB",
        most=LARGEST_FILE,
        too_big=TOO_BIG,
        widget=forms.FileInput(attrs={"accept": READABLE}),
        error_messages={"required": "Choose the file of this edition"},
    )
    blames = dict.fromkeys((Reason.UNFIT_FILE,), "file")


class WithdrawDocumentForm(forms.Form):
    """That a document holds no longer."""

    why = forms.CharField(
        label="Why it is withdrawn",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is withdrawn"},
    )


class WithdrawForm(WithdrawDocumentForm):
    """That an edition holds no longer."""

    on = DayField(label="First day on which it no longer holds")
    field_order = ("on", "why")


def _is_used(field: forms.BoundField) -> bool:
    value = field.value()
    return bool(field.errors) or (any(value) if isinstance(value, list) else bool(value))


def typed_document(document: Document) -> dict[str, Any]:
    """A document as its form shows it."""
    names = ("title", "publisher", "standing", "for_whom", "address")
    return {name: getattr(document, name) for name in names} | {"short_names": "\n".join(document.short_names)}


def typed_edition(edition: Edition) -> dict[str, Any]:
    """An edition as its form shows it."""
    ways = {"superseded_by": edition.superseded_by_id, "absorbed_into": edition.absorbed_into_id}
    plain = {name: getattr(edition, name) for name in EditionForm.base_fields if name not in ways}
    return plain | {name: str(pk) if pk else "" for name, pk in ways.items()}
