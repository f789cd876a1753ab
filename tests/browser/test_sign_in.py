"""Signing in, in a real browser: led to a second factor, with a passkey, with an app, without JavaScript."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.ports import free_port
from tests.browser.site import Site, running_site
from tests.browser.visitor import Visitor
from tests.signin.steps import code_for

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def site(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation with the cast in it."""
    home: Path = tmp_path_factory.mktemp("site")
    with running_site(migrated, home, free_port()) as running:
        yield running


@pytest.fixture
def guest(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Somebody at a fresh browser at the installation's door."""
    with browser.new_context(viewport={"width": 1100, "height": 900}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
        context.set_default_timeout(10_000)
        guest = Visitor(context.new_page(), site.address)
        yield guest
        assert guest.complaints == []


@pytest.fixture
def plain_guest(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Somebody whose browser runs no JavaScript."""
    with browser.new_context(viewport={"width": 1100, "height": 900}, java_script_enabled=False) as context:
        yield Visitor(context.new_page(), site.address)


def with_device(page: Page) -> None:
    """A device in this browser that can make passkeys, and makes sure who holds it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def type_password(guest: Visitor, name: str, password: str = "") -> None:
    """The first step of signing in."""
    guest.go("/account/sign-in/")
    guest.page.get_by_label("E-mail address").fill(f"{name}@example.org")
    guest.page.get_by_label("Password", exact=True).fill(password or f"{name} walks her dog")
    guest.page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(guest: Visitor) -> None:
    """Sign out, and see that it is so."""
    guest.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("You are signed out")


def add_app(guest: Visitor) -> list[str]:
    """Add an authenticator app, and give back the recovery codes that are shown then."""
    guest.press("Add an authenticator app")
    secret = guest.page.locator("code").inner_text().replace(" ", "")
    guest.page.get_by_label("Code from the app").fill(code_for(secret, good_for=12))
    guest.press("Add the app")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    return guest.page.locator("li code").all_inner_texts()


def test_a_newcomer_is_led_to_a_passkey_and_signs_in_with_it(guest: Visitor) -> None:
    with_device(guest.page)
    type_password(guest, "priya")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Add a second factor")
    guest.go("/")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Add a second factor")
    guest.press("Add a passkey")
    guest.page.get_by_label("A name for it").fill("Office laptop")
    guest.press("Make the passkey")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert guest.page.locator("li code").count() == 10
    guest.press("I have kept them")
    expect(guest.page.get_by_text("Office laptop").first).to_be_visible()
    sign_out(guest)
    guest.go("/account/sign-in/")
    guest.press("Sign in with a passkey")
    guest.page.wait_for_url(guest.site + "/")
    guest.go("/account/")
    expect(guest.page.get_by_text("Priya Nair")).to_be_visible()


def test_a_passkey_works_by_keyboard_alone_and_as_second_step(guest: Visitor) -> None:
    with_device(guest.page)
    type_password(guest, "tom")
    guest.press("Add a passkey")
    guest.page.get_by_label("A name for it").focus()
    guest.page.keyboard.press("Enter")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    guest.press("I have kept them")
    sign_out(guest)
    type_password(guest, "tom")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Second step")
    guest.page.get_by_role("button", name="Use a passkey").focus()
    guest.page.keyboard.press("Enter")
    guest.page.wait_for_url(guest.site + "/")


def test_where_no_passkey_is_used_she_is_told_and_goes_on_by_other_means(guest: Visitor) -> None:
    type_password(guest, "nadia")
    guest.press("Add a passkey")
    guest.page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('cancelled')); }")
    guest.press("Make the passkey")
    expect(guest.page.get_by_text("No passkey was made")).to_be_visible()


def test_an_app_and_a_recovery_code_do_without_javascript(plain_guest: Visitor) -> None:
    type_password(plain_guest, "grace")
    codes = add_app(plain_guest)
    plain_guest.press("I have kept them")
    sign_out(plain_guest)
    type_password(plain_guest, "grace")
    plain_guest.page.get_by_label("Code", exact=True).fill(codes[0])
    plain_guest.press("Continue")
    plain_guest.go("/account/")
    expect(plain_guest.page.get_by_text("9 left")).to_be_visible()


def test_after_signing_out_the_back_button_shows_nothing(guest: Visitor) -> None:
    type_password(guest, "bell")
    add_app(guest)
    guest.go("/account/")
    expect(guest.page.get_by_text("bell@example.org")).to_be_visible()
    sign_out(guest)
    guest.page.go_back()
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "bell@example.org" not in guest.page.content()
    assert guest.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_password_is_pasted(guest: Visitor) -> None:
    guest.go("/account/sign-in/")
    address, password = guest.page.get_by_label("E-mail address"), guest.page.get_by_label("Password", exact=True)
    address.fill("osei walks her dog")
    address.press("Control+A")
    address.press("Control+C")
    password.focus()
    password.press("Control+V")
    expect(password).to_have_value("osei walks her dog")


def test_a_new_password_is_set_by_the_code_from_an_e_mail(guest: Visitor, site: Site) -> None:
    guest.go("/account/sign-in/")
    guest.follow("I have forgotten my password")
    guest.page.get_by_label("E-mail address").fill("lena@example.org")
    guest.press("Send the code")
    guest.page.get_by_label("Code", exact=True).fill(site.code_sent_to("lena@example.org").lower())
    guest.press("Continue")
    guest.page.get_by_label("New password").fill("plum lantern orbit")
    guest.press("Set the password")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Your password is set")
    type_password(guest, "lena", "plum lantern orbit")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Add a second factor")


def test_axe_finds_nothing_on_any_page_of_signing_in(guest: Visitor, site: Site) -> None:
    for path in ("/account/sign-in/", "/account/sign-in/?why=idle", "/account/password/reset/"):
        guest.go(path)
        guest.finds_nothing()
    guest.page.get_by_label("E-mail address").fill("marcus@example.org")
    guest.press("Send the code")
    guest.finds_nothing()
    type_password(guest, "marcus", "a wrong password")
    guest.finds_nothing()
    type_password(guest, "marcus")
    for path in ("/account/second-factor/", "/account/second-factor/passkey/", "/account/second-factor/app/"):
        guest.go(path)
        guest.finds_nothing()
    guest.go("/account/second-factor/")
    add_app(guest)
    guest.finds_nothing()
    for path in ("/account/", "/account/password/", "/account/address/", "/account/confirm/code/"):
        guest.go(path)
        guest.finds_nothing()
    guest.go("/account/")
    guest.follow("Remove")
    guest.finds_nothing()
    guest.go("/account/")
    sign_out(guest)
    guest.finds_nothing()
    type_password(guest, "marcus")
    guest.finds_nothing()
    assert re.search(r"/second-step/$", guest.page.url)
