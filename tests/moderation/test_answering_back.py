"""Reading, remarks, feedback, sending back and visits: what each changes, whom it refuses, what the ledger keeps."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from haven.access.decision import Refused
from haven.actions.models import Action
from haven.actions.rules import Reach, ReachKind, WantedAction
from haven.audits.models import Count, Cycle, Notice, Return
from haven.audits.queries.counts import differences
from haven.audits.rules.life import Standing, State
from haven.ledger.models import Detail
from haven.moderation import services
from haven.moderation.models import Feedback, Finding, Reading, Remark, Visit
from haven.moderation.queries.reading import read_page
from haven.moderation.queries.toread import to_read
from haven.moderation.queries.visits import visits_page
from haven.moderation.rules.reading import Spoken, feedback_digest
from haven.moderation.rules.sampling import Rule
from haven.moderation.services.visits import Found
from haven.people.models import Organisation
from tests.audits.asked import answered, begun, opened, return_of
from tests.audits.sent import send
from tests.cast import NOW, TODAY, Cast
from tests.moderation.read import (
    again,
    copy_in_hand,
    drawn,
    given,
    in_hand,
    remarked,
    sent_back,
    visited,
    with_file,
    with_year_before,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
SEED = Rule(risk=1, random=1, seed="harbour")


def _entries() -> list[dict[str, Any]]:
    return [json.loads(text) for text in Detail.objects.order_by("pk").values_list("text", flat=True)]


def _verbs() -> list[str]:
    return [entry["verb"] for entry in _entries()]


def _last() -> str:
    return _verbs()[-1]


def test_a_reader_is_noted_once_a_day(cast: Cast) -> None:
    of, by = in_hand(cast), cast.actor("marcus")
    first = services.note_reading(return_id=of.pk, by=by, at=NOW)
    assert _last() == "return.read"
    count = len(_verbs())
    assert services.note_reading(return_id=of.pk, by=by, at=LATER) == first
    assert len(_verbs()) == count
    services.note_reading(return_id=of.pk, by=by, at=NOW + timedelta(days=1))
    assert [(each.read_on, each.place) for each in Reading.objects.all()] == [
        (TODAY, "Fairhaven Council"),
        (TODAY + timedelta(days=1), "Fairhaven Council"),
    ]


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "bell", "nadia", "sam", "nobody"])
def test_nobody_else_reads_it_as_the_council(cast: Cast, who: str) -> None:
    of, by = in_hand(cast), cast.actor(who)
    for service in (
        lambda: services.note_reading(return_id=of.pk, by=by, at=NOW),
        lambda: services.remark_on(return_id=of.pk, question="lead-named", kind="comment", words="!", by=by, at=NOW),
        lambda: services.give_feedback(return_id=of.pk, words="!", area_will="", by=by, at=NOW),
        lambda: services.send_back(return_id=of.pk, words="!", area_will="", by=by, at=NOW),
        lambda: services.add_visit(return_id=of.pk, reason="!", by=by, at=NOW),
    ):
        with pytest.raises(Refused):
            service()
    assert not Reading.objects.exists()


def test_what_is_not_sent_the_council_does_not_read(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    with pytest.raises(Refused):
        services.note_reading(return_id=of.pk, by=cast.actor("marcus"), at=NOW)
    with pytest.raises(Refused):
        remarked(cast, of)


def test_a_file_given_since_then_stays_the_schools(cast: Cast) -> None:
    of = in_hand(cast)
    given_first = of.sheet.supports.get()
    sent_back(cast, of)
    with_file(cast, of, "policy-read", b"Something new and not sent. " * 9)
    new = of.sheet.supports.exclude(pk=given_first.pk).get()
    by = cast.actor("marcus")
    services.open_evidence(return_id=of.pk, support_id=given_first.pk, by=by, at=NOW)
    assert _last() == "evidence.opened"
    with pytest.raises(Refused):
        services.open_evidence(return_id=of.pk, support_id=new.pk, by=by, at=NOW)


def test_a_remark_is_made_once_and_shown_with_the_feedback(cast: Cast) -> None:
    of = in_hand(cast)
    remark = remarked(cast, of)
    assert _last() == "remark.made"
    assert remarked(cast, of) == remark
    assert remark.shown_at is None
    feedback = given(cast, of)
    remark.refresh_from_db()
    assert remark.shown_at == NOW
    assert feedback.digest == feedback_digest(
        words="A careful audit.",
        area_will="A course.",
        sends_back=False,
        copy=copy_in_hand(of).digest,
        remarks=[Spoken("lead-named", "comment", "Well done.")],
    )
    entry = _entries()[-1]
    assert (entry["verb"], entry["about"]["digest"]) == ("feedback.given", feedback.digest)
    assert again(of).state == State.READ
    assert of.notices.filter(kind=Notice.Kind.ANSWERED).count() == 1


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [("lead-named", "comment", " "), ("lead-named", "reply", "!"), ("strange", "good", "!")],
)
def test_a_remark_is_about_an_answer_and_says_something(cast: Cast, question: str, kind: str, words: str) -> None:
    with pytest.raises(Refused, match="cannot be asked"):
        remarked(cast, in_hand(cast), question, kind, words)


def test_only_its_writer_takes_a_remark_away_and_only_before_it_is_shown(cast: Cast) -> None:
    of = in_hand(cast)
    remark, shown = remarked(cast, of), remarked(cast, of, words="Shown.")
    with pytest.raises(Remark.DoesNotExist):
        services.drop_remark(remark_id=remark.pk, by=cast.actor("priya"), at=NOW)
    services.drop_remark(remark_id=remark.pk, by=cast.actor("marcus"), at=NOW)
    assert _last() == "remark.dropped"
    given(cast, of)
    with pytest.raises(Refused) as refused:
        services.drop_remark(remark_id=shown.pk, by=cast.actor("marcus"), at=NOW)
    assert refused.value.advice == "The school has read it, so it stays."


def test_a_school_replies_to_what_was_said_to_it(cast: Cast) -> None:
    of = in_hand(cast)
    remarked(cast, of)
    said = {"return_id": of.pk, "question": "lead-named", "words": "Thank you.", "at": LATER}
    with pytest.raises(Refused):
        services.reply_to_remarks(**said, by=cast.actor("priya"))
    given(cast, of)
    for who in ("grace", "marcus", "sam"):
        with pytest.raises(Refused):
            services.reply_to_remarks(**said, by=cast.actor(who))
    reply = services.reply_to_remarks(**said, by=cast.actor("priya"))
    assert (reply.kind, reply.shown_at, _last()) == (Remark.Kind.REPLY, LATER, "remark.answered")
    assert services.reply_to_remarks(**said, by=cast.actor("priya")) == reply
    assert [each.pk for each in to_read(by=cast.actor("marcus")).replied] == [of.pk]
    services.note_reading(return_id=of.pk, by=cast.actor("marcus"), at=LATER + timedelta(days=1))
    assert not to_read(by=cast.actor("marcus")).replied


def test_feedback_never_changes_and_a_second_stands_beside_it(cast: Cast) -> None:
    of = in_hand(cast)
    first = given(cast, of)
    assert given(cast, of) == first  # the same form, sent twice
    second = given(cast, of, "One more thing.", "")
    assert [each.number for each in Feedback.objects.order_by("number")] == [1, 2]
    assert first.digest != second.digest
    assert of.notices.filter(kind=Notice.Kind.ANSWERED).count() == 2
    with pytest.raises(Refused):
        given(cast, of, " ")


def test_sent_back_its_copy_lapses_and_the_school_can_write(cast: Cast) -> None:
    of = in_hand(cast)
    remark = remarked(cast, of, kind="more", words="Which two?")
    assert Count.objects.filter(question="", number=1).exists()
    feedback = sent_back(cast, of)
    of = again(of)
    copy = of.copies.get()
    assert (of.state, of.sheet.is_locked, copy.lapsed_at) == (State.SENT_BACK, False, NOW)
    assert (feedback.sends_back, Remark.objects.get(pk=remark.pk).shown_at) == (True, NOW)
    assert differences() == []
    assert of.notices.filter(kind=Notice.Kind.SENT_BACK).count() == 1
    verbs = _verbs()
    assert verbs[-1] == "return.sent_back"
    assert "sheet.unlocked" in verbs
    assert sent_back(cast, of) == feedback  # the same form, sent twice
    with pytest.raises(Refused):
        given(cast, of)
    answered(cast, of)
    send(again(of))
    assert read_page(return_id=of.pk, by=cast.actor("marcus"), today=TODAY).copy.number == 2


def test_what_is_closed_is_not_sent_back(cast: Cast) -> None:
    of = in_hand(cast)
    Cycle.objects.update(standing=Standing.CLOSED, closed_at=NOW)
    with pytest.raises(Refused) as refused:
        sent_back(cast, of)
    assert "closed this audit" in refused.value.advice
    given(cast, of)


def test_one_is_read_after_the_other_the_oldest_first(cast: Cast) -> None:
    cycle = opened(cast)
    second, first = in_hand(cast, cycle), in_hand(cast, cycle, "grace")
    Return.objects.filter(pk=second.pk).update(submitted_at=LATER)
    assert [each.pk for each in to_read(by=cast.actor("marcus")).unread] == [first.pk, second.pk]
    services.note_reading(return_id=first.pk, by=cast.actor("marcus"), at=NOW)
    seen = to_read(by=cast.actor("marcus"))
    assert ([each.pk for each in seen.unread], [each.pk for each in seen.unanswered]) == ([second.pk], [first.pk])
    with pytest.raises(Refused):
        to_read(by=cast.actor("priya"))


def test_the_reader_alone_learns_that_another_school_sent_the_same_file(cast: Cast) -> None:
    cycle = opened(cast)
    of = in_hand(cast, cycle)
    by = cast.actor("marcus")
    assert read_page(return_id=of.pk, by=by, today=TODAY).figures.warned == 0
    in_hand(cast, cycle, "grace")
    page = read_page(return_id=of.pk, by=by, today=TODAY)
    (line,) = page.warned
    assert line.said.shown[0].warning == "The same file was sent by another school"
    assert "Ashdown" not in str(line.said)
    assert not of.sheet.supports.exclude(warning="").exists()


def test_a_trust_with_one_policy_is_told_likewise_in_another_area(cast: Cast) -> None:
    cycle = opened(cast)
    trust = Organisation.objects.create(kind="trust", name="Harbour Trust")
    of, elsewhere = in_hand(cast, cycle), opened(cast, version=cycle.version, title="Another")
    in_hand(cast, elsewhere, "grace")
    area = type(cast.area).objects.create(name="Elsewhere", code="998")
    Cycle.objects.filter(pk=elsewhere.pk).update(area=area)
    by = cast.actor("marcus")
    assert not read_page(return_id=of.pk, by=by, today=TODAY).warned
    Organisation.objects.filter(urn__in=[900001, 900002]).update(trust=trust)
    assert read_page(return_id=of.pk, by=by, today=TODAY).warned


def test_last_years_file_is_said_to_be_the_same(cast: Cast) -> None:
    before = in_hand(cast, opened(cast, title="Last year"))
    now = opened(cast, version=before.cycle.version, before=before.cycle_id)
    of = in_hand(cast, now)
    page = read_page(return_id=of.pk, by=cast.actor("marcus"), today=TODAY)
    assert {shown.kind for line in page.lines for shown in line.said.shown} == {"File, the same as last time"}


def test_the_year_before_stands_beside_each_answer(cast: Cast) -> None:
    _, of = with_year_before(cast)
    page = read_page(return_id=of.pk, by=cast.actor("marcus"), today=TODAY)
    (worse,), (better,) = page.worse, page.better
    assert (worse.before.words, worse.said.value.words) == ("Green", "Red")
    assert (better.question.key, better.before.explanation) == ("policy-lived", "Not lived.")


def test_reading_asks_few_questions_however_many_answers(
    cast: Cast, django_assert_max_num_queries: Callable[..., object]
) -> None:
    _, of = with_year_before(cast)
    by = cast.actor("marcus")
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        read_page(return_id=of.pk, by=by, today=TODAY)


def test_a_promise_becomes_one_action(cast: Cast) -> None:
    of = in_hand(cast)
    feedback = given(cast, of)
    wanted = WantedAction(
        what="Come to the course.",
        asked_by=cast.organisations["council"].pk,
        audience=(Reach(ReachKind.ORGANISATION, str(of.organisation_id)),),
        source_address=f"/audits/{of.pk}/feedback/",
        key=feedback.pk,
    )
    asked = {"feedback_id": feedback.pk, "wanted": wanted, "at": NOW}
    with pytest.raises(Refused):
        services.act_upon_promise(**asked, by=cast.actor("priya"))
    action = services.act_upon_promise(**asked, by=cast.actor("marcus"))
    assert services.act_upon_promise(**asked, by=cast.actor("marcus")) == action
    assert Action.objects.count() == 1
    assert _last() == "feedback.acted_upon"
    quiet = given(cast, of, "Nothing to add.", "")
    with pytest.raises(Refused):
        services.act_upon_promise(**(asked | {"feedback_id": quiet.pk}), by=cast.actor("marcus"))


def test_a_draw_is_kept_with_its_rule_and_can_be_repeated(cast: Cast) -> None:
    of = in_hand(cast)
    page = visits_page(cycle_id=of.cycle_id, rule=SEED, by=cast.actor("marcus"), on=TODAY)
    assert [each.name for each in page.drawn] == ["Oakfield Primary School", "Ashdown Academy"]
    visits = drawn(cast, of.cycle, SEED)
    assert {visit.reason for visit in visits} >= {"Drawn by chance"}
    assert Cycle.objects.get().sample == SEED.kept
    entry = _entries()[-1]
    assert (entry["verb"], entry["about"]["rule"]) == ("visits.drawn", SEED.kept)
    assert visits_page(cycle_id=of.cycle_id, rule=None, by=cast.actor("marcus"), on=TODAY).candidates == 0
    with pytest.raises(Refused) as refused:
        drawn(cast, of.cycle, SEED)
    assert "draws nobody" in refused.value.advice


def test_what_a_school_has_not_sent_does_not_count(cast: Cast) -> None:
    cycle = opened(cast)
    answered(cast, begun(cast, cycle))
    page = visits_page(cycle_id=cycle.pk, rule=Rule(risk=2, seed="s"), by=cast.actor("marcus"), on=TODAY)
    assert page.drawn == []
    send(return_of(cast, cycle))
    page = visits_page(cycle_id=cycle.pk, rule=Rule(risk=2, seed="s"), by=cast.actor("marcus"), on=TODAY)
    assert [each.why for each in page.drawn] == [
        "8 points: 2 of 4 answers not wholly in place; 2 of 2 claims with nothing behind them"
    ]


@pytest.mark.parametrize(
    ("rule", "seen", "advice"),
    [
        (Rule(risk=1, seed=" "), "", "Give a word"),
        (Rule(seed="s"), "", "draws nobody"),
        (Rule(random=1, seed="s"), "another", "Look at it again"),
    ],
)
def test_a_draw_that_was_not_seen_is_not_taken(cast: Cast, rule: Rule, seen: str, advice: str) -> None:
    cycle = opened(cast)
    with pytest.raises(Refused) as refused:
        services.draw_visits(cycle_id=cycle.pk, rule=rule, seen=seen, by=cast.actor("marcus"), at=NOW)
    assert advice in refused.value.advice
    assert not Visit.objects.exists()


def test_a_planned_visit_is_told_to_the_school_once_for_a_day(cast: Cast) -> None:
    of = in_hand(cast)
    visit = visited(cast, of)
    assert _last() == "visit.planned"
    planned = {"visit_id": visit.pk, "visitor": cast.people["marcus"].pk, "by": cast.actor("marcus"), "at": NOW}
    services.plan_visit(**planned, planned_on=visit.planned_on)
    assert of.notices.filter(kind=Notice.Kind.VISIT).count() == 1
    for wrong in ({"planned_on": TODAY - timedelta(days=1)}, {"planned_on": TODAY, "visitor": cast.people["priya"].pk}):
        with pytest.raises(Refused, match="cannot be asked"):
            services.plan_visit(**(planned | wrong))
    with pytest.raises(Refused):
        services.plan_visit(**(planned | {"by": cast.actor("priya")}), planned_on=TODAY)


def test_what_a_visit_found_stands_beside_what_was_sent(cast: Cast) -> None:
    of = in_hand(cast)
    visit, by = visited(cast, of), cast.actor("marcus")
    found = {"lead-named": Found("met", "The letter."), "policy-read": Found("red"), "policy-lived": Found("")}
    services.note_findings(visit_id=visit.pk, found=found, by=by, at=NOW)
    assert _last() == "visit.findings_noted"
    assert list(Finding.objects.order_by("question").values_list("question", "own", "agreed")) == [
        ("lead-named", "met", "met"),
        ("policy-read", "amber", "red"),
    ]
    services.note_findings(visit_id=visit.pk, found={"lead-named": Found("")}, by=by, at=NOW)
    assert Finding.objects.count() == 1
    for wrong in ({"strange": Found("met")}, {"policy-read": Found("met")}):
        with pytest.raises(Refused):
            services.note_findings(visit_id=visit.pk, found=wrong, by=by, at=NOW)
    with pytest.raises(Refused):
        services.call_off_visit(visit_id=visit.pk, why="Snow.", by=by, at=NOW)
    with pytest.raises(Refused):
        services.agree_visit(visit_id=visit.pk, visited_on=TODAY + timedelta(days=1), words="", by=by, at=NOW)
    services.agree_visit(visit_id=visit.pk, visited_on=TODAY, words="", by=by, at=NOW)
    assert _last() == "visit.agreed"
    with pytest.raises(Refused) as refused:
        services.note_findings(visit_id=visit.pk, found=found, by=by, at=NOW)
    assert refused.value.advice == "It is agreed, so it stays as it is."
    page = visits_page(cycle_id=of.cycle_id, rule=None, by=by, on=TODAY)
    assert (page.agreed.lower, page.agreed.all, page.agreed.share) == (1, 1, 0)


def test_a_visit_of_which_nothing_was_found_is_not_agreed(cast: Cast) -> None:
    visit = visited(cast, in_hand(cast))
    with pytest.raises(Refused) as refused:
        services.agree_visit(visit_id=visit.pk, visited_on=TODAY, words=" ", by=cast.actor("marcus"), at=NOW)
    assert "at least one finding" in refused.value.advice


def test_a_school_is_visited_once_in_an_audit_and_the_visit_may_be_called_off(cast: Cast) -> None:
    of = in_hand(cast)
    visit, by = visited(cast, of), cast.actor("marcus")
    with pytest.raises(Refused) as refused:
        services.add_visit(return_id=of.pk, reason="Again.", by=by, at=NOW)
    assert "stands already" in refused.value.advice
    assert services.call_off_visit(visit_id=visit.pk, why="Snow.", by=by, at=NOW) == of.pk
    assert _last() == "visit.called_off"
    assert of.notices.filter(kind=Notice.Kind.VISIT).count() == 2
    assert not Visit.objects.exists()


def test_what_is_not_there_is_refused_alike(cast: Cast) -> None:
    by = cast.actor("marcus")
    with pytest.raises(Refused):
        services.note_reading(return_id=uuid4(), by=by, at=NOW)
    with pytest.raises(Visit.DoesNotExist):
        services.plan_visit(visit_id=uuid4(), planned_on=TODAY, visitor=cast.people["marcus"].pk, by=by, at=NOW)
