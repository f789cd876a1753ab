"""Every constraint of the tables, broken once; every service undone by a failing ledger."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from haven.files.models import StoredFile
from haven.guidance import services
from haven.guidance.models import Clause, Document, Edition, Promise
from haven.guidance.rules.facts import EditionFacts
from tests.cast import NOW, TODAY, Cast
from tests.guidance.texts import FACTS, document, edition, filled, kept, read

pytestmark = pytest.mark.django_db
LATE, EARLY = date(2026, 5, 1), date(2026, 4, 1)


def _edition(**values: object) -> Callable[[Edition], object]:
    return lambda edition: Edition.objects.filter(pk=edition.pk).update(**values)


def _document(**values: object) -> Callable[[Edition], object]:
    return lambda edition: Document.objects.filter(pk=edition.document_id).update(**values)


BREAKS: dict[str, Callable[[Edition], object]] = {
    "a_document_is_of_the_catalogue_or_of_an_area": _document(key="a-key"),
    "a_local_document_belongs_to_an_area": _document(area=None, key="a", pack="p", pack_version=1),
    "a_document_has_title_and_publisher": _document(title=""),
    "only_an_areas_own_document_is_withdrawn_and_says_why": _document(withdrawn_on=TODAY),
    "an_editions_key_stands_once_in_its_document": lambda e: [
        Edition.objects.create(document=e.document, label="x", key="k") for _ in range(2)
    ],
    "an_edition_has_its_label": _edition(label=""),
    "no_consultation_closes_before_it_opens": _edition(opens_on=LATE, closes_on=EARLY),
    "no_edition_is_in_force_before_it_is_issued": _edition(issued_on=LATE, in_force_on=EARLY),
    "an_edition_that_ended_says_how": _edition(ended_on=LATE),
    "no_edition_ends_before_it_is_in_force": _edition(in_force_on=LATE, ended_on=EARLY, ending="withdrawn"),
    "what_follows_an_edition_supersedes_it": lambda e: _edition(superseded_by=e)(e),
    "what_is_absorbed_says_into_what": _edition(ended_on=LATE, ending="absorbed"),
    "an_editions_file_has_its_fingerprint": _edition(sha256=""),
    "a_clauses_place_stands_once_in_its_edition": lambda e: Clause.objects.filter(edition=e).update(place=1),
    "an_edition_is_promised_once_on_a_day": lambda e: [
        Promise.objects.create(edition=e, expected_on=LATE, noted_on=TODAY) for _ in range(2)
    ],
}


@pytest.mark.parametrize("name", list(BREAKS))
def test_the_database_refuses_what_a_constraint_forbids(cast: Cast, name: str) -> None:
    made = kept(cast)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](made)


def test_every_constraint_is_broken_once() -> None:
    models = (Clause, Document, Edition, Promise)
    assert {each.name for model in models for each in model._meta.constraints} == set(BREAKS)


UNDONE: dict[str, Callable[[Cast, Edition], object]] = {
    "documents.add_document": lambda cast, _: document(cast, title="Another"),
    "documents.amend_document": lambda cast, e: services.amend_document(
        document_id=e.document_id, facts=FACTS, by=cast.actor("marcus"), at=NOW
    ),
    "editions.add_edition": lambda cast, e: edition(cast, e.document, "x"),
    "editions.amend_edition": lambda cast, e: services.amend_edition(
        edition_id=e.pk, facts=EditionFacts(label="x"), by=cast.actor("marcus"), at=NOW
    ),
    "editions.withdraw_edition": lambda cast, e: services.withdraw_edition(
        edition_id=e.pk, on=TODAY, why="No.", by=cast.actor("marcus"), at=NOW
    ),
    "files.give_reading": lambda cast, e: services.give_reading(
        edition_id=Edition.objects.get(label="Empty").pk,
        read=read("Other words."),
        name="a.txt",
        content=b"a",
        by=cast.actor("marcus"),
        at=NOW,
    ),
    "files.remove_file": lambda cast, e: services.remove_file(edition_id=e.pk, by=cast.actor("marcus"), at=NOW),
}


@pytest.mark.parametrize("name", list(UNDONE))
def test_a_failing_ledger_undoes_each_service(cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    of = document(cast)
    edition(cast, of, "Empty")
    made = filled(cast, edition(cast, of))
    before = _everything()

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(f"haven.guidance.services.{name.split('.')[0]}.record", fail)
    with pytest.raises(RuntimeError):
        UNDONE[name](cast, made)
    assert _everything() == before


def _everything() -> list[list[dict[str, object]]]:
    models = (Document, Edition, Promise, Clause, StoredFile)
    return [sorted(model.objects.values(), key=str) for model in models]
