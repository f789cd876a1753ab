"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from haven.intelligence.models import Dissemination, Link, Receipt, Report, Submission
from haven.intelligence.rules.linking import Kind
from tests.behind import behind
from tests.intelligence.told import everything, graded, mentioned, sanitised, sent, submitted, told

pytestmark = pytest.mark.django_db


def broken(rows, named: str, **change) -> None:
    with behind(), pytest.raises(IntegrityError, match=named), transaction.atomic():
        rows.update(**change)


def test_an_answer_says_when_and_by_whom(fairhaven) -> None:
    submitted(fairhaven)
    broken(Submission.objects.all(), "an_answer_says_when_and_by_whom", outcome="used")


def test_an_outcome_says_on_which_day(fairhaven) -> None:
    told(fairhaven)
    broken(Receipt.objects.all(), "an_outcome_that_was_told_says_on_which_day", outcome="used")


def test_a_form_has_one_receipt(fairhaven) -> None:
    key = told(fairhaven).key
    other = told(fairhaven, "grace")
    broken(Receipt.objects.filter(pk=other.pk), "key", key=key)


def test_a_submission_has_one_report_of_a_version(fairhaven) -> None:
    row = submitted(fairhaven)
    sanitised(fairhaven, row)
    sanitised(fairhaven, row, "Less of it.")
    broken(Report.objects.filter(version=2), "one_report_of_a_version", version=1)


def test_a_report_is_with_an_organisation_once_and_on_conditions_says_which(fairhaven) -> None:
    row = submitted(fairhaven)
    graded(fairhaven, row)
    report = sanitised(fairhaven, row)
    sent(fairhaven, report, fairhaven.health)
    there = sent(fairhaven, report, fairhaven.oakfield)
    one = Dissemination.objects.filter(pk=there.pk)
    broken(one, "a_report_is_with_an_organisation_once", to=fairhaven.health)
    broken(one, "what_is_sent_on_conditions_says_which", handling="C")


def test_something_is_mentioned_in_a_submission_once(fairhaven) -> None:
    row = submitted(fairhaven)
    one = mentioned(fairhaven, row, Kind.PLACE, "Harbour Steps")
    other = mentioned(fairhaven, row, Kind.PLACE, "The quay")
    broken(Link.objects.filter(pk=other.pk), "mentioned_in_a_submission_once", entity=one.entity_id)
    assert len(everything(Link)) == 2
