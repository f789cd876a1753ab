"""The one page on which something is told."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from haven.intelligence.rules.telling import (
    AWARE_IN_WORDS,
    HOW_IN_WORDS,
    LONGEST_MATTER,
    LONGEST_WORDS,
    SURE_IN_WORDS,
    THEME_IN_WORDS,
    Aware,
    How,
    Sure,
    Telling,
    Theme,
)
from haven.people.models import Organisation


def choices(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """A table of words as the choices of a field."""
    return [(each.value, said) for each, said in words.items()]


class TellingForm(forms.Form):
    """One matter, how she knows, how sure she is, and what could show who told."""

    matter = forms.CharField(
        label="What do you know?",
        help_text="One matter only. Who, what, where and when. Give names, nicknames, number plates and places if you "
        "know them.",
        max_length=LONGEST_MATTER,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_MATTER}),
        error_messages={"required": "Say what you know"},
    )
    theme = forms.ChoiceField(
        label="What is it most about?",
        choices=[("", "Choose one"), *choices(THEME_IN_WORDS)],
        error_messages={"required": "Choose what it is most about"},
    )
    how = forms.ChoiceField(
        label="How do you know?",
        choices=choices(HOW_IN_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": "Say how you know"},
    )
    told_by = forms.CharField(
        label="Who told you?",
        help_text="This is kept apart, locked away from what you write above.",
        max_length=LONGEST_WORDS,
        required=False,
    )
    sure = forms.ChoiceField(
        label="How sure are you that it is right?",
        choices=choices(SURE_IN_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": "Say how sure you are"},
    )
    could_show = forms.ChoiceField(
        label="Could what you wrote show who told us?",
        help_text="Think of somebody who reads it and was there.",
        choices=[("no", "No"), ("yes", "Yes, take care with it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether what you wrote could show who told us"},
    )
    aware = forms.ChoiceField(
        label="Do the child’s parents know that you are telling us?",
        choices=choices({Aware.UNKNOWN: AWARE_IN_WORDS[Aware.UNKNOWN]} | dict(AWARE_IN_WORDS)),
        initial=Aware.UNKNOWN,
    )
    handling = forms.CharField(
        label="How should it be handled?",
        help_text="For example: do not ring the school about it.",
        max_length=LONGEST_WORDS,
        required=False,
    )
    agencies = forms.CharField(label="Who else knows already?", max_length=LONGEST_WORDS, required=False)
    is_doubted = forms.BooleanField(label="It may be false, or told to do harm", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        if len(places) > 1:
            self.fields["organisation"] = forms.ChoiceField(
                label="For which organisation do you tell it?", choices=[(str(each.pk), each.name) for each in places]
            )
            self.order_fields(["organisation"])

    @property
    def teller_at(self) -> UUID:
        """In whose name it is told."""
        return UUID(self.cleaned_data["organisation"]) if "organisation" in self.fields else self.places[0].pk

    @property
    def telling(self) -> Telling:
        """What is told."""
        said = self.cleaned_data
        return Telling(
            matter=said["matter"],
            theme=Theme(said["theme"]),
            how=How(said["how"]),
            sure=Sure(said["sure"]),
            could_show=said["could_show"] == "yes",
            is_doubted=said["is_doubted"],
            aware=Aware(said["aware"]),
            handling=said["handling"],
            agencies=said["agencies"],
            told_by=said["told_by"],
        )

    def blame(self, faults: Mapping[str, str]) -> None:
        """Put what is wrong beside its field."""
        for name, said in faults.items():
            self.add_error(name, said)
