"""What the database itself refuses, whoever writes to it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from haven.actions.models import Action, Assignment, Audience, CalendarKey, Digest, Draft, Evidence, Version
from haven.files.services import store_file
from tests.actions.raised import assigned, own, raised
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def refused(row, **changes):
    """Whether the database refuses these changes of a row."""
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**changes)
    except IntegrityError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"what": ""}, "an_action_says_what_is_asked"),
        ({"due_on": None, "due_time": "17:00"}, "no_due_time_without_a_day"),
        ({"source_address": "https://example.org"}, "a_source_lies_within_haven"),
        ({"source_address": "//example.org"}, "a_source_lies_within_haven"),
        ({"standing": "withdrawn"}, "an_ended_action_says_when"),
        ({"ended_at": NOW}, "an_ended_action_says_when"),
        ({"standing": "replaced", "ended_at": NOW}, "a_replaced_action_names_its_successor"),
        ({"prohibits": True}, "a_prohibition_asks_to_be_read"),
        ({"is_own": True, "is_optional": True}, "what_is_ones_own_is_never_optional"),
    ],
)
def test_no_action_contradicts_itself(cast, changes, constraint):
    assert constraint in refused(raised(cast), **changes)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"due_on": None, "due_time": "17:00"}, "no_assignments_time_without_a_day"),
        ({"state": "done"}, "what_is_closed_says_when"),
        ({"closed_at": NOW}, "what_is_closed_says_when"),
        ({"state": "not-applicable", "closed_at": NOW}, "what_does_not_apply_says_why"),
        ({"state": "returned"}, "what_is_sent_back_says_why"),
    ],
)
def test_no_assignment_contradicts_itself(cast, changes, constraint):
    assert constraint in refused(assigned(cast), **changes)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"kind": "word"}, "evidence_holds_what_its_kind_says"),
        ({"kind": "file"}, "evidence_holds_what_its_kind_says"),
        ({"kind": "link"}, "a_link_leads_to_a_web_page"),
        ({"kind": "reading", "words": "x"}, "evidence_holds_what_its_kind_says"),
        ({"kind": "link", "address": "javascript:alert(1)"}, "a_link_leads_to_a_web_page"),
        ({"kind": "record", "address": "https://example.org"}, "a_record_lies_within_haven"),
        ({"kind": "record", "address": "//example.org"}, "a_record_lies_within_haven"),
    ],
)
def test_evidence_is_what_it_says(cast, facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Evidence.objects.create(assignment=assigned(cast), given_at=NOW, **facts)


@pytest.mark.parametrize(
    "facts",
    [{"kind": "cluster"}, {"kind": "phase"}, {"kind": "organisation"}, {"kind": "all-schools", "phase": "primary"}],
)
def test_an_audience_names_what_its_kind_says(cast, facts):
    action = raised(cast)
    with pytest.raises(IntegrityError, match="an_audience_names_what_its_kind_says"), transaction.atomic():
        Audience.objects.create(action=action, **facts)


def test_nothing_stands_twice_that_should_stand_once(cast):
    row = assigned(cast)
    again = {
        Assignment: {
            "action": row.action,
            "organisation": row.organisation,
            "occurrence_on": row.occurrence_on,
            "raised_at": NOW,
        },
        Audience: {"action": row.action, "kind": "all-schools"},
        Version: {"action": row.action, "number": 1, "was": {}, "until_at": NOW},
        Draft: {"person": cast.priya, "place": "close/x", "fields": {}, "saved_at": NOW},
        Digest: {"person": cast.priya, "week_on": NOW.date(), "sent_at": NOW},
        CalendarKey: {"person": cast.priya, "made_at": NOW},
    }
    assert len(again) == 6
    for model, facts in again.items():
        if not model.objects.filter(**facts).exists():
            model.objects.create(**facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**facts | ({"secret_hash": "other"} if model is CalendarKey else {}))


def test_what_is_a_schools_own_is_asked_of_nobody_else(cast):
    row = own(cast).assignments.get()
    assert "asked of nobody else" in refused(row, organisation=cast.ashdown)
    assert refused(assigned(cast), organisation=cast.police) == ""


def test_one_file_is_evidence_once(cast):
    row = assigned(cast)
    file = store_file(name="a.txt", content=b"A", by=cast.actor("priya"), at=NOW)
    Evidence.objects.create(assignment=row, kind="file", file=file, given_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(assignment=row, kind="file", file=file, given_at=NOW)


def test_what_was_asked_is_never_deleted(cast):
    row = assigned(cast)
    with pytest.raises(ProtectedError):
        row.action.delete()
    assert Action.objects.exists()
