"""What Django says of a wrong field is said plainly, with the field's name."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from haven.kit.fields import field
from haven.kit.uploads import UploadField


class Wrong(forms.Form):
    """Fields that can be wrong."""

    link = forms.URLField(label="A link", required=False, assume_scheme="https")
    address = forms.EmailField(label="Address", required=False)
    at = forms.TimeField(label="By what time", required=False)
    count = forms.IntegerField(label="How many", required=False)
    phase = forms.ChoiceField(label="Phase", required=False, choices=[("primary", "Primary")])
    title = forms.CharField(label="Title", required=False, max_length=1000)
    file = UploadField(label="A file", required=False, most=10, too_big="The file is too big.")


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("link", "not one", "“A link” must be a whole address, beginning with https://"),
        ("address", "not one", "“Address” must be an address such as name@example.org"),
        ("at", "noon", "“By what time” must be a time, such as 16:00"),
        ("count", "many", "“How many” must be a number, such as 12"),
        ("phase", "tertiary", "Choose from “Phase” again: that choice is not among them"),
        ("title", "x" * 1200, "“Title” must have 1,000 characters or fewer. It has 1,200."),
    ],
)
def test_a_wrong_field_is_told_in_plain_words(name: str, typed: str, said: str) -> None:
    form = Wrong({name: typed})
    assert said in field(form[name])
    assert said in Template("{% load govuk %}{% govuk_errors form %}").render(Context({"form": form}))


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "The file is empty. Choose another."), (b"x" * 11, "The file is too big.")]
)
def test_a_file_that_is_none_is_told_once_at_its_field(content: bytes, said: str) -> None:
    form = Wrong({}, {"file": SimpleUploadedFile("a.txt", content)})
    assert said in field(form["file"])
    assert len(form.errors["file"]) == 1


def test_a_file_of_the_right_size_is_taken() -> None:
    assert Wrong({}, {"file": SimpleUploadedFile("a.txt", b"x" * 10)}).is_valid()


@pytest.mark.parametrize(("count", "said"), [(7, "7"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")])
def test_thousands_are_parted(count: int, said: str) -> None:
    assert Template("{% load govuk %}{{ count|number }}").render(Context({"count": count})) == said
