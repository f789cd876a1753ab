"""Who may do what with actions: every member of the cast against every right."""

import pytest

from haven.access.actor import HAVEN
from haven.access.roles import Role
from haven.actions.models import Action, Assignment
from haven.actions.policy import (
    actions_led_by,
    assignments_seen_by,
    may_answer,
    may_ask,
    may_change,
    may_hand_on,
    may_oversee,
    may_remind,
    may_return,
    may_see,
    may_set,
)
from haven.people.models import Post
from tests.actions.raised import assigned, own
from tests.cast import BEGAN

pytestmark = pytest.mark.django_db

GRID = {  # of an assignment of Oakfield: see, answer, hand on, send back, change the action
    "priya": "see answer hand-on",
    "tom": "see answer hand-on",
    "grace": "",
    "marcus": "see send-back change remind oversee",
    "bell": "",
    "osei": "",
    "lena": "",
    "nadia": "",
    "sam": "",
    "nobody": "",
}


OWN_GRID = {  # of what Oakfield set for itself
    "priya": "see answer hand-on change set",
    "tom": "see answer hand-on change set",
    "deputy": "see answer hand-on change set",
    "governor": "see",
    "staff": "see",
    "grace": "",
    "marcus": "",
    "bell": "",
    "osei": "",
    "lena": "",
    "nadia": "",
    "sam": "",
    "nobody": "",
}
OTHERS = {"deputy": "deputy-dsl", "governor": "governor", "staff": "school-staff"}


def actor_called(cast, who):
    """A member of the cast, or Sam in another post at Oakfield."""
    if who in OTHERS:
        Post.objects.create(person=cast.sam, organisation=cast.oakfield, role=OTHERS[who], starts_on=BEGAN)
        return cast.actor("sam")
    return cast.actor(who)


def rights(actor, assignment):
    decisions = {
        "see": may_see(actor, assignment),
        "answer": may_answer(actor, assignment),
        "hand-on": may_hand_on(actor, assignment),
        "send-back": may_return(actor, assignment),
        "change": may_change(actor, assignment.action),
        "remind": may_remind(actor, assignment.action),
        "oversee": may_oversee(actor, assignment.action),
    }
    return " ".join(name for name, decision in decisions.items() if decision)


@pytest.mark.parametrize("who", GRID)
def test_each_of_the_cast_may_do_what_the_grid_says(cast, who):
    assert rights(cast.actor(who), assigned(cast)) == GRID[who]


@pytest.mark.parametrize("who", OWN_GRID)
def test_what_a_school_sets_for_itself_is_its_own_alone(cast, who):
    assignment = own(cast).assignments.get()
    actor = actor_called(cast, who)
    may = rights(actor, assignment) + (" set" if may_set(actor, cast.oakfield.pk) else "")
    assert may == OWN_GRID[who]


def test_haven_sets_and_closes_what_is_a_schools_own(cast):
    assignment = own(cast).assignments.get()
    assert may_set(HAVEN, cast.oakfield.pk)
    assert may_answer(HAVEN, assignment)
    assert may_hand_on(HAVEN, assignment)
    assert may_change(HAVEN, assignment.action)
    assert not may_see(HAVEN, assignment)


@pytest.mark.parametrize("who", ["bell", "osei", "marcus"])
def test_an_agency_sets_actions_for_itself_and_for_nobody_else(cast, who):
    actor = cast.actor(who)
    [mine] = {post.organisation for post in actor.posts}
    others = {each.pk for each in cast.organisations.values()} - {mine}
    assert may_set(actor, mine)
    assert [each for each in others if may_set(actor, each)] == []


@pytest.mark.parametrize("who", GRID)
def test_the_filters_allow_what_the_decisions_allow(cast, who):
    assigned(cast)
    own(cast)
    actor = cast.actor(who)
    rows = list(Assignment.objects.select_related("action"))
    assert len(rows) == 3
    shown = set(Assignment.objects.filter(assignments_seen_by(actor)))
    assert shown == {row for row in rows if may_see(actor, row)}
    led = set(Action.objects.filter(actions_led_by(actor)))
    assert led == {row.action for row in rows if may_oversee(actor, row.action)}


def test_haven_may_ask_but_not_answer(cast):
    assignment = assigned(cast)
    assert may_ask(HAVEN, cast.area.pk)
    assert not may_answer(HAVEN, assignment)


def test_a_governor_answers_what_is_meant_for_governors(cast):
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="governor", starts_on=BEGAN)
    assert not may_answer(cast.actor("sam"), assigned(cast))
    assignment = assigned(cast, what="Read the report", roles=frozenset({Role.GOVERNOR}))
    assert may_answer(cast.actor("sam"), assignment)
    assert not may_hand_on(cast.actor("sam"), assignment)


def test_whoever_was_handed_it_answers_while_she_holds_a_post_there(cast):
    post = Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="school-staff", starts_on=BEGAN)
    assignment = assigned(cast)
    assignment.handed_to = cast.sam
    assert may_answer(cast.actor("sam"), assignment)
    post.delete()
    assert not may_answer(cast.actor("sam"), assignment)


def test_an_administrator_of_a_school_sees_nothing_of_its_work(cast):
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="administrator", starts_on=BEGAN)
    assert rights(cast.actor("sam"), assigned(cast)) == ""
