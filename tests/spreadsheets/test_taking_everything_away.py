"""Everything of a cycle is taken away at any time; what was not sent is not in it; and it can be brought in again."""

import io
import json
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from haven.access.decision import Refused
from haven.audits.models import Copy, Cycle
from haven.engines.chain.hashing import canonical
from haven.ledger.models import Detail
from haven.questions.models import Answer
from haven.spreadsheets import services
from tests.audits.asked import answer, begun, opened, prepared, typed
from tests.audits.sent import send, sent
from tests.cast import NOW, TODAY, Cast
from tests.moderation.read import given, in_hand, remarked
from tests.spreadsheets.brought import wanted

pytestmark = pytest.mark.django_db


def _file(cast: Cast, cycle: Cycle, kind: str, who: str = "marcus") -> bytes:
    response = cast.client(who).get(reverse("spreadsheets:take-away", args=[cycle.pk, kind]))
    assert response.status_code == 200
    return bytes(response.content)


def _sheet(content: bytes, name: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content))[name].iter_rows(min_row=2, values_only=True))


def _answers(cycle: Cycle) -> set[tuple[Any, ...]]:
    rows = Answer.objects.filter(sheet__audit_return__cycle=cycle, sheet__locked_at__isnull=False)
    return {
        (each.sheet.organisation_id, each.question, json.dumps(each.value), each.stands, each.words, each.by_on)
        for each in rows.select_related("sheet")
    }


def test_a_workbook_has_every_school_and_every_answer_that_was_sent(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    answer(cast, begun(cast, cycle, "grace"), "grace", lead_named=typed("not-met", "Still secret."))
    content = _file(cast, cycle, "xlsx")
    schools = {row[1]: row[3] for row in _sheet(content, "Schools")}
    assert schools == {"Ashdown Academy": "Being answered", "Oakfield Primary School": "Sent, not read yet"}
    answers = _sheet(content, "Answers")
    assert {row[1] for row in answers} == {"Oakfield Primary School"}
    told = {row[2]: (row[3], row[4], row[8]) for row in answers}
    assert told["2.1"] == ("Amber", "Two have not.", "Partly in place")
    assert told["2.3"] == (4, "", "Answered")
    assert "Still secret." not in str(answers)


def test_plans_feedback_and_remarks_are_in_it(cast: Cast) -> None:
    of = in_hand(cast, opened(cast))
    remarked(cast, of)
    given(cast, of)
    content = _file(cast, of.cycle, "xlsx")
    feedback = _sheet(content, "Feedback")
    assert [row[1] for row in feedback] == ["Oakfield Primary School"]
    document = json.loads(_file(cast, of.cycle, "json"))
    (told,) = [each for each in document["returns"] if each["school"]["urn"] == 900001]
    assert told["feedback"][0]["name"] == "Marcus Hale"
    assert len(told["remarks"]) == len(_sheet(content, "Remarks"))


def test_a_document_holds_each_copy_as_its_digest_was_taken(cast: Cast) -> None:
    copy = sent(cast, opened(cast))
    document = json.loads(_file(cast, copy.of.cycle, "json"))
    assert document["format"] == "haven-audit/1"
    assert document["questions"]["content"]["id"] == "small"
    waits, told = document["returns"]
    assert (waits["state"], "copy" in waits) == ("waiting", False)
    assert (told["digest"], canonical(told["copy"]).encode()) == (copy.digest, canonical(copy.content).encode())


def test_what_is_taken_away_comes_back_as_the_same_answers(cast: Cast) -> None:
    cycle = opened(cast)
    of = begun(cast, cycle)
    answer(cast, of, words=typed("=1+1 is no sum"))
    sent(cast, cycle)
    sent(cast, cycle, "grace")
    brought = services.give_import(
        area=cast.area,
        wanted=wanted(cycle.version, ended_on=TODAY),
        name="audit.xlsx",
        content=_file(cast, cycle, "xlsx"),
        by=cast.actor("marcus"),
        at=NOW,
    )
    assert brought.columns[:7] == ["URN", "School name", "Question", "Answer", "Explanation", "By when", "Evidence"]
    again = services.take_in_import(import_id=brought.pk, by=cast.actor("marcus"), at=NOW).cycle
    assert again is not None
    not_asked = {
        (cast.oakfield.pk, "nursery-lead"),
        (cast.oakfield.pk, "sixth-form"),
        (cast.ashdown.pk, "nursery-lead"),
    }
    first = {row for row in _answers(cycle) if row[:2] not in not_asked}
    assert _answers(again) == first
    assert len(first) > 12


def test_who_took_it_is_noted(cast: Cast) -> None:
    copy = sent(cast, opened(cast))
    _file(cast, copy.of.cycle, "json")
    entry = json.loads(Detail.objects.order_by("-pk").first().text)
    assert entry["verb"] == "cycle.taken_away"
    assert Copy.objects.count() == 1


def test_nobody_else_takes_it_and_nothing_is_taken_of_a_draft(cast: Cast) -> None:
    cycle = opened(cast)
    for who in ("priya", "tom", "lena", "nadia"):
        with pytest.raises(Refused):
            services.take_cycle_away(cycle_id=cycle.pk, kind="json", by=cast.actor(who), at=NOW)
    draft = prepared(cast, cycle.version)
    with pytest.raises(Cycle.DoesNotExist):
        services.take_cycle_away(cycle_id=draft.pk, kind="json", by=cast.actor("marcus"), at=NOW)
    address = reverse("spreadsheets:take-away", args=[cycle.pk, "exe"])
    assert cast.client("marcus").get(address).status_code == 404


def test_a_return_that_was_opened_again_is_in_it_as_it_was_sent(cast: Cast) -> None:
    cycle = opened(cast)
    copy = send(begun(cast, cycle))
    Copy.objects.filter(pk=copy.pk).update(lapsed_at=NOW)
    assert {row[1] for row in _sheet(_file(cast, cycle, "xlsx"), "Answers")} == {"Oakfield Primary School"}
