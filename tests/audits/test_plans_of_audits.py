"""A plan writes itself from what is not in place, comes along from last year, and lives on as actions of the school."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import docx
import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from haven.access.decision import Reason, Refused
from haven.actions.models import Action, Assignment
from haven.actions.rules import Standing
from haven.actions.services import GivenEvidence, close_assignment, reopen
from haven.audits import services
from haven.audits.models import Cycle, PlanItem, Return
from haven.audits.queries.planning import plan_page
from haven.audits.queries.plans import PlanLine
from haven.audits.rules.life import Window
from haven.audits.rules.planning import PlanState, issue_of, label_of, lacking, state_of, what_of
from haven.audits.services.plans import Clashing, WantedLine
from tests.audits.asked import answer, answered, begun, opened, typed
from tests.audits.signed import BY, again, planned, ready, signed, told
from tests.cast import NOW, TODAY, Cast

ONE = (("dsl",),)
PROPOSED = "Put in place: Staff have read the policy."


def lines(cast: Cast, of: Return, who: str = "priya") -> list[PlanLine]:
    return list(plan_page(return_id=of.pk, by=cast.actor(who), at=NOW).lines)


def line(cast: Cast, of: Return, ref: str) -> PlanLine:
    return next(each for each in lines(cast, of) if each.ref == ref)


def write(cast: Cast, of: Return, pk: UUID, who: str = "priya", **changed: Any) -> int:
    known = next(each for each in lines(cast, of) if each.id == pk)
    stands: dict[str, Any] = {"what": known.what, "lead": known.item.lead, "due_on": known.due_on}
    wanted = WantedLine(**(stands | {"success": known.item.success, "seen": known.item.revision} | changed))
    return services.write_plan(return_id=of.pk, wanted={pk: wanted}, by=cast.actor(who), at=NOW)


def sent_by_one(cast: Cast, cycle: Cycle | None = None) -> Return:
    of = ready(cast, cycle or opened(cast, steps=ONE))
    signed(cast, of, "priya")
    return again(of)


def test_what_is_not_in_place_is_in_the_plan_by_itself(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    assert [(each.ref, list(each.issue), each.what, each.due_on, each.is_kept) for each in lines(cast, of)] == [
        ("2.1", ["Staff have read the policy.", "Two have not."], PROPOSED, None, False),
        ("2.2", ["How far is it lived?", "We begin in June."], "Improve: How far is it lived?", BY, False),
    ]
    assert not PlanItem.objects.exists()


def test_a_line_in_which_nobody_wrote_goes_with_its_answer(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    answer(cast, of, policy_read=typed("green", seen=1))
    assert [each.ref for each in lines(cast, of)] == ["2.2"]


def test_a_line_in_which_the_school_wrote_stays_and_is_asked_about(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    write(cast, of, line(cast, of, "2.1").id, lead="Tom")
    answer(cast, of, policy_read=typed("green", seen=1))
    kept = line(cast, of, "2.1")
    assert (kept.is_settled, kept.item.lead) == (True, "Tom")


def test_a_line_follows_its_answer_until_somebody_writes_in_it(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    before = line(cast, of, "2.1").id
    answer(cast, of, policy_read=typed("amber", "Three have not.", seen=1))
    assert (line(cast, of, "2.1").id, line(cast, of, "2.1").issue[1]) == (before, "Three have not.")
    write(cast, of, before, what="Train them.", lead="Tom")
    answer(cast, of, policy_read=typed("amber", "Four have not.", seen=2))
    after = line(cast, of, "2.1")
    assert (after.what, after.issue[1]) == ("Train them.", "Four have not.")


def test_writing_in_the_plan_is_recorded(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    pk = line(cast, of, "2.1").id
    assert write(cast, of, pk, lead="Tom") == 1
    assert write(cast, of, pk, lead="Tom") == 0
    (deed,) = told("plan.written")
    assert deed["about"]["lines"] == [str(pk)]


def test_of_two_who_write_in_one_line_the_second_is_told(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    pk = line(cast, of, "2.1").id
    write(cast, of, pk, lead="Tom")
    with pytest.raises(Clashing) as raised:
        write(cast, of, pk, "tom", lead="Priya", seen=0)
    assert raised.value.lines == (pk,)
    assert line(cast, of, "2.1").item.lead == "Tom"


@pytest.mark.parametrize("who", ["grace", "marcus", "sam"])
def test_only_those_who_answer_for_the_school_write_its_plan(cast: Cast, who: str) -> None:
    of = answered(cast, begun(cast))
    with pytest.raises(Refused):
        services.write_plan(return_id=of.pk, wanted={}, by=cast.actor(who), at=NOW)


def test_a_plan_that_is_being_signed_is_not_changed(cast: Cast) -> None:
    of = ready(cast)
    signed(cast, of, "priya")
    with pytest.raises(Refused) as raised:
        write(cast, of, line(cast, of, "2.1").id, lead="Somebody else")
    assert "It is being signed" in raised.value.advice


def test_after_the_final_deadline_an_unsent_plan_is_not_changed(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    with pytest.raises(Refused):
        services.write_plan(return_id=of.pk, wanted={}, by=cast.actor("priya"), at=NOW + timedelta(days=60))


def added(cast: Cast, of: Return, key: UUID | None = None, **changed: Any) -> PlanItem:
    wanted = {"what": "Paint the gate.", "lead": "Tom", "due_on": BY, "success": "It is green."} | changed
    by = cast.actor("priya")
    return services.add_to_plan(
        return_id=of.pk, key=key or uuid4(), issue="The gate rusts.", wanted=WantedLine(**wanted), by=by, at=NOW
    )


def test_a_line_that_is_added_twice_stands_once(cast: Cast) -> None:
    of, key = answered(cast, begun(cast)), uuid4()
    assert added(cast, of, key) == added(cast, of, key)
    assert [each.what for each in lines(cast, of)][-1] == "Paint the gate."
    assert len(told("plan.added_to")) == 1


def test_a_line_leaves_with_a_reason_and_comes_back(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    pk, by = line(cast, of, "2.1").id, cast.actor("priya")
    with pytest.raises(Refused):
        services.take_out_of_plan(return_id=of.pk, line_id=pk, why=" ", by=by, at=NOW)
    services.take_out_of_plan(return_id=of.pk, line_id=pk, why="The trust does it.", by=by, at=NOW)
    assert (line(cast, of, "2.1").is_dropped, line(cast, of, "2.1").lacks) == (True, ())
    services.put_back_into_plan(return_id=of.pk, line_id=pk, by=by, at=NOW)
    assert line(cast, of, "2.1").is_dropped is False
    assert told("plan.taken_out_of")[0]["why"] == "The trust does it."
    assert len(told("plan.put_back_into")) == 1


def test_what_is_sent_becomes_an_action_of_the_schools_own_for_each_line(cast: Cast) -> None:
    of = sent_by_one(cast)
    first, second = Action.objects.filter(is_own=True).order_by("source_label")
    assert first.source_label == "Safeguarding audit 2025–26, question 2.1"
    assert first.source_address == f"/audits/{of.pk}/sections/policies/#q-policy-read"
    assert first.quote == "Staff have read the policy."
    assert first.what == PROPOSED
    assert first.detail.splitlines() == [
        "Not in place: Two have not.",
        "Leads on it: Tom",
        "You will see that it worked: All is well.",
    ]
    assert (second.what, second.due_on, second.asked_by, second.evidence_asked) == (
        "Improve: How far is it lived?",
        BY,
        cast.organisations["oakfield"],
        "word",
    )
    assert told("plan.agreed")[0]["about"]["actions"] == 2


def test_sent_again_it_sets_nothing_twice(cast: Cast) -> None:
    of = sent_by_one(cast)
    services.reopen_return(return_id=of.pk, why="A figure is wrong.", by=cast.actor("tom"), at=NOW)
    signed(cast, of, "priya")
    assert Action.objects.filter(is_own=True).count() == 2


def close(cast: Cast, of: Return, ref: str) -> Assignment:
    row = line(cast, of, ref).assignment
    assert row is not None
    given = GivenEvidence(words="All have read it.")
    return close_assignment(assignment_id=row, evidence=given, by=cast.actor("tom"), at=NOW)


def test_a_lines_state_follows_its_action_both_ways(cast: Cast) -> None:
    of = sent_by_one(cast)
    row = close(cast, of, "2.1")
    assert line(cast, of, "2.1").state is PlanState.DONE
    reopen(assignment_id=row.pk, by=cast.actor("tom"), at=NOW)
    assert line(cast, of, "2.1").state is PlanState.OPEN
    late = plan_page(return_id=of.pk, by=cast.actor("priya"), at=NOW + timedelta(days=90))
    assert {each.state for each in late.lines} == {PlanState.OVERDUE}


def test_a_line_that_is_changed_after_sending_changes_its_action(cast: Cast) -> None:
    of = sent_by_one(cast)
    write(cast, of, line(cast, of, "2.1").id, what="Train all four.", due_on=BY + timedelta(days=7))
    action = Action.objects.get(source_label__endswith="2.1")
    assert (action.what, action.due_on, action.version) == ("Train all four.", BY + timedelta(days=7), 2)
    with pytest.raises(Refused) as raised:
        write(cast, of, line(cast, of, "2.1").id, due_on=None)
    assert raised.value.reason is Reason.NOT_ASKABLE


def test_what_is_added_and_taken_out_after_sending_is_so_on_the_list_too(cast: Cast) -> None:
    of = sent_by_one(cast)
    item = added(cast, of)
    assert item.action is not None
    assert item.action.source_address == f"/audits/{of.pk}/plan/"
    by = cast.actor("priya")
    services.take_out_of_plan(return_id=of.pk, line_id=item.pk, why="It was painted.", by=by, at=NOW)
    item.action.refresh_from_db()
    assert (item.action.standing, item.action.ended_why) == (Standing.WITHDRAWN, "It was painted.")
    services.put_back_into_plan(return_id=of.pk, line_id=item.pk, by=by, at=NOW)
    assert PlanItem.objects.get(pk=item.pk).action.standing == Standing.PUBLISHED  # type: ignore[union-attr]


def next_year(cast: Cast, before: Return) -> Return:
    days = before.cycle.window
    window = Window(days.opens_on, days.first_due_on, days.final_due_on)
    cycle = opened(
        cast, before.cycle.version, title="Safeguarding audit 2026–27", steps=ONE, before=before.cycle_id, window=window
    )
    return begun(cast, cycle)


def test_what_is_unfinished_comes_along_and_goes_on_as_this_years_action(cast: Cast) -> None:
    first = sent_by_one(cast)
    close(cast, first, "2.1")
    of = next_year(cast, first)
    along = lines(cast, of)
    assert [(each.ref, each.what, each.item.lead, each.is_settled) for each in along] == [
        ("2.2", "Improve: How far is it lived?", "Tom", True)
    ]
    old = Action.objects.get(source_label__endswith="2025–26, question 2.2")
    of = planned(cast, answered(cast, of))
    assert [each.item.came_from_id is not None for each in lines(cast, of)] == [False, True]
    signed(cast, of, "priya")
    old.refresh_from_db()
    assert old.standing == Standing.REPLACED
    assert old.replaced_by is not None
    assert old.replaced_by.source_label == "Safeguarding audit 2026–27, question 2.2"


def test_what_comes_along_and_is_in_place_now_leaves_with_last_years_action(cast: Cast) -> None:
    first = sent_by_one(cast)
    of = next_year(cast, first)
    by = cast.actor("priya")
    for each in lines(cast, of):
        services.take_out_of_plan(return_id=of.pk, line_id=each.id, why="It is in place.", by=by, at=NOW)
    answered(cast, of)
    answer(cast, of, policy_read=typed("green", seen=9), policy_lived=typed("1", seen=9))
    signed(cast, of, "priya")
    assert set(Action.objects.filter(is_own=True).values_list("standing", flat=True)) == {Standing.WITHDRAWN}


def test_an_area_sees_how_the_plan_goes_and_nothing_of_the_actions(cast: Cast) -> None:
    of = sent_by_one(cast)
    close(cast, of, "2.1")
    seen = plan_page(return_id=of.pk, by=cast.actor("marcus"), at=NOW)
    assert [(each.ref, each.state, each.assignment) for each in seen.lines] == [
        ("2.1", PlanState.DONE, None),
        ("2.2", PlanState.OPEN, None),
    ]
    assert (seen.progress.whole, seen.progress.done, seen.may_write) == (2, 1, False)


def test_an_area_sees_no_plan_before_it_was_sent_and_none_that_is_being_changed(cast: Cast) -> None:
    of = ready(cast, opened(cast, steps=ONE))
    with pytest.raises(Refused):
        plan_page(return_id=of.pk, by=cast.actor("marcus"), at=NOW)
    signed(cast, of, "priya")
    services.reopen_return(return_id=of.pk, why="A figure is wrong.", by=cast.actor("tom"), at=NOW)
    answer(cast, of, policy_read=typed("amber", "What nobody outside has read.", seen=1))
    added(cast, of)
    seen = plan_page(return_id=of.pk, by=cast.actor("marcus"), at=NOW)
    assert [each.issue[1] for each in seen.lines] == ["Two have not.", "We begin in June."]


def test_if_the_ledger_fails_nothing_is_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    of = answered(cast, begun(cast))
    monkeypatch.setattr("haven.audits.services.plans.record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(cast, of, line(cast, of, "2.1").id, lead="Tom")
    assert not PlanItem.objects.exists()


def test_rules_of_plans_in_a_table() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert lacking("Do it.", "Tom", TODAY, today=TODAY) == ()
    assert len(lacking("", "", None, today=TODAY)) == 3
    assert lacking("Do it.", "Tom", yesterday, today=TODAY) == (
        "The day by which it was to be done is over. Give a new one.",
    )
    assert [
        state_of("published", "open", TODAY, today=TODAY),
        state_of("published", "open", yesterday, today=TODAY),
        state_of("published", "returned", None, today=TODAY),
        state_of("withdrawn", "done", yesterday, today=TODAY),
        state_of("withdrawn", "withdrawn", yesterday, today=TODAY),
        state_of("published", "not-applicable", yesterday, today=TODAY),
    ] == [
        PlanState.OPEN,
        PlanState.OVERDUE,
        PlanState.OPEN,
        PlanState.DONE,
        PlanState.ENDED,
        PlanState.SET_ASIDE,
    ]
    assert issue_of("Words.", "") == "Words."
    assert [what_of("It is\n written."), what_of("Is it lived?")] == [
        "Put in place: It is written.",
        "Improve: Is it lived?",
    ]
    assert len(what_of("word " * 100)) <= 300
    assert what_of("word " * 100).endswith("word…")
    assert len(label_of("A" * 200, "3.2")) == 200
    assert label_of("Audit", "") == "Audit, action plan"


def at(name: str, of: Return, **more: object) -> str:
    return reverse(f"audits:{name}", kwargs={"return_id": of.pk} | more)


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def form_of(line: PlanLine, **changed: str) -> dict[str, str]:
    """What the page sends for one line."""
    due = line.due_on
    fields = {"what": line.what, "lead": line.item.lead, "success": line.item.success, "seen": line.item.revision}
    parts = {"due_on": ""} if due is None else {"due_on_0": due.day, "due_on_1": due.month, "due_on_2": due.year}
    typed_in = {name: str(value) for name, value in (fields | parts | changed).items()}
    return {
        f"{name[:-2]}-{line.id}{name[-2:]}" if name[:-2] == "due_on" else f"{name}-{line.id}": value
        for name, value in typed_in.items()
    }


@time_machine.travel(NOW, tick=False)
def test_the_plan_is_written_on_one_page_and_nothing_typed_is_lost(cast: Cast) -> None:
    of, client = answered(cast, begun(cast)), cast.client("priya")
    first = line(cast, of, "2.1")
    wrong = client.post(at("plan", of), form_of(first, lead="Tom", due_on_0="31", due_on_1="2", due_on_2="2026"))
    assert wrong.status_code == 422
    assert "must be a real date" in wrong.content.decode()
    assert 'value="Tom"' in wrong.content.decode()
    done = client.post(at("plan", of), form_of(first, lead="Tom", due_on_0="1", due_on_1="5", due_on_2="2026"))
    assert done.headers["Location"] == at("plan", of)
    assert line(cast, of, "2.1").lacks == ()


@time_machine.travel(NOW, tick=False)
def test_a_clash_on_the_page_says_what_stands_and_can_be_saved_over(cast: Cast) -> None:
    of, client = answered(cast, begun(cast)), cast.client("priya")
    shown = line(cast, of, "2.1")
    write(cast, of, shown.id, "tom", lead="Tom")
    clash = client.post(at("plan", of), form_of(shown, lead="Priya"))
    page = clash.content.decode()
    assert clash.status_code == 422
    assert f"Somebody else changed this. It now says: {PROPOSED}; Tom." in page
    assert f'name="seen-{shown.id}" value="1"' in page
    client.post(at("plan", of), form_of(shown, lead="Priya", seen="1"))
    assert line(cast, of, "2.1").item.lead == "Priya"


@time_machine.travel(NOW, tick=False)
def test_lines_are_added_taken_out_and_put_back_by_page(cast: Cast) -> None:
    of, client = answered(cast, begun(cast)), cast.client("priya")
    typed_in = {"key": str(uuid4()), "issue": "The gate rusts.", "what": "Paint it.", "lead": "Tom"}
    assert client.post(at("plan-add", of), typed_in).status_code == 422
    days = {"due_on_0": "1", "due_on_1": "5", "due_on_2": "2026"}
    assert client.post(at("plan-add", of), typed_in | days).status_code == 302
    pk = line(cast, of, "2.1").id
    assert client.post(at("plan-out", of, line_id=pk), {"why": ""}).status_code == 422
    client.post(at("plan-out", of, line_id=pk), {"why": "The trust does it."})
    page = words(client, at("plan", of))
    assert "The gate rusts." in page
    assert "Taken out of the plan (1)" in page
    client.post(at("plan-back", of, line_id=pk))
    assert "Taken out of the plan" not in words(client, at("plan", of))


@time_machine.travel(NOW, tick=False)
def test_one_click_leads_from_the_action_to_the_question_and_back(cast: Cast) -> None:
    of, client = sent_by_one(cast), cast.client("priya")
    row = line(cast, of, "2.1").assignment
    assert f'href="{reverse("actions:show", args=[row])}"' in words(client, at("plan", of))
    shown = words(client, reverse("actions:show", args=[row]))
    assert f"/audits/{of.pk}/sections/policies/#q-policy-read" in shown
    assert 'id="q-policy-read"' in words(client, f"/audits/{of.pk}/sections/policies/")


@time_machine.travel(NOW, tick=False)
def test_a_council_reads_the_plan_and_has_no_way_into_the_actions(cast: Cast) -> None:
    of, client = sent_by_one(cast), cast.client("marcus")
    page = words(client, at("plan", of))
    assert "We begin in June." in page
    assert reverse("actions:show", args=[line(cast, of, "2.1").assignment]) not in page
    assert "Save the plan" not in page
    assert client.post(at("plan", of), {}).status_code == 404


@time_machine.travel(NOW, tick=False)
def test_the_plan_is_taken_away_as_a_spreadsheet_and_as_word(cast: Cast) -> None:
    of, client = sent_by_one(cast), cast.client("priya")
    write(cast, of, line(cast, of, "2.1").id, lead="=HYPERLINK(1)")
    book = openpyxl.load_workbook(io.BytesIO(client.get(at("plan-file", of, kind="xlsx")).content))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [(row[0], row[3], row[6]) for row in rows[1:]] == [("2.1", "'=HYPERLINK(1)", "Open"), ("2.2", "Tom", "Open")]
    document = docx.Document(io.BytesIO(client.get(at("plan-file", of, kind="docx")).content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Improve: How far is it lived?" in cells
    assert "How far is it lived?\nWe begin in June." in cells
    assert client.get(at("plan-file", of, kind="pdf")).status_code == 404
