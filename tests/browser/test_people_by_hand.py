"""The pages of people in a real browser: axe finds nothing, and the lead's way through them works by hand."""

import re

import pytest

from tests.browser.visitor import Visitor

LEAD = "Marcus Hale"
FORMS = ("Invite somebody", "Name a cover", "End the post", "Change the school’s calendar")


def open_school(visitor: Visitor) -> None:
    """From the directory to Oakfield's page."""
    visitor.be(LEAD)
    visitor.go("/people/?q=oakfield")
    visitor.follow("Oakfield")


def test_the_directory_and_a_schools_page_are_plain_to_everybody(visitor: Visitor) -> None:
    visitor.be(LEAD)
    visitor.go("/people/")
    visitor.finds_nothing()
    open_school(visitor)
    visitor.finds_nothing()


@pytest.mark.parametrize("name", FORMS)
def test_each_form_about_a_school_is_plain_to_everybody(visitor: Visitor, name: str) -> None:
    open_school(visitor)
    visitor.page.get_by_role("button" if name == "Invite somebody" else "link", name=re.compile(name)).first.click()
    visitor.finds_nothing()


def test_a_form_that_was_wrong_is_plain_to_everybody(plain_visitor: Visitor) -> None:
    open_school(plain_visitor)
    plain_visitor.page.get_by_role("button", name="Invite somebody").click()
    plain_visitor.press("Send the invitation")
    assert plain_visitor.page.get_by_role("link", name="Enter a name").is_visible()


def test_the_area_its_terms_and_a_cluster_are_plain_to_everybody(visitor: Visitor) -> None:
    visitor.be(LEAD)
    visitor.go("/people/")
    visitor.follow("Term dates and clusters of Fairhaven")
    visitor.finds_nothing()
    area = visitor.page.url.removeprefix(visitor.site)
    visitor.follow("School year that begins in")
    visitor.finds_nothing()
    visitor.go(area)
    visitor.page.locator("a[href*='/people/clusters/']").first.click()
    visitor.finds_nothing()


def test_the_page_for_the_invited_is_plain_to_everybody(visitor: Visitor) -> None:
    visitor.go("/people/invited/")
    visitor.finds_nothing()
    visitor.be(LEAD)
    visitor.go("/people/invited/")
    visitor.finds_nothing()
