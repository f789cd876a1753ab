"""A school that answers to two councils answers what is common once."""

from datetime import timedelta

import pytest

from haven.audits import services
from haven.audits.models import Cycle, Return
from haven.audits.services import begin_return, open_cycle, prepare_cycle
from haven.people.models import Area, Organisation, Person, Post, ServedArea
from haven.people.queries import actor_of
from haven.questions.models import Answer, Version
from tests.audits.asked import answer, begun, opened, return_of, typed, wish
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.questions.template import content, released

pytestmark = pytest.mark.django_db


def shared(**changed: object) -> Version:
    """The small template, in which two questions bear the keys that every council uses."""
    given = content(id=str(changed.pop("id", "small")), **changed)
    for question in given["parts"][0]["sections"][0]["questions"]:
        if question["key"] in {"lead-named", "lead-trained-on"}:
            question["shared"] = f"all-{question['key']}"
    return released(**given)


def of_another_council(cast: Cast) -> Cycle:
    """Another council's audit, which asks Oakfield too."""
    other = Area.objects.create(name="Westmarsh", code="998")
    council = Organisation.objects.create(kind="council", name="Westmarsh Council")
    lead = Person.objects.create_user("una@example.org", "Una Marsh")
    Post.objects.create(person=lead, organisation=council, role="safeguarding-lead", starts_on=BEGAN)
    ServedArea.objects.create(organisation=council, area=other, starts_on=BEGAN)
    ServedArea.objects.create(organisation=cast.oakfield, area=other, is_home=False, starts_on=BEGAN)
    by = actor_of(person=lead, has_second_factor=True, on=TODAY)
    cycle = prepare_cycle(area=other, wanted=wish(shared(id="theirs")), by=by, at=NOW)
    return open_cycle(cycle_id=cycle.pk, by=by, at=NOW)


def test_what_two_councils_ask_is_answered_once(cast: Cast) -> None:
    ours = begun(cast, opened(cast, shared()))
    answer(cast, ours, lead_named=typed("partly", "The deputy is new."), has_nursery="no")
    theirs = begin_return(return_id=return_of(cast, of_another_council(cast)).pk, by=cast.actor("priya"), at=NOW)
    ready = Answer.objects.get(sheet=theirs.sheet, question="lead-named")
    assert (ready.value, ready.words, ready.origin, ready.is_confirmed) == (
        "partly",
        "The deputy is new.",
        "shared",
        False,
    )
    assert "Fairhaven" in ready.fact_words
    assert not Answer.objects.filter(sheet=theirs.sheet, question="has-nursery").exists(), "it bears no shared key"


def test_what_is_a_year_old_is_not_taken(cast: Cast) -> None:
    ours = begun(cast, opened(cast, shared()))
    answer(cast, ours, lead_named="met")
    ours.sheet.opened_at = NOW - timedelta(days=400)
    ours.sheet.save()
    theirs = begin_return(return_id=return_of(cast, of_another_council(cast)).pk, by=cast.actor("priya"), at=NOW)
    assert Answer.objects.filter(sheet=theirs.sheet, origin="shared").count() == 0


def test_another_schools_answers_are_never_taken(cast: Cast) -> None:
    ours = begun(cast, opened(cast, shared()), "grace")
    answer(cast, ours, "grace", lead_named="met")
    theirs = begin_return(return_id=return_of(cast, of_another_council(cast)).pk, by=cast.actor("priya"), at=NOW)
    assert Answer.objects.filter(sheet=theirs.sheet, origin="shared").count() == 0
    assert Return.objects.filter(sheet__isnull=False).count() == 2
    assert services.begin_return(return_id=theirs.pk, by=cast.actor("priya"), at=NOW).sheet_id == theirs.sheet_id
