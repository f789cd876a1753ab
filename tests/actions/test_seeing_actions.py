"""What the lists, the picture and the tables to take away show, and in how many questions to the database."""

import csv
import io
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.urls import reverse

from haven.access.decision import Refused
from haven.actions.models import Assignment
from haven.actions.queries.lists import Shown, overdue_at, own_counts, own_list
from haven.actions.queries.overviews import Counts, Sought, area_counts, overview
from haven.actions.rules import Group, is_overdue
from haven.actions.services import GivenEvidence, close_assignment, mark_not_applicable, mark_seen, return_assignment
from haven.engines.days.recurrence import Rhythm
from haven.kit.sheets import plain
from haven.people.models import Cluster, ClusterPlace, Organisation, ServedArea
from tests.actions.raised import assigned, raised
from tests.cast import BEGAN, NOW

TODAY = NOW.date()
DONE = GivenEvidence(words="Done")


def due(days):
    return TODAY + timedelta(days=days)


def titles(cast, who="priya", **shown):
    return [line.what for line in own_list(by=cast.actor(who), at=NOW, shown=Shown(**shown))]


def furnished(cast):
    """One of each kind for every school; Oakfield's own answers vary."""
    rows = {
        name: assigned(cast, what=name, due_on=when)
        for name, when in [
            ("late", due(-1)),
            ("soon", due(3)),
            ("later", due(40)),
            ("undated", None),
            ("done", due(-9)),
            ("back", due(5)),
        ]
    }
    by = cast.actor("priya")
    for name in ("done", "back"):
        close_assignment(assignment_id=rows[name].pk, evidence=DONE, by=by, at=NOW)
    return_assignment(assignment_id=rows["back"].pk, comment="More", by=cast.actor("marcus"), at=NOW)
    mark_seen(assignment_ids=[rows["soon"].pk], by=by, at=NOW)
    return rows


@pytest.mark.django_db
def test_the_most_pressing_comes_first(cast):
    furnished(cast)
    assert titles(cast) == ["late", "soon", "back", "later", "undated"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({"group": Group.OVERDUE}, ["late"]),
        ({"group": Group.SOON}, ["soon", "back"]),
        ({"group": Group.LATER}, ["later"]),
        ({"group": Group.UNDATED}, ["undated"]),
        ({"group": Group.DONE}, ["done"]),
        ({"group": Group.WITHDRAWN}, []),
        ({"is_returned": True}, ["back"]),
        ({"is_new": True}, ["late", "later", "undated"]),
        ({"text": "LAT"}, ["late", "later"]),
        ({"is_mine": True}, []),
    ],
)
def test_the_list_shows_what_is_chosen(cast, shown, expected):
    furnished(cast)
    assert titles(cast, **shown) == expected


@pytest.mark.django_db
def test_the_counts_are_those_of_the_list(cast):
    furnished(cast)
    counts = own_counts(by=cast.actor("priya"), at=NOW)
    assert (counts.overdue, counts.soon, counts.later, counts.undated) == (1, 2, 1, 1)
    assert (counts.returned, counts.new, counts.done, counts.waiting) == (1, 3, 1, 5)
    assert own_counts(by=cast.actor("sam"), at=NOW).waiting == 0


LONDON = ZoneInfo("Europe/London")
MOMENTS = [
    datetime(2026, 7, 1, hour, minute, 30, tzinfo=LONDON) for hour, minute in [(0, 0), (9, 30), (16, 59), (23, 59)]
]


@pytest.mark.django_db
@pytest.mark.parametrize("at", MOMENTS)
def test_overdue_is_one_thing_in_python_and_in_the_database(cast, at):
    for days in (-1, 0, 1, None):
        for clock in (None, time(0, 0), time(9, 30), time(9, 31), time(17, 0), time(23, 59)):
            if days is not None or clock is None:
                due_on = None if days is None else at.date() + timedelta(days=days)
                raised(cast, due_on=due_on, due_time=clock)
    rows = list(Assignment.objects.all())
    assert len(rows) == 38
    late = set(Assignment.objects.filter(overdue_at(at)))
    assert late == {row for row in rows if is_overdue(row.due_on, row.due_time, at)}


@pytest.mark.django_db
def test_the_picture_counts_each_assignment_once(cast):
    furnished(cast)
    seen = overview(by=cast.actor("marcus"), at=NOW, sought=Sought())
    assert {line.what: line.counts for line in seen.actions} == {
        "late": Counts(0, 0, 2),
        "soon": Counts(0, 2, 0),
        "later": Counts(0, 2, 0),
        "undated": Counts(0, 2, 0),
        "done": Counts(1, 0, 1),
        "back": Counts(0, 2, 0),
    }
    assert seen.counts == Counts(1, 8, 3)
    assert area_counts(by=cast.actor("marcus"), at=NOW) == [(cast.area, Counts(1, 8, 3))]


@pytest.mark.django_db
def test_each_cell_says_how_one_school_stands_with_one_action(cast):
    rows = furnished(cast)
    aside = rows["later"].action.assignments.get(organisation=cast.ashdown)
    mark_not_applicable(assignment_id=aside.pk, reason="No boarders", by=cast.actor("grace"), at=NOW)
    seen = overview(by=cast.actor("marcus"), at=NOW, sought=Sought())
    names = [line.what for line in seen.actions]
    cells = {row.organisation: dict(zip(names, row.cells, strict=True)) for row in seen.rows}
    assert cells["Oakfield Primary School"] == {
        "late": "late",
        "soon": "open",
        "later": "open",
        "undated": "open",
        "done": "done",
        "back": "returned",
    }
    assert cells["Ashdown Academy"]["later"] == "not-applicable"
    assert cells["Ashdown Academy"]["done"] == "late"


@pytest.mark.django_db
def test_where_an_action_comes_round_its_cell_shows_what_needs_most(cast):
    row = assigned(cast, recurs=Rhythm.WEEKLY, due_on=due(-7))
    Assignment.objects.create(
        action=row.action, organisation=cast.oakfield, occurrence_on=TODAY, due_on=TODAY, raised_at=NOW
    )
    seen = overview(by=cast.actor("marcus"), at=NOW, sought=Sought(phase="primary"))
    assert [row.cells for row in seen.rows] == [("late",)]


@pytest.mark.django_db
def test_the_picture_narrows_to_a_cluster_a_phase_and_words(cast):
    furnished(cast)
    cluster = Cluster.objects.create(area=cast.area, name="North")
    ClusterPlace.objects.create(cluster=cluster, organisation=cast.ashdown, starts_on=BEGAN)

    def schools(**sought):
        seen = overview(by=cast.actor("marcus"), at=NOW, sought=Sought(**sought))
        return [row.organisation for row in seen.rows], {line.what for line in seen.actions}, seen.counts.all

    assert schools(cluster=cluster.pk)[0] == ["Ashdown Academy"]
    assert schools(phase="primary")[0] == ["Oakfield Primary School"]
    assert schools(phase="primary")[2] == 6
    assert schools(text="lat")[1] == {"late", "later"}
    assert schools(is_overdue=True)[1] == {"late", "done"}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["priya", "lena", "nadia", "sam", "nobody"])
def test_only_leads_see_the_picture(cast, who):
    with pytest.raises(Refused):
        overview(by=cast.actor(who), at=NOW, sought=Sought())


@pytest.mark.parametrize(
    ("counts", "percent", "bar"),
    [
        (Counts(0, 0, 0), 0, ()),
        (Counts(199, 1, 0), 99, (("done", 0.0, 99.5), ("open", 99.5, 0.5))),
        (Counts(1, 1, 2), 25, (("done", 0.0, 25.0), ("open", 25.0, 25.0), ("late", 50.0, 50.0))),
    ],
)
def test_a_bar_is_as_long_as_its_counts_and_never_looks_done_too_soon(counts, percent, bar):
    assert (counts.percent_done, counts.bar) == (percent, bar)


def more_schools(cast, count):
    for n in range(count):
        school = Organisation.objects.create(kind="school", name=f"School {n:02}", urn=910000 + n, phase="primary")
        ServedArea.objects.create(organisation=school, area=cast.area, starts_on=BEGAN)


@pytest.mark.django_db
@pytest.mark.time_machine(NOW, tick=False)
@pytest.mark.parametrize(
    ("who", "name", "at_most"),
    [("marcus", "overview", 9), ("marcus", "asked", 10), ("priya", "own", 10), ("priya", "show", 10)],
)
def test_a_page_asks_the_database_no_more_however_much_there_is(
    cast, django_assert_max_num_queries, who, name, at_most
):
    more_schools(cast, 30)
    for n in range(12):
        row = assigned(cast, what=f"Action {n}", due_on=due(n - 6))
    args = {"asked": [row.action_id], "show": [row.pk]}.get(name, [])
    client = cast.client(who)
    client.get("/help/")  # marks the session as used, once in a while
    with django_assert_max_num_queries(at_most):
        assert client.get(reverse(f"actions:{name}", args=args)).status_code == 200


@pytest.mark.django_db
@pytest.mark.time_machine(NOW, tick=False)
def test_a_large_picture_is_shown_page_by_page(cast):
    more_schools(cast, 45)
    for n in range(22):
        raised(cast, what=f"Action {n}")
    client = cast.client("marcus")
    first = client.get("/actions/overview/").content.decode()
    assert first.count('<tr><th scope="row">') == 40
    assert "Schools after" in first
    second = client.get("/actions/overview/?actions=2&schools=2").content.decode()
    assert second.count('<tr><th scope="row">') == 7
    assert "Schools before" in second
    assert "Newer actions" in second


def exported(cast, kind, name="export", args=()):
    return cast.client("marcus").get(reverse(f"actions:{name}", args=[*args, kind]))


@pytest.mark.django_db
@pytest.mark.time_machine(NOW, tick=False)
def test_the_tables_to_take_away_hold_every_assignment(cast):
    rows = furnished(cast)
    mark_not_applicable(assignment_id=rows["soon"].pk, reason="=1+1", by=cast.actor("priya"), at=NOW)
    response = exported(cast, "csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="actions.csv"'
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(lines) == 12
    soon = next(line for line in lines if line["Action"] == "soon" and line["URN"] == "900001")
    assert (soon["State"], soon["Overdue"], soon["Reason"]) == ("Does not apply", "no", "'=1+1")
    late = next(line for line in lines if line["Action"] == "late" and line["URN"] == "900001")
    assert (late["State"], late["Overdue"], late["Due on"]) == ("Open", "yes", "2026-03-01")


@pytest.mark.django_db
@pytest.mark.time_machine(NOW, tick=False)
def test_nothing_typed_is_a_formula_in_the_workbook(cast):
    action = raised(cast, what='=HYPERLINK("https://example.org","Click")')
    response = exported(cast, "xlsx", "export-action", [action.pk])
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert len(cells) == 27
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert sheet["C2"].value == '\'=HYPERLINK("https://example.org","Click")'
    assert sheet["D2"].value.date() == action.due_on


@pytest.mark.parametrize("start", [*"=+-@\t\r\n\0", "＝", "＋", "－", "＠"])
def test_text_that_would_start_a_formula_is_quoted(start):
    assert plain(f"{start}cmd") == f"'{start}cmd"


@pytest.mark.parametrize("value", ["plain", 7, -7, 1.5, date(2026, 3, 2), ""])
def test_what_is_no_formula_stays_as_it_is(value):
    assert plain(value) == value


def test_what_is_missing_is_left_blank():
    assert plain(None) == ""
