"""A real browser, and a real Haven for it: the demonstration, furnished afresh for this run."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.apart import database_apart
from tests.browser.demonstration import Demonstration, demonstration
from tests.browser.house import House, OpenHouse, house_open
from tests.browser.visitor import Visitor, asking_only
from tests.cast import Cast

NAMES = ("chromium", "chromium-browser", "google-chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """One browser at a time: all that need it come first, where one worker takes them and the other has work enough.

    Before them comes whatever looks at the demonstration as it was furnished.
    """
    for item in filter(_is_browsing, items):
        item.add_marker(pytest.mark.browser)
    yield  # they are chosen and shuffled
    items.sort(key=_is_browsing, reverse=True)
    items.sort(key=_is_untouched, reverse=True)


def _is_browsing(item: pytest.Item) -> bool:
    return "tests/browser" in str(item.path)


def _is_untouched(item: pytest.Item) -> bool:
    return item.path.name == "test_a_newcomers_fairhaven.py"


def _chromium() -> str | None:
    found = [os.environ.get("HAVEN_CHROMIUM"), *map(shutil.which, NAMES), *filter(os.path.exists, MAC)]
    return next(filter(None, found), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    program = _chromium()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on a machine of CI")
        pytest.skip("no Chromium here")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's event loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def fairhaven() -> Iterator[Demonstration]:
    """A demonstration of its own, furnished for this run."""
    with demonstration() as running:
        yield running


@pytest.fixture
def visitor(browser: Browser, fairhaven: Demonstration) -> Iterator[Visitor]:
    """Somebody at a fresh browser. A page that complains to the console fails the test."""
    shape = {"viewport": {"width": 1100, "height": 900}}
    with browser.new_context(**shape) as context, asking_only(context, fairhaven.address):
        visitor = Visitor(context.new_page(), fairhaven.address)
        yield visitor
        assert visitor.complaints == []


@pytest.fixture
def plain_visitor(browser: Browser, fairhaven: Demonstration) -> Iterator[Visitor]:
    """Somebody whose browser runs no JavaScript."""
    shape = {"viewport": {"width": 1100, "height": 900}, "java_script_enabled": False}
    with browser.new_context(**shape) as context, asking_only(context, fairhaven.address):
        yield Visitor(context.new_page(), fairhaven.address)


@pytest.fixture
def open_house(
    browser: Browser,
    django_db_setup: None,
    migrated: str,
    django_db_blocker: DjangoDbBlocker,
    settings: LazySettings,
    tmp_path: Path,
) -> OpenHouse:
    """Opens a house of this test's own, at a moment and with whoever is to live in it."""

    @contextmanager
    def opened(at: datetime, furnished: Callable[[], Cast]) -> Iterator[House]:
        settings.ROOT_KEY, settings.ALLOWED_HOSTS = "5a" * 32, ["*"]
        settings.LEDGER_KEY, settings.LEDGER_WITNESSES = tmp_path / "ledger-key", tmp_path / "ledger-witnesses"
        with (
            database_apart(migrated, django_db_blocker) as database,
            house_open(browser, database, at, furnished) as house,
        ):
            yield house

    return opened
