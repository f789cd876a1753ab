"""Changing, withdrawing and announcing what is published."""

from dataclasses import replace

import pytest
from django.core import mail

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.actions.models import Action
from haven.bulletins import services
from haven.bulletins.models import Announcement, Bulletin, Event
from haven.bulletins.rules.facts import AskedFacts, EventFacts
from haven.bulletins.rules.publishing import ItemState
from haven.ledger.queries.told import newest_told
from tests.bulletins.notes import draft, published
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def _verb(cast: Cast) -> str:
    return newest_told(by=cast.actor("nadia"))[0].detail["verb"]


def test_an_items_action_follows_it_and_the_old_words_are_kept(cast: Cast) -> None:
    item = published(cast).items.get(number=1)
    facts = AskedFacts(what="Return your audit and plan", due_on=TODAY)
    services.amend_item(
        item_id=item.pk, facts=facts, audience=(), why="Plan forgotten.", by=cast.actor("marcus"), at=NOW
    )
    assert Action.objects.get(pk=item.action_id or item.pk).what == "Return your audit and plan"
    version = item.bulletin.versions.get()
    assert (version.was["facts"]["what"], version.why) == ("Return your audit", "Plan forgotten.")
    assert _verb(cast) == "bulletin.item_amended"


def test_an_items_event_follows_it(cast: Cast) -> None:
    item = published(cast).items.get(number=2)
    facts = EventFacts(title="DSL forum", starts_on=TODAY, is_cancelled=True)
    services.amend_item(item_id=item.pk, facts=facts, audience=(), why="Snow.", by=cast.actor("marcus"), at=NOW)
    assert Event.objects.get().is_cancelled


def test_a_withdrawn_item_is_no_longer_asked_nor_shown(cast: Cast) -> None:
    bulletin = published(cast)
    item = bulletin.items.get(number=1)
    services.withdraw_item(item_id=item.pk, why="Not needed.", by=cast.actor("marcus"), at=NOW)
    assert item.action.__class__.objects.get(pk=item.pk).standing == "withdrawn"
    assert "Return your audit</h3>" not in cast.client("priya").get(f"/bulletins/{bulletin.pk}/").content.decode()
    with pytest.raises(Refused):
        services.withdraw_item(item_id=item.pk, why="Again.", by=cast.actor("marcus"), at=NOW)


def test_a_withdrawn_bulletin_withdraws_its_actions_and_events(cast: Cast) -> None:
    bulletin = published(cast)
    services.withdraw_bulletin(bulletin_id=bulletin.pk, why="Sent in error.", by=cast.actor("marcus"), at=NOW)
    assert set(Action.objects.values_list("standing", flat=True)) == {"withdrawn"}
    assert "DSL forum" not in cast.client("priya").get("/bulletins/events/?past=1").content.decode()
    assert _verb(cast) == "bulletin.withdrawn"


@pytest.mark.parametrize("verb", ["amend_bulletin", "amend_item", "withdraw_item", "withdraw_bulletin"])
def test_every_change_needs_a_reason_and_a_lead(cast: Cast, verb: str) -> None:
    bulletin = published(cast)
    item = bulletin.items.get(number=1)
    given = {
        "amend_bulletin": {"bulletin_id": bulletin.pk, "settings": bulletin.settings},
        "amend_item": {"item_id": item.pk, "facts": item.says, "audience": ()},
        "withdraw_item": {"item_id": item.pk},
        "withdraw_bulletin": {"bulletin_id": bulletin.pk},
    }[verb]
    for why, name in ((" ", "marcus"), ("Because.", "priya"), ("Because.", "lena")):
        with pytest.raises(Refused):
            getattr(services, verb)(**given, why=why, by=cast.actor(name), at=NOW)
    assert bulletin.versions.count() == 0


def test_a_failing_ledger_undoes_a_change(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bulletin = published(cast)

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("haven.bulletins.services.amending.record", fail)
    settings = replace(bulletin.settings, title="Another")
    with pytest.raises(RuntimeError):
        services.amend_bulletin(bulletin_id=bulletin.pk, settings=settings, why="x", by=cast.actor("marcus"), at=NOW)
    assert Bulletin.objects.get(pk=bulletin.pk).title == "Spring cluster note"
    assert Announcement.objects.count() == 1


def test_everybody_it_is_meant_for_is_told_once_without_a_word_of_it(cast: Cast) -> None:
    bulletin = published(cast)
    services.withdraw_item(item_id=bulletin.items.get(number=1).pk, why="No.", by=cast.actor("marcus"), at=NOW)
    assert services.announce(by=HAVEN, at=NOW) == 2
    assert services.announce(by=HAVEN, at=NOW) == 0
    assert sorted(letter.to[0] for letter in mail.outbox) == ["grace@example.org", "priya@example.org"]
    for letter in mail.outbox:
        told = letter.subject + letter.body
        assert not any(word in told for word in ("Spring", "audit", "Quill", "bulletins/", "Nair"))
    assert _verb(cast) == "bulletins.announced"


def test_heads_are_told_where_it_is_meant_for_heads(cast: Cast) -> None:
    bulletin = published(cast)
    Bulletin.objects.filter(pk=bulletin.pk).update(roles=["head"], kind="urgent")
    services.announce(by=HAVEN, at=NOW)
    urgent = [letter.to[0] for letter in mail.outbox if "urgent" in letter.subject]
    assert sorted(urgent) == [
        "grace@example.org",
        "tom@example.org",
    ]


def test_only_haven_announces(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.announce(by=cast.actor("marcus"), at=NOW)


def test_a_draft_is_discarded_and_comes_back_nowhere(cast: Cast) -> None:
    bulletin = draft(cast)
    client = cast.client("marcus")
    assert "Discard this draft?" in client.get(f"/bulletins/{bulletin.pk}/discard/").content.decode()
    client.post(f"/bulletins/{bulletin.pk}/discard/")
    assert client.get(f"/bulletins/{bulletin.pk}/check/").status_code == 404
    assert "There are no drafts" in client.get("/bulletins/drafts/").content.decode()
    assert _verb(cast) == "bulletin.discarded"


def test_joined_items_stand_in_the_place_of_both(cast: Cast) -> None:
    bulletin = draft(cast)
    one, other = bulletin.items.get(number=3), bulletin.items.get(number=4)
    joined = services.join_items(item_id=one.pk, other_id=other.pk, by=cast.actor("marcus"), at=NOW)
    one.refresh_from_db()
    assert (one.state, one.successor) == (ItemState.SUPERSEDED, joined)
    assert (joined.quote[:8], joined.quote[-14:]) == ("PC Harry", "example.gov.uk")
    assert joined.says.marking == "professional-only"
    with pytest.raises(Refused):
        services.join_items(item_id=one.pk, other_id=joined.pk, by=cast.actor("marcus"), at=NOW)
