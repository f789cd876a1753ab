"""The pages on which programs are let in."""

import pytest
import time_machine

from haven.api.models import ProgramKey
from tests.api.programs import Program, registered
from tests.cast import NOW, Cast
from tests.people.seen import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fairhaven(cast: Cast) -> None:
    """A morning on which everybody has her second factor."""
    enrol(*cast.people.values())
    with time_machine.travel(NOW, tick=False):
        yield


def typed(**changed: str) -> dict[str, str]:
    """The form, filled in."""
    days = {"first_on_0": "2", "first_on_1": "3", "first_on_2": "2026"}
    days |= {"last_on_0": "1", "last_on_1": "9", "last_on_2": "2026"}
    return {"program": "Records system", "public": Program().public} | days | changed


def test_an_officer_registers_and_the_lead_approves(cast: Cast) -> None:
    officer, lead = cast.client("bell"), cast.client("marcus")
    form = typed(organisation=str(cast.police.pk))
    assert "Register a key" in officer.get("/programs/").content.decode()
    page = officer.post("/programs/new/", form, follow=True)
    key = ProgramKey.objects.get()
    assert "A second person must approve it" in page.content.decode()
    assert "Approve this key" not in page.content.decode()
    assert key.name in lead.get(f"/programs/{key.pk}/").content.decode()
    assert "Approved." in lead.post(f"/programs/{key.pk}/approve/", follow=True).content.decode()
    assert "In use" in officer.get("/programs/").content.decode()
    assert "Out of use from now on." in officer.post(f"/programs/{key.pk}/end/", follow=True).content.decode()


def test_the_lead_registers_nothing_but_sees_the_page(cast: Cast) -> None:
    page = cast.client("marcus").get("/programs/").content.decode()
    assert "No program is let in yet." in page
    assert "Register a key" not in page
    assert cast.client("marcus").get("/programs/new/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"public": "AAAA"}, "This is no public key for Ed25519"),
        ({"last_on_2": "2028"}, "A key is good for a year at most"),
        ({"last_on_2": "2025"}, "The last day comes after the first"),
        ({"program": ""}, "Give the program a name"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    cast: Cast, changed: dict[str, str], said: str
) -> None:
    answer = cast.client("bell").post("/programs/new/", typed(organisation=str(cast.police.pk), **changed))
    assert answer.status_code == 422
    assert answer.content.decode().count(said) == 2
    assert ProgramKey.objects.count() == 0


def test_a_key_that_is_registered_already_is_said_to_be(cast: Cast) -> None:
    registered(cast, Program())
    answer = cast.client("bell").post("/programs/new/", typed(organisation=str(cast.police.pk)))
    assert "This key is registered already" in answer.content.decode()
