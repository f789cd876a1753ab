"""The gallery shows every part of a page as it looks and as it is written, and leaves none out."""

import re

import pytest
from django.template import Context, Template
from django.test import Client

from tests.shape.source import HAVEN

CLASS = re.compile(r"\.(haven-[a-z_-]+)")
COMPONENT = re.compile(r'\{% govuk "([a-z-]+)"')
FRAME = {"haven-header", "haven-footer", "haven-demo", "haven-demo__text"}  # every page has these round it


@pytest.fixture
def page(db: None) -> str:
    return Client().get("/kit/").content.decode()


def test_a_part_stands_beside_the_very_words_that_made_it() -> None:
    source = '{% load govuk gallery %}{% part "Tag" "For a state." %}{% govuk_tag word %}{# why #}{% endpart %}'
    shown = Template(source).render(Context({"word": "Overdue"}))
    assert '<strong class="govuk-tag">' in shown
    assert "{% govuk_tag word %}{# why #}" in shown
    assert "For a state." in shown


def test_what_is_written_is_shown_and_not_done() -> None:
    source = '{% load gallery %}{% part "Words" "Always." %}<p>{{ words }}</p>{% endpart %}'
    shown = Template(source).render(Context({"words": "<script>"}))
    assert "&lt;p&gt;{{ words }}&lt;/p&gt;" in shown
    assert "<script>" not in shown


def test_every_class_of_the_kit_is_shown(page: str) -> None:
    classes = set(CLASS.findall((HAVEN / "kit" / "static" / "kit" / "haven.css").read_text()))
    assert len(classes) > 50
    used = {word for words in re.findall(r'class="([^"]*)"', page) for word in words.split()}
    assert classes - used - FRAME == set()


def test_every_component_that_a_page_uses_is_shown() -> None:
    shown = _components("haven/kit/templates/kit/gallery/*.html")
    assert _components("haven/**/templates/**/*.html") - shown == set()


def test_every_tag_that_a_page_shows_is_shown_with_its_colour() -> None:
    tag = re.compile(r'\{% govuk_tag "([^"]+)" "([a-z]+)" %\}')
    shown = set(tag.findall(_text("haven/kit/templates/kit/gallery/*.html")))
    used = set(tag.findall(_text("haven/**/templates/**/*.html")))
    assert used
    assert used - shown == set()


def test_it_has_one_heading_and_no_identifier_twice(page: str) -> None:
    assert page.count("<h1") == 1
    identifiers = re.findall(r'\sid="([^"]*)"', page)
    assert {each for each in identifiers if identifiers.count(each) > 1} == set()


def _components(where: str) -> set[str]:
    return set(COMPONENT.findall(_text(where)))


def _text(where: str) -> str:
    return "".join(path.read_text() for path in HAVEN.parent.glob(where))
