"""What a council's lead sees of her schools' policies: lines and dates, and neither files nor notes."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from haven.access.decision import Refused
from haven.people.models import Organisation, ServedArea
from haven.policies.models import Policy
from haven.policies.queries.pictures import Sought, exported, picture, school_seen
from haven.policies.rules.facts import PolicyKind
from haven.policies.rules.life import Standing
from haven.policies.services import withdraw_policy
from tests.cast import BEGAN, NOW, TODAY
from tests.policies.registered import approved, policy, sent

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


@pytest.fixture
def furnished(cast):
    """Oakfield: one overdue, one in date, one without a version, one gone. Ashdown: one due. A third has none."""
    late = policy(cast, address="https://oakfield.example.org/cp", kept_at="Blue folder")
    approved(cast, late)
    Policy.objects.filter(pk=late.pk).update(review_on=TODAY - timedelta(days=1))
    approved(cast, policy(cast, title="Behaviour", kind=PolicyKind.BEHAVIOUR), TODAY)
    sent(cast, policy(cast, title="Whistle", kind=PolicyKind.WHISTLEBLOWING), label="Secret draft")
    gone = policy(cast, title="Gone", kind=PolicyKind.COMPLAINTS)
    withdraw_policy(policy_id=gone.pk, why="Old", by=cast.actor("priya"), at=NOW)
    due = policy(cast, "grace", "ashdown")
    approved(cast, due, TODAY, "grace")
    Policy.objects.filter(pk=due.pk).update(review_on=TODAY + timedelta(days=10))
    third = Organisation.objects.create(kind="school", name="Third School", urn=900003, phase="primary")
    ServedArea.objects.create(organisation=third, area=cast.area, starts_on=BEGAN)
    return late


def seen(cast, **sought):
    return picture(by=cast.actor("marcus"), on=TODAY, sought=Sought(**sought))


def test_schools_by_kinds_with_what_each_needs_most(cast, furnished):
    shown = seen(cast)
    names = [column.label for column in shown.columns]
    cells = {row.name: dict(zip(names, row.cells, strict=True)) for row in shown.rows}
    assert cells["Oakfield Primary School"]["Child protection"] is Standing.OVERDUE
    assert cells["Oakfield Primary School"]["Behaviour"] is Standing.IN_DATE
    assert cells["Oakfield Primary School"]["Whistleblowing"] is Standing.UNAPPROVED
    assert cells["Ashdown Academy"]["Child protection"] is Standing.DUE
    assert set(cells["Third School"].values()) == {None}
    assert "Complaints" not in names, "nobody goes by one"
    assert (shown.overdue, shown.due, shown.in_date, shown.unapproved) == (1, 1, 1, 1)
    assert (shown.schools, shown.registering) == (3, 2)


def test_the_counts_of_a_kind_are_of_schools_and_make_a_bar(cast, furnished):
    first = seen(cast).columns[0]
    assert (first.label, first.in_date, first.due, first.overdue, first.unapproved, first.none) == (
        "Child protection",
        0,
        1,
        1,
        0,
        1,
    )
    assert first.bar == (("open", 0.0, 33.33), ("late", 33.33, 33.33))


def test_the_picture_narrows(cast, furnished):
    for sought, names in (
        ({"phase": "primary"}, ["Oakfield Primary School", "Third School"]),
        ({"text": "ash aca"}, ["Ashdown Academy"]),
        ({"is_overdue": True}, ["Oakfield Primary School"]),
        ({"page": 2}, []),
    ):
        assert [row.name for row in seen(cast, **sought).rows] == names


def test_nobody_but_the_leads_sees_it(cast, furnished):
    for who in ("priya", "grace", "bell", "lena", "nadia", "sam", "nobody"):
        by = cast.actor(who)
        with pytest.raises(Refused):
            picture(by=by, on=TODAY, sought=Sought())
        with pytest.raises(Refused):
            exported(by=by, on=TODAY, sought=Sought())
        with pytest.raises(Refused):
            school_seen(school_id=cast.oakfield.pk, by=by, on=TODAY)


def test_the_pages_and_the_table_hold_lines_and_nothing_of_what_is_the_schools_own(cast, furnished):
    client = cast.client("marcus")
    pages = [
        client.get(reverse("policies:picture")).content.decode(),
        client.get(reverse("policies:school", args=[cast.oakfield.pk])).content.decode(),
        client.get(reverse("policies:export-csv")).content.decode("utf-8-sig"),
    ]
    for page in pages:
        for secret in ("Secret draft", "Blue folder", "policy.txt", "Priya Nair", "7.2", "New paragraph 4", "/cp"):
            assert secret not in page
    assert "Child protection policy" in pages[1]
    assert "1 March 2026" in pages[1]


def test_the_table_to_take_away_has_every_line_and_every_school(cast, furnished):
    answer = cast.client("marcus").get(reverse("policies:export-csv"))
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(line["School"], line["Policy"], line["State"]) for line in lines] == [
        ("Ashdown Academy", "Child protection policy", "Review due"),
        ("Oakfield Primary School", "Behaviour", "In date"),
        ("Oakfield Primary School", "Child protection policy", "Review overdue"),
        ("Oakfield Primary School", "Whistle", "No approved version"),
        ("Third School", "", "Nothing registered"),
    ]
    assert (lines[2]["Comes up"], lines[2]["Next review"]) == ("every year", "2026-03-01")
    assert cast.client("marcus").get(reverse("policies:export-xlsx")).status_code == 200
    only = cast.client("marcus").get(reverse("policies:export-csv"), {"is_overdue": "on"}).content.decode("utf-8-sig")
    assert "Ashdown" not in only


def test_a_lead_who_opens_policies_is_led_to_the_picture(cast):
    assert cast.client("marcus").get(reverse("policies:index")).url == reverse("policies:picture")


def test_an_organisation_that_is_no_school_of_hers_is_not_there(cast):
    assert cast.client("marcus").get(reverse("policies:school", args=[cast.police.pk])).status_code == 404
    assert "No school fits" in cast.client("marcus").get(reverse("policies:picture"), {"text": "zzz"}).content.decode()


def test_a_large_area_is_shown_page_by_page_in_few_questions(cast, django_assert_max_num_queries):
    schools = [Organisation(kind="school", name=f"School {n:02}", urn=910000 + n, phase="primary") for n in range(45)]
    Organisation.objects.bulk_create(schools)
    ServedArea.objects.bulk_create(ServedArea(organisation=each, area=cast.area, starts_on=BEGAN) for each in schools)
    client = cast.client("marcus")
    client.get("/help/")
    with django_assert_max_num_queries(8):
        first = client.get(reverse("policies:picture")).content.decode()
    assert "Schools, page 1 of 2." in first
    assert "Schools before" in client.get(reverse("policies:picture"), {"page": "2"}).content.decode()
