"""Somebody loses her second factor; the council's lead resets it; with a code from her e-mail she comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.ports import free_port
from tests.browser.site import Site, running_site
from tests.browser.test_sign_in import add_app, type_password
from tests.browser.visitor import Visitor


@pytest.fixture
def site(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation with the cast in it."""
    home: Path = tmp_path_factory.mktemp("lost")
    with running_site(migrated, home, free_port()) as running:
        yield running


def heading(visitor: Visitor, words: str) -> None:
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_lost_second_factor_is_reset_and_a_new_one_added(browser: Browser, site: Site) -> None:
    with browser.new_context() as hers, browser.new_context() as theirs:
        priya, marcus = Visitor(hers.new_page(), site.address), Visitor(theirs.new_page(), site.address)
        type_password(priya, "priya")
        add_app(priya)
        type_password(marcus, "marcus")
        add_app(marcus)
        marcus.go("/people/?q=Oakfield")
        marcus.follow("Oakfield Primary School")
        marcus.finds_nothing()
        marcus.follow("Reset the second factor of Priya Nair")
        heading(marcus, "Reset the second factor of Priya Nair")
        marcus.finds_nothing()
        marcus.page.get_by_label("How did you make sure who asks?").fill("I rang the school and spoke to her")
        marcus.press("Reset the second factor")
        expect(marcus.page.get_by_text("its holder is told by e-mail")).to_be_visible()
        assert "were taken off" in site.newest_mail("priya@example.org")

        priya.go("/account/")
        heading(priya, "Sign in")
        type_password(priya, "priya")
        heading(priya, "Type the code from your e-mail")
        priya.finds_nothing()
        priya.page.get_by_label("Code", exact=True).fill(site.code_sent_to("priya@example.org"))
        priya.press("Continue")
        heading(priya, "Add a second factor")
        add_app(priya)
