"""Axe finds nothing on any page, at three widths."""

import pytest

from tests.browser.visitor import Visitor

PAGES = {
    "nobody": ("/", "/help/", "/accessibility/", "/privacy/", "/demo/", "/public/", "/account/sign-in/"),
    "Nadia Rahman": ("/ledger/",),
}


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in PAGES.items() for path in paths])
def test_axe_finds_nothing(visitor: Visitor, name: str, path: str) -> None:
    if name != "nobody":
        visitor.be(name)
    visitor.go(path)
    visitor.finds_nothing()
