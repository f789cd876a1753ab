"""Which addresses close after fifteen idle minutes: where a marked contact, a note as it was written, a file or the
ledger can be read, taken away or changed. Whoever adds an address to one of these says here if it is
to stay open."""

import pytest
from django.urls import get_resolver, reverse

from tests.shape.routes import routes

STAY_OPEN = {
    "subjects": "",
    "api": "api:notifications api:batch api:receipts api:proof",
    "notifications": "",
    "intelligence": "intelligence:router",
    "checks": "",
    "bulletins": """
        bulletins:index bulletins:drafts bulletins:add bulletins:events bulletins:events-file bulletins:settings
        bulletins:discard bulletins:amend bulletins:withdraw
    """,
}
"""Of the capabilities that close, what stays open. What programs send and ask has no session. In bulletins: lists, what
was typed there just now, how a bulletin is published."""

ELSEWHERE = {
    "actions:evidence",
    "audits:evidence-file",
    "moderation:read-file",
    "moderation:read-words",
    "desk:ledger",
}


@pytest.mark.parametrize("capability", STAY_OPEN)
def test_every_address_of_these_closes_but_those_listed(capability: str) -> None:
    ours = {name for name in _by_name() if name.startswith(f"{capability}:")}
    assert len(ours) > 4
    assert {name for name in ours if not _closes(name)} == set(STAY_OPEN[capability].split())


def test_files_and_the_ledger_close_and_nothing_else_does() -> None:
    others = {name for name in _by_name() if name.split(":")[0] not in STAY_OPEN}
    assert {name for name in others if _closes(name)} == ELSEWHERE


def _by_name() -> dict[str, frozenset[str]]:
    return {route.name: route.values for route in routes()}


def _closes(name: str) -> bool:
    sample = {
        "kind": "csv",
        "school_year": 2025,
        "place": 1,
        "number": 1,
        "secret": "s",
        "provider_id": "p",
        "factor_id": "f",
    }
    an_id = "00000000-0000-4000-8000-000000000000"
    address = reverse(name, kwargs={key: sample.get(key, an_id) for key in _by_name()[name]})
    return bool(getattr(get_resolver().resolve(address).func, "is_confidential", False))
