"""What is typed about subjects, cleaned. Nothing that is typed here goes into an address."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms

from haven.access.decision import Reason
from haven.kit.dates import DayField
from haven.subjects.disclosure.exporting import Piece
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.models import Ground
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.breaking import WHY_IN_WORDS, Verdict
from haven.subjects.rules.naming import Identity
from haven.subjects.rules.retention import MOST_YEARS, RULES, Kept

NEEDED_FOR = "What do you need it for?"
CASE = "A case or task, such as Case 2026/17. No name: others read this later."


class PurposeForm(forms.Form):
    """What somebody needs to see it for."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "purpose"}

    purpose = forms.CharField(
        label=NEEDED_FOR, help_text=CASE, max_length=100, error_messages={"required": "Say what you need it for"}
    )

    def said(self, flow: Flow) -> Purpose:
        """What was typed, for this way of sharing."""
        return Purpose(flow, self.cleaned_data["purpose"])


def _offer(form: forms.Form, areas: Sequence[tuple[UUID, str]]) -> None:
    """The areas of whoever types; one alone is not asked for."""
    cast(forms.ChoiceField, form.fields["area"]).choices = [(str(key), name) for key, name in areas]
    if len(areas) == 1:
        form.fields["area"].widget = forms.HiddenInput()
        form.initial["area"] = str(areas[0][0])


class LookUpForm(PurposeForm):
    """Whom somebody looks for: all three, or nobody is found."""

    area = forms.ChoiceField(label="Area")
    last_name = forms.CharField(label="Last name", max_length=100)
    first_name = forms.CharField(label="First name", max_length=100, help_text="The first letter is enough")
    born_on = DayField(label="Date of birth")
    field_order = ("area", "last_name", "first_name", "born_on", "purpose")

    def __init__(self, *args: Any, areas: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, areas)

    @property
    def identity(self) -> Identity:
        """Whom."""
        typed = self.cleaned_data
        return Identity(typed["first_name"], typed["last_name"], typed["born_on"])


class YearsForm(forms.Form):
    """For how many years an area keeps a class of records, and by whose word."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "source"}

    area = forms.ChoiceField(label="Area")
    kept_as = forms.ChoiceField(
        label="What?",
        choices=[(kept.value, rule.words[:1].upper() + rule.words[1:]) for kept, rule in RULES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is for"},
    )
    years = forms.IntegerField(
        label="For how many years?",
        min_value=1,
        max_value=MOST_YEARS,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Give a number of years from 1 to {MOST_YEARS}"
        ),
    )
    source = forms.CharField(
        label="Who decided it, and where is that written?",
        help_text="Such as Retention schedule 2026, page 4. No name of a person: the ledger keeps this.",
        max_length=200,
        error_messages={"required": "Say who decided it and where that is written"},
    )

    def __init__(self, *args: Any, areas: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, areas)

    @property
    def said(self) -> dict[str, Any]:
        """What was typed."""
        typed = self.cleaned_data
        return typed | {"area": UUID(typed["area"]), "kept_as": Kept(typed["kept_as"])}


class ExclusionForm(forms.Form):
    """Who must never see what concerns a child."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.WRONG_STATE: "person", Reason.LAST_OF_ITS_KIND: "person"}

    person = forms.ChoiceField(label="Who", error_messages={"required": "Choose who it is"})
    ground = forms.ChoiceField(
        label="Why", choices=Ground.choices, widget=forms.RadioSelect, error_messages={"required": "Choose why"}
    )

    def __init__(self, *args: Any, people: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose somebody"), *((str(key), name) for key, name in people)]
        cast(forms.ChoiceField, self.fields["person"]).choices = choices


class InterestForm(forms.Form):
    """Why she herself should not see it."""

    ground = forms.ChoiceField(
        label="Why should you not see it?",
        choices=[each for each in Ground.choices if each[0] != Ground.OTHER],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why"},
    )


class BreakForm(forms.Form):
    """Why one record must be opened now."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "words"}

    why = forms.ChoiceField(
        label="Why can it not wait?",
        choices=[(each.value, words) for each, words in WHY_IN_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it cannot wait"},
    )
    words = forms.CharField(
        label="In a sentence, what is happening",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence why it cannot wait"},
    )
    minutes = forms.ChoiceField(
        label="For how long", choices=[("", "As long as is usual here"), ("15", "15 minutes"), ("180", "3 hours")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].required = False

    @property
    def wished(self) -> timedelta | None:
        """For how long, where she chose."""
        chosen = self.cleaned_data["minutes"]
        return timedelta(minutes=int(chosen)) if chosen else None


class ReviewForm(forms.Form):
    """What the privacy officer makes of it."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "remarks"}

    verdict = forms.ChoiceField(
        label="Was it right to open it?",
        choices=[(Verdict.RIGHT.value, "Yes, it was right"), (Verdict.WRONG.value, "No, it was wrong")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was right"},
    )
    remarks = forms.CharField(
        label="What you looked at",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what you looked at, in a sentence"},
    )


class HoldForm(forms.Form):
    """For what everything about somebody is held."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "why"}

    why = forms.CharField(
        label="For which inquiry or court",
        help_text="Its reference, such as Inquiry 2026/4. No name: others read this later.",
        max_length=200,
        error_messages={"required": "Say for which inquiry or court, by its reference and without a name"},
    )


class EndHoldForm(forms.Form):
    """Why a hold may end."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "why"}

    why = forms.CharField(
        label="Why may it end?",
        help_text="Such as: the inquiry has reported, letter of 4 May. No name: others read this later.",
        max_length=200,
        error_messages={"required": "Say why it may end, without a name"},
    )


class DecideForm(forms.Form):
    """What a second person makes of an erasure."""

    decision = forms.ChoiceField(
        label="Is it to be erased?",
        choices=[("yes", "Yes, erase it now. Nobody can undo this"), ("no", "No, keep it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is to be erased"},
    )

    @property
    def is_approved(self) -> bool:
        """Whether it is to be erased."""
        return bool(self.cleaned_data["decision"] == "yes")


class ExportForm(forms.Form):
    """By which request, and what of it."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "reference"}

    reference = forms.CharField(
        label="By which request",
        help_text="Its reference, such as SAR 2026/17. No name: others read this later.",
        max_length=100,
        error_messages={"required": "Give the reference of the request"},
    )
    what = forms.ChoiceField(
        label="What do you need?",
        choices=[("all", "Everything but safe addresses"), ("addresses", "Safe addresses alone")],
        widget=forms.RadioSelect,
        initial="all",
        error_messages={"required": "Choose what you need"},
    )


class HandOverForm(forms.Form):
    """Which pieces that say something of others may be handed over. What is not ticked is left out."""

    chosen = forms.MultipleChoiceField(
        label="About somebody else, or kept by others: tick what may be handed over",
        help_text="Of what you do not tick, the copy says neither what it is nor that it is held. Ask whoever keeps it "
        "first: whoever asked may live with somebody who must not know.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, pieces: Sequence[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(piece.key, f"{piece.about}: {piece.words}") for piece in pieces]
        cast(forms.MultipleChoiceField, self.fields["chosen"]).choices = choices


class AddressForm(forms.Form):
    """Where somebody is safe."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "address"}

    address = forms.CharField(
        label="Where is it safe to reach them?",
        help_text="It takes the place of what was known. No school is ever shown it, nor told that it is there.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": "Give the address"},
    )


class GuestForm(forms.Form):
    """Whom a record is lent to, and until when."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.NOT_READY: "until", Reason.NOT_ASKABLE: "email"}

    email = forms.EmailField(
        label="Their e-mail address in Haven",
        help_text="They must have a post in Haven already, such as a locum or the author of a review.",
        error_messages={"required": "Give their e-mail address"},
    )
    until = DayField(label="Until the end of which day", help_text="Thirty days from today at most")
