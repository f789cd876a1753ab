"""A check as it is typed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.http import QueryDict

from haven.checks.queries.agencies import Offer
from haven.checks.rules.asking import LONGEST_CONCERN, LONGEST_QUESTION, LONGEST_REFERENCE, LONGEST_WHY
from haven.checks.rules.bands import LABELS, Band
from haven.checks.rules.prompts import Prompt
from haven.checks.services import NewCheck
from haven.kit.dates import DayField
from haven.people.models import Organisation
from haven.subjects.models import Told
from haven.subjects.rules.bases import ACCESS, edition_on
from haven.subjects.rules.naming import Identity

FEW_LINES = forms.Textarea(attrs={"rows": 3})
TOLD = [(each.value, each.label) for each in Told if each != Told.ROUTINE]
SOMEBODY_FOR_EACH = "Choose a school or an agency for each child: about one of them nobody is asked yet"
TASK = "I need this information for our public task: to find out whether a child needs help or protection"


class ChildForm(forms.Form):
    """Who the check is about: name and birth date together."""

    area = forms.ChoiceField(label="Area", widget=forms.HiddenInput)
    first_name = forms.CharField(label="First name", max_length=100)
    last_name = forms.CharField(label="Last name", max_length=100)
    born_on = DayField(label="Date of birth", help_text="For example, 4 5 2016")

    def __init__(self, data: QueryDict | None, *, areas: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(data, initial={"area": areas[0][0]})
        area = cast(forms.ChoiceField, self.fields["area"])
        area.choices = [(str(pk), name) for pk, name in areas]
        if len(areas) > 1:
            area.widget = forms.Select(choices=area.choices)

    @property
    def identity(self) -> Identity:
        """Who."""
        typed = self.cleaned_data
        return Identity(typed["first_name"], typed["last_name"], typed["born_on"])

    @property
    def area_chosen(self) -> UUID:
        """Where."""
        return UUID(self.cleaned_data["area"])


class NewChildForm(ChildForm):
    """A child whom Haven does not know yet, and her school, if she has one."""

    school = forms.ModelChoiceField(label="School", queryset=Organisation.objects.none(), required=False)
    at_home = forms.BooleanField(label="Taught at home: the council’s officer is asked", required=False)

    def __init__(self, data: QueryDict | None, *, areas: Sequence[tuple[UUID, str]], schools: Any) -> None:
        super().__init__(data, areas=areas)
        cast(Any, self.fields["school"]).queryset = schools

    def clean(self) -> dict[str, Any]:
        """A school, or at home."""
        typed = super().clean() or {}
        if bool(typed.get("school")) == bool(typed.get("at_home")) and "school" not in self.errors:
            self.add_error("school", "Choose the school, or tick that the child is taught at home, not both")
        return typed

    @property
    def school_chosen(self) -> UUID | None:
        """Where she learns; none for at home."""
        school = self.cleaned_data["school"]
        return school.pk if school else None


class AskForm(forms.Form):
    """What is asked, of whom, how urgently, on what ground."""

    needed_together: ClassVar = ("agencies", "questions", "untold")  # each, or what stands beside it

    check = forms.UUIDField(widget=forms.HiddenInput)
    reference = forms.CharField(
        label="Case reference",
        help_text="From your case system. Never a name: the reference stands in lists",
        max_length=LONGEST_REFERENCE,
    )
    band = forms.ChoiceField(label="How urgent is it?", widget=forms.RadioSelect)
    concern = forms.CharField(
        label="What are you concerned about?",
        help_text="In a line. Everybody you ask reads it: do not name a brother or sister, or where anybody lives",
        max_length=LONGEST_CONCERN,
        widget=FEW_LINES,
    )
    agencies = forms.MultipleChoiceField(
        label="Whom do you ask?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Untick whom you do not",
    )
    questions = forms.MultipleChoiceField(
        label="What do you need to know?", widget=forms.CheckboxSelectMultiple, required=False
    )
    own_question = forms.CharField(
        label="Your own question", required=False, max_length=LONGEST_QUESTION, widget=FEW_LINES
    )
    needs_for_task = forms.BooleanField(
        label=TASK, error_messages={"required": "Tick to say that you need it for your public task"}
    )
    basis = forms.ChoiceField(label="Lawful basis")
    told = forms.ChoiceField(label="Does the family know that you ask?", choices=TOLD, widget=forms.RadioSelect)
    untold = forms.CharField(label="If not: why not?", required=False, max_length=LONGEST_WHY, widget=FEW_LINES)
    is_other = forms.BooleanField(
        label="This is about something else than an earlier check of the same child", required=False
    )
    other = forms.CharField(
        label="What is different?",
        help_text="Only if you ticked the box above. Those who were asked are then asked everything again",
        required=False,
        max_length=LONGEST_WHY,
        widget=FEW_LINES,
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        children: Sequence[UUID],
        offers: Sequence[Offer],
        prompts: Sequence[Prompt],
        hours: Mapping[Band, int],
        schools: Any,
        on: date,
    ) -> None:
        usual = [f"{each.kind.value}:{each.key}" for each in prompts]
        initial = {"check": uuid4(), "band": Band.AMBER.value, "questions": usual, "basis": "public-task"}
        super().__init__(data, initial=initial | {"agencies": [each.key for each in offers if each.is_usual]})
        self._offers, self._prompts = offers, prompts
        self._others = {child: f"other_school_{child}" for child in children}
        self._choices("band", [(band.value, _told(band, hours[band])) for band in Band])
        self._choices("agencies", [(each.key, each.name) for each in offers])
        self._choices("questions", [(f"{each.kind.value}:{each.key}", each.label) for each in prompts])
        _, bases = edition_on(on, recognised_from=settings.RECOGNISED_FROM)
        self._choices("basis", [(each.code, each.words) for each in bases if each is not ACCESS])
        self.fields |= {name: _another(schools) for name in self._others.values()}
        if not prompts:
            del self.fields["questions"]

    def name_children(self, children: Mapping[UUID, str]) -> None:
        """Say who each child is beside whom only she is asked about."""
        self._choices("agencies", [(each.key, _about(each, children)) for each in self._offers])
        if len(self._others) > 1:
            for child, name in self._others.items():
                self[name].label = f"Another school, about {children[child]}"

    @property
    def other_schools(self) -> list[BoundField]:
        """For each child a school that Haven does not know to be hers."""
        return [self[name] for name in self._others.values()]

    def clean(self) -> dict[str, Any]:
        """Where anybody is asked at all, somebody is asked about each child."""
        typed = super().clean() or {}
        about = {child for children in self._chosen(typed).values() for child in children}
        if about and about != set(self._others):
            self.add_error("agencies", SOMEBODY_FOR_EACH)
        return typed

    def _chosen(self, typed: Mapping[str, Any]) -> dict[UUID, frozenset[UUID]]:
        """Who is asked, and each about whom."""
        chosen: dict[UUID, frozenset[UUID]] = {}
        for each in self._offers:
            if each.key in typed.get("agencies", ()):
                chosen[each.agency] = chosen.get(each.agency, frozenset()) | each.children
        for child, name in self._others.items():
            if school := typed.get(name):
                chosen[school.pk] = chosen.get(school.pk, frozenset()) | {child}
        return chosen

    def asked(self, *, area: UUID) -> NewCheck:
        """The check as it was typed."""
        typed = self.cleaned_data
        wanted = typed.get("questions", [])
        put = [each for each in self._prompts if f"{each.kind.value}:{each.key}" in wanted]
        said = (
            "reference",
            "concern",
            "needs_for_task",
            "own_question",
            "untold",
            "basis",
            "is_other",
            "other",
            "check",
        )
        return NewCheck(
            area=area,
            band=Band(typed["band"]),
            told=Told(typed["told"]),
            agencies=self._chosen(typed),
            questions=[{"key": each.key, "words": each.words, "kind": each.kind.value} for each in put],
            **{name: typed[name] for name in said},
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


def _another(schools: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label="Another school",
        queryset=schools,
        empty_label="None",
        required=False,
        help_text="If the child is at a school that does not stand above",
    )


def _about(offer: Offer, children: Mapping[UUID, str]) -> str:
    return f"{offer.name}, about {children[offer.about]}" if offer.about else offer.name


def _told(band: Band, hours: int) -> str:
    return f"{LABELS[band]}: {f'within {hours} hours of the MASH’s time' if hours else 'no set time'}"
