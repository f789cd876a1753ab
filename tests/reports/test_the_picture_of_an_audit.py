"""What an area sees of its schools: answers once they are sent, and before that only how far they are."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.access.decision import Refused
from haven.audits.models import Cycle, PlanItem, Return
from haven.audits.rules.life import State
from haven.people.models import Cluster, ClusterPlace
from haven.questions.rules.kinds import Kind
from haven.questions.rules.outline import Question
from haven.reports.queries.distributions import distribution, numbers_of
from haven.reports.queries.pictures import exported, picture
from haven.reports.queries.sent import Given, Sought
from haven.reports.queries.supporting import support
from haven.reports.queries.themes import themes
from haven.reports.rules.shares import Share
from tests.actions.raised import own as own_action
from tests.audits.asked import begun, opened, return_of
from tests.audits.many import ALL_MET, returned, schools
from tests.audits.sent import sent
from tests.cast import BEGAN, NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
LINE = '<tr><th scope="row"><a'
LACKING = ALL_MET | {"policy-read": "red", "policy-lived": "3"}


def seen(cast: Cast, cycle: Cycle, **sought: object):
    return picture(cycle_id=cycle.pk, by=cast.actor("marcus"), on=TODAY, sought=Sought(**sought))


def told(cast: Cast, cycle: Cycle, key: str, **sought: object):
    return distribution(cycle_id=cycle.pk, key=key, by=cast.actor("marcus"), on=TODAY, sought=Sought(**sought))


def test_a_school_that_sent_is_shown_section_by_section(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    rows = {row.school: row for row in seen(cast, cycle).rows}
    assert rows["Oakfield Primary School"].cells == (Share(2, 0, 0), Share(0, 1, 1), Share())


def test_of_a_school_that_has_not_sent_one_sees_how_far_it_is_and_nothing_that_it_answered(cast: Cast) -> None:
    cycle = opened(cast)
    returned(cycle, schools(cast, 1), LACKING, State.STARTED)
    page = seen(cast, cycle)
    row = next(row for row in page.rows if row.answered)
    assert (row.state, row.answered, row.asked, row.cells) == ("Being answered", 4, 7, ())
    assert page.share == Share()
    assert told(cast, cycle, "policy-read").asked == 0
    assert themes(cycle_id=cycle.pk, by=cast.actor("marcus"), on=TODAY, sought=Sought()).sections == ()


def test_what_was_sent_back_is_the_schools_own_again(cast: Cast) -> None:
    cycle = opened(cast)
    returned(cycle, schools(cast, 1), LACKING, State.SENT_BACK)
    assert seen(cast, cycle).share == Share()


def test_schools_are_narrowed_by_phase_and_by_cluster(cast: Cast) -> None:
    cycle = opened(cast)
    returned(cycle, schools(cast, 3, "secondary"))
    group = Cluster.objects.create(area=cast.area, name="Harbour")
    ClusterPlace.objects.create(cluster=group, organisation=cast.oakfield, starts_on=BEGAN)
    assert seen(cast, cycle, phase="secondary").schools == 4
    assert [row.school for row in seen(cast, cycle, cluster=group.pk).rows] == ["Oakfield Primary School"]


def test_those_with_least_in_place_come_first_when_asked(cast: Cast) -> None:
    cycle = opened(cast)
    returned(cycle, schools(cast, 1))
    returned(cycle, schools(cast, 1, "middle", first=1), LACKING)
    names = [row.school for row in seen(cast, cycle, order="least").rows]
    assert names[:2] == ["School middle 001", "School primary 000"]


def test_the_table_to_take_away_has_a_line_for_each_section_of_what_was_sent(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    columns, rows = exported(cycle_id=cycle.pk, by=cast.actor("marcus"), on=TODAY, sought=Sought())
    assert len(rows) == 3 + 1
    assert dict(zip(columns, rows[-2], strict=True))["Section"] == "Policies"
    assert rows[0] == (900002, "Ashdown Academy", "Secondary", "Not started", "", None, None, None, None)


def test_a_question_tells_how_many_chose_each_level_of_its_own_scale(cast: Cast) -> None:
    cycle = opened(cast)
    made = schools(cast, 6)
    returned(cycle, made[:4])
    returned(cycle, made[4:], LACKING)
    page = told(cast, cycle, "policy-lived")
    assert [(level.label, level.number, level.percent) for level in page.levels] == [
        ("1: Embedded", 4, 67),
        ("2: Developing", 0, 0),
        ("3: Not yet", 2, 33),
        ("Does not apply", 0, 0),
        ("Not answered", 0, 0),
    ]
    assert [each.school for each in page.lacking] == ["School primary 004", "School primary 005"]


def test_a_question_counts_only_schools_that_were_asked_it(cast: Cast) -> None:
    cycle = opened(cast)
    returned(cycle, schools(cast, 2), ALL_MET | {"nursery-lead": "somebody"})  # kept from before nursery was denied
    returned(cycle, schools(cast, 1, "middle", first=2), ALL_MET | {"has-nursery": "yes"})
    page = told(cast, cycle, "nursery-lead")
    assert (page.asked, [level.number for level in page.levels]) == (1, [0, 1])


def test_numbers_are_told_by_their_middle(cast: Cast) -> None:
    cycle = opened(cast)
    made = schools(cast, 3)
    for each, number in zip(made, (2, 4, 9), strict=True):
        returned(cycle, [each], ALL_MET | {"referrals": number})
    numbers = told(cast, cycle, "referrals").numbers
    assert (numbers.least, numbers.middle, numbers.most, numbers.total) == (2, 4, 9, 15)


def test_a_sum_of_numbers_is_told_and_none_of_percentages() -> None:
    school = uuid4()
    said = [12.0, 90.0]
    for unit, total in (("referrals", 102), ("per cent", None), ("%", None)):
        question = Question(key="a", ref="1.1", words="How many?", kind=Kind.NUMBER, unit=unit)
        given = [Given(school, question, "said", value) for value in said]
        assert numbers_of(question, given).total == total


def test_a_question_that_few_were_asked_is_not_ranked_among_those_with_least_in_place(cast: Cast) -> None:
    cycle = opened(cast)
    made = schools(cast, 6)
    returned(cycle, made[:2], LACKING)
    returned(cycle, made[2:], {key: value for key, value in ALL_MET.items() if key != "policy-read"})
    page = themes(cycle_id=cycle.pk, by=cast.actor("marcus"), on=TODAY, sought=Sought())
    assert [(each.question.key, each.schools) for each in page.questions] == [("policy-lived", 6)]
    assert {each.section.key: each.schools for each in page.sections} == {"policies": 6, "leads": 6}


def test_change_is_told_of_schools_that_answered_both_times_and_of_no_others(cast: Cast) -> None:
    before = opened(cast, title="Last year", school_year=2024)
    cycle = opened(cast, before.version, before=before.pk)
    made = schools(cast, 8)
    returned(before, made[:6])
    returned(cycle, made[1:6], LACKING)
    returned(cycle, made[6:])
    since = told(cast, cycle, "policy-read").since
    assert (since.schools, since.then.percent, since.now.percent) == (5, 100, 0)
    page = themes(cycle_id=cycle.pk, by=cast.actor("marcus"), on=TODAY, sought=Sought())
    assert page.both == 5
    assert [(each.question.key, each.points) for each in page.worse] == [("policy-read", -100), ("policy-lived", -100)]
    assert page.better == ()


def test_the_themes_begin_with_what_is_lacking_most(cast: Cast) -> None:
    cycle = opened(cast)
    made = schools(cast, 4)
    returned(cycle, made[:3], ALL_MET | {"policy-read": "red"})
    returned(cycle, made[3:], LACKING)
    page = themes(cycle_id=cycle.pk, by=cast.actor("marcus"), on=TODAY, sought=Sought())
    assert [(each.question.key, each.share.percent) for each in page.questions] == [
        ("policy-read", 0),
        ("policy-lived", 75),
    ]
    assert [each.section.key for each in page.sections] == ["policies", "leads"]


def test_schools_to_support_stand_with_their_reasons_those_with_most_first(cast: Cast) -> None:
    cycle = opened(cast)
    made = schools(cast, 3)
    returned(cycle, made[:1])
    (lacking,) = returned(cycle, made[1:2], LACKING)
    (late,) = returned(cycle, made[2:], state=State.STARTED)
    for _ in range(3):
        item = PlanItem(of=return_of(cast, cycle), issue="Not in place", action=own_action(cast), written_at=NOW)
        item.save()
    days = cycle.final_due_on + timedelta(days=30)
    page = support(cycle_id=cycle.pk, by=cast.actor("marcus"), on=days, sought=Sought())
    found = {row.return_id: row.reasons for row in page.rows}
    assert found[lacking.pk] == ("2 of 4 answers are “Not in place”.",)
    assert found[late.pk] == (f"Not sent. The final deadline was {cycle.final_due_on:%-d %B %Y}.",)
    assert len(page.rows) == 4  # Ashdown has not begun either
    assert page.rows[0].school == "Oakfield Primary School"
    assert page.rows[0].reasons[-1] == "3 of the 3 actions of its plan are overdue."


@pytest.mark.parametrize("who", ["nobody", "priya", "bell", "nadia", "sam"])
@pytest.mark.parametrize("query", [picture, themes, support])
def test_nobody_but_the_areas_leads_sees_a_picture(cast: Cast, who: str, query: Callable[..., object]) -> None:
    cycle = opened(cast)
    with pytest.raises(Refused):
        query(cycle_id=cycle.pk, by=cast.actor(who), on=TODAY, sought=Sought())


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("address", "most"), [("picture/", 9), ("questions/policy-read/", 15), ("themes/", 13), ("support/", 12)]
)
def test_200_schools_and_their_last_year_cost_few_questions_to_the_database(
    cast: Cast, address: str, most: int
) -> None:
    before = opened(cast, title="Last year", school_year=2024)
    cycle = opened(cast, before.version, before=before.pk)
    made = schools(cast, 200)
    returned(before, made)
    returned(cycle, made[:150], LACKING)
    returned(cycle, made[150:], LACKING, State.STARTED)
    client = cast.client("marcus")
    client.get("/help/")  # marks the session as used, which every page does once in a while
    with CaptureQueriesContext(connection) as asked:
        response = client.get(f"/audits/cycles/{cycle.pk}/{address}")
    assert response.status_code == 200
    assert len(asked) <= most


@time_machine.travel(NOW, tick=False)
def test_the_page_says_shares_in_figures_and_shapes_and_hides_what_was_not_sent(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    of = begun(cast, cycle, "grace")
    page = cast.client("marcus").get(f"/audits/cycles/{cycle.pk}/picture/").content.decode()
    assert "✓ 100<" in page
    assert "✕ 0<" in page
    assert "○ Being answered: 0 of" in page
    assert f"/audits/{of.pk}/read/" not in page
    assert Return.objects.filter(cycle=cycle).count() == 2


@time_machine.travel(NOW, tick=False)
def test_on_the_screen_fifty_schools_make_a_page_and_on_paper_all_stand_in_one_table(cast: Cast) -> None:
    cycle = opened(cast)
    returned(cycle, schools(cast, 60))
    client = cast.client("marcus")
    screen = client.get(f"/audits/cycles/{cycle.pk}/picture/").content.decode()
    paper = client.get(f"/audits/cycles/{cycle.pk}/picture/all/?order=least").content.decode()
    assert f"/audits/cycles/{cycle.pk}/picture/all/" in screen
    assert (screen.count(LINE), paper.count(LINE)) == (50, 60)
    assert paper.count("<tfoot>") == 1
    assert "62 of 62" not in paper
    assert "60 of 62" in paper
