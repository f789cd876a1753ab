"""A notification in the demonstration: the officer looks at it once more, the school reads it, the lead sees the weeks.

Axe looks at each page at three widths, and each is looked at on paper, where the rule for handling stands.
"""

import re
from datetime import date

from tests.browser.visitor import Visitor, fill_notification

ONE = r"/[0-9a-f-]{36}/"


def _open(visitor: Visitor, pattern: str) -> None:
    """The first page that a link of this page leads to."""
    found = visitor.page.eval_on_selector_all("a", "links => links.map(link => link.pathname)")
    visitor.go(next(address for address in found if re.fullmatch(pattern, address)))


def _look(visitor: Visitor, *printed: str) -> None:
    visitor.finds_nothing()
    visitor.prints(*printed)


def test_an_officer_looks_once_more_before_it_is_sent(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("PC Bell")
    visitor.go("/notifications/send/")
    _look(visitor)
    fill_notification(page, born_on=date(2018, 5, 4))
    page.get_by_label("What happened").fill(
        "An argument about money. Officers came to 14 Mast Road, and nobody was hurt."
    )
    page.locator("button[value=check]").last.click()
    page.get_by_label(re.compile("Oakfield Primary School")).check()
    assert "Words that could tell where somebody is" in page.inner_text("main")
    _look(visitor)
    visitor.picture("check-before-you-send", top="h1")


def test_what_was_sent_is_recalled_or_signed_for(visitor: Visitor) -> None:
    visitor.be("PC Bell")
    visitor.go("/notifications/sent/")
    visitor.prints()
    visitor.page.locator("section", has_text="Recalled after it was read").last.get_by_role("link").first.click()
    _look(visitor)
    visitor.follow("Who had seen it, and what became of copies")
    _look(visitor)
    visitor.go("/notifications/sent/")
    _open(visitor, f"/notifications/sent{ONE}")
    visitor.follow("Recall it")
    _look(visitor)


def test_a_school_reads_it_by_its_rule_and_records_what_it_did(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    visitor.go("/notifications/")
    _open(visitor, f"/notifications{ONE}")
    _look(visitor, "How this may be handled")
    visitor.press("See whom it concerns")
    _look(visitor)
    page.get_by_label("Yes, the child is on our roll").check()
    visitor.press("Go on")
    visitor.press("I have read this: show what happened")
    _look(visitor, "How this may be handled", "Do not ring or write to the parents", "What the police say")
    visitor.picture("a-notification-is-read", top="h1")
    page.get_by_label(re.compile("Silent support")).check()
    visitor.press("Record it")
    _look(visitor, "How this may be handled")
    visitor.follow("The child has moved: hand it on")
    _look(visitor)


def test_a_lead_sees_the_weeks_and_a_school_its_month(visitor: Visitor) -> None:
    visitor.be("Marcus Hale")
    visitor.go("/notifications/picture/")
    _look(visitor, "Week by week, the newest first")
    visitor.picture("how-notifications-go", top="h1")
    visitor.be("Priya Nair")
    visitor.go("/notifications/")
    _open(visitor, f"/notifications/schools{ONE}")
    _open(visitor, f"/notifications/returns{ONE}")
    _look(visitor, "Notifications received")
