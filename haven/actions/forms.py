"""What is typed about actions, cleaned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django import forms

from haven.access.decision import Reason
from haven.access.roles import Role
from haven.actions.audiences import ROLE_CHOICES, AudienceForm, chosen_again
from haven.actions.models import Action
from haven.actions.models.asked import EVIDENCE_ASKED, RHYTHMS
from haven.actions.queries.lists import Shown
from haven.actions.queries.overviews import Sought
from haven.actions.rules import LONGEST_WHAT, EvidenceAsked, Group, Reach, ReachKind, WantedAction
from haven.actions.services import GivenEvidence
from haven.engines.days.recurrence import Rhythm
from haven.files.rules import ACCEPTED, MAX_BYTES
from haven.kit.dates import DayField
from haven.kit.uploads import UploadField
from haven.people.models import Phase

PHASE_CHOICES = [(value, label) for value, label in Phase.choices if value]
TOO_BIG = "The file is larger than 10 MB. Make it smaller and attach it again."


class CloseForm(forms.Form):
    """What shows that it was done. What the action asks for is required, the rest may be added."""

    has_read = forms.BooleanField(label="I have read and understood this", required=False)
    words = forms.CharField(
        label="What was done",
        help_text="A sentence is enough. Do not name a child.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    blames: ClassVar[Mapping[Reason, str]] = {Reason.UNFIT_FILE: "file"}

    file = UploadField(
        label="A file",
        help_text="PDF, Word, picture or plain text, up to 10 MB",
        required=False,
        max_length=500,
        most=MAX_BYTES,
        too_big=TOO_BIG,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    link = forms.URLField(
        label="A link",
        help_text="The whole address, beginning with https://",
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, asked: EvidenceAsked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        required = {
            EvidenceAsked.WORD: ("words", "Write what was done"),
            EvidenceAsked.FILE: ("file", "Choose the file that shows it was done"),
            EvidenceAsked.LINK: ("link", "Give the address of the page that shows it was done"),
            EvidenceAsked.READING: ("has_read", "Tick to confirm that you have read and understood this"),
        }
        if asked is not EvidenceAsked.READING:
            del self.fields["has_read"]
        if asked in required:
            name, missing = required[asked]
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = missing

    @property
    def evidence(self) -> GivenEvidence:
        """What was given."""
        given, file = self.cleaned_data, self.cleaned_data.get("file")
        return GivenEvidence(
            words=given.get("words", ""),
            link=given.get("link", ""),
            has_read=given.get("has_read", False),
            file=(file.name, file.read()) if file else None,
        )


class ReasonForm(forms.Form):
    """Why it does not apply."""

    reason = forms.CharField(
        label="Why this does not apply to us",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why this does not apply"},
    )


class CommentForm(forms.Form):
    """Why an answer is sent back."""

    comment = forms.CharField(
        label="What is still needed",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is still needed"},
    )


class HandOnForm(forms.Form):
    """To whom it is handed."""

    person = forms.TypedChoiceField(label="Colleague", coerce=UUID, error_messages={"required": "Choose a colleague"})

    def __init__(self, *args: Any, colleagues: Collection[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "person", [("", "Choose"), *((str(pk), name) for pk, name in colleagues)])


class WhyForm(forms.Form):
    """Why something is no longer asked."""

    why = forms.CharField(
        label="Why it is no longer asked",
        help_text="The schools read this.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is no longer asked"},
    )


class ListForm(forms.Form):
    """What of the own list to show."""

    is_filter = True

    group = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All that waits"),
            ("new", "New"),
            ("overdue", "Overdue"),
            ("soon", "Due soon"),
            ("later", "Due later"),
            ("undated", "Without a date"),
            ("returned", "Sent back"),
            ("mine", "Handed to me"),
            ("done", "Done"),
            ("withdrawn", "No longer asked"),
        ],
    )
    role = forms.ChoiceField(label="Meant for", required=False, choices=[("", "Anyone"), *ROLE_CHOICES])
    text = forms.CharField(label="Words", required=False, max_length=100)
    organisation = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def shown(self) -> Shown:
        """What to show; everything that waits where the address was mistyped."""
        asked = self.cleaned_data if self.is_valid() else {}
        group = asked.get("group", "")
        return Shown(
            group=Group(group) if group in set(Group) else None,
            role=Role(asked["role"]) if asked.get("role") else None,
            organisation=asked.get("organisation"),
            text=asked.get("text", ""),
            is_new=group == "new",
            is_returned=group == "returned",
            is_mine=group == "mine",
        )


class OverviewForm(forms.Form):
    """What of the picture to show."""

    is_filter = True

    text = forms.CharField(label="Words of the action", required=False, max_length=100)
    cluster = forms.ChoiceField(label="Cluster", required=False)
    phase = forms.ChoiceField(label="Phase", required=False, choices=[("", "All phases"), *PHASE_CHOICES])
    is_overdue = forms.BooleanField(label="Only with something overdue", required=False)
    area = forms.UUIDField(required=False, widget=forms.HiddenInput)
    actions = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    schools = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def offer(self, clusters: Collection[tuple[str, str]]) -> None:
        """Offer these clusters in the form."""
        _offer(self, "cluster", [("", "All clusters"), *clusters])

    @property
    def sought(self) -> Sought:
        """What is sought; what was mistyped is left out."""
        self.is_valid()
        asked = self.cleaned_data
        return Sought(
            area=asked.get("area"),
            text=asked.get("text", ""),
            cluster=_uuid(self.data.get("cluster", "")),
            phase=asked.get("phase", ""),
            is_overdue=asked.get("is_overdue", False),
            actions_page=asked.get("actions") or 1,
            schools_page=asked.get("schools") or 1,
        )


class WishForm(forms.Form):
    """What is said of an action, whoever asks it of whom."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    what = forms.CharField(
        label="What is asked",
        help_text="Begin with a verb: 'Return the audit'",
        max_length=LONGEST_WHAT,
        error_messages={"required": "Say what is asked"},
    )
    detail = forms.CharField(label="More about it", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    source_label = forms.CharField(label="Where it comes from", required=False, max_length=200)
    quote = forms.CharField(
        label="The exact words that ask for it", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = DayField(label="Due on", required=False)
    due_time = forms.TimeField(label="By what time", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    recurs = forms.ChoiceField(label="Comes round", required=False, choices=[("", "Once"), *RHYTHMS])
    evidence = forms.ChoiceField(
        label="What shows that it was done", choices=EVIDENCE_ASKED, initial="none", widget=forms.RadioSelect
    )

    def _wished(
        self, *, asked_by: UUID, audience: tuple[Reach, ...], roles: frozenset[Role], source_address: str
    ) -> WantedAction:
        typed = self.cleaned_data
        return WantedAction(
            what=typed["what"],
            asked_by=asked_by,
            audience=audience,
            detail=typed["detail"],
            source_label=typed["source_label"],
            source_address=source_address,
            quote=typed["quote"],
            roles=roles,
            due_on=typed["due_on"],
            due_time=typed["due_time"],
            recurs=Rhythm(typed["recurs"]) if typed["recurs"] else None,
            evidence=EvidenceAsked(typed["evidence"]),
            key=typed["key"],
        )


class WantedForm(WishForm, AudienceForm):
    """An action to ask."""

    prohibits = forms.BooleanField(label="This says what must not be done", required=False)
    is_optional = forms.BooleanField(label="Schools may choose to take part", required=False)
    why = forms.CharField(label="Why it is changed", help_text="The schools read this.", max_length=2000)

    field_order = (
        *("what", "prohibits", "detail", "source_label", "quote", "whom", "clusters", "phases", "organisations"),
        *("roles", "due_on", "due_time", "recurs", "evidence", "is_optional", "why"),
    )

    def wanted(self, *, asked_by: UUID, source_address: str = "", within: tuple[Reach, ...] = ()) -> WantedAction:
        """The action as it is wished."""
        wished = self._wished(
            asked_by=asked_by, audience=self.audience, roles=self.meant_for, source_address=source_address
        )
        typed = self.cleaned_data
        return replace(wished, within=within, is_optional=typed["is_optional"], prohibits=typed["prohibits"])


class OwnForm(WishForm):
    """An action that an organisation sets for itself."""

    roles = forms.MultipleChoiceField(
        label="Who it is for",
        help_text="They get the e-mail. The safeguarding leads, if you choose nobody.",
        required=False,
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = (
        "what",
        "detail",
        "due_on",
        "due_time",
        "recurs",
        "roles",
        "evidence",
        "why",
        "source_label",
        "quote",
    )
    folded = ("source_label", "quote")

    def __init__(self, *args: Any, is_school: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].label = "What must be done"
        self.fields["what"].help_text = "Begin with a verb: ‘Check the visitor book’"
        self.fields["what"].error_messages["required"] = "Say what must be done"
        if not is_school:
            del self.fields["roles"]

    @property
    def is_folded_used(self) -> bool:
        """Whether something stands in the fields that are folded away."""
        return any(self[name].value() or self[name].errors for name in self.folded)

    def wanted(self, *, organisation: UUID, source_address: str = "") -> WantedAction:
        """The action as it is wished, for this organisation alone."""
        roles = frozenset(Role(role) for role in self.cleaned_data.get("roles", ()))
        only = (Reach(ReachKind.ORGANISATION, str(organisation)),)
        return self._wished(asked_by=organisation, audience=only, roles=roles, source_address=source_address)


class ChangeOwnForm(OwnForm):
    """The same, changed, and why."""

    why = forms.CharField(
        label="Why it is changed", max_length=2000, error_messages={"required": "Say why it is changed"}
    )


class AskForm(WantedForm):
    """A new action: there is nothing to explain yet."""

    why = None  # type: ignore[assignment]


def typed_again(action: Action) -> Mapping[str, Any]:
    """A published action as the form shows it."""
    same = [
        "what",
        "prohibits",
        "detail",
        "source_label",
        "quote",
        "roles",
        "due_on",
        "due_time",
        "recurs",
        "is_optional",
    ]
    known = {field: getattr(action, field) for field in same} | {"key": action.pk, "evidence": action.evidence_asked}
    return known if action.is_own else known | chosen_again(action.reaches)


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices = list(choices)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
