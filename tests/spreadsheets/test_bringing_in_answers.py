"""Last year's answers brought in: what is taken, what is left out and why, the refusals, the ledger, and back again."""

import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.audits.models import Copy, Count, Cycle, Return
from haven.audits.models.counts import RETURNS
from haven.audits.queries.counts import differences
from haven.audits.rules.life import Standing, State
from haven.engines.chain.hashing import digest_of
from haven.ledger.models import Detail
from haven.moderation.queries.toread import to_read
from haven.people.models import Organisation
from haven.questions.models import Answer, Sheet, Support, Tally, Version
from haven.questions.packs import load
from haven.questions.queries.recounting import counts_amiss
from haven.questions.services import make_template
from haven.spreadsheets import services, tasks
from haven.spreadsheets.models import Import
from haven.spreadsheets.queries.importing import import_kept, outcome_of, scales_of
from tests.audits.asked import begun, opened
from tests.audits.many import schools
from tests.cast import NOW, Cast
from tests.questions.template import content, released
from tests.sheets.books import xlsx
from tests.spreadsheets import brought
from tests.spreadsheets.brought import ASHDOWN, ENDED, HEADINGS, LONG, OAKFIELD, given, taken

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).parents[2] / "packs" / "questions" / "section-175"


def _verbs() -> list[str]:
    return [json.loads(text)["verb"] for text in Detail.objects.order_by("pk").values_list("text", flat=True)]


def _refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.advice


def _kept(of: Import, cast: Cast) -> Import:
    return import_kept(import_id=of.pk, by=cast.actor("marcus"))


def _match(cast: Cast, of: Import, **changed: Any) -> bool:
    told = {"grid": of.grid, "head_row": of.head_row, "columns": of.columns} | changed
    return services.match_columns(import_id=of.pk, **told, by=cast.actor("marcus"), at=NOW)


def _take(cast: Cast, of: Import) -> Import:
    return services.take_in_import(import_id=of.pk, by=cast.actor("marcus"), at=NOW)


def _said(cycle: Cycle | None, school: Organisation) -> dict[str, tuple[Any, str]]:
    rows = Answer.objects.filter(sheet__audit_return__cycle=cycle, sheet__organisation=school)
    return {row.question: (row.value, row.words) for row in rows}


def test_a_spreadsheet_becomes_a_closed_audit_whose_returns_are_sent(cast: Cast) -> None:
    cycle = taken(cast).cycle
    assert cycle is not None
    assert (cycle.standing, cycle.school_year, cycle.final_due_on) == (Standing.CLOSED, 2024, ENDED)
    assert (cycle.brought_from, cycle.steps) == ("last year.xlsx", [])
    assert set(cycle.returns.values_list("state", flat=True)) == {State.SUBMITTED.value}
    assert all(each.reference.startswith("2024-9000") for each in cycle.returns.all())
    assert _said(cycle, cast.organisations["oakfield"]) == {
        "lead-named": ("met", "Ms Nair"),
        "lead-trained-on": ("2024-09-02", ""),
    }
    assert set(Answer.objects.values_list("origin", "is_confirmed", "written_by")) == {("imported", True, None)}
    assert _verbs()[-3:] == ["import.given", "sheets.brought_in", "import.taken_in"]


def test_a_copy_says_that_it_came_from_a_spreadsheet_and_nobody_signed_it(cast: Cast) -> None:
    copy = Copy.objects.get(of=taken(cast).cycle.returns.get(organisation=cast.oakfield))
    assert copy.content["brought_in"] == {"file": "last year.xlsx", "on": "2026-03-02"}
    assert copy.digest == digest_of(copy.content)
    assert not copy.signatures.exists()
    assert {row["question"] for row in copy.content["answers"]} >= {"lead-named", "referrals"}


def test_what_is_brought_in_is_counted_as_what_is_sent(cast: Cast) -> None:
    cycle = taken(cast).cycle
    assert Count.objects.get(cycle=cycle, question=RETURNS).number == 2
    assert Count.objects.get(cycle=cycle, question="lead-named", answer="partly").number == 1
    assert list(differences()) == []
    assert list(counts_amiss()) == []
    assert Tally.objects.filter(sheet__audit_return__cycle=cycle, section="leads").first().answered > 0
    assert not Sheet.objects.filter(locked_at__isnull=True).exists()


def test_the_next_audit_begins_with_it(cast: Cast) -> None:
    earlier = taken(cast)
    cycle = opened(cast, earlier.version, before=earlier.cycle_id)
    of = begun(cast, cycle)
    waiting = {each.question: each for each in of.sheet.answers.all()}
    assert (waiting["lead-named"].value, waiting["lead-named"].origin) == ("met", Answer.Origin.CARRIED)
    assert not waiting["lead-named"].is_confirmed


def test_it_is_not_for_anybody_to_read_first(cast: Cast) -> None:
    taken(cast)
    assert list(to_read(by=cast.actor("marcus")).unread) == []


def test_what_does_not_fit_is_left_out_and_told(cast: Cast) -> None:
    rows = (*HEADINGS, "2.3", "3.2"), (*OAKFIELD, -1, "Met"), (*ASHDOWN, 4, "Met"), OAKFIELD, ("", "", "Met")
    outcome = outcome_of(_kept(given(cast, *rows), cast))
    told = {(each.row, each.question, each.why) for each in outcome.misfits}
    assert told == {
        (2, "2.3", "Give a number of 0 or more."),
        (2, "3.2", "This school is not asked this question."),
        (3, "1.2", "Give a real day, such as 27 3 2026."),
        (4, "1.1", "This school answers this question in an earlier row already."),
        (4, "1.2", "This school answers this question in an earlier row already."),
        (5, "", "The row names no school."),
    }
    assert outcome.answers == 5


def test_a_school_that_only_looks_like_one_is_never_taken_by_itself(cast: Cast) -> None:
    of = given(cast, ("School name", "1.1"), ("Oakfield Primary", "Met"), ("Ashdown Academy", "Met"), ("Zzz", "Met"))
    outcome = outcome_of(_kept(of, cast))
    assert [each.school.name for each in outcome.found] == ["Ashdown Academy"]
    like, strange = sorted(outcome.unknown, key=lambda each: each.place.name)
    assert cast.organisations["oakfield"] in like.alike
    assert list(strange.alike) == []
    chosen = {like.place.key: str(cast.oakfield.pk), "zzz": str(uuid4())}
    services.match_schools(import_id=of.pk, schools=chosen, by=cast.actor("marcus"), at=NOW)
    assert [each.school.name for each in outcome_of(_kept(of, cast)).found] == [
        "Ashdown Academy",
        "Oakfield Primary School",
    ]


def test_a_school_is_found_by_its_number_before_its_name(cast: Cast) -> None:
    rows = ("URN", "School name", "1.1"), (900002, "Oakfield Primary School", "Met"), (123456, "ashdown academy", "No")
    (found,) = outcome_of(_kept(given(cast, *rows), cast)).found
    assert found.school == cast.organisations["ashdown"]
    assert len(found.places) == 2


def test_what_looks_like_a_childs_name_is_shown(cast: Cast) -> None:
    rows = ("URN", "1.1", "Comments"), (900001, "No", "A pupil called Rowan was hurt.")
    assert outcome_of(_kept(given(cast, *rows), cast)).children == [("Oakfield Primary School", "1.1", "Rowan")]


def test_words_that_nobody_could_guess_come_first_and_are_taken_as_they_are_matched(cast: Cast) -> None:
    of = given(cast, ("URN", "1.1"), (900001, "Grand"), (900002, "Met"))
    (scale,) = scales_of(_kept(of, cast))
    assert scale.said == [("Grand", 1, ""), ("Met", 1, "met")]
    meant = {scale.name: {"grand": "partly", "met": ""}}
    services.match_choices(import_id=of.pk, choices=meant, by=cast.actor("marcus"), at=NOW)
    assert _said(_take(cast, of).cycle, cast.organisations["oakfield"]) == {"lead-named": ("partly", "")}
    assert Return.objects.count() == 1


def test_one_row_for_each_school_and_question_is_taken_too(cast: Cast) -> None:
    page = "https://example.org/plan"
    rows = [
        LONG,
        (900001, "1.1", "Not met", "No one yet", date(2025, 6, 1), f"See {page}"),
        (900001, "2.2 How far is it lived?", "2", "", "soon", "minutes of June"),
        (900001, "8.8", "Met", "", "", ""),
    ]
    of = given(cast, *rows)
    assert of.columns == ["URN", "Question", "Answer", "Explanation", "By when", "Evidence"]
    cycle = _take(cast, of).cycle
    answers = {each.question: each for each in Answer.objects.all()}
    assert (answers["lead-named"].value, answers["lead-named"].by_on) == ("not-met", date(2025, 6, 1))
    assert answers["policy-lived"].words == "Evidence: minutes of June\n\nBy when: soon"
    assert Support.objects.get(sheet__audit_return__cycle=cycle).address == page


def test_a_school_that_answers_for_boarders_is_one_that_boards(cast: Cast) -> None:
    cycle = taken(cast, ("URN", "3.1"), (900001, "Yes"), (900002, "")).cycle
    assert Sheet.objects.get(audit_return__cycle=cycle).traits == ["boarding"]
    assert "night-staff" in _said(cycle, cast.organisations["oakfield"])


def test_pressed_twice_it_is_taken_in_once(cast: Cast) -> None:
    of = given(cast)
    assert _take(cast, of).cycle == _take(cast, of).cycle
    assert Cycle.objects.count() == 1
    assert _kept(of, cast).kept is None


def test_what_is_long_is_taken_in_by_the_background(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haven.spreadsheets.services.imports.MOST_AT_ONCE", 1)
    of = given(cast)
    assert _take(cast, of).state == _take(cast, of).state == Import.State.TAKING
    assert _verbs().count("import.begun") == 1
    assert "taken in already" in _refused(lambda: _match(cast, of))
    services.finish_import(import_id=of.pk, by=HAVEN, at=NOW)
    services.finish_import(import_id=of.pk, by=HAVEN, at=NOW)
    assert Cycle.objects.get().returns.count() == 2
    with pytest.raises(Refused):
        services.finish_import(import_id=of.pk, by=cast.actor("marcus"), at=NOW)


def test_the_background_takes_in_and_throws_away_by_its_own_tasks(cast: Cast) -> None:
    of = given(cast)
    Import.objects.filter(pk=of.pk).update(state=Import.State.TAKING)
    tasks.take_in(str(of.pk))
    assert Cycle.objects.get().brought_from == "last year.xlsx"
    Import.objects.filter(pk=given(cast, version=of.version).pk).update(changed_at=NOW - timedelta(days=1_000))
    assert tasks.forget_old_imports(0) == 1


def test_what_no_longer_fits_in_the_background_goes_back_to_be_matched(cast: Cast) -> None:
    of = given(cast, ("URN", "1.1"), (777777, "Met"))
    Import.objects.filter(pk=of.pk).update(state=Import.State.TAKING)
    services.finish_import(import_id=of.pk, by=HAVEN, at=NOW)
    of = _kept(of, cast)
    assert (of.state, of.fault) == (
        Import.State.MATCHING,
        "No answer fits yet. Look at the columns, the words and the schools.",
    )


def test_taken_back_nothing_of_it_stays(cast: Cast) -> None:
    cycle = taken(cast).cycle
    services.take_back_import(cycle_id=cycle.pk, by=cast.actor("marcus"), at=NOW)
    for model in (Cycle, Import, Return, Copy, Count, Sheet, Answer, Tally, Support):
        assert not model.objects.exists()
    assert _verbs()[-2:] == ["sheets.taken_back", "import.taken_back"]


def test_what_others_build_upon_is_not_taken_back(cast: Cast) -> None:
    earlier = taken(cast)
    deed = lambda: services.take_back_import(cycle_id=earlier.cycle_id, by=cast.actor("marcus"), at=NOW)  # noqa: E731
    cycle = opened(cast, earlier.version, before=earlier.cycle_id)
    assert "later audit" in _refused(deed)
    Cycle.objects.filter(pk=cycle.pk).update(before=None)
    Sheet.objects.create(
        version=earlier.version, organisation=cast.oakfield, address="/a/", before=Sheet.objects.first(), opened_at=NOW
    )
    assert "cannot be taken back" in _refused(deed)
    other = opened(cast, earlier.version)
    own = lambda: services.take_back_import(cycle_id=other.pk, by=cast.actor("marcus"), at=NOW)  # noqa: E731
    assert "given here" in _refused(own)


def test_columns_are_guessed_anew_for_another_row_of_headings(cast: Cast) -> None:
    of = given(cast, ("Audit", "of", "2024"), HEADINGS, OAKFIELD)
    assert not _match(cast, of, head_row=0)
    assert _kept(of, cast).columns == ["", "", "", "", ""]
    assert not _match(cast, of, head_row=1)
    assert _match(cast, _kept(of, cast))
    assert "no such sheet" in _refused(lambda: _match(cast, of, grid=7))
    assert "no such sheet" in _refused(lambda: _match(cast, of, head_row=99))


def test_columns_that_mean_nothing_or_not_enough_are_refused(cast: Cast) -> None:
    of = given(cast)
    assert "Nothing is called “8.8”" in _refused(lambda: _match(cast, of, columns=["URN", "8.8", "", "", ""]))
    assert "which column has the URN" in _refused(lambda: _match(cast, of, columns=["", "1.1", "", "", ""]))


def test_nothing_that_fits_is_not_taken_in(cast: Cast) -> None:
    of = given(cast, ("URN", "1.1"), (777777, "Met"))
    assert "No answer fits" in _refused(lambda: _take(cast, of))


def test_a_file_that_cannot_be_read_is_refused_with_its_line(cast: Cast) -> None:
    wish = brought.wanted()
    told = {"area": cast.area, "by": cast.actor("marcus"), "at": NOW}
    deed = lambda: services.give_import(wanted=wish, name="a.xlsx", content=b"no", **told)  # noqa: E731
    assert _refused(deed).startswith("This file cannot be read: by its name")
    later = brought.wanted(Version.objects.get(), ended_on=NOW.date() + timedelta(days=1))
    assert "must have passed" in _refused(
        lambda: services.give_import(wanted=later, name="a.xlsx", content=xlsx(["a"]), **told)
    )


def test_questions_that_schools_are_not_asked_are_refused(cast: Cast) -> None:
    survey = released(id="survey", use="survey")
    own = make_template(area=cast.area, content=content(id="own"), by=cast.actor("marcus"), at=NOW)
    for version in (survey, own):
        assert "not ones that your schools can be asked" in _refused(
            lambda version=version: given(cast, version=version)
        )


@pytest.mark.parametrize("who", ["priya", "tom", "lena", "sam", "nadia"])
def test_only_leads_of_the_area_bring_in(cast: Cast, who: str) -> None:
    of, done, by = given(cast), taken(cast, version=Version.objects.get()), {"by": cast.actor(who), "at": NOW}
    deeds: list[Callable[[], object]] = [
        lambda: given(cast, version=of.version, who=who),
        lambda: services.match_columns(import_id=of.pk, grid=0, head_row=0, columns=[], **by),
        lambda: services.match_choices(import_id=of.pk, choices={}, **by),
        lambda: services.match_schools(import_id=of.pk, schools={}, **by),
        lambda: services.take_in_import(import_id=of.pk, **by),
        lambda: services.forget_import(import_id=of.pk, **by),
        lambda: services.take_back_import(cycle_id=done.cycle_id, **by),
        lambda: services.forget_old_imports(**by),
        lambda: import_kept(import_id=of.pk, by=cast.actor(who)),
        lambda: services.take_in_import(import_id=uuid4(), **by),
    ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()


def test_what_nobody_goes_on_with_is_thrown_away(cast: Cast) -> None:
    of = given(cast)
    later = NOW + timedelta(days=settings.DRAFT_DAYS)
    assert services.forget_old_imports(by=HAVEN, at=later) == 0
    assert services.forget_old_imports(by=HAVEN, at=later + timedelta(seconds=1)) == 1
    of = given(cast, version=of.version)
    services.forget_import(import_id=of.pk, by=cast.actor("marcus"), at=NOW)
    assert not Import.objects.exists()
    assert _verbs()[-1] == "import.forgotten"


def test_what_is_read_is_kept_sealed(cast: Cast) -> None:
    of = Import.objects.get(pk=given(cast).pk)
    assert b"Ms Nair" not in bytes(of.kept or b"")
    assert of.kept_key


def test_200_schools_with_120_answers_are_taken_in_within_seconds(cast: Cast) -> None:
    load(max(PACKS.glob("*.yaml")), at=NOW)
    version = Version.objects.filter(template__key="section-175").order_by("-number").first()
    assert version is not None
    asked = [question for question in version.outline if question.is_chosen][:120]
    made = schools(cast, 200)
    rows = [(each.urn, *(question.choices[0].label for question in asked)) for each in made]
    of = given(cast, ("URN", *(f"{each.ref} {each.words}" for each in asked)), *rows, version=version)
    began = time.process_time()
    Import.objects.filter(pk=of.pk).update(state=Import.State.TAKING)
    services.finish_import(import_id=of.pk, by=HAVEN, at=NOW)
    took = time.process_time() - began
    assert Cycle.objects.get().returns.count() == 200
    assert Answer.objects.count() > 0.9 * 200 * len(asked)
    assert took < 20, f"{took:.1f} s of processor"
