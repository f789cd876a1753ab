"""A note as it is given, and how its bulletin is to be published."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import uuid4

from django import forms

from haven.access.decision import Reason
from haven.actions.audiences import AudienceForm, chosen_again
from haven.bulletins.models.bulletins import KINDS
from haven.bulletins.queries.lists import Sought
from haven.bulletins.rules.publishing import LONGEST_INTRODUCTION, LONGEST_TITLE, BulletinKind, Settings
from haven.engines.documents.limits import LARGEST_FILE, MEBIBYTE
from haven.kit.dates import DayField
from haven.kit.uploads import UploadField
from haven.people.models import Area

READABLE = ".txt,.md,.html,.htm,.docx,.pdf,.eml"
TOO_BIG = f"The file is larger than {LARGEST_FILE // MEBIBYTE} MB. Split it, or paste the part that matters."


class NoteForm(forms.Form):
    """A file or pasted words: one of the two."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    area = forms.ChoiceField(label="Area", required=False)
    file = UploadField(
        label="The note as a file",
        help_text="Word, PDF, web page, e-mail (.eml) or plain text, up to 10 MB",
        required=False,
        most=LARGEST_FILE,
        too_big=TOO_BIG,
        widget=forms.FileInput(attrs={"accept": READABLE}),
    )
    words = forms.CharField(
        label="Or paste its words",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        if len(areas) == 1:
            del self.fields["area"]
        else:
            offer(self, "area", [(pk, area.name) for pk, area in self.areas.items()])

    def clean(self) -> dict[str, Any]:
        """One of the two, and only one."""
        given = super().clean() or {}
        if "file" in self.errors:
            return given
        if not given.get("file") and not given.get("words", "").strip():
            self.add_error("file", "Choose a file, or paste the words of the note")
        if given.get("file") and given.get("words", "").strip():
            self.add_error("words", "Choose a file or paste the words, not both")
        return given

    @property
    def blames(self) -> dict[Reason, str]:
        """Which field answers for a note that cannot be kept or read."""
        return {Reason.UNFIT_FILE: "file" if self.cleaned_data.get("file") else "words"}

    @property
    def place(self) -> Area:
        """For which area."""
        return self.areas.get(self.cleaned_data.get("area", "")) or next(iter(self.areas.values()))


class WordsForm(forms.Form):
    """The words of a note whose file could not be read."""

    words = forms.CharField(
        label="Paste the words of the note",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Paste the words of the note"},
    )


class SettingsForm(AudienceForm):
    """How a bulletin is published."""

    title = forms.CharField(
        label="Title", max_length=LONGEST_TITLE, error_messages={"required": "Give the bulletin a title"}
    )
    introduction = forms.CharField(
        label="In a sentence or two",
        help_text="Stands above everything else. Leave it blank if the title says enough.",
        required=False,
        max_length=LONGEST_INTRODUCTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(label="What it is for", choices=KINDS, widget=forms.RadioSelect)
    expires_on = DayField(label="Expires on", help_text="Leave blank if it goes on holding", required=False)
    is_public = forms.ChoiceField(
        label="Who may read it",
        choices=[
            ("no", "Members only: those it is for, signed in"),
            ("yes", "Anybody. Contacts with a marking are left out of the public page"),
        ],
        widget=forms.RadioSelect,
    )

    field_order = ("title", "introduction", "kind")

    @property
    def settings(self) -> Settings:
        """What was typed."""
        typed = self.cleaned_data
        return Settings(
            title=typed["title"],
            kind=BulletinKind(typed["kind"]),
            audience=self.audience,
            introduction=typed["introduction"],
            roles=self.meant_for,
            expires_on=typed["expires_on"],
            is_public=typed["is_public"] == "yes",
        )


class AmendForm(SettingsForm):
    """How a published bulletin is changed, and why."""

    why = forms.CharField(
        label="Why it is changed",
        help_text="Kept with its history.",
        max_length=1000,
        error_messages={"required": "Say why it is changed"},
    )


class WhyForm(forms.Form):
    """Why something is withdrawn."""

    why = forms.CharField(
        label="Why it is withdrawn",
        help_text="Those it reached read this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is withdrawn"},
    )


class SearchForm(forms.Form):
    """What is looked for among bulletins."""

    is_filter = True

    words = forms.CharField(label="Search", required=False, max_length=200)
    kind = forms.ChoiceField(label="Type", required=False, choices=[("", "Any type"), *KINDS])
    has_old = forms.BooleanField(label="Also expired and withdrawn", required=False)

    @property
    def sought(self) -> Sought:
        """What was typed; what was mistyped is left out."""
        self.is_valid()
        typed = self.cleaned_data
        return Sought(
            words=typed.get("words", ""), kind=typed.get("kind", ""), has_old=bool(typed.get("has_old", False))
        )


def typed_again(settings: Settings) -> dict[str, Any]:
    """The settings as the form shows them."""
    return chosen_again(settings.audience) | {
        "title": settings.title,
        "introduction": settings.introduction,
        "kind": settings.kind.value,
        "roles": [role.value for role in settings.roles],
        "expires_on": settings.expires_on,
        "is_public": "yes" if settings.is_public else "no",
    }


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Offer these choices in a field of the form."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)
