"""Which addresses close after fifteen idle minutes: where a marked contact, a note as it was written, a file or the
ledger can be read, taken away or changed. Whoever adds an address to bulletins says here if it is to stay open."""

from django.urls import get_resolver, reverse

from tests.shape.routes import routes

STAY_OPEN = """
    bulletins:index bulletins:drafts bulletins:add bulletins:events bulletins:events-file bulletins:settings
    bulletins:discard bulletins:amend bulletins:withdraw
""".split()
"""In bulletins: lists, what was typed there just now, how a bulletin is published."""

ELSEWHERE = {"actions:evidence", "audits:evidence-file", "moderation:read-file", "moderation:read-words", "desk:ledger"}


def test_every_address_of_bulletins_closes_but_those_listed() -> None:
    ours = {name for name in _by_name() if name.startswith("bulletins:")}
    assert len(ours) > 25
    assert {name for name in ours if not _closes(name)} == set(STAY_OPEN)


def test_files_and_the_ledger_close_and_nothing_else_does() -> None:
    others = {name for name in _by_name() if not name.startswith("bulletins:")}
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
