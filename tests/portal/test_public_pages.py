"""The public pages read well for who finds something and for who finds nothing."""

from django.test import Client

from tests.bulletins.notes import published
from tests.cast import Cast


def made_public(cast: Cast) -> str:
    """The address of a bulletin for everybody."""
    bulletin = published(cast)
    type(bulletin).objects.update(is_public=True)
    return f"/public/{bulletin.pk}/"


def test_what_is_public_is_listed_and_led_to(cast: Cast) -> None:
    address = made_public(cast)
    assert address in Client().get("/public/").content.decode()
    assert "Spring cluster note" in Client().get(address).content.decode()


def test_who_finds_nothing_is_told_what_to_do(cast: Cast) -> None:
    made_public(cast)
    page = Client().get("/public/", {"words": "hippopotamus"}).content.decode()
    assert "Try fewer words" in page
    assert "/public/" in page


def test_before_anything_is_public_it_says_what_will_stand_there(db: None) -> None:
    assert "What the partners publish will stand here" in Client().get("/public/").content.decode()


def test_a_search_does_not_say_that_it_is_optional(db: None) -> None:
    assert "(optional)" not in Client().get("/public/").content.decode()
