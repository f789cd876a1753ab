"""Nothing in Haven reaches for the network: its pages ask their own host alone, and few modules open a connection."""

import pytest

from tests.cast import Cast
from tests.shape.source import imports, modules

OPENERS = {"socket", "http.client", "urllib.request", "smtplib", "ftplib", "imaplib", "poplib", "ssl", "asyncio"}
OPENERS |= {"requests", "httpx", "aiohttp", "websockets", "urllib3"}
WHY = {
    "haven.config.database.cluster": "its own database, by a unix socket",
    "haven.config.serving": "whether its own port is free and answers",
    "haven.files.scanning": "a virus scanner on this machine, by a unix socket",
    "haven.kit.letters": "the name of an error of the mail server that the settings name",
    "haven.signin.views.single_sign_on": "the name of an error of the identity provider that the settings name",
}


def test_a_connection_is_opened_only_where_it_is_said_why() -> None:
    opening = {name for name, tree in modules().items() if _openers(imports(tree))}
    assert opening == set(WHY)


@pytest.mark.parametrize("path", ["/", "/account/sign-in/", "/public/", "/notifications/", "/nowhere/"])
def test_a_browser_is_forbidden_to_ask_anybody_else(cast: Cast, path: str) -> None:
    policy = cast.client("priya").get(path).headers["Content-Security-Policy"]
    allowed = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";") if rule.strip()}
    assert allowed["default-src"] == ["'none'"]
    hosts = {source for sources in allowed.values() for source in sources if not source.startswith("'")}
    assert hosts <= {"data:", "blob:"}


def _openers(imported: set[str]) -> set[str]:
    return {each for each in imported if any(each == one or each.startswith(f"{one}.") for one in OPENERS)}
