"""What is confidential goes by the database's clock, and so do sessions: none of their modules asks the host."""

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.shape.source import capability, modules

ROOMS = {*settings.CONFIDENTIAL_APPS, "api", "ledger", "keys"}
SESSIONS = {
    "haven.people.middleware",
    "haven.signin.middleware",
    "haven.signin.adapters.account",
    "haven.signin.adapters.sessions",
    "haven.signin.tasks",
}
COMMANDS = {"haven.config.commands.ledger", "haven.config.commands.keys", "haven.config.commands.work"}
THE_CLOCK = "haven.ledger.clock"  # which says how far this machine is off
ASKS = {"timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
ASKS_WITHOUT_A_MOMENT = {"timezone.localdate", "timezone.localtime", "localdate", "localtime"}


@pytest.mark.parametrize("words", ["timezone.now()", "datetime.now(UTC)", "timezone.localdate()", "dt.date.today()"])
def test_a_question_to_the_host_is_seen(words: str) -> None:
    assert [*_asked(ast.parse(f"at = {words}"))] == [1]


def test_a_day_worked_out_from_a_moment_is_no_question() -> None:
    assert [*_asked(ast.parse("on = timezone.localdate(at)"))] == []


def test_nothing_confidential_asks_the_host_what_time_it_is() -> None:
    looked_at = [name for name in modules() if capability(name) in ROOMS or name in COMMANDS | SESSIONS]
    assert len(looked_at) > 100
    asked = [f"{name}:{line}" for name in looked_at if name != THE_CLOCK for line in _asked(modules()[name])]
    assert asked == []


def _asked(tree: ast.Module) -> Iterator[int]:
    """The lines on which a module asks."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ".".join(ast.unparse(node.func).split(".")[-2:])
            if name in ASKS or (name in ASKS_WITHOUT_A_MOMENT and not node.args and not node.keywords):
                yield node.lineno
