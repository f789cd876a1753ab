"""A document of an area's own is withdrawn whole and put back; no two have one title, and no two editions one label."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from haven.access.decision import Refused
from haven.guidance import services
from haven.guidance.models import Document, Edition
from haven.guidance.queries import pages, searching
from haven.guidance.queries.searching import Sought
from haven.guidance.rules.facts import DocumentFacts, EditionFacts, Standing
from haven.guidance.rules.life import Days
from tests.cast import NOW, TODAY, Cast
from tests.guidance.texts import FACTS, TITLE, document, edition, kept
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=60)


def _withdraw(cast: Cast, of: Document, name: str = "marcus", why: str = "Another took its place.") -> Document:
    return services.withdraw_document(document_id=of.pk, why=why, by=cast.actor(name), at=NOW)


def _restore(cast: Cast, of: Document, name: str = "marcus") -> Document:
    return services.restore_document(document_id=of.pk, by=cast.actor(name), at=NOW)


def _overview(cast: Cast, *, has_old: bool = False) -> pages.Overview:
    return pages.overview(by=cast.actor("priya"), on=TODAY, listed=pages.Listed(has_old=has_old))


def _ended(of: Document) -> list[tuple[str, str, date | None]]:
    return list(of.editions.order_by("label").values_list("label", "ending", "ended_on"))


@pytest.fixture
def many(cast: Cast) -> Document:
    """A document with an edition in force, one to come, one without any date, and one that ended before."""
    of = kept(cast).document
    edition(cast, of, "2026", issued_on=TODAY, in_force_on=SOON)
    services.add_edition(document_id=of.pk, facts=EditionFacts(label="Next"), by=cast.actor("marcus"), at=NOW)
    old = edition(cast, of, "2020", in_force_on=date(2020, 9, 1))
    services.withdraw_edition(edition_id=old.pk, on=date(2025, 9, 1), why="Old.", by=cast.actor("marcus"), at=NOW)
    return of


def test_every_edition_that_holds_or_will_ends_with_it(cast: Cast, many: Document) -> None:
    _withdraw(cast, many)
    assert _ended(many) == [
        ("2020", "withdrawn", date(2025, 9, 1)),
        ("2025", "withdrawn", TODAY),
        ("2026", "withdrawn", SOON),
        ("Next", "withdrawn", TODAY),
    ]
    told = last_told()
    assert (told["verb"], told["why"]) == ("guidance.document_withdrawn", "Another took its place.")
    assert told["about"]["editions"] == 3


def test_it_leaves_the_lists_and_the_search_and_stays_under_what_is_over(cast: Cast, many: Document) -> None:
    sought = Sought(words="safeguarding")
    by = cast.actor("priya")
    assert searching.clauses_found(by=by, on=TODAY, sought=sought, start=0, size=9).total
    _withdraw(cast, many)
    seen = _overview(cast, has_old=True)
    assert (seen.in_force, seen.coming, [line.title for line in seen.others]) == ((), (), [TITLE])
    assert _overview(cast).others == ()
    assert not searching.clauses_found(by=by, on=TODAY, sought=sought, start=0, size=9).total
    everywhere = Sought(words="safeguarding", has_all=True)
    found = searching.clauses_found(by=by, on=TODAY, sought=everywhere, start=0, size=9)
    assert {line.is_in_force for line in found.clauses} == {False}


def test_put_back_its_editions_hold_again_and_no_others(cast: Cast, many: Document) -> None:
    before = list(many.editions.order_by("label").values())
    _withdraw(cast, many)
    _restore(cast, many)
    assert list(many.editions.order_by("label").values()) == before
    assert last_told()["verb"] == "guidance.document_restored"
    assert [line.title for line in _overview(cast).in_force] == [TITLE]


def test_nothing_of_a_withdrawn_document_is_changed_until_it_is_put_back(cast: Cast, many: Document) -> None:
    _withdraw(cast, many)
    one, by = many.editions.get(label="2025"), cast.actor("marcus")
    given = {"by": by, "at": NOW}
    for refused in (
        lambda: services.add_edition(document_id=many.pk, facts=EditionFacts(label="2027"), **given),
        lambda: services.amend_edition(edition_id=one.pk, facts=EditionFacts(label="2027"), **given),
        lambda: services.amend_document(document_id=many.pk, facts=FACTS, **given),
        lambda: services.remove_file(edition_id=one.pk, **given),
    ):
        with pytest.raises(Refused) as said:
            refused()
        assert said.value.advice == "This document is withdrawn. Put it back first."


def test_it_is_withdrawn_once_with_a_reason_and_put_back_once(cast: Cast) -> None:
    of = document(cast)
    with pytest.raises(Refused, match="not ready"):
        _withdraw(cast, of, why="  ")
    with pytest.raises(Refused) as said:
        _restore(cast, of)
    assert said.value.advice == "This document is not withdrawn."
    _withdraw(cast, of)
    with pytest.raises(Refused) as said:
        _withdraw(cast, of)
    assert said.value.advice == "This document is withdrawn already."


@pytest.mark.parametrize("name", ["priya", "bell", "nadia", "sam", "nobody"])
def test_nobody_but_an_areas_lead_withdraws_or_puts_back(cast: Cast, name: str) -> None:
    of = document(cast)
    with pytest.raises(Refused):
        _withdraw(cast, of, name)
    _withdraw(cast, of)
    with pytest.raises(Refused):
        _restore(cast, of, name)


def test_national_guidance_is_not_withdrawn_by_hand(cast: Cast, national: Edition) -> None:
    with pytest.raises(Refused):
        _withdraw(cast, national.document)


def test_a_failing_ledger_leaves_it_as_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    of = kept(cast).document

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("haven.guidance.services.documents.record", fail)
    with pytest.raises(RuntimeError):
        _withdraw(cast, of)
    of.refresh_from_db()
    assert (of.withdrawn_on, _ended(of)) == (None, [("2025", "", None)])


def _facts(label: str) -> EditionFacts:
    return EditionFacts(label=label, days=Days(in_force_on=date(2025, 9, 1)))


@pytest.mark.parametrize("label", ["September 2025", "september  2025 "])
def test_a_label_that_stands_in_the_document_is_asked_about(cast: Cast, label: str) -> None:
    of, by = document(cast), cast.actor("marcus")
    first = services.add_edition(document_id=of.pk, facts=_facts("September 2025"), by=by, at=NOW)
    other = services.add_edition(document_id=of.pk, facts=_facts("2026"), by=by, at=NOW)
    for again in (
        lambda: services.add_edition(document_id=of.pk, facts=_facts(label), by=by, at=NOW),
        lambda: services.amend_edition(edition_id=other.pk, facts=_facts(label), by=by, at=NOW),
    ):
        with pytest.raises(Refused) as said:
            again()
        assert said.value.advice.startswith(
            "This document has an edition “September 2025” already: in force since 1 September 2025."
        )
    services.amend_edition(edition_id=first.pk, facts=_facts("SEPTEMBER 2025"), by=by, at=NOW)


def test_a_title_that_the_area_has_is_asked_about(cast: Cast) -> None:
    of, by = document(cast), cast.actor("marcus")
    other = document(cast, title="Another")
    again = DocumentFacts(title=f" {TITLE.upper()} ", publisher="Somebody", standing=Standing.LOCAL)
    for refused in (
        lambda: services.add_document(area=cast.area, facts=again, by=by, at=NOW),
        lambda: services.amend_document(document_id=other.pk, facts=again, by=by, at=NOW),
    ):
        with pytest.raises(Refused) as said:
            refused()
        assert "Your area already has a document of this title. Add an edition" in said.value.advice
    _withdraw(cast, of)
    with pytest.raises(Refused) as said:
        services.add_document(area=cast.area, facts=again, by=by, at=NOW)
    assert "Put that one back" in said.value.advice


def _get(client: Client, name: str, of: Document | Edition) -> str:
    return client.get(reverse(f"guidance:{name}", args=[of.pk])).content.decode()


def test_a_lead_withdraws_it_on_a_page_and_puts_it_back(cast: Cast, many: Document) -> None:
    with time_machine.travel(NOW, tick=True):
        client, address = cast.client("marcus"), reverse("guidance:withdraw-document", args=[many.pk])
        assert address in _get(client, "document", many)
        assert client.post(address, {"why": ""}).status_code == 422
        body = client.post(address, {"why": "It is <old>."}, follow=True).content.decode()
        assert "Withdrawn as a whole on 2 March 2026" in body
        assert "It is &lt;old&gt;." in body
        assert reverse("guidance:add-edition", args=[many.pk]) not in body
        back = reverse("guidance:restore-document", args=[many.pk])
        assert back in body
        one = _get(client, "edition", many.editions.get(label="2025"))
        assert "Take the file away" not in one
        for_schools = _get(cast.client("priya"), "document", many)
        assert "Withdrawn as a whole" in for_schools
        assert back not in for_schools
        assert "Put back." in client.post(back, follow=True).content.decode()
        assert address in _get(client, "document", many)
