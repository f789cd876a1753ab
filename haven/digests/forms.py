"""What is typed about a digest: what stands around its lines, a line, for whom it is published, why it is withdrawn."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms

from haven.access.decision import Reason
from haven.actions.audiences import AudienceForm, chosen_again
from haven.digests.models import Digest
from haven.digests.queries.writing import LineNow, names_of_parts
from haven.digests.rules.digests import (
    LONGEST_HEADING,
    LONGEST_PROSE,
    LONGEST_TITLE,
    DigestWords,
    LineWords,
    Publication,
    Step,
)

LISTS = "A blank line begins a new paragraph. A dash at the start of a line makes a list."
NOTE, ACTION = "note", "action"


class BeginForm(forms.Form):
    """For which area a digest is begun."""

    area_id = forms.UUIDField(widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """What stands around the lines."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Title", max_length=LONGEST_TITLE, error_messages={"required": "Give the page a title"}
    )
    introduction = forms.CharField(
        label="Introduction",
        help_text=LISTS,
        required=False,
        max_length=LONGEST_PROSE,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    closing = forms.CharField(
        label="What the council is doing",
        help_text="Such as training, a model policy, forms that change. It stands at the end.",
        required=False,
        max_length=LONGEST_PROSE,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    @property
    def words(self) -> DigestWords:
        """What was typed."""
        typed = self.cleaned_data
        return DigestWords(title=typed["title"], introduction=typed["introduction"], closing=typed["closing"])


class LineForm(forms.Form):
    """A line that a judged change made. Its place, and whether it asks for something, the judgement says."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    heading = forms.CharField(
        label="Heading", max_length=LONGEST_HEADING, error_messages={"required": "Give the line a heading"}
    )
    meaning = forms.CharField(
        label="What it means for schools",
        help_text=LISTS,
        required=False,
        max_length=LONGEST_PROSE,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    @property
    def words(self) -> LineWords:
        """What was typed."""
        typed = self.cleaned_data
        return LineWords(
            heading=typed["heading"],
            meaning=typed["meaning"],
            asks=typed.get("asks") == ACTION,
            part=typed.get("part", ""),
        )


class OwnLineForm(LineForm):
    """A line added by hand."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)
    asks = forms.ChoiceField(
        label="What schools do with it",
        choices=[(NOTE, "They should know it"), (ACTION, "They may have to do something: show it in “What to do”")],
        initial=NOTE,
        widget=forms.RadioSelect,
    )
    part = forms.ChoiceField(label="Where it stands", required=False)

    def __init__(self, *args: Any, parts: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["part"]).choices = names_of_parts(parts)

    @property
    def name(self) -> UUID:
        """By what a form that is sent twice is known."""
        return cast(UUID, self.cleaned_data.get("key")) or uuid4()


class StepForm(forms.Form):
    """What is done with a line at a touch."""

    step = forms.ChoiceField(choices=[(step.value, step.value) for step in Step])

    @property
    def wanted(self) -> Step:
        """It."""
        return Step(self.cleaned_data["step"])


class TakeForm(forms.Form):
    """Which newly judged changes are added."""

    refs = forms.CharField(max_length=100_000)

    @property
    def wanted(self) -> list[str]:
        """Their names."""
        return str(self.cleaned_data["refs"]).split()


class PublishForm(AudienceForm):
    """For whom a digest is published."""

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    is_public = forms.ChoiceField(
        label="Who may read it",
        choices=[
            ("no", "Those who work for the area, signed in"),
            ("yes", "Anybody: it gets a public page as well"),
        ],
        initial="no",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may read it"},
    )
    contacts_allowed = forms.BooleanField(
        label="I have looked: every telephone number and e-mail address in it may be public", required=False
    )
    has_letter = forms.BooleanField(
        label="Send one e-mail to those it is for",
        help_text="Of a public page it tells the title and the first lines. Otherwise only that there is something.",
        required=False,
        initial=True,
    )
    blames = {Reason.NOT_ASKABLE: "contacts_allowed", Reason.NOT_THE_AREA: "whom"}

    field_order: tuple[str, ...] = ("is_public", "contacts_allowed", "whom")

    @property
    def wish(self) -> Publication:
        """How it is to be published."""
        typed = self.cleaned_data
        return Publication(
            audience=self.audience,
            seen=typed["seen"],
            roles=self.meant_for,
            is_public=typed["is_public"] == "yes",
            has_letter=typed["has_letter"],
            contacts_allowed=typed["contacts_allowed"],
        )


class AmendForm(PublishForm):
    """How what is published is published anew, and what changed."""

    why = forms.CharField(
        label="What you changed",
        help_text="Those who have read it before read this first.",
        max_length=1000,
        error_messages={"required": "Say what you changed"},
    )

    field_order = ("why", *PublishForm.field_order)


class WithdrawForm(forms.Form):
    """Why it is withdrawn."""

    why = forms.CharField(
        label="Why it is withdrawn",
        help_text="Those who open the page read this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is withdrawn"},
    )


class ListForm(forms.Form):
    """Of which document digests are looked for."""

    document = forms.UUIDField(required=False)

    @property
    def wanted(self) -> UUID | None:
        """The document; none where none is named."""
        self.is_valid()
        return self.cleaned_data.get("document")


def typed_words(digest: Digest) -> dict[str, Any]:
    """What stands around the lines as the form shows it."""
    return {name: getattr(digest, name) for name in ("revision", "title", "introduction", "closing")}


def typed_line(line: LineNow) -> dict[str, Any]:
    """A line as its form shows it."""
    said = line.said
    asks = ACTION if said.asks else NOTE
    return {"revision": line.row.revision, "heading": said.heading, "meaning": said.meaning} | {
        "asks": asks,
        "part": said.part,
    }


def typed_publication(digest: Digest, seen: str) -> dict[str, Any]:
    """How a digest was published last, as the form shows it; for all schools where it never was."""
    audience = tuple(line.reach for line in digest.audience.all())
    chosen = chosen_again(audience) if audience else {"whom": "all-schools"}
    is_public = "yes" if digest.is_public else "no"
    return chosen | {"seen": seen, "is_public": is_public, "roles": digest.roles, "has_letter": digest.is_draft}
