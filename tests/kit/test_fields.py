"""Form fields become the GOV.UK parts that fit them."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template

from haven.kit.dates import DayField


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Your name", help_text="As on your badge")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    words = forms.CharField(label="Say more", widget=forms.Textarea(attrs={"rows": 8}), required=False)
    why = forms.CharField(label="Why", max_length=200, widget=forms.Textarea, required=False)
    note = forms.CharField(label="The note", max_length=400_000, widget=forms.Textarea, required=False)
    fixed = forms.CharField(label="School", disabled=True, required=False)
    phase = forms.ChoiceField(label="Phase", choices=[("a", "Primary"), ("b", "Secondary")], widget=forms.RadioSelect)
    town = forms.ChoiceField(label="Town", choices=[("x", "Easthaven"), ("y", "Westhaven")])
    roles = forms.MultipleChoiceField(
        label="Roles", choices=[("d", "DSL"), ("h", "Head")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="I have read it")
    file = forms.FileField(label="Evidence")
    due = DayField(label="Due date")


def render(form: forms.Form, name: str, heading: bool = False) -> str:
    template = Template("{% load govuk %}{% govuk_field field heading=heading %}")
    return template.render(Context({"field": form[name], "heading": heading}))


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("name", "govuk-input"),
        ("secret", "govuk-password-input"),
        ("words", "govuk-textarea"),
        ("why", "govuk-character-count"),
        ("phase", "govuk-radios"),
        ("town", "govuk-select"),
        ("roles", "govuk-checkboxes"),
        ("agree", "govuk-checkboxes"),
        ("file", "govuk-file-upload"),
        ("due", "govuk-date-input"),
    ],
)
def test_each_kind_of_field_has_its_part(name: str, part: str) -> None:
    assert part in render(Sample(), name)


def test_only_a_limit_that_somebody_might_reach_is_counted() -> None:
    assert 'data-maxlength="200"' in render(Sample(), "why")
    assert "character-count" not in render(Sample(), "note")


def test_what_cannot_be_changed_is_out_of_use() -> None:
    assert " disabled" in render(Sample(), "fixed")
    assert " disabled" not in render(Sample(), "name")


def test_what_was_typed_is_escaped_and_shown_again() -> None:
    page = render(Sample({"name": "<b>Priya</b>"}), "name")
    assert "&lt;b&gt;Priya" in page
    assert "<b>" not in page


def test_an_error_stands_at_its_field_and_in_the_summary() -> None:
    form = Sample({"due_0": "31", "due_1": "2", "due_2": "2026"})
    assert "must be a real date" in render(form, "due")
    summary = Template("{% load govuk %}{% govuk_errors form %}").render(Context({"form": form}))
    assert 'href="#id_due_0"' in summary
    assert "There is a problem" in summary


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("name", "Fill in “Your name”"),
        ("phase", "Choose from “Phase”"),
        ("roles", "Choose from “Roles”"),
        ("agree", "Tick “I have read it”"),
        ("file", "Choose a file for “Evidence”"),
    ],
)
def test_what_was_left_out_is_named_at_its_field_and_in_the_summary(name: str, problem: str) -> None:
    form = Sample({})
    assert problem in render(form, name)
    assert problem in Template("{% load govuk %}{% govuk_errors form %}").render(Context({"form": form}))


def test_what_a_form_says_itself_is_said() -> None:
    form = Sample({})
    form.fields["name"].error_messages["required"] = "Say who you are"
    assert "Say who you are" in render(form, "name")


def test_an_unbound_form_has_no_summary() -> None:
    assert Template("{% load govuk %}{% govuk_errors form %}").render(Context({"form": Sample()})) == ""


def test_optional_fields_say_so_and_a_heading_is_a_heading() -> None:
    assert "(optional)" in render(Sample(), "words")
    assert "<h1" in render(Sample(), "name", heading=True)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (["", "", ""], "Enter the date"),
        (["3", "", "2026"], "must include a month"),
        (["", "", "2026"], "must include a day and a month"),
        (["30", "2", "2026"], "must be a real date"),
        (["x", "2", "2026"], "must be a real date"),
    ],
)
def test_a_wrong_day_is_told_in_plain_words(typed: list[str], problem: str) -> None:
    with pytest.raises(forms.ValidationError, match=problem):
        DayField(label="Due date").clean(typed)


def test_a_right_day_is_a_date() -> None:
    assert DayField(label="Due").clean([" 3", "2", "2026"]) == date(2026, 2, 3)
    assert DayField(label="Due", required=False).clean(["", "", ""]) is None


def test_a_given_day_fills_its_boxes() -> None:
    page = render(Sample(initial={"due": date(2026, 2, 3)}), "due")
    assert 'value="2026"' in page
