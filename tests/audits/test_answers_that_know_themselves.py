"""Answers that know themselves: what each fact says of a school, when it is put in, and when it is left alone."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from haven.access.actor import HAVEN
from haven.access.roles import Role
from haven.actions.models import Assignment
from haven.audits import services
from haven.audits.models import Return
from haven.audits.queries import answering, facts
from haven.ledger.models import Detail
from haven.people.models import Post
from haven.policies.queries import facts as policy_facts
from haven.questions.models import Answer, Support
from haven.questions.rules.checking import FACTS
from haven.questions.rules.kinds import Stands
from haven.readings.queries import facts as reading_facts
from tests.actions.raised import raised
from tests.audits.asked import answer, begun, opened, typed
from tests.audits.signed import BY, ready, signed
from tests.cast import NOW, TODAY, Cast
from tests.policies.registered import approved, policy
from tests.questions.template import content, released
from tests.readings import rounds

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


def of_fact(fact: str, kind: str = "met") -> list[dict[str, Any]]:
    """The small template, its first question answered by a fact."""
    parts = content()["parts"]
    parts[0]["sections"][0]["questions"][0] |= {"fact": fact, "kind": kind}
    return parts


def began(cast: Cast, fact: str, kind: str = "met") -> Return:
    return begun(cast, opened(cast, released(parts=of_fact(fact, kind))))


def lead_named(of: Return) -> Answer | None:
    return Answer.objects.filter(sheet=of.sheet_id, question="lead-named").first()


def test_every_fact_that_a_template_may_name_has_its_query() -> None:
    assert set(settings.FACTS) == FACTS
    assert all(callable(import_string(name)) for name in settings.FACTS.values())


def test_the_lead_in_post_is_known_by_name_and_since_when(cast: Cast) -> None:
    known = facts.dsl_in_post(cast.oakfield, TODAY)
    assert known is not None
    assert known.stands is Stands.IN_PLACE
    assert known.words == "Priya Nair has been designated safeguarding lead since 1 September 2020."


def test_that_haven_knows_of_no_deputy_does_not_say_that_there_is_none(cast: Cast) -> None:
    known = facts.deputies_in_post(cast.oakfield, TODAY)
    assert known is not None
    assert known.stands is None
    assert "nobody" in known.words


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.CHAIR])
def test_a_governor_or_the_chair_looks_after_safeguarding(cast: Cast, role: Role) -> None:
    Post.objects.create(person=cast.people["sam"], organisation=cast.oakfield, role=role.value, starts_on=TODAY)
    known = facts.safeguarding_governor_in_post(cast.oakfield, TODAY)
    assert known is not None
    assert known.stands is Stands.IN_PLACE
    assert "Sam Loveday" in known.words


def test_policies_are_in_date_or_some_or_none_are(cast: Cast) -> None:
    assert policy_facts.policies_in_date(cast.oakfield, TODAY) is None
    first = policy(cast)
    assert policy_facts.policies_in_date(cast.oakfield, TODAY).stands is Stands.NOT_IN_PLACE  # type: ignore[union-attr]
    approved(cast, first)
    assert policy_facts.policies_in_date(cast.oakfield, TODAY).stands is Stands.IN_PLACE  # type: ignore[union-attr]
    policy(cast, title="Behaviour")
    known = policy_facts.policies_in_date(cast.oakfield, TODAY)
    assert known is not None
    assert known.stands is Stands.PARTLY
    assert "1 of the 2 policies" in known.words
    assert "Not so: Behaviour." in known.words


def test_the_child_protection_policy_is_unapproved_in_date_and_overdue_in_turn(cast: Cast) -> None:
    assert policy_facts.child_protection_policy_in_date(cast.oakfield, TODAY) is None
    own = policy(cast)
    stands = []
    known = policy_facts.child_protection_policy_in_date(cast.oakfield, TODAY)
    stands.append(known.stands if known else None)
    approved(cast, own)
    for day in (TODAY, TODAY + timedelta(days=400)):
        known = policy_facts.child_protection_policy_in_date(cast.oakfield, day)
        stands.append(known.stands if known else None)
    assert stands == [Stands.NOT_IN_PLACE, Stands.IN_PLACE, Stands.PARTLY]


def test_what_was_asked_is_done_in_time_late_or_open(cast: Cast) -> None:
    assert facts.actions_closed(cast.oakfield, TODAY) is None
    own = [raised(cast).assignments.get(organisation=cast.oakfield) for _ in range(2)]
    due = TODAY - timedelta(days=10)
    Assignment.objects.filter(pk__in=[each.pk for each in own]).update(due_on=due)
    assert facts.actions_closed(cast.oakfield, TODAY).stands is Stands.NOT_IN_PLACE  # type: ignore[union-attr]
    Assignment.objects.filter(pk=own[0].pk).update(state="done", closed_at=NOW - timedelta(days=12))
    known = facts.actions_closed(cast.oakfield, TODAY)
    assert known is not None
    assert known.stands is Stands.PARTLY
    assert "1 of the 2 things" in known.words
    assert "1 is still open" in known.words
    Assignment.objects.filter(pk=own[1].pk).update(state="done", closed_at=NOW - timedelta(days=11))
    assert facts.actions_closed(cast.oakfield, TODAY).stands is Stands.IN_PLACE  # type: ignore[union-attr]


def test_the_last_plan_is_on_time_until_something_in_it_is_overdue(cast: Cast) -> None:
    assert facts.last_plan_on_time(cast.oakfield, TODAY) is None
    of = ready(cast, opened(cast, steps=(("dsl",),)))
    assert facts.last_plan_on_time(cast.oakfield, TODAY) is None  # it was not sent yet
    signed(cast, of, "priya")
    first, second = Assignment.objects.filter(action__plan_items__of=of).order_by("action__source_label")
    late = BY + timedelta(days=1)
    said = []
    for day in (BY, late):
        known = facts.last_plan_on_time(cast.oakfield, day)
        assert known is not None
        said.append((known.stands, known.words, {title for title, _ in known.records}))
    Assignment.objects.filter(pk=first.pk).update(state="done", closed_at=NOW)
    known = facts.last_plan_on_time(cast.oakfield, late)
    assert known is not None
    plan = "Of the plan of Safeguarding audit 2025–26,"
    assert said == [
        (Stands.IN_PLACE, f"{plan} 0 of 2 are done, and nothing is overdue.", {"The plan"}),
        (Stands.NOT_IN_PLACE, f"{plan} 0 of 2 are done, and 2 are overdue.", {first.action.what, second.action.what}),
    ]
    assert (known.stands, known.words) == (Stands.PARTLY, f"{plan} 1 of 2 are done, and 1 is overdue.")
    assert known.records == ((second.action.what, reverse("actions:show", args=[second.pk])),)


def test_what_is_still_owed_is_told_in_parts_that_make_up_the_whole(cast: Cast) -> None:
    parts = of_fact("dsl-in-post")
    parts[0]["sections"][1]["questions"][3] |= {"fact": "dsl-in-post", "kind": "met"}  # nobody need confirm it
    of = begun(cast, opened(cast, released(parts=parts)))
    answer(cast, of, policy_read=typed("amber"), has_nursery="no")  # in part, and nothing said to it
    page = answering.overview(return_id=of.pk, by=cast.actor("priya"), at=NOW)
    assert (page.ready, page.owing) == (2, 5)
    assert (page.unconfirmed, page.unanswered, page.incomplete) == (1, 3, 1)
    body = " ".join(cast.client("priya").get(reverse("audits:return", args=[of.pk])).content.decode().split())
    assert "5 questions still need something: 1 to confirm, 3 to answer, 1 to complete." in body


def test_only_actions_about_guidance_tell_whether_guidance_was_answered(cast: Cast) -> None:
    own = raised(cast).assignments.get(organisation=cast.oakfield)
    Assignment.objects.filter(pk=own.pk).update(due_on=TODAY - timedelta(days=1))
    assert facts.guidance_answered(cast.oakfield, TODAY) is None
    own.action.source_address = "/changes/1/"
    own.action.save()
    known = facts.guidance_answered(cast.oakfield, TODAY)
    assert known is not None
    assert known.stands is Stands.NOT_IN_PLACE


def test_signatures_tell_how_many_have_read(cast: Cast) -> None:
    assert reading_facts.staff_signed_guidance(cast.oakfield, TODAY) is None
    rounds.sent(cast)
    known = reading_facts.staff_signed_guidance(cast.oakfield, TODAY)
    assert known is not None
    assert known.stands is Stands.NOT_IN_PLACE
    assert known.records[0][1].startswith("/reading/rounds/")


def test_what_is_known_stands_ready_with_its_record_and_leaves_no_name_in_the_ledger(cast: Cast) -> None:
    of = began(cast, "dsl-in-post")
    kept = lead_named(of)
    assert kept is not None
    assert (kept.value, kept.origin, kept.is_confirmed) == ("met", "known", False)
    assert Support.objects.get(question="lead-named").address == f"/people/organisations/{cast.oakfield.pk}/"
    told = [json.loads(each.text)["about"] for each in Detail.objects.all()]
    assert told
    assert "Priya" not in str(told)


def test_what_is_known_without_a_fitting_choice_is_told_in_words_alone(cast: Cast) -> None:
    own = policy(cast)
    approved(cast, own)
    policy(cast, title="Behaviour")
    kept = lead_named(began(cast, "policies-in-date", "yes-no"))
    assert kept is not None
    assert kept.value is None
    assert "1 of the 2" in kept.fact_words


def test_words_alone_never_take_the_place_of_last_years_answer(cast: Cast) -> None:
    of = began(cast, "dsl-in-post")
    Answer.objects.filter(pk=lead_named(of).pk).update(origin="carried", fact_words="")  # type: ignore[union-attr]
    Post.objects.filter(organisation=cast.oakfield, role=Role.DSL.value).update(ends_on=TODAY)
    services.put_known(of=Return.objects.get(pk=of.pk), by=HAVEN, at=NOW)
    kept = lead_named(of)
    assert kept is not None
    assert (kept.value, kept.origin) == ("met", "carried")


def test_what_is_known_follows_what_happens_until_it_is_confirmed(cast: Cast) -> None:
    own = policy(cast)
    of = began(cast, "policies-in-date")
    assert lead_named(of).value == "not-met"  # type: ignore[union-attr]
    approved(cast, own)
    by = cast.actor("priya")
    assert services.refresh_known(return_id=of.pk, by=by, at=NOW) == 1
    assert services.refresh_known(return_id=of.pk, by=by, at=NOW) == 0
    assert lead_named(of).value == "met"  # type: ignore[union-attr]
    services.confirm_known(return_id=of.pk, keys=["lead-named"], by=by, at=NOW)
    policy(cast, title="Behaviour")
    services.refresh_known(return_id=of.pk, by=by, at=NOW)
    assert lead_named(of).value == "met"  # type: ignore[union-attr]


def test_nothing_is_put_in_once_the_window_is_over_or_it_is_signed(cast: Cast) -> None:
    own = policy(cast)
    of = began(cast, "policies-in-date")
    approved(cast, own)
    by = cast.actor("priya")
    assert services.refresh_known(return_id=of.pk, by=by, at=NOW + timedelta(days=60)) == 0
    Return.objects.filter(pk=of.pk).update(state="signing")
    assert services.refresh_known(return_id=of.pk, by=by, at=NOW) == 0


def test_the_overview_counts_what_stands_ready_and_what_nobody_had_to_type(cast: Cast) -> None:
    of = began(cast, "dsl-in-post")
    by = cast.actor("priya")
    page = answering.overview(return_id=of.pk, by=by, at=NOW)
    assert (page.ready, page.known, page.carried, page.spared) == (1, 1, 0, 1)
    answer(cast, of, lead_named=typed("partly", "She is away.", seen=1, why="On leave."))
    page = answering.overview(return_id=of.pk, by=by, at=NOW)
    assert (page.ready, page.known, page.spared) == (0, 0, 0)
