"""Going back after publishing leads to what was published, and the same note is not published twice unawares."""

import pytest

from haven.bulletins import services
from haven.bulletins.models import Bulletin
from tests.bulletins.notes import decided, draft, published
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


@pytest.mark.parametrize("page", ["check", "settings", "preview", "discard"])
def test_going_back_leads_to_the_published_bulletin(cast: Cast, page: str) -> None:
    bulletin = published(cast)
    answer = cast.client("marcus").get(f"/bulletins/{bulletin.pk}/{page}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/bulletins/{bulletin.pk}/")
    assert cast.client("priya").get(f"/bulletins/{bulletin.pk}/{page}/").status_code == 404


def test_going_back_to_an_item_leads_there_too(cast: Cast) -> None:
    item = published(cast).items.get(number=3)
    answer = cast.client("marcus").get(f"/bulletins/items/{item.pk}/reshape/")
    assert answer.headers["Location"] == f"/bulletins/{item.bulletin_id}/"


def test_going_back_to_a_discarded_draft_finds_nothing(cast: Cast) -> None:
    bulletin = draft(cast)
    services.discard_bulletin(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)
    assert cast.client("marcus").get(f"/bulletins/{bulletin.pk}/preview/").status_code == 404


def test_what_was_published_cannot_be_discarded_by_going_back(cast: Cast) -> None:
    bulletin = published(cast)
    cast.client("marcus").post(f"/bulletins/{bulletin.pk}/discard/")
    bulletin.refresh_from_db()
    assert bulletin.is_published


def test_pressing_publish_twice_says_that_it_was_published_and_when(cast: Cast) -> None:
    bulletin, client = decided(cast), cast.client("marcus")
    client.post(f"/bulletins/{bulletin.pk}/publish/")
    again = client.post(f"/bulletins/{bulletin.pk}/publish/", follow=True)
    assert "You already published this, on Monday 2 March 2026 at 09:30." in again.content.decode()
    assert again.redirect_chain[-1][0] == f"/bulletins/{bulletin.pk}/"
    assert Bulletin.objects.count() == 1


@pytest.mark.parametrize("page", ["check", "preview"])
def test_the_same_note_again_says_that_it_was_published_with_a_link(cast: Cast, page: str) -> None:
    first, second = published(cast), decided(cast)
    body = cast.client("marcus").get(f"/bulletins/{second.pk}/{page}/").content.decode()
    assert "You already published this note" in body
    assert f'href="/bulletins/{first.pk}/"' in body


def test_another_note_says_nothing_of_the_kind(cast: Cast) -> None:
    published(cast)
    second = decided(cast)
    second.note.text += "One more line."
    second.note.save()
    body = cast.client("marcus").get(f"/bulletins/{second.pk}/preview/").content.decode()
    assert "You already published" not in body
    assert "Publish it now" in body
