"""A cycle prepared, looked at, opened, changed, put off, closed: the change, the refusal and the ledger's entry."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from haven.access.decision import Refused
from haven.access.roles import Role
from haven.actions.rules import Reach, ReachKind
from haven.audits import services
from haven.audits.models import Cycle, Notice, Return
from haven.audits.queries.asked import schools_asked, windows_of
from haven.audits.queries.preparing import Preview, cycle_to_build_on, preview
from haven.audits.rules.life import Standing, State, Window
from haven.ledger.models import Detail
from haven.people.models import Area, Cluster, ClusterPlace, Organisation, Post, ServedArea, Status
from haven.questions.services import make_template
from tests.audits.asked import WINDOW, answer, answered, begun, opened, prepared, return_of, wish
from tests.audits.whereabouts import put, schools
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.questions.template import content, released

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EARLIER = Window(TODAY, TODAY + 10 * DAY, TODAY + 15 * DAY)
LATER = Window(TODAY + 60 * DAY, TODAY + 80 * DAY, TODAY + 90 * DAY)


def _verbs() -> list[str]:
    return [json.loads(text)["verb"] for text in Detail.objects.order_by("pk").values_list("text", flat=True)]


def _refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.advice


def _cluster(cast: Cast, name: str, *names: str) -> Cluster:
    cluster = Cluster.objects.create(area=cast.area, name=name)
    for each in names:
        ClusterPlace.objects.create(cluster=cluster, organisation=cast.organisations[each], starts_on=BEGAN)
    return cluster


def _open(cast: Cast, cycle: Cycle, at: datetime = NOW) -> Cycle:
    return services.open_cycle(cycle_id=cycle.pk, by=cast.actor("marcus"), at=at)


def _put_off(cast: Cast, cycle: Cycle, now_on: date, of: Return | None = None, why: str = "Snow.") -> Cycle:
    return services.put_off(
        cycle_id=cycle.pk, return_id=of.pk if of else None, now_on=now_on, why=why, by=cast.actor("marcus"), at=NOW
    )


def test_a_prepared_cycle_is_known_to_no_school_and_stands_in_the_ledger(cast: Cast) -> None:
    cycle = prepared(cast, title=" Audit ", reminders=(3, 14, 3))
    assert (cycle.standing, cycle.title, cycle.reminders, cycle.prepared_by) == (
        Standing.DRAFT,
        "Audit",
        [14, 3],
        cast.marcus,
    )
    assert not Return.objects.exists()
    assert _verbs()[-1] == "cycle.prepared"


@pytest.mark.parametrize("who", ["priya", "tom", "lena", "sam", "nadia"])
def test_only_the_areas_leads_prepare_change_open_put_off_and_close(cast: Cast, who: str) -> None:
    cycle, of = prepared(cast), {"at": NOW, "by": cast.actor(who)}
    wanted = wish(cycle.version)
    deeds: list[Callable[[], object]] = [
        lambda: services.prepare_cycle(area=cast.area, wanted=wanted, **of),
        lambda: services.amend_cycle(cycle_id=cycle.pk, wanted=wanted, **of),
        lambda: services.open_cycle(cycle_id=cycle.pk, **of),
        lambda: services.put_off(cycle_id=cycle.pk, return_id=None, now_on=LATER.final_due_on, why="Snow.", **of),
        lambda: services.close_cycle(cycle_id=cycle.pk, **of),
        lambda: services.discard_cycle(cycle_id=cycle.pk, **of),
        lambda: services.chase(cycle_id=cycle.pk, return_ids=[], **of),
    ]
    for deed in deeds:
        assert _refused(deed) == ""
    assert Cycle.objects.get().standing == Standing.DRAFT


def test_a_cycle_that_is_not_there_is_refused_like_anothers(cast: Cast) -> None:
    assert _refused(lambda: _open(cast, Cycle(pk=uuid4()))) == ""


FAULTS: dict[str, Callable[[Cast], dict[str, Any]]] = {
    "The first deadline must not be before": lambda _: {"window": Window(TODAY, TODAY - DAY, TODAY)},
    "The final deadline must not be before": lambda _: {"window": Window(TODAY, TODAY + DAY, TODAY)},
    "Choose at least one signature": lambda _: {"steps": ()},
    "Choose at least one signature.": lambda _: {"steps": (("dsl",), ())},
    "at least one signature": lambda _: {"steps": (("social-worker",),)},
    "No open school would be asked": lambda _: {"audience": ()},
    "do not belong to the area": lambda _: {"audience": (Reach(ReachKind.ORGANISATION, str(uuid4())),)},
    "do not belong": lambda _: {"windows": {uuid4(): WINDOW}},
    "must not be before the first.": lambda cast: {
        "windows": {_cluster(cast, "One").pk: Window(TODAY, TODAY + DAY, TODAY)}
    },
    "for people to answer": lambda _: {"version": released(id="a-survey", use="survey").pk},
    "another area’s": lambda _: {"version": uuid4()},
    "Release these questions first": lambda cast: {"version": _draft_version(cast)},
}


def _draft_version(cast: Cast) -> Any:
    made = make_template(area=cast.area, content=content(id="drafted"), by=cast.actor("marcus"), at=NOW)
    return made.pk


@pytest.mark.parametrize("advice", FAULTS)
def test_what_cannot_be_asked_is_refused_with_the_reason(cast: Cast, advice: str) -> None:
    wanted = replace(wish(), **FAULTS[advice](cast))
    by = cast.actor("marcus")
    assert advice in _refused(lambda: services.prepare_cycle(area=cast.area, wanted=wanted, by=by, at=NOW))
    assert not Cycle.objects.exists()


def test_another_areas_questions_cannot_be_asked(cast: Cast) -> None:
    elsewhere = Area.objects.create(name="Elsewhere", code="998")
    version = released()
    version.template.area = elsewhere
    version.template.save()
    assert "another area’s" in _refused(lambda: prepared(cast, version))


def test_a_prepared_cycle_can_be_changed_in_everything(cast: Cast) -> None:
    one, two = _cluster(cast, "One", "oakfield"), _cluster(cast, "Two", "ashdown")
    cycle = prepared(cast, windows={one.pk: LATER})
    wanted = wish(
        cycle.version,
        title="Another",
        window=EARLIER,
        windows={two.pk: LATER},
        steps=(("head",),),
        audience=(Reach(ReachKind.PHASE, "primary"),),
    )
    services.amend_cycle(cycle_id=cycle.pk, wanted=wanted, by=cast.actor("marcus"), at=NOW)
    cycle = Cycle.objects.get()
    assert (cycle.title, cycle.window, cycle.steps) == ("Another", EARLIER, [["head"]])
    assert [each.cluster for each in cycle.windows.all()] == [two]
    assert cycle.reaches == wanted.audience
    assert _verbs()[-1] == "cycle.amended"


def test_an_open_cycle_changes_only_its_title_words_and_reminders(cast: Cast) -> None:
    cycle = opened(cast)
    by = cast.actor("marcus")
    same = wish(cycle.version)
    services.amend_cycle(
        cycle_id=cycle.pk, wanted=replace(same, title="New", note="Read this.", reminders=(7,)), by=by, at=NOW
    )
    cycle.refresh_from_db()
    assert (cycle.title, cycle.note, cycle.reminders) == ("New", "Read this.", [7])
    for changed in (
        {"steps": (("head",),)},
        {"window": LATER},
        {"windows": {_cluster(cast, "One").pk: LATER}},
        {"audience": (Reach(ReachKind.PHASE, "primary"),)},
        {"version": released(version="2027").pk},
    ):
        wanted = replace(same, **changed)
        advice = _refused(lambda wanted=wanted: services.amend_cycle(cycle_id=cycle.pk, wanted=wanted, by=by, at=NOW))
        assert "It is open" in advice
    services.close_cycle(cycle_id=cycle.pk, by=by, at=NOW)
    assert "It is closed" in _refused(lambda: services.amend_cycle(cycle_id=cycle.pk, wanted=same, by=by, at=NOW))


def test_opening_asks_each_open_school_once_and_tells_it(cast: Cast) -> None:
    cycle = opened(cast)
    assert {each.organisation for each in cycle.returns.all()} == {cast.oakfield, cast.ashdown}
    assert {(each.state, each.sheet) for each in cycle.returns.all()} == {(State.WAITING, None)}
    assert (cycle.standing, cycle.opened_at) == (Standing.OPEN, NOW)
    assert {(each.kind, each.step) for each in Notice.objects.all()} == {("opened", 0)}
    assert Notice.objects.count() == 2
    assert _verbs()[-1] == "cycle.opened"


def test_opening_twice_asks_and_tells_nobody_twice(cast: Cast) -> None:
    cycle = opened(cast)
    verbs = _verbs()
    _open(cast, cycle, NOW + timedelta(minutes=1))
    assert (Return.objects.count(), Notice.objects.count(), _verbs()) == (2, 2, verbs)
    assert Cycle.objects.get().opened_at == NOW


def test_a_school_that_joins_later_is_asked_when_the_lead_says_so(cast: Cast) -> None:
    cycle = opened(cast)
    (late,) = schools(cast, 1)
    assert not Return.objects.filter(organisation=late).exists()
    _open(cast, cycle, NOW + DAY)
    assert Return.objects.get(organisation=late).asked_at == NOW + DAY
    assert Notice.objects.filter(kind="opened").count() == 3
    assert Cycle.objects.get().opened_at == NOW


def test_a_school_that_has_closed_is_not_asked(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.ashdown.pk).update(status=Status.CLOSED)
    assert [each.organisation for each in opened(cast).returns.all()] == [cast.oakfield]


def test_a_school_that_left_the_area_and_an_agency_are_not_asked(cast: Cast) -> None:
    ServedArea.objects.filter(organisation=cast.ashdown).update(ends_on=TODAY)
    audience = (Reach(ReachKind.ALL_SCHOOLS), Reach(ReachKind.ORGANISATION, str(cast.police.pk)))
    assert [each.organisation for each in opened(cast, audience=audience).returns.all()] == [cast.oakfield]


def test_a_cycle_that_would_ask_nobody_is_not_opened(cast: Cast) -> None:
    Organisation.objects.filter(kind="school").update(status=Status.CLOSED)
    assert "No open school" in _refused(lambda: opened(cast))


def test_a_cycle_whose_final_deadline_has_passed_is_not_opened(cast: Cast) -> None:
    cycle = prepared(cast)
    after = NOW + timedelta(days=41)
    assert "Change its days first" in _refused(lambda: _open(cast, cycle, after))
    _open(cast, cycle, after - DAY)


def test_each_group_has_the_days_of_its_own_window(cast: Cast) -> None:
    one = _cluster(cast, "One", "oakfield")
    cycle = opened(cast, windows={one.pk: LATER})
    assert return_of(cast, cycle).days == LATER
    assert return_of(cast, cycle, "ashdown").days == WINDOW
    assert [each.of.organisation for each in Notice.objects.all()] == [cast.ashdown]  # Oakfield is told when it opens


def test_a_school_in_two_groups_has_the_days_of_the_one_that_opens_first(cast: Cast) -> None:
    one, two = _cluster(cast, "One", "oakfield"), _cluster(cast, "Two", "oakfield")
    cycle = prepared(cast, windows={one.pk: LATER, two.pk: EARLIER})
    found = windows_of(cycle, schools_asked(cycle, on=TODAY), on=TODAY)
    assert {school: each.cluster for school, each in found.items()} == {cast.oakfield.pk: two}


def test_a_school_that_left_its_group_has_the_days_of_all(cast: Cast) -> None:
    one = _cluster(cast, "One", "oakfield")
    ClusterPlace.objects.update(ends_on=TODAY)
    assert return_of(cast, opened(cast, windows={one.pk: LATER})).days == WINDOW


def test_the_final_deadline_is_put_off_for_all_with_a_reason(cast: Cast) -> None:
    cycle = opened(cast)
    Notice.objects.all().delete()
    put(return_of(cast, cycle, "ashdown"), State.SUBMITTED)
    _put_off(cast, cycle, WINDOW.final_due_on + DAY)
    assert return_of(cast, cycle).days.final_due_on == WINDOW.final_due_on + DAY
    assert [(each.of.organisation, each.kind) for each in Notice.objects.all()] == [(cast.oakfield, "moved")]
    (moved,) = cycle.moved.all()
    assert (moved.why, moved.now_on, moved.organisation_return) == ("Snow.", WINDOW.final_due_on + DAY, None)
    assert _verbs()[-1] == "cycle.put_off"


def test_it_is_put_off_for_one_school_and_for_nobody_else(cast: Cast) -> None:
    cycle = opened(cast)
    _put_off(cast, cycle, LATER.final_due_on, return_of(cast, cycle))
    assert return_of(cast, cycle).days.final_due_on == LATER.final_due_on
    assert return_of(cast, cycle, "ashdown").days == WINDOW
    assert cycle.moved.get().organisation_return.organisation == cast.oakfield


def test_a_deadline_is_never_brought_forward(cast: Cast) -> None:
    cycle = opened(cast)
    for of in (None, return_of(cast, cycle)):
        advice = _refused(lambda of=of: _put_off(cast, cycle, WINDOW.final_due_on, of))
        assert "must be after the deadline" in advice
    assert not cycle.moved.exists()


def test_putting_it_off_for_all_leaves_no_school_behind_and_none_with_a_shorter_time(cast: Cast) -> None:
    one = _cluster(cast, "One", "ashdown")
    cycle = opened(cast, windows={one.pk: LATER})
    _put_off(cast, cycle, WINDOW.final_due_on + DAY, return_of(cast, cycle))
    Notice.objects.all().delete()
    _put_off(cast, cycle, WINDOW.final_due_on + 5 * DAY)
    assert return_of(cast, cycle).days.final_due_on == WINDOW.final_due_on + 5 * DAY
    assert return_of(cast, cycle, "ashdown").days == LATER
    assert [each.of.organisation for each in Notice.objects.all()] == [cast.oakfield]  # only whose day has moved


def test_a_school_of_another_cycle_is_not_put_off_with_this_one(cast: Cast) -> None:
    cycle, other = opened(cast), opened(cast, released(version="2027"))
    assert _refused(lambda: _put_off(cast, cycle, LATER.final_due_on, return_of(cast, other))) == ""


def test_only_an_open_cycle_is_put_off_and_only_a_prepared_one_given_up(cast: Cast) -> None:
    cycle = prepared(cast)
    by = cast.actor("marcus")
    assert "not open" in _refused(lambda: _put_off(cast, cycle, LATER.final_due_on))
    assert "not open" in _refused(lambda: services.close_cycle(cycle_id=cycle.pk, by=by, at=NOW))
    _open(cast, cycle)
    assert "It is open" in _refused(lambda: services.discard_cycle(cycle_id=cycle.pk, by=by, at=NOW))


def test_a_prepared_cycle_is_given_up_without_a_trace_but_in_the_ledger(cast: Cast) -> None:
    cycle = prepared(cast, windows={_cluster(cast, "One", "oakfield").pk: LATER})
    services.discard_cycle(cycle_id=cycle.pk, by=cast.actor("marcus"), at=NOW)
    assert not Cycle.objects.exists()
    assert _verbs()[-1] == "cycle.discarded"


def test_a_closed_cycle_takes_nothing_more_in_and_keeps_what_was_written(cast: Cast) -> None:
    cycle = opened(cast)
    of = begun(cast, cycle)
    answer(cast, of, lead_named="met")
    for _ in range(2):  # once more is no harm
        services.close_cycle(cycle_id=cycle.pk, by=cast.actor("marcus"), at=NOW)
    assert _verbs().count("cycle.closed") == 1
    assert "closed this audit" in _refused(lambda: answer(cast, of, lead_named="partly"))
    assert of.sheet.answers.get(question="lead-named").value == "met"
    assert "It is closed" in _refused(lambda: _open(cast, cycle))


MIDNIGHT = datetime(2026, 4, 11, 22, 59, 59, tzinfo=UTC)  # 23:59:59 on the last day: clocks are on summer time


def test_the_final_deadline_lasts_to_midnight_in_london(cast: Cast) -> None:
    cycle = opened(cast)
    assert cycle.final_due_on == date(2026, 4, 11)
    of = begun(cast, cycle)
    typed = {"return_id": of.pk, "keys": ["lead-named"], "by": cast.actor("priya")}
    services.confirm_known(**typed, at=MIDNIGHT)
    advice = _refused(lambda: services.confirm_known(**typed, at=MIDNIGHT + timedelta(seconds=1)))
    assert "The final deadline was 11 April 2026" in advice
    _put_off(cast, cycle, date(2026, 4, 12), of)
    services.confirm_known(**typed, at=MIDNIGHT + timedelta(seconds=1))


def test_a_school_cannot_begin_before_its_window_opens(cast: Cast) -> None:
    one = _cluster(cast, "One", "oakfield")
    cycle = opened(cast, windows={one.pk: LATER})
    assert "opens on 1 May 2026" in _refused(lambda: begun(cast, cycle))
    assert begun(cast, cycle, "grace").state == State.STARTED


def test_answers_of_the_cycle_before_stand_ready_if_they_were_sent(cast: Cast) -> None:
    first = opened(cast)
    put(answered(cast, begun(cast, first)), State.SUBMITTED)
    second = opened(cast, first.version, title="Next", before=first.pk)
    assert begun(cast, second).sheet.before == return_of(cast, first).sheet
    assert begun(cast, second, "grace").sheet.before is None


def test_a_cycle_of_another_area_stands_before_none(cast: Cast) -> None:
    first = prepared(cast)
    elsewhere = Area.objects.create(name="Elsewhere", code="998")
    Cycle.objects.update(area=elsewhere)
    assert prepared(cast, first.version, before=first.pk).before is None


def test_the_look_before_opening_names_the_schools_in_which_somebody_is_lacking(cast: Cast) -> None:
    one = _cluster(cast, "One", "oakfield")
    (new,) = schools(cast, 1)
    cycle = prepared(cast, windows={one.pk: LATER}, steps=(("dsl",), ("head",), ("governor", "chair-of-governors")))
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role=Role.CHAIR.value, starts_on=BEGAN)
    seen = preview(cycle_id=cycle.pk, by=cast.actor("marcus"), on=TODAY)
    assert (seen.schools, dict(seen.phases)) == (3, {"Primary": 2, "Secondary": 1})
    assert [(each.name, each.days, each.schools) for each in seen.groups] == [
        ("One", LATER, 1),
        ("All other schools", WINDOW, 2),
    ]
    assert seen.without_lead == [new.name]
    assert [list(each.without) for each in seen.steps] == [
        [new.name],
        ["Ashdown Academy", new.name],
        ["Ashdown Academy", new.name],
    ]
    assert seen.has_gaps


def test_the_look_before_opening_finds_no_fault_where_there_is_none(cast: Cast) -> None:
    seen = preview(cycle_id=prepared(cast, steps=(("dsl",),)).pk, by=cast.actor("marcus"), on=TODAY)
    assert not seen.has_gaps
    assert [each.name for each in seen.groups] == ["All schools asked"]


def test_the_look_before_opening_says_who_still_owes_an_audit_of_the_same_questions(cast: Cast) -> None:
    first = opened(cast, title="Audit of the spring")
    second = prepared(cast, first.version, title="Audit of the summer")
    client = cast.client("marcus")
    page = client.get(f"/audits/cycles/{second.pk}/open/").content.decode()
    assert "2 of these schools still have “Audit of the spring” open." in page
    put(return_of(cast, first), State.SUBMITTED)
    assert [(other.pk, count) for other, count in _seen(cast, second).still_open] == [(first.pk, 1)]
    services.close_cycle(cycle_id=first.pk, by=cast.actor("marcus"), at=NOW)
    assert _seen(cast, second).still_open == []
    assert "Some would have two at once" not in client.get(f"/audits/cycles/{second.pk}/open/").content.decode()


def test_what_stands_ready_is_the_newest_that_is_closed_or_else_that_is_over(cast: Cast) -> None:
    def proposed(on: date = TODAY) -> str:
        return cycle_to_build_on(area=cast.area, by=cast.actor("marcus"), on=on)

    assert proposed() == ""
    running = opened(cast)
    prepared(cast, running.version)
    assert proposed() == "", "it still runs, and the other was never asked"
    assert proposed(WINDOW.final_due_on) == "", "a deadline lasts to its end"
    assert proposed(WINDOW.final_due_on + DAY) == str(running.pk)
    old = opened(cast, running.version, school_year=2024)
    services.close_cycle(cycle_id=old.pk, by=cast.actor("marcus"), at=NOW)
    assert proposed(WINDOW.final_due_on + DAY) == str(old.pk), "closed goes before over"


def _seen(cast: Cast, cycle: Cycle) -> Preview:
    return preview(cycle_id=cycle.pk, by=cast.actor("marcus"), on=TODAY)
