"""What is typed about people, organisations and calendars, cleaned."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from haven.kit.dates import DayField
from haven.people.models import Organisation, Person
from haven.people.rules.calendars import TermSpan

PASSWORD_LIMIT = 200
PASSWORD_HELP = "At least 12 characters. Three words that do not belong together make a good one."
CODE_HELP = "Twelve letters and figures from the e-mail, such as 7K2M-9QXA-04TD. Spaces and hyphens do not matter."
MOST_HALF_TERMS = 8
OPEN_OR_CLOSED = [("closed", "Closed to pupils"), ("open", "Open to pupils")]


class SearchForm(forms.Form):
    """Finding an organisation."""

    is_filter = True

    q = forms.CharField(
        label="Find an organisation",
        help_text="By name, town, postcode or URN",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class InviteForm(forms.Form):
    """Somebody to invite, and to what."""

    name = forms.CharField(label="Name", max_length=150, error_messages={"required": "Enter a name"})
    email = forms.EmailField(
        label="Work e-mail address",
        max_length=254,
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter a whole address, such as name@example.org",
        },
    )
    role = forms.ChoiceField(label="Post", widget=forms.RadioSelect, error_messages={"required": "Choose a post"})
    starts_on = DayField(label="First day in the post")

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class EndPostForm(forms.Form):
    """When a post ends; for the council's leads also why, where that leaves the school without its lead."""

    ends_on = DayField(
        label="First day without the post", help_text="From this day it opens nothing. Today takes effect at once."
    )
    why = forms.CharField(
        label="If this leaves the school without a designated safeguarding lead: why",
        help_text="Recorded for good. Do not name a child.",
        required=False,
        max_length=500,
    )

    def __init__(self, *args: Any, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["why"]


class CoverForm(forms.Form):
    """Who covers, and for how long."""

    covered_by = forms.ModelChoiceField(
        label="Who covers",
        queryset=Person.objects.none(),
        empty_label="Choose somebody",
        error_messages={"required": "Choose who covers"},
    )
    starts_on = DayField(label="First day away")
    ends_on = DayField(label="First day back")

    def __init__(self, *args: Any, possible: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["covered_by"]
        chosen.queryset = Person.objects.filter(pk__in=[person.pk for person in possible])  # type: ignore[attr-defined]
        chosen.label_from_instance = _named  # type: ignore[attr-defined]


def _named(person: Person) -> str:
    return person.name


class DayForm(forms.Form):
    """A day on which a school differs from its area."""

    day = DayField(label="Day")
    standing = forms.ChoiceField(
        label="On that day the school is",
        choices=OPEN_OR_CLOSED,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose open or closed"},
    )
    why = forms.CharField(label="Why", help_text="Such as INSET, or closed for snow", required=False, max_length=100)


class WhichDayForm(forms.Form):
    """The day of an override, from a button."""

    day = forms.DateField()


class ClusterForm(forms.Form):
    """A new cluster."""

    name = forms.CharField(label="Name", max_length=100, error_messages={"required": "Enter a name"})


class PlaceForm(forms.Form):
    """A school for a cluster."""

    organisation = forms.ModelChoiceField(
        label="School",
        queryset=Organisation.objects.none(),
        empty_label="Choose a school",
        error_messages={"required": "Choose a school"},
    )

    def __init__(self, *args: Any, schools: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["organisation"]
        chosen.queryset = Organisation.objects.filter(pk__in=[school.pk for school in schools])  # type: ignore[attr-defined]


class TermForm(forms.Form):
    """One term or half term; one without dates is left out."""

    name = forms.CharField(label="Name", max_length=50, required=False)
    starts_on = DayField(label="First day", required=False)
    ends_on = DayField(label="Last day", required=False)

    def clean(self) -> dict[str, Any]:
        """All of it or nothing."""
        typed = super().clean() or {}
        missing = [name for name in self.fields if not typed.get(name)]
        if not self.errors and (typed.get("starts_on") or typed.get("ends_on")):
            for name in missing:
                self.add_error(name, "Fill in all of this term, or leave its dates blank")
        return typed

    @property
    def span(self) -> TermSpan | None:
        """The term that was typed."""
        typed = self.cleaned_data
        return TermSpan(typed["name"], typed["starts_on"], typed["ends_on"]) if typed.get("starts_on") else None


TermFormSet = forms.formset_factory(TermForm, extra=MOST_HALF_TERMS, max_num=MOST_HALF_TERMS, absolute_max=20)


class AcceptForm(forms.Form):
    """The code of an invitation, for somebody who has signed in."""

    code = forms.CharField(
        label="Code",
        help_text=CODE_HELP,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": "Enter the code"},
    )


class JoinForm(AcceptForm):
    """An invitation taken up by somebody new."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="The one the invitation was sent to",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter a whole address, such as name@example.org",
        },
    )
    name = forms.CharField(
        label="Your name",
        help_text="As colleagues know you",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    password = forms.CharField(
        label="Choose a password",
        help_text=PASSWORD_HELP,
        strip=False,
        validators=[MaxLengthValidator(PASSWORD_LIMIT, f"A password may have {PASSWORD_LIMIT} characters at most.")],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password"},
    )
    field_order = ["email", "code", "name", "password"]

    def clean_name(self) -> str:
        """Without a zero byte or a line of its own."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable():
            raise ValidationError("Enter your name")
        return name

    def clean(self) -> dict[str, Any]:
        """A password that is not weak, nor made of the address or name."""
        typed = super().clean() or {}
        if "password" in typed:
            likeness = Person(email=typed.get("email", ""), name=typed.get("name", ""))
            try:
                validate_password(typed["password"], likeness)
            except ValidationError as weak:
                self.add_error("password", weak)
        return typed


def problems_in(formset: Any, advice: str) -> list[dict[str, str]]:
    """What is wrong with the terms as a whole and with each, for the summary at the top of the page."""
    whole = [{"text": advice, "href": f"#{formset[0]['name'].auto_id}"}] if advice else []
    return whole + [
        {"text": f"{form['name'].value() or 'A term'}: {error}", "href": f"#{form[field].id_for_label}"}
        for form in formset
        for field, errors in form.errors.items()
        for error in errors
    ]


def terms_in(formset: Any) -> list[TermSpan]:
    """The terms that were typed, blank ones left out."""
    return [form.span for form in formset if form.span]


def blank_terms() -> list[dict[str, str]]:
    """The names to start from where an area has no terms for a year yet."""
    names = [f"{season} {half}" for season in ("Autumn", "Spring", "Summer") for half in (1, 2)]
    return [{"name": name} for name in names]


def first_days(today: date) -> dict[str, date]:
    """What date boxes start with."""
    return {"starts_on": today, "ends_on": today}
