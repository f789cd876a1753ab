"""A Haven whose clock a test moves: it answers from this process, with the real pages and a database of its own.

The cast lives in it, and the locks of rows hold.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page

from tests.apart import as_owner
from tests.browser.visitor import asking_only
from tests.cast import Cast

CLOCK = (
    "create or replace function haven_now() returns timestamptz language sql stable as $$ select timestamptz '{}' $$"
)


@dataclass
class House:
    """The house, at whatever moment it is made to be."""

    cast: Cast
    address: str
    database: str
    browser: Browser

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Within, the house and its database's locks go by this clock."""
        with psycopg.connect(as_owner(self.database)) as owner:
            owner.execute(CLOCK.format(moment.isoformat()))
        with time_machine.travel(moment):
            yield

    @contextmanager
    def seen_by(self, name: str, *, has_scripts: bool = False) -> Iterator[Page]:
        """A browser in which this person has signed in; without JavaScript unless said otherwise."""
        shape = {"viewport": {"width": 1100, "height": 900}, "java_script_enabled": has_scripts}
        with self.browser.new_context(**shape) as context, asking_only(context, self.address):
            signed_in = self.cast.client(name).cookies
            context.add_cookies(
                [{"name": each.key, "value": each.value, "url": self.address} for each in signed_in.values()]
            )
            yield context.new_page()

    def go(self, page: Page, path: str) -> str:
        """Open a page of the house; its words."""
        page.goto(self.address + path)
        return page.inner_text("main")


OpenHouse = Callable[[datetime, Callable[[], Cast]], AbstractContextManager[House]]
"""Opens a house at a moment, with whoever is to live in it."""


@contextmanager
def house_open(browser: Browser, database: str, at: datetime, furnish: Callable[[], Cast]) -> Iterator[House]:
    """The house, furnished at this moment in a database apart, and answering."""
    with psycopg.connect(as_owner(database)) as owner:
        owner.execute(CLOCK.format(at.isoformat()))
    with time_machine.travel(at):
        cast = furnish()
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield House(cast, f"http://127.0.0.1:{server.port}", database, browser)
    server.terminate()
    connections.close_all()
