"""What the unit types: a grade, a mention, what may leave it, to whom, what became of it, whom it is about, why."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from haven.access.decision import Reason
from haven.intelligence.forms.telling import choices
from haven.intelligence.rules.grading import (
    HANDLING_IN_WORDS,
    INFORMATION_IN_WORDS,
    PRIORITY_IN_WORDS,
    SOURCE_IN_WORDS,
    Graded,
    Handling,
    Information,
    Priority,
    Source,
)
from haven.intelligence.rules.linking import KIND_IN_WORDS, LONGEST_MENTION, Kind
from haven.intelligence.rules.outcomes import ANSWERS, OUTCOME_IN_WORDS, Outcome
from haven.intelligence.rules.routing import LONGEST, Ways
from haven.intelligence.rules.telling import LONGEST_MATTER, LONGEST_WORDS, THEME_IN_WORDS, Theme
from haven.intelligence.services.disseminating import Sending
from haven.kit.dates import DayField
from haven.people.models import Organisation
from haven.subjects.models import Told
from haven.subjects.rules.naming import Identity, Sort


class GradeForm(forms.Form):
    """A grade in three parts, how soon somebody must act, and what it is about."""

    source = forms.ChoiceField(
        label="How far can the source be relied on?",
        choices=[(each.value, f"{each.value}: {said}") for each, said in SOURCE_IN_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far the source can be relied on"},
    )
    information = forms.ChoiceField(
        label="How does the source know it?",
        choices=[(each.value, f"{each.value}: {said}") for each, said in INFORMATION_IN_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the source knows it"},
    )
    handling = forms.ChoiceField(
        label="May it be shared?",
        choices=[(each.value, f"{each.value}: {said}") for each, said in HANDLING_IN_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it may be shared"},
    )
    priority = forms.ChoiceField(
        label="How soon must somebody act?",
        choices=choices(PRIORITY_IN_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how soon somebody must act"},
    )
    theme = forms.ChoiceField(label="What is it about?", choices=choices(THEME_IN_WORDS))

    @property
    def graded(self) -> Graded:
        """The grade."""
        said = self.cleaned_data
        return Graded(
            Source(said["source"]),
            Information(said["information"]),
            Handling(said["handling"]),
            Priority(said["priority"]),
        )

    @property
    def about(self) -> Theme:
        """What it is about."""
        return Theme(self.cleaned_data["theme"])


class MentionForm(forms.Form):
    """Somebody or something that is mentioned."""

    kind = forms.ChoiceField(label="What is it?", choices=choices(KIND_IN_WORDS))
    words = forms.CharField(
        label="Name, place or number plate",
        max_length=LONGEST_MENTION,
        error_messages={"required": "Write the name, the place or the number plate"},
    )

    @property
    def mentioned(self) -> dict[str, Any]:
        """As the service takes it."""
        return {"kind": Kind(self.cleaned_data["kind"]), "words": self.cleaned_data["words"]}


class SanitiseForm(forms.Form):
    """What may leave the unit."""

    text = forms.CharField(
        label="What others may read",
        help_text="Leave out who told it, and whatever could show who that is.",
        max_length=LONGEST_MATTER,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write what others may read"},
    )
    has_looked = forms.BooleanField(label="I have looked: nothing in it shows who told", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)


class SendForm(forms.Form):
    """To whom it is sent, and on which conditions."""

    to = forms.ChoiceField(label="Send to", error_messages={"required": "Choose an organisation"})
    handling = forms.ChoiceField(
        label="May it be shared further?",
        choices=[(each.value, f"{each.value}: {said}") for each, said in HANDLING_IN_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it may be shared further"},
    )
    conditions = forms.CharField(
        label="Conditions",
        help_text="For C. For example: do not act on it without ringing us.",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    purpose = forms.CharField(
        label="What do they need it for?",
        help_text="Without names.",
        max_length=100,
        error_messages={"required": "Say what they need it for"},
    )
    told = forms.ChoiceField(
        label="Was the family told?",
        choices=[(each.value, each.label) for each in Told if each is not Told.ROUTINE],
        initial=Told.NO_CRIME,
    )
    report = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [("", "Choose one"), *((str(each.pk), each.name) for each in places)]
        self.fields["to"] = forms.ChoiceField(
            label="Send to", choices=listed, error_messages={"required": "Choose an organisation"}
        )
        self.order_fields(["to"])

    @property
    def sending(self) -> Sending:
        """To whom, and how."""
        said = self.cleaned_data
        return Sending(
            UUID(said["to"]), Handling(said["handling"]), said["conditions"], said["purpose"], Told(said["told"])
        )


class AnswerForm(forms.Form):
    """What became of it."""

    outcome = forms.ChoiceField(
        label="What became of it?",
        choices=choices({each: OUTCOME_IN_WORDS[each] for each in ANSWERS}),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it"},
    )

    @property
    def wanted(self) -> Outcome:
        """The answer."""
        return Outcome(self.cleaned_data["outcome"])


class NameForm(forms.Form):
    """Whom it is about."""

    sort = forms.ChoiceField(
        label="Who is it?",
        choices=[(Sort.CHILD.value, "A child"), (Sort.ADULT.value, "An adult")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is a child or an adult"},
    )
    first_name = forms.CharField(label="First name", max_length=100)
    last_name = forms.CharField(label="Last name", max_length=100)
    born_on = DayField(label="Date of birth", help_text="For example, 27 3 2012")
    purpose = forms.CharField(
        label="What do you need it for?",
        help_text="Without names. It is written down with your name.",
        max_length=100,
        error_messages={"required": "Say what you need it for"},
    )

    @property
    def identity(self) -> Identity:
        """Who she is."""
        said = self.cleaned_data
        return Identity(said["first_name"], said["last_name"], said["born_on"])

    @property
    def wanted(self) -> dict[str, Any]:
        """As the service takes it."""
        said = self.cleaned_data
        return {"sort": Sort(said["sort"]), "identity": self.identity, "purpose": said["purpose"]}


class SourceForm(forms.Form):
    """Why somebody must learn who told."""

    blames = {Reason.NOT_READY: "why"}
    why = forms.CharField(
        label="Why must you know who told?",
        help_text="Without names. It is written down with your name before anything is opened.",
        max_length=100,
        error_messages={"required": "Say why you must know"},
    )


class UnitForm(forms.Form):
    """Which organisation is the area’s unit, and its words for the ways out of Haven."""

    organisation = forms.ChoiceField(label="Who runs the intelligence unit?", required=False)
    crime_words = forms.CharField(
        label="How to report a crime", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    child_words = forms.CharField(
        label="What to do when a child is at risk",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, places: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_filter = True  # a blank field is no field left out: it keeps the usual words
        listed = [("", "The police who serve the area"), *((str(each.pk), each.name) for each in places)]
        self.fields["organisation"] = forms.ChoiceField(
            label="Who runs the intelligence unit?", choices=listed, required=False
        )
        self.order_fields(["organisation"])

    @property
    def wanted(self) -> dict[str, Any]:
        """As the service takes it."""
        said = self.cleaned_data
        chosen = UUID(said["organisation"]) if said["organisation"] else None
        return {"organisation_id": chosen, "ways": Ways(said["crime_words"], said["child_words"])}
