"""The lead's pages of a cycle and a school's first page, walked as people walk them: by plain links and forms."""

import io
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from haven.audits import services
from haven.audits.models import Cycle, Feedback, Notice, Return
from haven.people.models import Cluster, ClusterPlace, Post
from tests.audits.asked import answered, begun, opened, prepared, return_of
from tests.audits.whereabouts import put
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.questions.template import released

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """The cast's Monday in term."""
    with time_machine.travel(NOW, tick=False):
        yield


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def _typed(cast: Cast, **changed: object) -> dict[str, object]:
    days = (
        _day("opens_on", TODAY)
        | _day("first_due_on", TODAY + timedelta(days=20))
        | _day("final_due_on", TODAY + timedelta(days=40))
    )
    typed = {
        "title": "Audit of the year",
        "version": str(released().pk),
        "school_year": "2025",
        "note": "We read every one.",
        "reminders": "10 and 2",
        "whom": "all-schools",
        "sign_1": ["dsl"],
        "sign_2": ["head"],
        "sign_3": [],
    }
    return typed | days | changed


def _page(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"audits:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_lead_prepares_looks_and_opens(cast: Cast) -> None:
    lead = cast.client("marcus")
    assert "You have asked for no audit yet" in _page(lead, "index")
    made = lead.post(reverse("audits:new"), _typed(cast))
    cycle = Cycle.objects.get()
    assert made.headers["Location"] == reverse("audits:open-cycle", args=[cycle.pk])
    assert (cycle.steps, cycle.reminders, cycle.window.opens_on) == ([["dsl"], ["head"]], [10, 2], TODAY)
    page = _page(lead, "open-cycle", cycle.pk)
    assert "2 schools will have this" in page
    assert "Nobody to sign as signature 2: Headteacher (1)" in page
    assert "Ashdown Academy" in page
    assert not Return.objects.exists()
    assert lead.get(reverse("audits:cycle", args=[cycle.pk])).status_code == 302
    assert lead.post(reverse("audits:open-cycle", args=[cycle.pk])).status_code == 302
    assert Return.objects.count() == 2
    assert "We read every one." in _page(lead, "cycle", cycle.pk)
    assert "Being prepared" not in _page(lead, "index")
