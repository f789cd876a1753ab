"""Whoever works with what is shared about children finds the way back from every page but the first of each part."""

from tests.shape.source import HAVEN

SHARING = ("checks", "intelligence", "notifications", "subjects")
FIRST = {
    "checks/board.html",
    "checks/requests.html",  # an agency's first
    "intelligence/inbox.html",  # the unit's first
    "intelligence/router.html",
    "notifications/inbox.html",
    "notifications/check.html",  # it goes back by its own button, with all that was typed
    "subjects/look_up.html",
    "subjects/lent.html",
    "subjects/subject.html",  # reached from any of several lists
    "subjects/break.html",
}


def test_every_page_but_the_first_leads_back() -> None:
    pages = {}
    for room in SHARING:
        folder = HAVEN / room / "templates"
        for path in folder.rglob("*.html"):
            if (page := path.read_text()).startswith('{% extends "kit/page.html" %}'):
                pages[str(path.relative_to(folder))] = page
    assert len(pages) > 50
    assert {name for name, page in pages.items() if "{% block back %}" not in page} == FIRST
