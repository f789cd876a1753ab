"""The kit's tags."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory


def render(source: str, **values: object) -> str:
    return Template("{% load govuk %}" + source).render(Context(values))


def test_a_component_is_upstreams_markup_with_our_words_escaped() -> None:
    page = render('{% govuk "button" text=text %}', text="Save <now>")
    assert 'class="govuk-button"' in page
    assert "Save &lt;now&gt;" in page


def test_a_tag_says_in_words_what_its_colour_says() -> None:
    assert "govuk-tag--red" in render('{% govuk_tag "Overdue" "red" %}')
    assert "Overdue" in render('{% govuk_tag "Overdue" %}')


@pytest.mark.parametrize(
    ("what", "prohibits", "said"),
    [
        ("Call the parent", True, "Do not: Call the parent"),
        ("Do not call the parent", True, "Do not call the parent"),
        ("Please don’t call the parent", True, "Please don’t call the parent"),
        ("Never leave a name on the voicemail", True, "Never leave a name on the voicemail"),
        ("No photographs on personal phones", True, "No photographs on personal phones"),
        ("Confiscated phones: do not switch them on", True, "Confiscated phones: do not switch them on"),
        ("The sheet is not to be displayed", True, "The sheet is not to be displayed"),
        ("Call the front door", False, "Call the front door"),
    ],
)
def test_what_is_forbidden_is_said_once(what: str, prohibits: bool, said: str) -> None:
    assert render("{{ what|as_asked:prohibits }}", what=what, prohibits=prohibits) == said


def test_a_summary_leaves_out_what_is_blank() -> None:
    page = render("{% govuk_summary rows %}", rows=[("Due", "3 March 2026"), ("Time", "")])
    assert "3 March 2026" in page
    assert "Time" not in page


def test_pages_of_a_list_keep_its_filter() -> None:
    request = RequestFactory().get("/actions/?state=open&page=2")
    page = Paginator(range(90), 10).page(2)
    markup = render("{% govuk_pagination page %}", page=page, request=request)
    assert "?state=open&amp;page=3" in markup
    assert 'aria-label="Pages"' in markup


def test_a_list_of_one_page_has_no_links() -> None:
    page = Paginator([1], 10).page(1)
    assert render("{% govuk_pagination page %}", page=page, request=RequestFactory().get("/")) == ""
