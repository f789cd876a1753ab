"""What is typed about school policies, cleaned."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms

from haven.access.decision import Reason
from haven.access.roles import Role
from haven.files.rules import ACCEPTED, MAX_BYTES
from haven.kit.dates import DayField
from haven.kit.uploads import UploadField
from haven.people.models import Phase
from haven.policies.models import Policy
from haven.policies.models.policies import APPROVER_CHOICES, KIND_CHOICES, ROLE_CHOICES
from haven.policies.queries.pictures import Sought
from haven.policies.rules.facts import (
    CYCLES,
    LONGEST_ADDRESS,
    LONGEST_LABEL,
    LONGEST_PLACE,
    LONGEST_TITLE,
    LONGEST_WORDS,
    Approver,
    PolicyFacts,
    PolicyKind,
    cycle_in_words,
)
from haven.policies.rules.usual import Usual
from haven.policies.services import GivenVersion

PHASE_CHOICES = [(value, label) for value, label in Phase.choices if value]
CYCLE_CHOICES = [(str(months), cycle_in_words(months).capitalize()) for months in CYCLES]
TOO_BIG = "The file is larger than 10 MB. Make it smaller and give it again."
ROLE, PERSON = "role:", "person:"


class PolicyForm(forms.Form):
    """A line of the register."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NO_LIVE_POST: "owner"}

    title = forms.CharField(
        label="Title", max_length=LONGEST_TITLE, error_messages={"required": "Give the policy its title"}
    )
    kind = forms.ChoiceField(
        label="What it is about",
        choices=[("", "Choose"), *KIND_CHOICES],
        error_messages={"required": "Choose what it is about"},
    )
    owner = forms.ChoiceField(
        label="Whose it is",
        help_text="Its review goes on this person’s list",
        error_messages={"required": "Choose whose it is"},
    )
    review_months = forms.ChoiceField(
        label="How often it is reviewed", help_text="Your school decides", choices=CYCLE_CHOICES, initial="12"
    )
    review_on = DayField(
        label="Next review",
        help_text="Approving a new version sets this by itself",
        required=False,
    )
    approver = forms.ChoiceField(
        label="Who approves it",
        choices=APPROVER_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who approves it"},
    )
    address = forms.URLField(
        label="Address on your website",
        help_text="Where anybody may read it",
        required=False,
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
    )
    kept_at = forms.CharField(
        label="Where the signed copy is kept",
        help_text="Such as: the school office, blue folder",
        required=False,
        max_length=LONGEST_PLACE,
    )

    def __init__(self, *args: Any, owners: Collection[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(f"{ROLE}{role}", f"The {label.lower()}") for role, label in ROLE_CHOICES]
        people = [(f"{PERSON}{pk}", name) for pk, name in owners]
        cast(forms.ChoiceField, self.fields["owner"]).choices = [("", "Choose"), *roles, *people]
        months = str(self.initial.get("review_months", ""))
        if months and months not in dict(CYCLE_CHOICES):
            said = (months, cycle_in_words(int(months)).capitalize())
            cast(forms.ChoiceField, self.fields["review_months"]).choices = [*CYCLE_CHOICES, said]

    @property
    def facts(self) -> PolicyFacts:
        """What was typed."""
        typed = self.cleaned_data
        owner = typed["owner"]
        return PolicyFacts(
            title=typed["title"],
            kind=PolicyKind(typed["kind"]),
            review_months=int(typed["review_months"]),
            approver=Approver(typed["approver"]),
            owner_role=Role(owner.removeprefix(ROLE)) if owner.startswith(ROLE) else None,
            owner=UUID(owner.removeprefix(PERSON)) if owner.startswith(PERSON) else None,
            review_on=typed["review_on"],
            address=typed["address"],
            kept_at=typed["kept_at"],
        )


def typed_policy(policy: Policy) -> dict[str, Any]:
    """A policy as its form shows it."""
    names = ("title", "kind", "review_months", "review_on", "approver", "address", "kept_at")
    owner = f"{PERSON}{policy.owner_id}" if policy.owner_id else f"{ROLE}{policy.owner_role}"
    return {name: getattr(policy, name) for name in names} | {"owner": owner}


class UsualForm(forms.Form):
    """Which of the usual ones to begin with."""

    kinds = forms.MultipleChoiceField(
        label="Policies to add",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one"},
    )

    def __init__(self, *args: Any, lacking: Collection[Usual], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["kinds"])
        field.choices = [(usual.kind.value, usual.title) for usual in lacking]
        field.initial = [usual.kind.value for usual in lacking]

    @property
    def chosen(self) -> tuple[PolicyKind, ...]:
        """The kinds that were ticked."""
        return tuple(PolicyKind(kind) for kind in self.cleaned_data["kinds"])


class WhyForm(forms.Form):
    """Why the school goes by it no longer."""

    why = forms.CharField(
        label="Why you go by it no longer",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why you go by it no longer"},
    )


class ReviewForm(forms.Form):
    """Why a review is started."""

    why = forms.CharField(
        label="Why it is reviewed now",
        help_text="Whoever reviews it reads this",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VersionForm(forms.Form):
    """A new version, as a file or as a link."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.UNFIT_FILE: "file"}

    label = forms.CharField(
        label="What this version is called",
        help_text="Such as ‘September 2026’ or ‘Version 4’",
        max_length=LONGEST_LABEL,
        error_messages={"required": "Say what this version is called"},
    )
    file = UploadField(
        label="The file",
        help_text="PDF, Word, picture or plain text, up to 10 MB",
        required=False,
        max_length=500,
        most=MAX_BYTES,
        too_big=TOO_BIG,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    link = forms.URLField(
        label="Or its address",
        help_text="If you keep it elsewhere: the whole address, beginning with https://",
        required=False,
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
    )
    changes = forms.CharField(
        label="What is new in it",
        help_text="A few words for whoever approves it",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        typed = super().clean() or {}
        if not {"file", "link"} & set(self.errors) and bool(typed.get("file")) == bool(typed.get("link")):
            self.add_error("file", "Give the file or its address, and not both")
        return typed

    @property
    def given(self) -> GivenVersion:
        """What was given."""
        typed, file = self.cleaned_data, self.cleaned_data.get("file")
        return GivenVersion(
            label=typed["label"],
            file=(file.name, file.read()) if file else None,
            link=typed["link"],
            changes=typed["changes"],
        )


class CommentForm(forms.Form):
    """Why a version is sent back."""

    comment = forms.CharField(
        label="What is still needed",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is still needed"},
    )


class MeetingForm(forms.Form):
    """That a meeting approved it."""

    meeting = forms.CharField(
        label="Which meeting approved it",
        help_text="Such as: the full governing board",
        max_length=LONGEST_LABEL,
        error_messages={"required": "Say which meeting approved it"},
    )
    held_on = DayField(label="On which day")
    minute = forms.CharField(
        label="Minute",
        help_text="Its number in the minutes, such as 7.2",
        required=False,
        max_length=LONGEST_LABEL,
    )


class LinkForm(forms.Form):
    """What a policy may rest on: looked for, not saved."""

    is_filter = True

    document = forms.UUIDField(required=False, widget=forms.Select)
    words = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].label = "Document"
        self.fields["words"].label = "Words of the clause, or its number"
        self.fields["words"].help_text = "Leave this out to see the document alone"

    def offer(self, documents: Collection[tuple[UUID, str]]) -> None:
        """Offer these documents in the form."""
        choices = [("", "Choose"), *((str(pk), title) for pk, title in documents)]
        cast(forms.Select, self.fields["document"].widget).choices = choices
        cast(Any, self.fields["document"]).choices = choices

    @property
    def sought(self) -> tuple[UUID | None, str]:
        """The document and the words; what was mistyped is left out."""
        self.is_valid()
        typed = self.cleaned_data
        return typed.get("document"), typed.get("words", "")


class ClauseForm(forms.Form):
    """The clause that was chosen."""

    edition = forms.UUIDField(widget=forms.HiddenInput)
    place = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class WholeForm(forms.Form):
    """The document that was chosen as a whole."""

    document = forms.UUIDField(widget=forms.HiddenInput)


class ChoosePolicyForm(forms.Form):
    """Which of the school's policies rests on a clause."""

    policy = forms.TypedChoiceField(
        label="Which policy rests on it",
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a policy"},
    )

    def __init__(self, *args: Any, policies: Collection[tuple[UUID, str, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["policy"]).choices = [
            (str(pk), title) for pk, title, is_linked in policies if not is_linked
        ]


class PictureForm(forms.Form):
    """What of the lead's picture to show."""

    is_filter = True

    text = forms.CharField(label="Name of the school", required=False, max_length=100)
    phase = forms.ChoiceField(label="Phase", required=False, choices=[("", "All phases"), *PHASE_CHOICES])
    is_overdue = forms.BooleanField(label="Only with a review overdue", required=False)
    area = forms.UUIDField(required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    @property
    def sought(self) -> Sought:
        """What is sought; what was mistyped is left out."""
        self.is_valid()
        typed = self.cleaned_data
        return Sought(
            area=typed.get("area"),
            text=typed.get("text", ""),
            phase=typed.get("phase", ""),
            is_overdue=typed.get("is_overdue", False),
            page=typed.get("page") or 1,
        )


def first_meeting(approver: str, on: date) -> dict[str, Any]:
    """What the form for a meeting begins with."""
    named = {Approver.BOARD.value: "Full governing board", Approver.COMMITTEE.value: "Governors’ committee"}
    return {"meeting": named.get(approver, ""), "held_on": on}
