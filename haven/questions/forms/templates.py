"""What begins a questionnaire, brings one in, and tries one out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from haven.kit.uploads import UploadField
from haven.people.models import Area, Organisation
from haven.people.models.organisations import Phase
from haven.questions.forms.drafts import text_field
from haven.questions.models.templates import LONGEST_LABEL, LONGEST_TITLE
from haven.questions.rules.outline import USES, Outline
from haven.questions.rules.packs import LONGEST_FILE
from haven.questions.rules.showing import School

TOO_BIG = f"The file is larger than {LONGEST_FILE // 1_000_000} MB."


class AreaForm(forms.Form):
    """For one of the areas that somebody leads; which, is asked only where there are several."""

    area = forms.ChoiceField(label="Area")

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(each.pk): each for each in areas}
        if len(areas) > 1:
            self.fields["area"].choices = [(key, each.name) for key, each in self.areas.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["area"]

    @property
    def chosen(self) -> Area:
        """The area it is for."""
        return self.areas[self.cleaned_data.get("area") or next(iter(self.areas))]


class NewForm(AreaForm):
    """A questionnaire from nothing."""

    title = text_field("Title", "Such as: Section 175 safeguarding audit", most=LONGEST_TITLE)
    label = text_field("What its first version is called", "Such as 2026–27", most=LONGEST_LABEL)
    use = forms.ChoiceField(
        label="What it is for", choices=[(use.value, said) for use, said in USES.items()], widget=forms.RadioSelect
    )

    field_order = ("title", "label", "use", "area")


class CopyForm(AreaForm):
    """A copy of a questionnaire, to be changed."""

    title = text_field("What you call it", most=LONGEST_TITLE)

    field_order = ("title", "area")


class NextForm(forms.Form):
    """The next version of a questionnaire."""

    label = text_field("What the next version is called", "Such as 2027–28", most=LONGEST_LABEL)


class BringInForm(AreaForm):
    """A questionnaire as a file."""

    file = UploadField(
        label="A file of a questionnaire",
        help_text="In the format in which Haven gives one away (YAML), up to 2 MB",
        max_length=200,
        most=LONGEST_FILE,
        too_big=TOO_BIG,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )

    field_order = ("file", "area")


class TryForm(forms.Form):
    """As which school a questionnaire is tried: one by name, or any of a phase and a type."""

    is_filter = True

    school = forms.ChoiceField(label="School", required=False)
    phase = forms.ChoiceField(
        label="Or any school of this phase",
        required=False,
        choices=[("", "Any"), *((phase.value, phase.label) for phase in Phase if phase.value)],
    )
    kind = forms.ChoiceField(label="and of this type", required=False)
    traits = forms.MultipleChoiceField(
        label="What the school says of itself", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, outline: Outline, schools: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(each.pk): each for each in schools}
        types = {each.school_type for each in schools} | {name for q in outline for name in q.applies.types}
        choices: Mapping[str, list[tuple[str, str]]] = {
            "school": [("", "None by name"), *((key, each.name) for key, each in self.schools.items())],
            "kind": [("", "Any"), *((name, name) for name in sorted(types) if name)],
            "traits": [(each.key, each.label) for each in outline.traits],
        }
        for name, given in choices.items():
            self.fields[name].choices = given  # type: ignore[attr-defined]
        if not outline.traits:
            del self.fields["traits"]

    @property
    def named(self) -> Organisation | None:
        """The school that was chosen by name."""
        return self.schools.get(self.cleaned_data["school"])

    @property
    def tried(self) -> School:
        """As which school it is tried."""
        typed, named = self.cleaned_data, self.named
        traits = frozenset(typed.get("traits", ()))
        if named:
            return School(named.phase, named.school_type, traits)
        return School(typed["phase"], typed["kind"], traits)


def answers_tried(outline: Outline, posted: Mapping[str, str]) -> dict[str, object]:
    """The answers by which something is shown or hidden, as they were tried; anything else is let go."""
    tried: dict[str, object] = {}
    for question in outline:
        value = posted.get(f"try-{question.key}", "")
        if question.is_chosen and question.choice(value):
            tried[question.key] = value
    return tried
