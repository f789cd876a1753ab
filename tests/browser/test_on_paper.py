"""On paper a page is what it says: no menu, no buttons, and no addresses of Haven's own pages."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

AFTER = "link => getComputedStyle(link, '::after').content"


def test_a_bulletin_prints_as_a_letter(visitor: Visitor) -> None:
    visitor.be("Priya Nair")
    visitor.go("/bulletins/")
    page = visitor.page
    page.emulate_media(media="print")
    first = page.locator("article a").first
    assert first.evaluate(AFTER) == "none"
    expect(page.locator(".haven-header")).to_be_hidden()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".haven-header")).to_be_hidden()
    expect(page.locator(".govuk-back-link")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)


def test_a_link_that_leads_out_of_haven_keeps_its_address_on_paper(visitor: Visitor) -> None:
    visitor.be("Priya Nair")
    page = visitor.page
    visitor.go("/bulletins/")
    addresses = page.eval_on_selector_all("article a", "links => links.map(link => link.pathname)")
    for address in addresses:
        visitor.go(address)
        leading_out = page.locator("main a.govuk-link[href^='http']")
        if leading_out.count():
            page.emulate_media(media="print")
            assert re.search(r"attr\(href\)|https?://", leading_out.first.evaluate(AFTER))
            return
    raise AssertionError("no bulletin leads out of Haven")
