"""Axe finds nothing on any page, at three widths, and no page is wider than the window."""

import re

import pytest

from tests.browser.visitor import Visitor

NOBODY = ("/", "/help/", "/accessibility/", "/privacy/", "/demo/", "/public/", "/public/events/", "/account/sign-in/")
NOBODY += ("/public/changes/",)
NOBODY += ("/account/password/reset/", "/people/invited/", "/kit/")
PAGES = {
    "nobody": NOBODY,
    "Nadia Rahman": ("/", "/ledger/"),
    "Sam Loveday": ("/", "/account/"),
    "Pavel Kestrel": ("/children/", "/children/keeping/", "/children/keeping/years/", "/children/emergencies/"),
    "PC Bell": (
        "/notifications/",
        "/notifications/send/file/",
        "/notifications/sent/",
        "/notifications/figures/",
        "/notifications/profile/",
        "/programs/",
        "/programs/new/",
    ),
    "Mina Hartshorn": ("/checks/figures/",),
    "Ivo Marlowe": ("/intelligence/unit/answered/",),
    "Dr Osei": ("/", "/children/lent/", "/bulletins/", "/bulletins/contacts/"),
    "Tom Whitlock": ("/", "/actions/", "/people/"),
    "Priya Nair": (
        "/",
        "/actions/",
        "/actions/?group=done",
        "/actions/calendar/",
        "/bulletins/events/",
        "/guidance/",
        "/digests/",
        "/account/",
        "/notifications/",
        "/intelligence/told/",
    ),
    "Marcus Hale": (
        "/",
        "/actions/overview/",
        "/actions/asked/new/",
        "/bulletins/",
        "/bulletins/new/",
        "/bulletins/drafts/",
        "/bulletins/contacts/",
        "/guidance/",
        "/guidance/new/",
        "/changes/files/",
        "/guidance/search/?words=must",
        "/people/",
        "/notifications/duty/",
        "/notifications/duty/telephone/",
        "/notifications/schools/",
        "/notifications/returns/",
    ),
}
FIRST_OF = {  # a page reached by the first link of another: who, from where, the pattern of the link's address
    "a bulletin": ("Priya Nair", "/bulletins/", r"/bulletins/[0-9a-f-]{36}/$"),
    "a public bulletin": ("nobody", "/public/", r"/public/[0-9a-f-]{36}/$"),
    "a contact": ("Marcus Hale", "/bulletins/contacts/", r"/bulletins/contacts/[0-9a-f-]{36}/$"),
    "an assignment": ("Priya Nair", "/actions/", r"/actions/[0-9a-f-]{36}/$"),
    "an action": ("Marcus Hale", "/actions/overview/", r"/actions/asked/[0-9a-f-]{36}/$"),
    "what is held": ("Pavel Kestrel", "/children/keeping/", r"/children/[0-9a-f-]{36}/kept/$"),
    "an erasure": ("Pavel Kestrel", "/children/keeping/", r"/children/[0-9a-f-]{36}/kept/erasures/[0-9a-f-]{36}/$"),
    "a receipt": ("PC Bell", "/notifications/sent/", r"/notifications/sent/[0-9a-f-]{36}/$"),
    "sending on": ("PC Bell", "/notifications/sent/", r"/notifications/sent/deliveries/[0-9a-f-]{36}/send-on/$"),
    "settling": ("PC Bell", "/notifications/sent/", r"/notifications/sent/deliveries/[0-9a-f-]{36}/settle/$"),
    "key adults of a school": ("Priya Nair", "/notifications/", r"/notifications/schools/[0-9a-f-]{36}/$"),
    "handling": ("Marcus Hale", "/notifications/", r"/notifications/rules/[0-9a-f-]{36}/$"),
    "a briefing": ("Marcus Hale", "/notifications/schools/", r"/notifications/schools/[0-9a-f-]{36}/briefing/$"),
    "signing up": ("Marcus Hale", "/notifications/schools/", r"/notifications/schools/[0-9a-f-]{36}/sign-up/$"),
    "an organisation": ("Marcus Hale", "/people/", r"/people/organisations/[0-9a-f-]{36}/$"),
}


def _enter(visitor: Visitor, name: str) -> None:
    if name != "nobody":
        visitor.be(name)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visitor: Visitor, name: str) -> None:
    _enter(visitor, name)
    for path in PAGES[name]:
        visitor.go(path)
        visitor.finds_nothing()


@pytest.mark.parametrize("page", FIRST_OF)
def test_axe_finds_nothing_behind_the_first_link(visitor: Visitor, page: str) -> None:
    name, start, pattern = FIRST_OF[page]
    _enter(visitor, name)
    visitor.go(start)
    addresses = visitor.page.eval_on_selector_all("a", "links => links.map(link => link.pathname)")
    found = [address for address in addresses if re.match(pattern, address)]
    assert found, f"no such link on {start}"
    visitor.go(found[0])
    visitor.finds_nothing()


def test_axe_finds_nothing_where_there_is_no_page(visitor: Visitor) -> None:
    visitor.go("/no/such/page/")
    visitor.finds_nothing()
    assert [said for said in visitor.complaints if "404" not in said] == []
    visitor.complaints.clear()  # a browser complains of every page that is not there
