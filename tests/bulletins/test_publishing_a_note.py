"""From a note to what is published: added, decided item by item, published all at once."""

from datetime import date, time
from uuid import uuid4

import pytest

from haven.access.decision import Reason, Refused
from haven.actions.models import Action
from haven.bulletins import services
from haven.bulletins.models import Announcement, Bulletin, Contact, Event, Item
from haven.bulletins.rules.facts import AskedFacts, ItemKind
from haven.bulletins.rules.publishing import ItemState, Standing
from haven.ledger.queries.told import newest_told
from tests.bulletins.notes import decided, draft, published
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def last_verb(cast: Cast) -> str:
    return newest_told(by=cast.actor("nadia"))[0].detail["verb"]


def test_a_deadline_and_the_action_with_the_same_words_are_proposed_as_one(cast: Cast) -> None:
    bulletin = draft(cast)
    kinds = list(bulletin.items.order_by("number").values_list("kind", flat=True))
    assert kinds == ["action", "event", "contact", "contact", "action"]
    facts = bulletin.items.get(number=1).says
    assert isinstance(facts, AskedFacts)
    assert (facts.due_on, facts.due_time, [str(role) for role in facts.roles]) == (
        date(2026, 3, 20),
        time(17),
        ["dsl"],
    )


def test_publishing_raises_actions_enters_events_and_contacts_and_records_it(cast: Cast) -> None:
    bulletin = published(cast)
    assert bulletin.standing == Standing.PUBLISHED
    asked = Action.objects.get(what="Return your audit")
    item = bulletin.items.get(number=1)
    assert (asked.due_on, asked.source_address) == (date(2026, 3, 20), f"/bulletins/{bulletin.pk}/#item-1")
    assert item.action == asked
    assert asked.quote == "Please return your audit by 20 March 2026."
    assert asked.assignments.count() == 2
    assert Event.objects.get().title == "DSL forum"
    assert set(Contact.objects.values_list("name", "marking")) == {
        ("Harry Quill", "professional-only"),
        ("Ruth Amble", ""),
    }
    assert len(Announcement.objects.get().organisations) == 2
    assert last_verb(cast) == "bulletin.published"


def test_a_marked_contact_is_withheld_from_the_actions_that_name_it(cast: Cast) -> None:
    published(cast)
    asked = Action.objects.get(what__startswith="Ask")
    assert asked.what == "Ask [contact withheld] before you ring [contact withheld]"
    assert "Quill" not in asked.quote
    assert "900321" not in asked.quote


def test_nothing_is_published_unseen(cast: Cast) -> None:
    bulletin = draft(cast)
    services.accept_sure_items(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)
    assert bulletin.items.filter(state=ItemState.PROPOSED).count() == 1
    with pytest.raises(Refused) as refused:
        services.publish(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)
    assert refused.value.advice == "1 item has not been looked at. Accept or dismiss each one first."
    assert Action.objects.count() == 0


def test_what_is_published_cannot_be_published_again(cast: Cast) -> None:
    bulletin = published(cast)
    with pytest.raises(Refused) as refused:
        services.publish(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)
    assert refused.value.reason is Reason.WRONG_STATE
    assert Action.objects.count() == 2


def test_a_failing_ledger_undoes_the_whole_publication(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bulletin = decided(cast)

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("haven.bulletins.services.publishing.record", fail)
    with pytest.raises(RuntimeError):
        services.publish(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)
    bulletin.refresh_from_db()
    assert bulletin.is_draft
    assert (Action.objects.count(), Event.objects.count(), Contact.objects.count()) == (0, 0, 0)


def test_the_same_form_sent_twice_adds_one_note(cast: Cast) -> None:
    key = uuid4()
    assert draft(cast, key=key).pk == draft(cast, key=key).pk == key
    assert Bulletin.objects.count() == 1
    assert Item.objects.count() == 5


@pytest.mark.parametrize("name", ["priya", "tom", "bell", "osei", "lena", "nadia", "sam", "nobody"])
def test_only_leads_add_notes(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        services.add_words(area=cast.area, words="Please read.", by=cast.actor(name), at=NOW)
    assert Bulletin.objects.count() == 0


def test_an_edited_item_says_what_was_typed_and_is_accepted(cast: Cast) -> None:
    item = draft(cast).items.get(number=1)
    facts = AskedFacts(what="Send the audit back")
    services.edit_item(item_id=item.pk, facts=facts, audience=(), by=cast.actor("marcus"), at=NOW)
    item.refresh_from_db()
    assert (item.name, item.state) == ("Send the audit back", "accepted")


def test_an_item_that_lacks_something_is_not_accepted(cast: Cast) -> None:
    item = draft(cast).items.get(number=1)
    services.set_kind(item_id=item.pk, kind=ItemKind.CONTACT, by=cast.actor("marcus"), at=NOW)
    with pytest.raises(Refused) as refused:
        services.accept_item(item_id=item.pk, by=cast.actor("marcus"), at=NOW)
    assert refused.value.advice == "Give a telephone number or an e-mail address."
