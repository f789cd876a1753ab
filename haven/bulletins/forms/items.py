"""The items of a note: one form for each kind, and the forms that reshape them."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from haven.access.roles import Role
from haven.actions.audiences import SOME, AudienceForm, chosen_again
from haven.actions.models.asked import EVIDENCE_ASKED
from haven.actions.rules import LONGEST_WHAT, EvidenceAsked, Reach
from haven.bulletins.forms.notes import offer
from haven.bulletins.models import Item
from haven.bulletins.models.items import KINDS
from haven.bulletins.queries.checking import others_to_join, parts_to_split
from haven.bulletins.rules.facts import (
    LONGEST_NAME,
    AskedFacts,
    ContactFacts,
    EventFacts,
    Facts,
    GuidanceFacts,
    ItemKind,
    LinkFacts,
)
from haven.bulletins.rules.marking import LABELS
from haven.bulletins.rules.showing import RECURS, as_dialled, telephone
from haven.engines.reading.items import Marking, Recurs, Status
from haven.kit.dates import DayField

AUDIENCE = ("whom", "clusters", "phases", "organisations")
ONCE = [("", "Once"), *RECURS.items()]
STATUS_CHOICES = [("", "Not said"), *((each.value, each.value.capitalize()) for each in Status)]


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}))


FOR_ALL: Mapping[str, tuple[Reach, ...]] = {"bulletin": ()}


class ItemForm(AudienceForm):
    """What every kind of item has in common: whom it is for, of those its bulletin is for."""

    wholes = FOR_ALL
    whom = forms.ChoiceField(
        label="Who it is for",
        widget=forms.RadioSelect,
        choices=[("bulletin", "Everyone whom the bulletin is for"), (SOME, "Only some of them: choose below")],
        error_messages={"required": "Choose whom it is for"},
    )
    before: Facts

    @property
    def facts(self) -> Facts:
        """What was typed, on top of what the item knew."""
        raise AssertionError

    @property
    def said(self) -> list[forms.BoundField]:
        """The fields of what it says."""
        return [field for field in self.visible_fields() if field.name not in AUDIENCE]

    @property
    def for_whom(self) -> list[forms.BoundField]:
        """The fields of whom it is for."""
        return [field for field in self.visible_fields() if field.name in AUDIENCE]

    @property
    def narrows(self) -> bool:
        """Whether it is, or is being made, for some only."""
        return self["whom"].value() == SOME or any(self.errors.get(name) for name in AUDIENCE)


class AskedForm(ItemForm):
    """An action or a deadline."""

    what = forms.CharField(
        label="What is asked",
        help_text="Begin with a verb: ‘Return the audit’",
        max_length=LONGEST_WHAT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what is asked"},
    )
    due_on = DayField(label="Due on", required=False)
    due_time = _time("By what time")
    recurs = forms.ChoiceField(label="Comes round", required=False, choices=ONCE)
    evidence = forms.ChoiceField(label="What shows that it was done", choices=EVIDENCE_ASKED)
    prohibits = forms.BooleanField(label="This says what must not be done", required=False)
    is_optional = forms.BooleanField(label="Schools may choose to take part", required=False)

    field_order = ("what", "due_on", "due_time", "roles")

    @property
    def facts(self) -> Facts:
        """What was typed."""
        typed = self.cleaned_data
        return replace(
            cast(AskedFacts, self.before),
            what=" ".join(typed["what"].split()),
            due_on=typed["due_on"],
            due_time=typed["due_time"],
            roles=tuple(Role(role) for role in typed["roles"]),
            recurs=Recurs(typed["recurs"]) if typed["recurs"] else None,
            evidence=EvidenceAsked(typed["evidence"]),
            prohibits=typed["prohibits"],
            is_optional=typed["is_optional"],
        )


class SaidForm(ItemForm):
    """An item that asks nothing, so that there are no posts it is meant for."""

    roles = None  # type: ignore[assignment]

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed of what it says."""
        known = {spec.name for spec in fields(self.before)}
        return {name: value for name, value in self.cleaned_data.items() if name in known}


class EventForm(SaidForm):
    """A happening."""

    title = forms.CharField(
        label="Title", max_length=LONGEST_WHAT, error_messages={"required": "Give the event a title"}
    )
    starts_on = DayField(label="Day")
    starts_time = _time("Starts at")
    ends_on = DayField(label="Last day", help_text="Only where it lasts longer than a day", required=False)
    ends_time = _time("Ends at")
    place = forms.CharField(label="Where", required=False, max_length=300)
    is_online = forms.BooleanField(label="It is online", required=False)
    recurs = forms.ChoiceField(label="Comes round", required=False, choices=ONCE)
    is_optional = forms.BooleanField(label="Schools may choose to come", required=False)
    is_cancelled = forms.BooleanField(label="It is called off", required=False)

    @property
    def facts(self) -> Facts:
        """What was typed."""
        typed = self.typed
        typed["recurs"] = Recurs(typed["recurs"]) if typed["recurs"] else None
        return replace(cast(EventFacts, self.before), **typed)


class ContactFields(forms.Form):
    """What is said of a contact, in a note or in the directory."""

    before: Facts

    name = forms.CharField(label="Name", required=False, max_length=LONGEST_NAME)
    role = forms.CharField(label="Role or team", required=False, max_length=300)
    phones = forms.CharField(
        label="Telephone numbers", help_text="One a line", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    emails = forms.CharField(
        label="E-mail addresses", help_text="One a line", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    marking = forms.ChoiceField(
        label="Marking",
        help_text="A contact with a marking never appears on a public page.",
        required=False,
        choices=list(LABELS.items()),
        widget=forms.RadioSelect,
    )

    def clean_phones(self) -> tuple[str, ...]:
        """Numbers that can be dialled."""
        typed = _lines(self.cleaned_data["phones"])
        numbers = {each: as_dialled(each) for each in typed}
        if wrong := [each for each, number in numbers.items() if number is None]:
            raise ValidationError(f"Not a telephone number: {', '.join(wrong)}")
        return tuple(number for number in numbers.values() if number)

    def clean_emails(self) -> tuple[str, ...]:
        """Addresses that can be written to."""
        typed = _lines(self.cleaned_data["emails"])
        for each in typed:
            try:
                validate_email(each)
            except ValidationError:
                raise ValidationError(f"Not an e-mail address: {each}") from None
        return tuple(typed)

    def clean(self) -> dict[str, Any]:
        """A contact that can be reached."""
        typed = super().clean() or {}
        if not self.errors and not typed["phones"] and not typed["emails"]:
            self.add_error("phones", "Give a telephone number or an e-mail address")
        return typed

    @property
    def contact_facts(self) -> ContactFacts:
        """What was typed."""
        typed = {name: self.cleaned_data[name] for name in ("name", "role", "phones", "emails")}
        marking = Marking(self.cleaned_data["marking"]) if self.cleaned_data["marking"] else None
        return replace(cast(ContactFacts, self.before), **typed, marking=marking)


class ContactForm(ContactFields, SaidForm):
    """A contact of a note."""

    @property
    def facts(self) -> Facts:
        """What was typed."""
        return self.contact_facts


class GuidanceForm(SaidForm):
    """A published document."""

    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Give the title"})
    edition = forms.CharField(label="Edition", required=False, max_length=50)
    status = forms.ChoiceField(label="Standing", required=False, choices=STATUS_CHOICES)

    @property
    def facts(self) -> Facts:
        """What was typed."""
        typed = self.typed
        typed["status"] = Status(typed["status"]) if typed["status"] else None
        return replace(cast(GuidanceFacts, self.before), **typed)


class LinkForm(SaidForm):
    """An address on the web."""

    url = forms.URLField(
        label="Address", max_length=1000, assume_scheme="https", error_messages={"required": "Give the address"}
    )
    text = forms.CharField(label="What it leads to", required=False, max_length=300)

    @property
    def facts(self) -> Facts:
        """What was typed."""
        return replace(cast(LinkFacts, self.before), **self.typed)


FORMS: Mapping[ItemKind, type[ItemForm]] = {
    ItemKind.ACTION: AskedForm,
    ItemKind.DEADLINE: AskedForm,
    ItemKind.EVENT: EventForm,
    ItemKind.CONTACT: ContactForm,
    ItemKind.GUIDANCE: GuidanceForm,
    ItemKind.LINK: LinkForm,
}
CHOSEN = {"recurs", "marking", "status", "evidence"}


def form_for(item: Item, typed: Any, *, on: date) -> ItemForm:
    """The form of an item, with what it says in it. In a published bulletin it asks why."""
    kind, facts = ItemKind(item.kind), item.says
    initial = _initial(FORMS[kind].base_fields, facts) | chosen_again(item.audience_of_its_own, FOR_ALL)
    form = FORMS[kind](typed, initial=initial, area=item.bulletin.area, on=on)
    form.before = facts
    if kind is ItemKind.DEADLINE:
        form.fields["due_on"].required = True
    if isinstance(facts, AskedFacts):
        form.fields["roles"].help_text = "Whoever the bulletin is meant for, if you choose nobody"
    if not item.bulletin.is_draft:
        form.fields["why"] = forms.CharField(
            label="Why it is changed", max_length=1000, error_messages={"required": "Say why it is changed"}
        )
    return form


C = TypeVar("C", bound=ContactFields)


def form_for_contact(form: type[C], facts: ContactFacts, typed: Any) -> C:
    """The form of a contact of the directory, with what it says in it."""
    made = form(typed, initial=_initial(form.base_fields, facts))
    made.before = facts
    return made


def why_of(form: ItemForm) -> str:
    """Why it is changed, taken out of what was typed so that only the facts are left."""
    return str(form.cleaned_data.pop("why", ""))


def _initial(names: Iterable[str], facts: Facts) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(facts, name) for name in names if hasattr(facts, name)}
    values |= {name: values[name].value for name in CHOSEN & set(values) if values[name]}
    if isinstance(facts, ContactFacts):
        values |= {"phones": "\n".join(map(telephone, facts.phones)), "emails": "\n".join(facts.emails)}
    if isinstance(facts, AskedFacts):
        values["roles"] = [role.value for role in facts.roles]
    return values


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


class AddForm(forms.Form):
    """An item to add, by its words."""

    words = forms.CharField(
        label="Its words in the note",
        help_text="Select them in the note, or copy them from there",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Select or copy the words of the note"},
    )
    kind = forms.ChoiceField(label="It is", choices=[("action", "An action"), *KINDS[1:]])
    near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    @property
    def item_kind(self) -> ItemKind:
        """Of what kind."""
        return ItemKind(self.cleaned_data["kind"])


class KindForm(forms.Form):
    """Of what kind an item is."""

    kind = forms.ChoiceField(label="It is really", choices=KINDS)

    @property
    def item_kind(self) -> ItemKind:
        """Of what kind."""
        return ItemKind(self.cleaned_data["kind"])


class JoinForm(forms.Form):
    """With which other item to join one."""

    other = forms.TypedChoiceField(
        label="Join with", coerce=UUID, error_messages={"required": "Choose the item to join with"}
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "other", others_to_join(item))


class SplitForm(forms.Form):
    """Where the second of two parts begins: at one of the likely places, or at words that are typed."""

    place = forms.ChoiceField(label="The second part begins", required=False, widget=forms.RadioSelect)
    words = forms.CharField(label="Or at these words", required=False, max_length=500)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quote = item.quote
        places = parts_to_split(item)
        offer(self, "place", [(at, f"“{words}…”") for at, words in places])
        if not places:
            del self.fields["place"]
            self.fields["words"].label = "The second part begins at these words"

    def clean(self) -> dict[str, Any]:
        """One place within the words."""
        typed = super().clean() or {}
        begins = self.quote.find(typed["words"]) if typed.get("words") else int(typed.get("place") or 0)
        if begins <= 0:
            self.add_error("words", "Choose where the second part begins, or copy its first words")
        typed["begins"] = begins
        return typed
