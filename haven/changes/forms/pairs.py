"""Two files of somebody's own, and as what they are kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from haven.access.decision import Reason
from haven.changes.queries.pairs import Keepable, Places
from haven.changes.rules.pairs import LARGEST_TOGETHER, File, first_day
from haven.changes.services.pairs import AsEdition, NewDocument
from haven.engines.compare.opening.editions import KNOWN, is_known
from haven.engines.documents.kinds import check_bytes, suffix_of
from haven.engines.documents.limits import LARGEST_FILE, MEBIBYTE
from haven.engines.documents.refusal import Unreadable
from haven.guidance.models import Edition
from haven.guidance.models.documents import STANDING_CHOICES
from haven.guidance.rules.facts import LONGEST_LABEL, LONGEST_TITLE, DocumentFacts, Standing
from haven.kit.dates import DayField
from haven.kit.uploads import UploadField
from haven.people.models import Area

READABLE = ".pdf,.docx,.html,.htm,.md,.txt"
KINDS = "PDF, Word, web page, Markdown or plain text"
TOO_BIG = f"The file is larger than {LARGEST_FILE // MEBIBYTE} MB. Ask its publisher for a smaller one."
TOO_BIG_TOGETHER = f"The two files are larger than {LARGEST_TOGETHER // MEBIBYTE} MB together. Choose smaller ones."
THE_SAME = "You chose the same file twice. Choose two editions."
NEW = "new"
HOLDS = {
    "old": "If you know it. Where the cover names a month, its first day is filled in: look whether it is right.",
    "new": "If you know it. From this day the earlier edition is superseded.",
}


def _file(label: str) -> UploadField:
    return UploadField(
        label=label,
        help_text=KINDS,
        most=LARGEST_FILE,
        too_big=TOO_BIG,
        widget=forms.FileInput(attrs={"accept": READABLE}),
        error_messages={"required": f"Choose {label.lower()}", "empty": "The file is empty"},
    )


class TwoFilesForm(forms.Form):
    """The two files."""

    old = _file("The earlier edition")
    new = _file("The later edition")

    def clean_old(self) -> Any:
        """A file of a kind that is read."""
        return _checked(self.cleaned_data["old"])

    def clean_new(self) -> Any:
        """Likewise."""
        return _checked(self.cleaned_data["new"])

    def clean(self) -> dict[str, Any]:
        """Two files that one request may bring, and not the same twice."""
        typed = super().clean() or {}
        old, new = typed.get("old"), typed.get("new")
        if old and new:
            if old.size + new.size > LARGEST_TOGETHER:
                raise ValidationError(TOO_BIG_TOGETHER)
            if old.size == new.size and _content(old) == _content(new):
                raise ValidationError(THE_SAME)
        return typed

    @property
    def chosen(self) -> tuple[File, File]:
        """Name and content of each."""
        old, new = (self.cleaned_data[name] for name in ("old", "new"))
        return (old.name, _content(old)), (new.name, _content(new))


def _content(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content


def _checked(file: Any) -> Any:
    """The file. Raises `ValidationError` for what can be seen from outside to be none that is read."""
    if not is_known(file.name):
        suffix = suffix_of(file.name) or "no ending"
        raise ValidationError(f"Files of this kind ({suffix}) are not compared. Save it as {KNOWN}.")
    try:
        check_bytes(suffix_of(file.name), _content(file))
    except Unreadable as unreadable:
        raise ValidationError(f"This file cannot be read: {unreadable.line.rstrip('.')}.") from unreadable
    return file


class DocumentForm(forms.Form):
    """Of which document the two files are editions."""

    is_filter = True

    document = forms.ChoiceField(label="Of which document are they editions?")

    def __init__(self, *args: Any, kept: Keepable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.documents = {str(each.pk): each for each in kept.documents}
        choices = [(pk, each.title) for pk, each in self.documents.items()]
        field = cast(forms.ChoiceField, self.fields["document"])
        field.choices = [(NEW, "A document that is not in Haven yet"), *choices]
        field.initial = str(kept.likeliest.pk) if kept.likeliest else NEW


class EditionsForm(forms.Form):
    """Which edition of a document either file is."""

    blames = dict.fromkeys((Reason.UNFIT_FILE,), None)

    def __init__(self, *args: Any, kept: Keepable, places: Places | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_own = places is None or places.is_own
        firsts = (places.old_first, places.new_first) if places else (None, None)
        editions = (places.old, places.new) if places else ((), ())
        for name, said, label, first, known in zip(
            ("old", "new"),
            ("earlier", "later"),
            (kept.old_label, kept.new_label),
            firsts,
            editions,
            strict=True,
        ):
            self._add_side(name, said, label, first, known, is_own=is_own)

    def _add_side(
        self, name: str, said: str, label: str, first: Edition | None, known: Sequence[Edition], *, is_own: bool
    ) -> None:
        if known or not is_own:
            choices = [(str(each.pk), each.label) for each in known]
            choices = [*choices, (NEW, "An edition that is not in Haven yet")] if is_own else choices
            self.fields[f"{name}_edition"] = forms.ChoiceField(
                label=f"The {said} file is",
                choices=choices,
                initial=str(first.pk) if first else NEW,
                error_messages={"required": f"Choose which edition the {said} file is"},
            )
        if is_own:
            self.fields[f"{name}_label"] = forms.CharField(
                label=f"Label of the {said} edition",
                help_text="As on its cover",
                max_length=LONGEST_LABEL,
                required=not known,
                initial=label,
                error_messages={"required": f"Give the {said} edition the label that stands on its cover"},
            )
            self.fields[f"{name}_in_force_on"] = DayField(
                label=f"The {said} edition is in force from",
                required=False,
                help_text=HOLDS[name],
                initial=first_day(label),
            )

    def clean(self) -> dict[str, Any]:
        """A label for what is new, and two editions that differ."""
        typed = super().clean() or {}
        for name, said in (("old", "earlier"), ("new", "later")):
            is_new = typed.get(f"{name}_edition", NEW) == NEW
            if is_new and f"{name}_label" in self.fields and not typed.get(f"{name}_label"):
                self.add_error(f"{name}_label", f"Give the {said} edition the label that stands on its cover")
        old, new = (self._as(typed, name) for name in ("old", "new"))
        if old == new and not self.errors:
            raise ValidationError("Both files cannot be the same edition. Choose two editions.")
        return typed

    @property
    def editions(self) -> tuple[AsEdition, AsEdition]:
        """What either file becomes."""
        typed = self.cleaned_data
        old, new = (
            AsEdition(*self._as(typed, name), in_force_on=cast(date | None, typed.get(f"{name}_in_force_on")))
            for name in ("old", "new")
        )
        return old, new

    def _as(self, typed: dict[str, Any], name: str) -> tuple[UUID | None, str]:
        chosen = typed.get(f"{name}_edition") or NEW
        return (None, typed.get(f"{name}_label", "")) if chosen == NEW else (UUID(chosen), "")


class NewDocumentForm(EditionsForm):
    """A document of an area's own of which the two files are the first editions."""

    area = forms.ChoiceField(label="Area", required=False)
    title = forms.CharField(
        label="Title", max_length=LONGEST_TITLE, error_messages={"required": "Give the document its title"}
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

    def __init__(self, *args: Any, kept: Keepable, places: Places | None = None, **kwargs: Any) -> None:
        super().__init__(*args, kept=kept, places=places, **kwargs)
        self.areas = {str(area.pk): area for area in kept.areas}
        self.fields["title"].initial = kept.title[:LONGEST_TITLE]
        if len(self.areas) < 2:
            del self.fields["area"]
        else:
            cast(forms.ChoiceField, self.fields["area"]).choices = [(pk, each.name) for pk, each in self.areas.items()]

    @property
    def document(self) -> NewDocument:
        """What was typed."""
        typed = self.cleaned_data
        area: Area = self.areas.get(typed.get("area", "")) or next(iter(self.areas.values()))
        facts = DocumentFacts(title=typed["title"], publisher=typed["publisher"], standing=Standing(typed["standing"]))
        return NewDocument(area, facts)
