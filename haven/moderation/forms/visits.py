"""Moderation visits: the rule that draws, the day, and what was found."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from haven.kit.dates import DayField
from haven.moderation.queries.visits import FoundLine
from haven.moderation.rules.sampling import LONGEST_SEED, MOST_OF_A_WAY, WAYS, Rule, Way
from haven.moderation.services.visits import Found
from haven.people.models import Person

LONGEST_FINDING = 5_000
PROPOSED = 2  # schools of each way, so that the first press draws somebody


def _count(way: Way, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=WAYS[way], help_text=help_text, min_value=0, max_value=MOST_OF_A_WAY, required=False, initial=PROPOSED
    )


class RuleForm(forms.Form):
    """How many to draw, and by what."""

    is_filter = True

    risk = _count(Way.RISK, "By the score below")
    longest_ago = _count(Way.LONGEST_AGO, "In whichever audit")
    random = _count(Way.RANDOM, "So that every school may be drawn")
    seed = forms.CharField(
        label="A word for chance to begin with",
        help_text="The same word draws the same schools again, so that anybody can check it. Agree it with a colleague",
        max_length=LONGEST_SEED,
        error_messages={"required": "Give a word for chance to begin with"},
    )

    @property
    def rule(self) -> Rule:
        """The rule that was typed."""
        typed = self.cleaned_data
        return Rule(
            risk=typed["risk"] or 0,
            longest_ago=typed["longest_ago"] or 0,
            random=typed["random"] or 0,
            seed=typed["seed"].strip(),
        )


class PlanVisitForm(forms.Form):
    """When who comes."""

    planned_on = DayField(label="Day of the visit")
    visitor = forms.ChoiceField(label="Who comes", error_messages={"required": "Choose who comes"})

    def __init__(self, *args: Any, visitors: Collection[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["visitor"]
        field.choices = [("", "Choose"), *((str(person.pk), person.name) for person in visitors)]

    def clean_visitor(self) -> UUID:
        """As an identifier."""
        return UUID(self.cleaned_data["visitor"])


class AgreeForm(forms.Form):
    """That what was found is agreed."""

    visited_on = DayField(label="Day on which you were there")
    words = forms.CharField(
        label="What was seen, in all",
        help_text="The school reads this. Do not name a child.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class WhyVisitForm(forms.Form):
    """Why a school is visited that no rule has drawn, or why a visit is called off."""

    why = forms.CharField(label="Why", max_length=200, error_messages={"required": "Say why"})


class FindingsForm(forms.Form):
    """A grade and a few words for each question of a section."""

    is_filter = True

    def __init__(self, *args: Any, lines: Sequence[FoundLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            question = line.question
            self.fields[f"agreed-{question.key}"] = forms.ChoiceField(
                label=f"Grade agreed on {question.ref}",
                required=False,
                choices=[("", "Not looked at"), *((each.value, each.label) for each in question.choices)],
                initial=line.agreed,
            )
            self.fields[f"words-{question.key}"] = forms.CharField(
                label=f"Evidence seen on {question.ref}",
                required=False,
                max_length=LONGEST_FINDING,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=line.words,
            )

    @property
    def rows(self) -> list[tuple[FoundLine, forms.BoundField, forms.BoundField]]:
        """Each question with its two fields."""
        return [(line, self[f"agreed-{line.question.key}"], self[f"words-{line.question.key}"]) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        """Words want a grade."""
        typed = super().clean() or {}
        for line in self.lines:
            key = line.question.key
            if typed.get(f"words-{key}") and not typed.get(f"agreed-{key}"):
                self.add_error(f"agreed-{key}", f"Choose the grade agreed on {line.question.ref}")
        return typed

    @property
    def found(self) -> Mapping[str, Found]:
        """What was found, by the question’s key."""
        keys = [line.question.key for line in self.lines]
        typed = self.cleaned_data
        return {key: Found(typed[f"agreed-{key}"], typed[f"words-{key}"]) for key in keys}
