"""A cycle as its lead prepares it: what is asked, of whom, by when and who signs; and what narrows its page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from haven.access.roles import LABELS, Role
from haven.actions.audiences import AudienceForm, chosen_again
from haven.audits.models import Cycle
from haven.audits.queries.cycles import PHASES, SORTS, CyclePage, Sought
from haven.audits.rules import life
from haven.audits.rules.life import USUAL_STEPS, fault_of_window
from haven.audits.rules.standing import LATE, year_in_words
from haven.audits.services.cycles import WantedCycle
from haven.kit.dates import DayField
from haven.people.rules.calendars import school_year_of
from haven.questions.models import Version

SIGNERS = (Role.DSL, Role.DEPUTY_DSL, Role.HEAD, Role.CHAIR, Role.GOVERNOR)
SIGNER_CHOICES = [(role.value, LABELS[role]) for role in SIGNERS]
ALWAYS = {"required": "Choose who signs first"}
PASSED = "The final deadline must not have passed"
INCOMPLETE = "Give all three days for {name}, or none"
NOT_DAYS = "Write the days as numbers, such as 14 and 3"
LONGEST_AHEAD, MOST_REMINDERS = 90, 6
ALL = "all"
DAYS = ("opens_on", "first_due_on", "final_due_on")


class DescribingForm(forms.Form):
    """What may be changed of a cycle as long as it is not closed."""

    title = forms.CharField(label="Title", help_text="As schools will read it", max_length=150)
    note = forms.CharField(
        label="A note to schools",
        help_text="Why you ask and what you will do with the answers. Schools read it above the questions.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reminders = forms.CharField(
        label="Remind schools so many days before each deadline",
        help_text="Numbers with a space between, such as 14 3. Leave it blank for no reminder.",
        required=False,
        max_length=60,
    )

    def clean_reminders(self) -> tuple[int, ...]:
        """The numbers."""
        words = re.split(r"[\s,;]+|\band\b", self.cleaned_data["reminders"])
        found = [word for word in words if word]
        if not all(word.isdecimal() and int(word) <= LONGEST_AHEAD for word in found) or len(found) > MOST_REMINDERS:
            raise ValidationError(NOT_DAYS)
        return tuple(sorted({int(word) for word in found}, reverse=True))


@dataclass(frozen=True, slots=True)
class GroupFields:
    """The fields of one group's own days."""

    name: str
    fields: Sequence[forms.BoundField]


class CycleForm(DescribingForm, AudienceForm):
    """A cycle that no school knows of yet."""

    roles = None  # type: ignore[assignment]  # an audit is for whoever works in a school

    version = forms.ChoiceField(label="The questions", error_messages={"required": "Choose the questions"})
    school_year = forms.TypedChoiceField(label="School year", coerce=int)
    opens_on = DayField(label="Opens on")
    first_due_on = DayField(label="First deadline", help_text="A deadline lasts to the end of its day")
    final_due_on = DayField(label="Final deadline", help_text="After it nothing is taken in, unless you put it off")
    sign_1 = forms.MultipleChoiceField(
        label="Signs first",
        help_text="Any one of those you tick",
        choices=SIGNER_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages=ALWAYS,
    )
    sign_2 = forms.MultipleChoiceField(
        label="Signs second", required=False, choices=SIGNER_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    sign_3 = forms.MultipleChoiceField(
        label="Signs third", required=False, choices=SIGNER_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    before = forms.ChoiceField(
        label="Answers of an earlier audit that stand ready",
        help_text="Schools confirm or change what they answered then",
        required=False,
    )

    def __init__(
        self, *args: Any, versions: Sequence[Version], earlier: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].label = "Which schools are asked"
        self.fields["organisations"].label = "Schools by name"
        offered = [("", "Choose"), *((str(each.pk), f"{each.template.title}, {each.label}") for each in versions)]
        self._choices("version", offered)
        year = school_year_of(self.on)
        self._choices("school_year", [(each, year_in_words(each)) for each in (year - 1, year, year + 1)])
        self._choices("before", [("", "None: every answer is new"), *earlier])
        if not earlier:
            del self.fields["before"]
        self.groups = list(cast(Any, self.fields["clusters"]).choices) if "clusters" in self.fields else []
        for pk, name in self.groups:
            for field, label in zip(DAYS, ("opens on", "first deadline", "final deadline"), strict=True):
                self.fields[f"{field}-{pk}"] = DayField(label=f"{name}: {label}", required=False)

    def clean(self) -> dict[str, Any]:
        """Days that run forward."""
        typed = super().clean()
        window = _window(typed, "")
        if window and (fault := fault_of_window(window)):
            self.add_error("first_due_on" if window.first_due_on < window.opens_on else "final_due_on", fault)
        if window and window.final_due_on < self.on:
            self.add_error("final_due_on", PASSED)
        for pk, name in self.groups:
            given = [typed.get(f"{field}-{pk}") for field in DAYS]
            own = _window(typed, f"-{pk}")
            if any(given) and not own:
                self.add_error(f"{DAYS[0]}-{pk}", INCOMPLETE.format(name=name))
            elif own and (fault := fault_of_window(own)):
                self.add_error(f"{DAYS[0]}-{pk}", f"{name}: {fault}")
        return typed

    @property
    def group_fields(self) -> Sequence[GroupFields]:
        """Each group with the fields of its own days."""
        return [GroupFields(name, [self[f"{field}-{pk}"] for field in DAYS]) for pk, name in self.groups]

    @property
    def narrowing(self) -> Sequence[forms.BoundField]:
        """The fields by which some schools are chosen."""
        return [self[name] for name in ("clusters", "phases", "organisations") if name in self.fields]

    @property
    def is_narrowed(self) -> bool:
        """Whether some schools are chosen, or wrongly named."""
        return self["whom"].value() == "some" or bool(self.errors.get("organisations"))

    @property
    def is_grouped(self) -> bool:
        """Whether any group has days of its own, or wrong ones."""
        names = [f"{field}-{pk}" for pk, _ in self.groups for field in DAYS]
        return any(_is_filled(self[name].value()) or self.errors.get(name) for name in names)

    @property
    def wanted(self) -> WantedCycle:
        """The cycle as it is wished."""
        typed = self.cleaned_data
        windows = {UUID(pk): own for pk, _ in self.groups if (own := _window(typed, f"-{pk}"))}
        return WantedCycle(
            title=typed["title"],
            school_year=typed["school_year"],
            version=UUID(typed["version"]),
            window=life.Window(typed["opens_on"], typed["first_due_on"], typed["final_due_on"]),
            audience=self.audience,
            note=typed["note"],
            windows=windows,
            steps=[typed[name] for name in ("sign_1", "sign_2", "sign_3") if typed[name]],
            reminders=typed["reminders"],
            before=UUID(typed["before"]) if typed.get("before") else None,
        )

    def _choices(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class OpenCycleForm(DescribingForm):
    """A cycle that schools have been asked to answer: its days are put off, and the rest stays."""

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle = cycle

    @property
    def wanted(self) -> WantedCycle:
        """The cycle as it stands, but for what was typed."""
        cycle, typed = self.cycle, self.cleaned_data
        return WantedCycle(
            title=typed["title"],
            note=typed["note"],
            reminders=typed["reminders"],
            school_year=cycle.school_year,
            version=cycle.version_id,
            window=cycle.window,
            audience=cycle.reaches,
            windows={each.cluster_id: each.days for each in cycle.windows.all()},
            steps=cycle.steps,
            sample=cycle.sample,
            before=cycle.before_id,
        )


class PutOffForm(forms.Form):
    """A later final deadline, for all or for one school."""

    whom = forms.ChoiceField(label="For whom")
    now_on = DayField(label="The new final deadline")
    why = forms.CharField(
        label="Why it is put off",
        help_text="Schools read it.",
        max_length=1000,
        error_messages={"required": "Say why it is put off"},
    )

    def __init__(self, *args: Any, page: CyclePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owing = [(str(line.id), line.school) for line in page.lines if line.where.is_owing]
        cast(forms.ChoiceField, self.fields["whom"]).choices = [(ALL, "All schools that have not sent it"), *owing]

    @property
    def wanted(self) -> Mapping[str, Any]:
        """What was typed."""
        typed = self.cleaned_data
        return {"return_id": _uuid(typed["whom"]), "now_on": typed["now_on"], "why": typed["why"]}


class SchoolsForm(forms.Form):
    """What narrows the table of schools."""

    is_filter = True

    text = forms.CharField(label="School", required=False, max_length=100)
    cluster = forms.ChoiceField(label="Cluster", required=False)
    phase = forms.ChoiceField(label="Phase", required=False, choices=[("", "All phases"), *PHASES.items()])
    where = forms.CharField(required=False, widget=forms.HiddenInput)
    late = forms.ChoiceField(label="Late", required=False, choices=[("", "Any"), *LATE.items()])
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def offer(self, page: CyclePage) -> None:
        """Offer what the page has."""
        self._offer("cluster", [("", "All clusters"), *page.clusters])
        if not page.clusters:
            del self.fields["cluster"]

    @property
    def sought(self) -> Sought:
        """What is sought; what was mistyped is left out."""
        typed = {name: str(self.data.get(name, "")) for name in self.base_fields}
        return Sought(
            text=typed["text"],
            cluster=_uuid(typed["cluster"]),
            phase=typed["phase"] if typed["phase"] in PHASES else "",
            where=typed["where"],
            late=typed["late"] if typed["late"] in set(LATE) else "",
            sort=typed["sort"] if typed["sort"].removeprefix("-") in SORTS else "school",
        )

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


def first_typed(on: date) -> dict[str, Any]:
    """What the form begins with: today, the usual chain, the usual reminders, all schools."""
    steps = {f"sign_{number}": list(step) for number, step in enumerate(USUAL_STEPS, start=1)}
    reminders = " ".join(map(str, settings.AUDIT_REMINDERS))
    return steps | {
        "opens_on": on,
        "whom": "all-schools",
        "school_year": school_year_of(on),
        "reminders": reminders,
    }


def typed_again(cycle: Cycle) -> dict[str, Any]:
    """A cycle as its form shows it."""
    typed = chosen_again(cycle.reaches) | {f"sign_{number}": [] for number in (1, 2, 3)}
    typed |= {f"sign_{number}": list(step) for number, step in enumerate(cycle.steps, start=1)}
    for each in cycle.windows.all():
        typed |= {f"{field}-{each.cluster_id}": getattr(each, field) for field in DAYS}
    names = ("title", "note", "school_year", *DAYS)
    typed |= {name: getattr(cycle, name) for name in names}
    before = str(cycle.before_id or "")
    return typed | {
        "version": str(cycle.version_id),
        "before": before,
        "reminders": " ".join(map(str, cycle.reminders)),
    }


def _window(typed: Mapping[str, Any], suffix: str) -> life.Window | None:
    days = [typed.get(f"{field}{suffix}") for field in DAYS]
    return life.Window(*cast(list[date], days)) if all(days) else None


def _is_filled(value: Any) -> bool:
    return any(value) if isinstance(value, list) else bool(value)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
