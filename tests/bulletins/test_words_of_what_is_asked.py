"""In what is asked, a contact is withheld from those who may not have it, and from nobody else."""

import pytest

from haven.access.roles import Role
from haven.actions.models import Action
from haven.bulletins import services
from haven.people.models import Person, Post
from tests.bulletins.notes import published
from tests.cast import BEGAN, NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

WHAT = "Ask Quill before you ring 07700900321"


@pytest.fixture
def asked(cast: Cast) -> Action:
    """What Oakfield is asked with a marked contact in its words; a governor of Oakfield is there to read it."""
    person = Person.objects.create_user(email="governor@example.org", name="Gail Governor")
    Post.objects.create(person=person, organisation=cast.oakfield, role=Role.GOVERNOR.value, starts_on=BEGAN)
    cast.people["governor"] = person
    published(cast)
    return Action.objects.get(what__contains="withheld")


def _pages(cast: Cast, name: str, action: Action) -> list[str]:
    assignment = action.assignments.get(organisation=cast.oakfield)
    return [cast.client(name).get(address).content.decode() for address in (f"/actions/{assignment.pk}/", "/actions/")]


def test_a_safeguarding_lead_reads_the_contact_that_she_may_have(cast: Cast, asked: Action) -> None:
    for body in _pages(cast, "priya", asked):
        assert WHAT in body
        assert "withheld]" not in body


def test_a_governor_does_not(cast: Cast, asked: Action) -> None:
    for body in _pages(cast, "governor", asked):
        assert "Ask [contact withheld] before you ring [contact withheld]" in body
        assert "Quill" not in body


def test_the_lead_reads_it_in_the_picture_and_on_the_page_of_the_action(cast: Cast, asked: Action) -> None:
    for address in ("/actions/overview/", f"/actions/asked/{asked.pk}/"):
        assert WHAT in cast.client("marcus").get(address).content.decode()


def test_what_leaves_the_page_stays_withheld(cast: Cast, asked: Action) -> None:
    table = cast.client("marcus").get(f"/actions/asked/{asked.pk}/table.csv").content.decode()
    assert "Quill" not in table
    assert "[contact withheld]" in table


def test_words_that_a_lead_put_in_by_hand_stay_hers(cast: Cast, asked: Action) -> None:
    Action.objects.filter(pk=asked.pk).update(what="Wait for [contact withheld]")
    body = _pages(cast, "priya", asked)[0]
    assert "Wait for [contact withheld]" in body
    assert "Ask Quill before you ring 07700900321" in body  # the quote


def test_an_item_that_was_taken_out_says_no_more(cast: Cast, asked: Action) -> None:
    item = asked.bulletin_items.get()
    services.withdraw_item(item_id=item.pk, why="Wrong.", by=cast.actor("marcus"), at=NOW)
    assert "Quill" not in _pages(cast, "priya", asked)[0]
