"""A survey: each code answers once, and nobody can tell who answered what."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from haven.access.decision import Refused
from haven.ledger.models import Detail
from haven.surveys import services
from haven.surveys.models import Survey
from haven.surveys.queries import survey_of_code, survey_told
from haven.surveys.rules import drawn, hash_of, plain
from haven.surveys.services import Faults
from tests.cast import NOW, Cast
from tests.surveys.asked import AFTER, answered, codes, survey


def test_a_code_is_known_however_it_is_typed() -> None:
    code = drawn()
    assert hash_of(code, "s") == hash_of(f" {code.lower().replace('-', ' ')} ", "s")
    assert plain("no code") == ""
    assert plain(code[:-1] + "0") == ""


@pytest.mark.django_db
def test_a_code_answers_once(cast: Cast) -> None:
    made = survey(cast)
    (code,) = codes(cast, made, 1)
    answered(made, code)
    with pytest.raises(Refused, match="what is wished"):
        answered(made, code)
    assert Survey.objects.get().answered == 1


@pytest.mark.django_db
def test_a_code_of_another_survey_is_none_of_this(cast: Cast) -> None:
    made = survey(cast)
    with pytest.raises(Refused):
        answered(made, drawn())


@pytest.mark.django_db
def test_only_leads_make_and_give_out(cast: Cast) -> None:
    with pytest.raises(Refused):
        survey(cast, who="priya")
    made = survey(cast)
    with pytest.raises(Refused):
        services.give_out_codes(survey_id=made.pk, count=1, by=cast.actor("priya"), at=NOW)
    with pytest.raises(Refused):
        services.close_survey(survey_id=made.pk, by=cast.actor("tom"), at=NOW)


@pytest.mark.django_db
def test_nothing_kept_anywhere_ties_an_answer_to_its_code(cast: Cast) -> None:
    made = survey(cast)
    given = codes(cast, made, 30)
    before = Detail.objects.count()
    for number, code in enumerate(given):
        answered(made, code, words=f"words {number}")
    assert Detail.objects.count() == before, "the ledger would tell when somebody answered"
    kept = Survey.objects.get()
    assert kept.unused == []
    order = [int(slip["words"].split()[1]) for slip in kept.slips]
    assert sorted(order) == list(range(30))
    assert order != list(range(30)), "answers stand in the order in which they came"
    whole = _everything()
    for code in given:
        assert code not in whole
        assert hash_of(code, str(made.pk)) not in whole


@pytest.mark.django_db
def test_an_answer_is_no_row_of_its_own(cast: Cast) -> None:
    made = survey(cast)
    rows = _rows()
    for code in codes(cast, made, 3):
        answered(made, code)
    grown = {table for table, count in _rows().items() if count != rows[table]}
    assert grown == {"ledger_waiting", "ledger_detail"}, "the codes given out are recorded, and nothing else grew"


@pytest.mark.django_db
def test_results_wait_for_the_last_day_and_for_five(cast: Cast) -> None:
    made = survey(cast)
    given = codes(cast, made, 6)
    for code in given[:4]:
        answered(made, code)
    marcus = cast.actor("marcus")
    assert survey_told(survey_id=made.pk, by=marcus, at=AFTER).results is None
    answered(made, given[4], lead_named="not-met")
    assert survey_told(survey_id=made.pk, by=marcus, at=NOW).results is None
    shown = survey_told(survey_id=made.pk, by=marcus, at=AFTER).results
    assert dict(shown[0].chosen) == {"Met": 4, "Partly met": 0, "Not met": 1}
    assert survey_told(survey_id=made.pk, by=cast.actor("priya"), at=AFTER) is None


@pytest.mark.django_db
def test_after_its_last_day_nothing_is_taken(cast: Cast) -> None:
    made = survey(cast)
    (code,) = codes(cast, made, 1)
    with pytest.raises(Refused, match="state"):
        services.answer_survey(survey_id=made.pk, code=code, values={"lead-named": "met"}, at=AFTER)
    assert survey_of_code(code=code, at=AFTER) is None


@pytest.mark.django_db
def test_closed_early_its_codes_end(cast: Cast) -> None:
    made = survey(cast)
    (code,) = codes(cast, made, 1)
    services.close_survey(survey_id=made.pk, by=cast.actor("marcus"), at=NOW)
    assert survey_of_code(code=code, at=NOW) is None
    assert Survey.objects.get().unused == []


@pytest.mark.django_db
def test_what_does_not_fit_is_told_and_the_code_stays_good(cast: Cast) -> None:
    made = survey(cast)
    (code,) = codes(cast, made, 1)
    with pytest.raises(Faults) as refused:
        answered(made, code, referrals="many")
    assert refused.value.faults == {"referrals": "Give a number, in digits."}
    answered(made, code)


@pytest.mark.django_db
def test_the_whole_way_through_the_pages(cast: Cast) -> None:
    lead, visitor = cast.client("marcus"), cast.client("nobody")
    made = survey(cast, closes_on=date(2099, 1, 1))
    assert lead.get("/questionnaires/surveys/").status_code == 200
    shown = lead.post(f"/questionnaires/surveys/{made.pk}/codes/", {"count": "2"}).content.decode()
    code = shown.split('surveys-code">')[1].split("<")[0]
    assert visitor.get("/survey/").status_code == 302
    page = visitor.post("/questionnaires/answer/", {"code": code.lower()}).content.decode()
    assert "A lead is named." in page
    bad = visitor.post("/questionnaires/answer/", {"code": code, "send": "1", "referrals": "many", "words": "mine"})
    assert bad.status_code == 422
    assert "mine" in bad.content.decode(), "what was typed is lost"
    sent = visitor.post("/questionnaires/answer/", {"code": code, "send": "1", "lead-named": "met"})
    assert "Thank you" in sent.content.decode()
    again = visitor.post("/questionnaires/answer/", {"code": code, "send": "1", "lead-named": "met"})
    assert again.status_code == 422


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        names = list(connection.introspection.table_names(cursor))
        return {name: _count(cursor, name) for name in names}


def _count(cursor: Any, name: str) -> int:
    cursor.execute(f'select count(*) from "{name}"')
    return int(cursor.fetchone()[0])


def _everything() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        told = []
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'select t::text from "{name}" t')
            told += [row[0] for row in cursor.fetchall()]
    return "\n".join(told)
