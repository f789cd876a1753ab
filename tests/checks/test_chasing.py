"""Who answers is reminded, once; what is late is told to their head and the council, once; holidays are bridged."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from haven.access.actor import HAVEN
from haven.checks.disclosure.requests import open_request
from haven.checks.models import Given
from haven.checks.queries.boards import requests
from haven.checks.rules.bands import Band
from haven.checks.rules.states import AskState
from haven.checks.services import change_band, chase
from haven.people.models import TermDates
from tests.behind import behind, stop_the_clock
from tests.cast import NOW
from tests.checks.asked import again, answered, ask_of, asked
from tests.people.seen import told
from tests.subjects.known import JONAH, child, kept_from

pytestmark = pytest.mark.django_db
SCHOOL, COUNCIL = {"priya@example.org", "dee@example.org"}, {"mina@example.org", "dara@example.org"}


@pytest.fixture
def jonah(fairhaven):
    """At Oakfield."""
    return child(fairhaven, JONAH, fairhaven.oakfield)


def reminded(at) -> set[str]:
    """Who is written to when Haven looks at this moment."""
    mail.outbox.clear()
    chase(by=HAVEN, at=at)
    return {address for letter in mail.outbox for address in letter.to}


def verbs() -> list[str]:
    """What the ledger was told of chasing."""
    return [each["verb"] for each in told() if each["verb"] in ("check.prompted", "check.late", "check.raised")]


@pytest.mark.parametrize(
    ("band", "soon", "late"),
    [
        (Band.RED, datetime(2026, 3, 2, 12, 30, tzinfo=UTC), datetime(2026, 3, 2, 13, 30, tzinfo=UTC)),
        (Band.AMBER, datetime(2026, 3, 4, 11, 30, tzinfo=UTC), datetime(2026, 3, 5, 9, 30, tzinfo=UTC)),
        (Band.GREEN, datetime(2026, 3, 10, 15, 30, tzinfo=UTC), datetime(2026, 3, 13, 9, 30, tzinfo=UTC)),
    ],
)
def test_in_the_last_quarter_of_its_time_the_agency_is_reminded_and_then_the_council_told(
    fairhaven, jonah, band, soon, late
) -> None:
    row = ask_of(asked(fairhaven, jonah, fairhaven.oakfield, band=band), fairhaven.oakfield)
    assert row.due_at == late
    second = timedelta(seconds=1)
    assert reminded(soon - second) == set()
    assert reminded(soon) == SCHOOL
    assert reminded(soon + second) == set()
    assert reminded(late) == set()
    assert reminded(late + second) == SCHOOL | COUNCIL | {"tom@example.org"}
    assert reminded(late + timedelta(days=2)) == set()
    assert verbs() == ["check.prompted", "check.late"]


def test_what_has_no_time_is_never_chased(fairhaven, jonah) -> None:
    asked(fairhaven, jonah, fairhaven.oakfield, band=Band.BLUE)
    assert reminded(NOW + timedelta(days=300)) == set()


def test_what_was_answered_is_not_chased(fairhaven, jonah) -> None:
    row = ask_of(asked(fairhaven, jonah, fairhaven.oakfield), fairhaven.oakfield)
    answered(fairhaven, row, "priya", "Here 91 of 100 days.")
    assert reminded(NOW + timedelta(hours=3, minutes=30)) == reminded(NOW + timedelta(days=3)) == set()


def test_with_another_band_the_time_and_the_reminders_begin_again(fairhaven, jonah) -> None:
    check = asked(fairhaven, jonah, fairhaven.oakfield)
    assert reminded(NOW + timedelta(hours=3)) == SCHOOL
    change_band(
        check_id=check.pk, band=Band.AMBER, why="Seen and safe", by=fairhaven.actor("mina"), at=NOW + timedelta(hours=3)
    )
    assert reminded(NOW + timedelta(hours=5)) == set()
    assert reminded(datetime(2026, 3, 4, 11, 30, tzinfo=UTC)) == SCHOOL


def test_whoever_is_excluded_is_not_reminded_and_no_letter_names_anything(fairhaven, jonah) -> None:
    for who in ("dee", "tom", "mina"):
        kept_from(fairhaven, jonah, who)
    asked(fairhaven, jonah, fairhaven.oakfield, who="dara")
    assert reminded(NOW + timedelta(hours=3)) == {"priya@example.org"}
    assert reminded(NOW + timedelta(hours=5)) == {"priya@example.org", "dara@example.org"}
    assert not any(
        word in each.subject + each.body for each in mail.outbox for word in ("Jonah", "FH-1017", "Oakfield")
    )


def test_what_those_who_answer_may_not_answer_any_more_goes_higher_up(fairhaven, jonah) -> None:
    row = ask_of(asked(fairhaven, jonah, fairhaven.oakfield), fairhaven.oakfield)
    for who in ("priya", "dee"):
        kept_from(fairhaven, jonah, who)
    assert reminded(NOW + timedelta(hours=1)) == {"tom@example.org"}
    assert again(row).is_alarm
    assert open_request(ask_id=row.pk, by=fairhaven.actor("tom"), at=NOW + timedelta(hours=1)).state == AskState.OPENED
    assert verbs() == ["check.raised"]


@pytest.fixture
def holidays(fairhaven) -> None:
    """Schools are shut from the last Friday in March until the middle of April."""
    for name, first, last in (
        ("Spring", date(2026, 1, 5), date(2026, 3, 27)),
        ("Summer", date(2026, 4, 13), date(2026, 7, 21)),
    ):
        TermDates.objects.create(area=fairhaven.area, school_year=2025, name=name, starts_on=first, ends_on=last)


def in_the_holidays(fairhaven, jonah, band: Band = Band.RED):
    """Asked while Oakfield is shut, by Mina; what Oakfield is asked."""
    at = datetime(2026, 4, 1, 10, tzinfo=UTC)
    stop_the_clock(at)
    return ask_of(asked(fairhaven, jonah, fairhaven.oakfield, at=at, band=band), fairhaven.oakfield), at


def named_for(row) -> set[str]:
    """Who answers by name."""
    with behind():
        return set(Given.objects.filter(ask=row).values_list("person__email", "why"))


def test_while_the_school_is_shut_the_officer_whom_the_area_names_is_asked_and_answers(
    fairhaven, jonah, holidays, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row, at = in_the_holidays(fairhaven, jonah)
    assert row.is_out_of_term
    assert named_for(row) == {("dara@example.org", "out-of-term")}
    assert {each.to[0] for each in mail.outbox} == SCHOOL | {"dara@example.org"}
    (line,) = requests(by=fairhaven.actor("dara"), at=at).waiting
    assert (line.ask, line.is_out_of_term) == (row.pk, True)
    answered(fairhaven, row, "dara", "On roll since Reception, by what the school shared.", at=at)
    assert again(row).state == AskState.ANSWERED
    assert requests(by=fairhaven.actor("priya"), at=at).done


def test_an_officer_who_is_excluded_is_not_asked_while_the_school_is_shut(fairhaven, jonah, holidays) -> None:
    kept_from(fairhaven, jonah, "dara")
    row, _ = in_the_holidays(fairhaven, jonah)
    assert (row.is_out_of_term, named_for(row)) == (True, set())


def test_without_a_time_the_school_answers_when_it_opens(fairhaven, jonah, holidays) -> None:
    row, _ = in_the_holidays(fairhaven, jonah, Band.BLUE)
    assert (row.is_out_of_term, named_for(row)) == (False, set())


def test_in_the_holidays_the_officer_is_reminded_too(fairhaven, jonah, holidays) -> None:
    row, at = in_the_holidays(fairhaven, jonah)
    assert row.due_at == at + timedelta(hours=4)
    assert reminded(at + timedelta(hours=3)) == SCHOOL | {"dara@example.org"}
