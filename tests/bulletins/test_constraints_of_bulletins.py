"""Every constraint of the tables, broken once; every service undone by a failing ledger."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from haven.access.actor import HAVEN
from haven.actions.rules import ALL_SCHOOLS
from haven.bulletins import services
from haven.bulletins.models import Audience, Bulletin, Contact, Event, Item, Note, Version
from haven.bulletins.rules.facts import ContactFacts, ItemKind
from tests.bulletins.notes import draft, published
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

BREAKS: dict[str, Callable[[Bulletin], object]] = {
    "a_published_bulletin_has_its_title_and_moment": lambda b: Bulletin.objects.filter(pk=b.pk).update(title=""),
    "an_ended_bulletin_says_when_and_why": lambda b: Bulletin.objects.filter(pk=b.pk).update(
        standing="withdrawn", ended_at=NOW, ended_why=""
    ),
    "a_note_is_read_or_says_why_not": lambda b: Note.objects.filter(pk=b.pk).update(unreadable="Cannot be read."),
    "a_bulletins_audience_names_what_its_kind_says": lambda b: Audience.objects.create(bulletin=b, kind="cluster"),
    "a_bulletins_audience_names_nothing_twice": lambda b: Audience.of([ALL_SCHOOLS], bulletin=b)[0].save(),
    "a_change_of_a_bulletin_says_why": lambda b: Version.objects.create(
        bulletin=b, number=9, was={}, until_at=NOW, why=""
    ),
    "a_bulletins_version_stands_once": lambda b: [
        Version.objects.create(bulletin=b, number=1, was={}, until_at=NOW, why="x") for _ in range(2)
    ],
    "an_items_number_stands_once_in_a_bulletin": lambda b: Item.objects.filter(bulletin=b, number=2).update(number=1),
    "no_item_ends_before_it_starts": lambda b: Item.objects.filter(bulletin=b, number=2).update(end=0),
    "confidence_lies_between_nought_and_one": lambda b: Item.objects.filter(bulletin=b).update(confidence=2),
    "what_is_decided_says_when": lambda b: Item.objects.filter(bulletin=b).update(decided_at=None),
    "a_contact_can_be_reached": lambda b: Contact.objects.filter(name="Ruth Amble").update(phones=[], emails=[]),
    "a_marking_is_one_of_the_known": lambda b: Contact.objects.update(marking="secret"),
    "no_event_ends_before_it_starts": lambda b: Event.objects.update(ends_on=TODAY.replace(year=2020)),
    "no_event_ends_without_a_start": lambda b: Event.objects.update(ends_time="10:00"),
}


@pytest.mark.parametrize("name", list(BREAKS))
def test_the_database_refuses_what_a_constraint_forbids(cast: Cast, name: str) -> None:
    bulletin = published(cast)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](bulletin)


def test_every_constraint_is_broken_once() -> None:
    models = (Audience, Bulletin, Contact, Event, Item, Note, Version)
    assert {each.name for model in models for each in model._meta.constraints} == set(BREAKS)


UNDONE: dict[str, Callable[[Cast, Bulletin], object]] = {
    "preparing.save_settings": lambda cast, b: services.save_settings(
        bulletin_id=b.pk, settings=b.settings, by=cast.actor("marcus"), at=NOW
    ),
    "preparing.discard_bulletin": lambda cast, b: services.discard_bulletin(
        bulletin_id=b.pk, by=cast.actor("marcus"), at=NOW
    ),
    "preparing.add_reading": lambda cast, b: draft(cast),
    "deciding.accept_item": lambda cast, b: services.accept_item(
        item_id=b.items.get(number=1).pk, by=cast.actor("marcus"), at=NOW
    ),
    "deciding.dismiss_item": lambda cast, b: services.dismiss_item(
        item_id=b.items.get(number=1).pk, by=cast.actor("marcus"), at=NOW
    ),
    "deciding.accept_sure_items": lambda cast, b: services.accept_sure_items(
        bulletin_id=b.pk, by=cast.actor("marcus"), at=NOW
    ),
    "deciding.set_kind": lambda cast, b: services.set_kind(
        item_id=b.items.get(number=1).pk, kind=ItemKind.EVENT, by=cast.actor("marcus"), at=NOW
    ),
    "shaping.join_items": lambda cast, b: services.join_items(
        item_id=b.items.get(number=3).pk, other_id=b.items.get(number=4).pk, by=cast.actor("marcus"), at=NOW
    ),
    "shaping.split_item": lambda cast, b: services.split_item(
        item_id=b.items.get(number=1).pk, second_begins=7, by=cast.actor("marcus"), at=NOW
    ),
    "shaping.add_item": lambda cast, b: services.add_item(
        bulletin_id=b.pk, kind=ItemKind.LINK, words="Spring", by=cast.actor("marcus"), at=NOW
    ),
    "directory.note_contact": lambda cast, b: services.directory.note_contact(
        area=cast.area, facts=ContactFacts(phones=("+441632960199",)), by=cast.actor("marcus"), at=NOW
    ),
}


@pytest.mark.parametrize("name", list(UNDONE))
def test_a_failing_ledger_undoes_each_service(cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    bulletin = draft(cast)
    before = _everything()

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(f"haven.bulletins.services.{name.split('.')[0]}.record", fail)
    with pytest.raises(RuntimeError):
        UNDONE[name](cast, bulletin)
    assert _everything() == before


def test_a_failing_ledger_leaves_announcements_to_be_made(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bulletin = published(cast)

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("haven.bulletins.services.announcing.record", fail)
    with pytest.raises(RuntimeError):
        services.announce(by=HAVEN, at=NOW)
    assert bulletin.announcements.get().told_at is None


def _everything() -> list[list[dict[str, object]]]:
    models = (Bulletin, Note, Item, Audience, Contact)
    return [sorted(model.objects.values(), key=str) for model in models]
