"""Something that comes round without a date says which time round it is."""

from datetime import date

import pytest
from django.urls import reverse

from haven.actions.rules import occurrence_in_words
from haven.engines.days.recurrence import Rhythm
from tests.actions.raised import DUE, raised
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
CME = {"what": "Return the CME list", "recurs": Rhythm.MONTHLY, "due_on": None}


@pytest.mark.parametrize(
    ("recurs", "due_on", "said"),
    [
        ("monthly", None, "November 2026"),
        ("month-end", None, "November 2026"),
        ("termly", None, "November 2026"),
        ("weekly", None, "9 November 2026"),
        ("monthly", DUE, ""),
        ("", None, ""),
    ],
)
def test_which_time_round_it_is(recurs, due_on, said):
    assert occurrence_in_words(recurs, due_on, date(2026, 11, 9)) == said


def test_the_list_the_page_and_the_table_name_the_month(cast):
    action = raised(cast, **CME)
    assignment = action.assignments.get(organisation=cast.oakfield)
    school, lead = cast.client("priya"), cast.client("marcus")
    assert "Return the CME list – March 2026" in school.get(reverse("actions:own")).content.decode()
    assert "Return the CME list – March 2026</h1>" in school.get(f"/actions/{assignment.pk}/").content.decode()
    asked = lead.get(reverse("actions:asked", args=[action.pk])).content.decode()
    assert '<td class="govuk-table__cell">March 2026</td>' in asked
    table = lead.get(reverse("actions:export-action", args=[action.pk, "csv"])).content.decode()
    assert "Return the CME list – March 2026" in table


def test_what_has_a_date_is_not_named_twice(cast):
    raised(cast, what="Return the CME list", recurs=Rhythm.MONTHLY)
    body = cast.client("priya").get(reverse("actions:own")).content.decode()
    assert "Return the CME list</a>" in body
