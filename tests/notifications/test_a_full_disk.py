"""Where the disk is nearly full: nothing new is sent, nothing is kept by halves, and what is there is read on."""

from collections.abc import Iterator

import pytest
import time_machine
from django.conf import LazySettings

from haven.ledger.models import Detail
from haven.notifications.models import Notification
from tests.behind import behind
from tests.cast import NOW, Cast
from tests.notifications.sent import one
from tests.notifications.test_a_file_of_notifications import ISLA, JONAH
from tests.notifications.test_an_officer_sends import SEND, text, typed
from tests.notifications.test_what_a_force_sees_of_what_it_sent import carried, file

pytestmark = pytest.mark.django_db
FILE = "/notifications/send/file/"
NEARLY_FULL = "its disk is nearly full. This was not sent"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """A Monday in term."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def is_full(settings: LazySettings) -> LazySettings:
    """A disk that never has as much free as is asked."""
    settings.LEAST_FREE = 1.0
    return settings


def kept() -> tuple[int, int]:
    """How many notifications are kept, and how many entries the ledger waits for."""
    with behind():
        return Notification.objects.count(), Detail.objects.count()


def test_the_form_says_so_and_keeps_what_was_typed(fairhaven: Cast, is_full: LazySettings) -> None:
    officer, before = fairhaven.client("bell"), kept()
    answer = officer.post(SEND, typed(fairhaven, step="send", urn0="900001"))
    assert answer.status_code == 422
    assert NEARLY_FULL in text(answer)
    assert 'name="circumstances" value="An argument at home."' in answer.content.decode()
    assert kept() == before
    is_full.LEAST_FREE = 0.0
    assert officer.post(SEND, typed(fairhaven, step="send", urn0="900001")).status_code == 302
    assert kept()[0] == before[0] + 1


def test_no_line_of_a_file_goes_and_the_file_is_still_there(fairhaven: Cast, is_full: LazySettings) -> None:
    officer = fairhaven.client("bell")
    words = {"text": carried(officer.post(FILE, {"file": file(JONAH, ISLA)})), "which": "good"}
    before = kept()
    answer = officer.post(FILE, words)
    assert answer.status_code == 422
    assert NEARLY_FULL in text(answer)
    assert carried(answer) == words["text"]
    assert kept() == before


def test_what_is_there_is_read_on(fairhaven: Cast, settings: LazySettings) -> None:
    delivery = one(fairhaven)
    settings.LEAST_FREE = 1.0
    answer = fairhaven.client("priya").post(f"/notifications/{delivery.pk}/name/", follow=True)
    assert answer.status_code == 200
    assert "Quayle" in text(answer)
