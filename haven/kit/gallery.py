"""What the gallery shows its parts with: made-up values, and a form of every kind of field."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator

from haven.kit.dates import DayField

PHASES = [("primary", "Primary"), ("secondary", "Secondary"), ("special", "Special")]
ROLES = [("dsl", "Designated safeguarding lead"), ("head", "Headteacher"), ("governor", "Safeguarding governor")]


class Fields(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As people call you at work")
    email = forms.EmailField(label="Work e-mail address")
    code = forms.CharField(label="Code", widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}))
    number = forms.IntegerField(label="How many pupils", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    words = forms.CharField(label="What was done", widget=forms.Textarea(attrs={"rows": 3}))
    why = forms.CharField(label="Why it does not apply", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
    phase = forms.ChoiceField(label="Phase", choices=PHASES, widget=forms.RadioSelect)
    school = forms.ChoiceField(label="School", choices=[("oak", "Oakfield Primary"), ("ash", "Ashdown Academy")])
    roles = forms.MultipleChoiceField(label="Meant for", choices=ROLES, widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField(label="I have read it")
    due = DayField(label="Due date", help_text="For example, 27 3 2026")
    file = forms.FileField(label="A file", help_text="Word, PDF, a picture or plain text, up to 10 MB")


class FixedFields(Fields):
    """Fields that show what cannot be changed here."""

    name = forms.CharField(label="Name", disabled=True)


class Filter(forms.Form):
    """Fields that narrow a list: none of them must be filled in, and they do not say so."""

    is_filter = True

    text = forms.CharField(label="Words", required=False)
    phase = forms.ChoiceField(label="Phase", required=False, choices=[("", "Any phase"), *PHASES])


WRONG = {"wrong-email": "priya", "wrong-due_0": "31", "wrong-due_1": "2", "wrong-due_2": "2026"}
TYPED = {"name": "Priya Nair", "due": date(2026, 3, 27), "phase": "primary", "roles": ["dsl", "head"], "agree": True}


def samples() -> dict[str, Any]:
    """Everything that the gallery's parts name."""
    return {
        "plain": Fields(prefix="plain"),
        "filled": Fields(prefix="filled", initial=TYPED),
        "wrong": Fields(WRONG, prefix="wrong"),
        "fixed": FixedFields(prefix="fixed", initial=TYPED),
        "filter": Filter(prefix="filter"),
        "page": Paginator(range(400), 20).get_page(7),
        "facts": [("Due", "Friday 27 March 2026"), ("Asked by", "Fairhaven Council"), ("Comes round", "")],
        "bar": [("done", 0, 58), ("open", 58, 30), ("late", 88, 12)],
        "all_done": [("done", 0, 100)],
        "crumbs": [{"text": name, "href": "#ways"} for name in ("People", "Fairhaven", "Harbour cluster")],
        "tabs": [_tab("waiting", "Waiting", "Twelve schools."), _tab("answered", "Answered", "Eighty-four schools.")],
        "errors": [{"text": "Choose from “Phase”", "href": "#id_wrong-phase"}],
        "forbidden": "Call the parent about a notification",
        "quote": "Please complete the audit online and return the attached action plan by Friday 27 March 2026.",
    }


def _tab(name: str, label: str, words: str) -> dict[str, Any]:
    return {"id": f"tab-{name}", "label": label, "panel": {"text": words}}
