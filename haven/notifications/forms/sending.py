"""What an officer types about one incident and its children, and what she settles before it is sent."""

import re
from collections.abc import Sequence
from datetime import time
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from haven.engines.days.moments import moment
from haven.kit.dates import DayField
from haven.notifications.queries.drafting import Checked, CheckedChild, Draft, DraftChild, Settled
from haven.notifications.queries.sent import Desk
from haven.notifications.rules.items import ASKED, LONGEST, Item, Sort
from haven.notifications.rules.sending import NewExclusion
from haven.people.models import Area
from haven.subjects.models import Ground
from haven.subjects.rules.naming import Identity

CHILDREN = 8  # on one page; more come by file or in a second notification
CLOCK = re.compile(r"([01]?\d|2[0-3])[:. ]?([0-5]\d)")
KEEP, CHANGE = "keep", "change"


def item_field(item: Item) -> forms.Field:
    """How an item is typed."""
    asked = ASKED[item]
    if asked.choices is not None:
        return forms.ChoiceField(
            label=asked.label,
            choices=list(asked.choices.items()),
            widget=forms.RadioSelect,
            required=asked.is_core,
            error_messages={"required": f"Answer “{asked.label}”"},
        )
    is_text = asked.sort is Sort.TEXT
    widget = forms.Textarea(attrs={"rows": 3}) if is_text else forms.TextInput()
    return forms.CharField(
        label=asked.label,
        max_length=LONGEST if is_text else 200,
        widget=widget,
        required=asked.is_core,
    )


class IncidentForm(forms.Form):
    """What happened, once for all its children."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=CHILDREN, initial=1)
    area = forms.ChoiceField(label="Area", error_messages={"required": "Choose the area"})
    happened_on = DayField(label="Day it happened")
    happened_at = forms.CharField(
        label="Time it happened",
        help_text="Such as 21:40",
        max_length=5,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": "Give the time it happened"},
    )
    siblings = forms.BooleanField(label="The children are brothers and sisters", required=False)
    works_there = forms.CharField(
        label="Names of anybody at the school who must not see this",
        help_text="Somebody involved, a relative, a friend: one whole name on each line. The school is not told.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, areas: Sequence[Area], items: Sequence[Item], **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        chosen = cast(forms.ChoiceField, self.fields["area"])
        chosen.choices = [(str(area.pk), area.name) for area in areas]
        if len(areas) == 1:
            chosen.widget = forms.HiddenInput()
            self.initial["area"] = str(areas[0].pk)
        self.told = [item for item in items if not ASKED[item].is_of_child and item is not Item.HAPPENED_AT]
        for item in self.told:
            self.fields[item.value] = item_field(item)
        core = [item.value for item in self.told if ASKED[item].is_core]
        self.order_fields(["key", "count", "area", *core])  # as they stand on the page, so that faults do, too

    def clean_happened_at(self) -> time:
        """The clock time."""
        found = CLOCK.fullmatch(self.cleaned_data["happened_at"].strip())
        if not found:
            raise ValidationError("Give the time as hours and minutes, such as 21:40")
        return time(int(found[1]), int(found[2]))

    @property
    def items(self) -> dict[str, str]:
        """What was said of the incident."""
        typed = self.cleaned_data
        happened = moment(typed["happened_on"], typed["happened_at"]).isoformat()
        said = {item.value: typed[item.value] for item in self.told if typed[item.value]}
        return said | {Item.HAPPENED_AT.value: happened}

    @property
    def core(self) -> list[forms.BoundField]:
        """The fields that are always needed."""
        return [self[item.value] for item in self.told if ASKED[item].is_core]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that may stay blank."""
        return [self[item.value] for item in self.told if not ASKED[item].is_core]


class ChildForm(forms.Form):
    """One child."""

    needed_together: ClassVar = ("school",)  # it, or that the child learns at home
    errors_of = ""  # which child, where there are several

    first_name = forms.CharField(label="First name", max_length=100, error_messages={"required": "Give a first name"})
    last_name = forms.CharField(label="Last name", max_length=100, error_messages={"required": "Give a last name"})
    born_on = DayField(label="Date of birth")
    school = forms.CharField(
        label="School",
        help_text="Its number (URN), or some of its name, town or postcode. You choose the right one on the next page.",
        max_length=200,
        required=False,
    )
    at_home = forms.BooleanField(label="Learns at home: send it to the council’s officer", required=False)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = [item for item in items if ASKED[item].is_of_child]
        for item in self.told:
            self.fields[item.value] = item_field(item)

    def clean(self) -> dict[str, Any]:
        """A school, or at home."""
        typed = super().clean() or {}
        if not typed.get("school") and not typed.get("at_home"):
            self.add_error("school", "Give the school, or tick that the child learns at home")
        return typed

    @property
    def child(self) -> DraftChild:
        """What was typed."""
        typed = self.cleaned_data
        said = {item.value: typed[item.value] for item in self.told if typed[item.value]}
        who = Identity(typed["first_name"], typed["last_name"], typed["born_on"]).tidy()
        return DraftChild(who, "" if typed["at_home"] else typed["school"], typed["at_home"], said)

    @property
    def answers(self) -> list[forms.BoundField]:
        """The fields of what is said of this child."""
        return [self[item.value] for item in self.told]


class SendingForms:
    """The form of the incident and that of each child, as one. `is_unchecked` shows what was typed as it is: somebody
    who adds a child has not finished, and is not told yet what is missing."""

    most = CHILDREN

    def __init__(self, typed: QueryDict | None, *, desk: Desk, more: int = 0, is_unchecked: bool = False) -> None:
        self.sender = desk.organisation
        self.count = min(max(_count(typed) + more, 1), CHILDREN)
        data = None if is_unchecked else typed
        self.incident = IncidentForm(data, areas=desk.areas, items=desk.items)
        self.children = [ChildForm(data, prefix=f"child{place}", items=desk.items) for place in range(self.count)]
        if self.count > 1:
            for number, child in enumerate(self.children, 1):
                child.errors_of = f"Child {number}"
        if more > 0:
            self.children[-1].fields["first_name"].widget.attrs["autofocus"] = "autofocus"
        if is_unchecked and typed is not None:
            for form in self.all:
                form.initial = {**form.initial, **_as_typed(form, typed)}

    @property
    def all(self) -> list[forms.Form]:
        """Every form, in the order of the page."""
        return [self.incident, *self.children]

    def is_valid(self) -> bool:
        """Whether all of it is right. Each is asked, so that everything that is wrong is told at once."""
        return not [form for form in self.all if not form.is_valid()]

    @property
    def is_wrong(self) -> bool:
        """Whether something was found wrong."""
        return any(form.is_bound and form.errors for form in self.all)

    @property
    def draft(self) -> Draft:
        """What was typed."""
        typed = self.incident.cleaned_data
        return Draft(
            key=typed["key"],
            sender=self.sender,
            area=UUID(typed["area"]),
            children=tuple(form.child for form in self.children),
            items=self.incident.items,
            are_siblings=typed["siblings"] and self.count > 1,
            works_there=tuple(line.strip() for line in typed["works_there"].splitlines() if line.strip()),
        )

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Everything that was typed, to be carried through the next page."""
        return [pair for form in self.all for pair in _carried(form)] + [("count", str(self.count))]


class CheckForm(forms.Form):
    """What must be settled before a notification is sent: schools, ages, words, who is kept out."""

    def __init__(self, *args: Any, checked: Checked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checked = checked
        for place, child in enumerate(checked.children):
            if not child.draft.is_at_home:
                self.fields[f"urn{place}"] = _school_field(child)
                if child.needs_reason:
                    self.fields[f"override{place}"] = _reason_field(child)
        if checked.traces:
            self.fields["words"] = _words_field()
        for staff in checked.staff:
            self.fields[f"staff{staff.person}"] = forms.ChoiceField(
                label=f"{staff.name}, {staff.school}",
                choices=[*Ground.choices, ("", "This is somebody else: let them see it")],
                widget=forms.RadioSelect,
                initial=Ground.OTHER,
                required=False,
            )

    @property
    def rows(self) -> list[tuple[CheckedChild, list[forms.BoundField]]]:
        """Each child with the fields that are hers."""
        names = [(f"urn{place}", f"override{place}") for place in range(len(self.checked.children))]
        return [
            (child, [self[name] for name in pair if name in self.fields])
            for child, pair in zip(self.checked.children, names, strict=True)
        ]

    @property
    def staff(self) -> list[forms.BoundField]:
        """The fields of those who may have to be kept out."""
        return [self[name] for name in self.fields if name.startswith("staff")]

    @property
    def are_words_checked(self) -> bool:
        """Whether somebody has looked at words that could tell where a person is."""
        return bool(self.cleaned_data.get("words") == KEEP)

    @property
    def excluded(self) -> list[NewExclusion]:
        """Who is kept out."""
        said = [(staff.person, self.cleaned_data[f"staff{staff.person}"]) for staff in self.checked.staff]
        return [NewExclusion(person, ground) for person, ground in said if ground]


def settled(typed: QueryDict, count: int) -> Settled:
    """The schools and the reasons that were given, whatever else is wrong."""
    urns = [typed.get(f"urn{place}", "") for place in range(count)]
    return Settled(
        tuple(int(each) if each.isdecimal() and len(each) < 10 else None for each in urns),
        tuple(typed.get(f"override{place}", "") for place in range(count)),
    )


def _school_field(child: CheckedChild) -> forms.Field:
    schools = {each.urn: each for each in ([child.chosen] if child.chosen else []) + list(child.schools)}
    said = [
        (str(each.urn), f"{each.in_words} (URN {each.urn}){': looks alike, look twice' if each.is_look_alike else ''}")
        for each in schools.values()
    ]
    return forms.ChoiceField(
        label=f"Which school is {child.draft.identity.name}’s?",
        choices=said,
        widget=forms.RadioSelect,
        error_messages={"required": f"Choose {child.draft.identity.name}’s school"},
    )


def _reason_field(child: CheckedChild) -> forms.Field:
    return forms.CharField(
        label=f"{child.draft.identity.name} is {child.age}. Why is this the right school?",
        help_text="It does not teach that age, as far as the national register says.",
        max_length=500,
        error_messages={"required": "Say why, or choose another school"},
    )


def _words_field() -> forms.Field:
    return forms.ChoiceField(
        label="Is it safe for the school to read these words?",
        choices=[
            (KEEP, "Yes. I have looked at them, and nobody can be found by them"),
            (CHANGE, "No. Let me change them"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether these words are safe"},
    )


def _count(typed: QueryDict | None) -> int:
    said = typed.get("count", "1") if typed is not None else "1"
    return int(said) if said.isdecimal() and len(said) < 3 else 1


def _carried(form: forms.Form) -> list[tuple[str, str]]:
    names = [name for field in form.fields for name in _names(form, field) if field != "count"]
    return [(name, form.data[name]) for name in names if name in form.data]


def _as_typed(form: forms.Form, typed: QueryDict) -> dict[str, Any]:
    """What was typed in each field, for a form that is shown and not yet judged."""
    found: dict[str, Any] = {}
    for field in form.fields:
        values = [typed.get(name, "") for name in _names(form, field)]
        found[field] = values if len(values) > 1 else values[0]
    return found


def _names(form: forms.Form, field: str) -> list[str]:
    """Under which names a field is sent: a day as its three boxes."""
    whole = form.add_prefix(field)
    return [f"{whole}_{part}" for part in range(3)] if isinstance(form.fields[field], DayField) else [whole]
