"""The report of a cycle: its figures are the queries' own, each edition tells what it may, and who took it is noted."""

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.actions.rules import ALL_SCHOOLS, WantedAction
from haven.audits.models import Cycle
from haven.engines.printing.word import to_word
from haven.ledger.models import Detail
from haven.moderation import services as moderation
from haven.moderation.models import Visit
from haven.people.models import Area, Organisation
from haven.reports import services
from haven.reports.models import PrintedReport, Report
from haven.reports.queries.distributions import distribution
from haven.reports.queries.figures import Figures, QuestionFigures, report_figures
from haven.reports.queries.papers import report_paper
from haven.reports.queries.pictures import picture
from haven.reports.queries.sent import Sought
from haven.reports.queries.themes import themes
from haven.reports.rules.reporting import Edition
from tests.audits.asked import opened, prepared, return_of
from tests.audits.many import ALL_MET, returned, schools
from tests.cast import NOW, TODAY, Cast
from tests.moderation.read import given, in_hand, remarked
from tests.reports.printed import printed

pytestmark = pytest.mark.django_db
LACKING = ALL_MET | {"policy-read": "red", "policy-lived": "3"}


def full(cast: Cast) -> Cycle:
    """Twenty schools of two kinds that sent, with a year before, beside two that have not."""
    before = opened(cast, title="Last year", school_year=2024)
    cycle = opened(cast, before.version, before=before.pk)
    made = [*schools(cast, 13), *schools(cast, 7, "secondary", first=13)]
    returned(before, made)
    returned(cycle, made[:12])
    returned(cycle, made[12:], LACKING)
    return cycle


def figures(cast: Cast, cycle: Cycle, edition: Edition = Edition.NAMED) -> Figures:
    return report_figures(cycle_id=cycle.pk, edition=edition, by=cast.actor("marcus"), on=TODAY)


def taken(cast: Cast, report: PrintedReport, kind: str) -> bytes:
    return services.take_report(printed_id=report.pk, kind=kind, by=cast.actor("marcus"), at=NOW).content


def noted() -> list[dict[str, Any]]:
    """What the ledger holds of reports, in order."""
    entries = [json.loads(text) for text in Detail.objects.order_by("pk").values_list("text", flat=True)]
    return [each for each in entries if each["verb"].startswith("report.")]


def question(seen: Figures, key: str) -> QuestionFigures:
    return next(each for each in seen.questions if each.question.key == key)


def words_of_pdf(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def words_of_word(content: bytes) -> Iterator[str]:
    document = docx.Document(io.BytesIO(content))
    yield from (each.text for each in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def rows_of(content: bytes, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content))[sheet].values)


def everything(cast: Cast, report: PrintedReport) -> str:
    book = openpyxl.load_workbook(io.BytesIO(taken(cast, report, "xlsx")))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row]
    return " ".join([words_of_pdf(taken(cast, report, "pdf")), *words_of_word(taken(cast, report, "docx")), *cells])


def test_the_figures_are_those_of_the_pages(cast: Cast) -> None:
    cycle = full(cast)
    seen, by = figures(cast, cycle), cast.actor("marcus")
    page = picture(cycle_id=cycle.pk, by=by, on=TODAY, sought=Sought())
    assert seen.arrived.sent == page.sent == 20
    assert [each.share for each in seen.sections] == [each.share for each in page.columns]
    assert {each.label: each.cells for each in seen.schools} == {
        row.school: row.cells for row in page.rows if row.is_sent
    }
    for each in seen.questions:
        one = distribution(cycle_id=cycle.pk, key=each.question.key, by=by, on=TODAY, sought=Sought())
        assert (each.levels, each.asked, each.share, each.numbers) == (one.levels, one.asked, one.share, one.numbers)
    told = themes(cycle_id=cycle.pk, by=by, on=TODAY, sought=Sought())
    assert [each.question.key for each in seen.ranked if each.share.lacking] == [
        each.question.key for each in told.questions
    ]
    assert [each.points for each in seen.moved if each.points < 0] == [each.points for each in told.worse]
    assert seen.both == told.both


def test_the_documents_hold_these_figures(cast: Cast) -> None:
    cycle = full(cast)
    report, seen = printed(cast, cycle), figures(cast, cycle)
    share = next(each.share for each in seen.sections if each.section.key == "policies")
    cell = f"{share.in_place} ({share.percent}%)"
    assert cell in words_of_pdf(taken(cast, report, "pdf"))
    words = list(words_of_word(taken(cast, report, "docx")))
    assert cell in words
    assert "1: Embedded: 12 (60%)\n2: Developing: 0 (0%)\n3: Not yet: 8 (40%)" in words
    content = taken(cast, report, "xlsx")
    assert rows_of(content, "Returns")[1:] == [
        ("Asked", 22, 22),
        ("Sent by the first deadline", "", ""),
        ("Sent by the final deadline", "", ""),
        ("Sent so far", 20, 20),
    ]
    section = next(row for row in rows_of(content, "Sections") if row[1] == "Policies")
    assert section[2:] == (share.percent, share.partly_percent, share.not_percent)
    school = next(row for row in rows_of(content, "Schools") if row[0] == "School secondary 013")
    assert school[1:] == (50, 100, 0)
    lived = question(seen, "policy-lived")
    told = [row[3:] for row in rows_of(content, "Answers") if row[2] == lived.question.words]
    assert told == [(level.label, level.number) for level in lived.levels]


def test_every_picture_has_words_and_every_chapter_its_heading(cast: Cast) -> None:
    report = printed(cast, full(cast))
    document = docx.Document(io.BytesIO(taken(cast, report, "docx")))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == [
        "Summary",
        "How the audits came in",
        "What schools have in place",
        "School by school",
        "How each question was answered",
        "What has changed since last time",
        "What runs through it",
        "What stands behind the answers",
        "Appendix: every question and every answer",
        "How this was counted, and its limits",
    ]
    pictures = document.element.body.findall(".//{*}docPr")
    assert pictures
    assert all(each.get("descr") for each in pictures)


def test_without_names_nobody_is_named(cast: Cast) -> None:
    cycle = full(cast)
    of = in_hand(cast, cycle)
    remarked(cast, of, kind="good", words="Their board asks hard questions.")
    given(cast, of, area_will="A course for Oakfield on records.")
    given(cast, of, words="Once more.", area_will="A course on online safety for all.")
    said = everything(cast, printed(cast, cycle, Edition.UNNAMED)).casefold()
    for school in Organisation.objects.filter(audit_returns__cycle=cycle):
        assert school.name.casefold() not in said
        assert str(school.urn) not in said
    for person in cast.people.values():
        assert person.name.casefold() not in said
    assert "oakfield" not in said
    assert "hard questions" not in said
    assert "a course on online safety for all." in said
    assert "1 more promise is left out here" in said


def test_with_names_good_practice_and_every_promise_are_told(cast: Cast) -> None:
    cycle = full(cast)
    of = in_hand(cast, cycle)
    remarked(cast, of, kind="good", words="Their board asks hard questions.")
    answered = given(cast, of, area_will="A course for Oakfield on records.")
    remarked(cast, of, kind="good", words="Not shown to the school yet.")
    wanted = WantedAction(
        what="Come to the course.", asked_by=cast.organisations["council"].pk, audience=(ALL_SCHOOLS,), key=answered.pk
    )
    moderation.act_upon_promise(feedback_id=answered.pk, wanted=wanted, by=cast.actor("marcus"), at=NOW)
    said = everything(cast, printed(cast, cycle))
    assert "Their board asks hard questions." in said
    assert "Not shown to the school yet." not in said
    assert "A course for Oakfield on records." in said
    assert "; 0 have answered" in said


def test_without_names_a_few_schools_are_never_told_of(cast: Cast) -> None:
    cycle = full(cast)
    returned(cycle, schools(cast, 2, "nursery", first=20), ALL_MET | {"has-nursery": "yes", "policy-read": "amber"})
    seen = figures(cast, cycle, Edition.UNNAMED)
    report = printed(cast, cycle, Edition.UNNAMED)
    content = taken(cast, report, "xlsx")
    phases = {row[0]: row[3] for row in rows_of(content, "By phase")}
    assert phases["Nursery"] == phases["Secondary"] == "not shown"
    assert phases["Primary"] == 95
    answers = [row[2:] for row in rows_of(content, "Answers")]
    read = {level: told for words, level, told in answers if words == question(seen, "policy-read").question.words}
    assert read == {"Green": "10 or more", "Amber": "1 to 4", "Red": 8, "Not answered": 0}
    nursery = question(seen, "nursery-lead")
    assert nursery.asked == 2
    assert {told for words, _, told in answers if words == nursery.question.words} == {"not shown"}
    assert "2" not in {row[3] for row in rows_of(content, "Questions")}


def test_without_names_every_mark_of_the_map_stands_for_five_schools(cast: Cast) -> None:
    cycle = full(cast)
    returned(cycle, schools(cast, 2, "middle", first=20), LACKING | {"lead-named": "partly"})
    rows = rows_of(taken(cast, printed(cast, cycle, Edition.UNNAMED), "xlsx"), "Schools")[1:]
    assert sorted(row[0] for row in rows) == sorted(f"School {number}" for number in range(1, 23))
    for column in range(1, len(rows[0])):
        marks = [row[column] for row in rows]
        assert all(marks.count(mark) >= 5 for mark in marks)


def test_the_order_of_schools_is_drawn_and_stays_the_same(cast: Cast) -> None:
    cycle = full(cast)
    first, again = (figures(cast, cycle, Edition.UNNAMED).schools for _ in range(2))
    assert first == again
    assert [each.cells for each in first] != [each.cells for each in figures(cast, cycle).schools]


def test_a_cycle_without_a_return_has_its_report(cast: Cast) -> None:
    cycle = opened(cast)
    for edition in Edition:
        said = everything(cast, printed(cast, cycle, edition))
        assert "Fairhaven asked 2 schools. None has sent its audit yet." in said
        assert "No school has sent its audit yet, so there is nothing to show." in said


def test_a_single_return_is_told_with_names_and_not_without(cast: Cast) -> None:
    cycle = opened(cast)
    in_hand(cast, cycle)
    named, unnamed = (everything(cast, printed(cast, cycle, edition)) for edition in Edition)
    assert "Of 4 answers that can be judged, 50% are in place, 25% partly and 25% not." in named
    assert "Oakfield Primary School" in named
    assert "that can be judged, " not in unnamed
    assert "Fewer than 5 schools have sent their audit, so none is shown." in unnamed


def test_moderation_is_told_without_names_only_of_five_visits(cast: Cast) -> None:
    cycle = full(cast)
    for place, of in enumerate(cycle.returns.filter(state="submitted")[:5], 1):
        visit = Visit.objects.create(
            of=of, reason="Drawn", visited_on=TODAY, agreed_at=NOW, made_at=NOW, made_by=cast.people["marcus"]
        )
        visit.findings.create(question="policy-read", own="green", agreed="amber" if place == 1 else "green")
        said = " ".join(words_of_word(to_word(report_paper(figures(cast, cycle, Edition.UNNAMED)))))
        assert ("4 of 5 grades that schools gave themselves held: 80%." in said) is (place == 5)
        assert ("Fewer than 5 schools were visited" in said) is (place < 5)


def write(cast: Cast, cycle: Cycle, intro: str, seen: int, who: str = "marcus") -> Report:
    words = {"intro": intro, "conclusions": "We shall meet in spring."}
    return services.write_report(cycle_id=cycle.pk, **words, seen=seen, by=cast.actor(who), at=NOW)


def test_the_areas_own_words_stand_around_the_figures(cast: Cast) -> None:
    cycle = opened(cast)
    write(cast, cycle, "We thank all schools.\r\n\r\nIt was a long year.", 0)
    words = list(words_of_word(taken(cast, printed(cast, cycle), "docx")))
    assert words.index("Introduction") < words.index("It was a long year.") < words.index("Summary")
    assert words.index("Summary") < words.index("Conclusions") < words.index("We shall meet in spring.")
    assert [each["verb"] for each in noted()] == ["report.written", "report.asked", "report.printed", "report.taken"]


def test_words_that_somebody_else_changed_meanwhile_are_not_overwritten(cast: Cast) -> None:
    cycle = opened(cast)
    write(cast, cycle, "Hers.", 0)
    with pytest.raises(Refused) as refused:
        write(cast, cycle, "His.", 0)
    assert "Somebody else has changed" in refused.value.advice
    assert Report.objects.get().intro == "Hers."
    assert write(cast, cycle, "Hers.", 0).revision == 1  # the same form, sent twice
    assert write(cast, cycle, "Both.", 1).revision == 2


def test_words_that_name_a_school_do_not_go_without_names(cast: Cast) -> None:
    cycle = opened(cast)
    write(cast, cycle, "Oakfield primary school did best.", 0)
    with pytest.raises(Refused) as refused:
        services.make_report(cycle_id=cycle.pk, edition=Edition.UNNAMED, by=cast.actor("marcus"), at=NOW)
    assert "Oakfield Primary School" in refused.value.advice
    assert PrintedReport.objects.count() == 0
    assert "did best" in everything(cast, printed(cast, cycle))


def test_it_is_noted_who_asked_for_which_edition_and_who_took_what(cast: Cast) -> None:
    cycle = opened(cast)
    report = printed(cast, cycle, Edition.UNNAMED)
    taken(cast, report, "pdf")
    asked, kept, took = noted()
    assert [each["verb"] for each in (asked, kept, took)] == ["report.asked", "report.printed", "report.taken"]
    assert took["about"] == {"cycle": str(cycle.pk), "report": str(report.pk), "edition": "unnamed", "as": "pdf"}
    assert asked["who"]["name"] == took["who"]["name"] == "Marcus Hale"
    assert kept["about"]["pdf"] == hashlib.sha256(taken(cast, report, "pdf")).hexdigest()


def test_a_report_made_anew_takes_the_place_of_the_one_before(cast: Cast) -> None:
    cycle = opened(cast)
    old, other = printed(cast, cycle), printed(cast, cycle, Edition.UNNAMED)
    new = services.make_report(
        cycle_id=cycle.pk, edition=Edition.NAMED, by=cast.actor("marcus"), at=NOW + timedelta(hours=1)
    )
    assert set(PrintedReport.objects.all()) == {old, other, new}
    with pytest.raises(Refused):
        taken(cast, new, "pdf")
    services.print_report(printed_id=new.pk, by=HAVEN, at=NOW)
    services.print_report(printed_id=new.pk, by=HAVEN, at=NOW)  # once however often
    assert set(PrintedReport.objects.all()) == {other, new}
    assert [each["verb"] for each in noted()].count("report.printed") == 3


def test_what_it_holds_is_sealed(cast: Cast) -> None:
    report = printed(cast, opened(cast))
    assert b"%PDF" not in bytes(report.content)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintedReport.objects.filter(pk=report.pk).update(made_at=None)


def test_nobody_else_reads_writes_makes_or_takes_it(cast: Cast) -> None:
    cycle = opened(cast)
    report = printed(cast, cycle)
    for who in ("priya", "bell", "nadia", "sam"):
        by = cast.actor(who)
        for attempt in (
            lambda by=by: report_figures(cycle_id=cycle.pk, edition=Edition.NAMED, by=by, on=TODAY),
            lambda by=by: services.make_report(cycle_id=cycle.pk, edition=Edition.NAMED, by=by, at=NOW),
            lambda by=by: services.take_report(printed_id=report.pk, kind="pdf", by=by, at=NOW),
            lambda who=who: write(cast, cycle, "Mine.", 0, who),
            lambda by=by: services.print_report(printed_id=report.pk, by=by, at=NOW),
        ):
            with pytest.raises(Refused):
                attempt()


def test_another_areas_lead_is_refused(cast: Cast) -> None:
    cycle = opened(cast)
    report = printed(cast, cycle)
    Cycle.objects.filter(pk=cycle.pk).update(area=Area.objects.create(name="Elsewhere"))
    by = cast.actor("marcus")
    with pytest.raises(Refused):
        report_figures(cycle_id=cycle.pk, edition=Edition.UNNAMED, by=by, on=TODAY)
    with pytest.raises(Refused):
        services.take_report(printed_id=report.pk, kind="xlsx", by=by, at=NOW)


def test_a_cycle_of_which_no_school_knows_has_no_report(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        printed(cast, prepared(cast))
    assert refused.value.advice == "No school has been asked yet."


def test_200_schools_and_their_last_year_cost_few_questions_to_the_database(cast: Cast) -> None:
    before = opened(cast, title="Last year", school_year=2024)
    cycle = opened(cast, before.version, before=before.pk)
    many = schools(cast, 200)
    returned(before, many)
    returned(cycle, many[:150], LACKING)
    with CaptureQueriesContext(connection) as asked:
        figures(cast, cycle, Edition.UNNAMED)
    assert len(asked) <= 26


@time_machine.travel(NOW, tick=False)
def test_a_lead_writes_makes_waits_and_takes_it_on_pages(cast: Cast) -> None:
    cycle = opened(cast)
    client = cast.client("marcus")
    address = f"/audits/cycles/{cycle.pk}/report/"
    assert "Not made yet." in client.get(address).content.decode()
    typed = {"intro": "We thank you.", "conclusions": "", "seen": "0"}
    assert client.post(address, typed).status_code == 302
    clash = client.post(address, typed | {"intro": "We thank all."})
    assert clash.status_code == 422
    page = clash.content.decode()
    assert "We thank you." in page
    assert "We thank all." in page
    assert 'name="seen" value="1"' in page
    assert client.post(f"{address}make/", {}).status_code == 422
    waiting = client.post(f"{address}make/", {"edition": "unnamed"}, follow=True).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    report = PrintedReport.objects.get()
    assert client.get(f"/audits/reports/{report.pk}/pdf/").status_code == 404
    services.print_report(printed_id=report.pk, by=HAVEN, at=NOW)
    assert "The report is made" in client.get(f"/audits/reports/{report.pk}/").content.decode()
    file = client.get(f"/audits/reports/{report.pk}/pdf/")
    assert file.content.startswith(b"%PDF")
    assert "audit-2025-report-without-names.pdf" in file.headers["Content-Disposition"]
    assert client.get(f"/audits/reports/{report.pk}/exe/").status_code == 404
    assert return_of(cast, cycle).state == "waiting"


def test_a_report_that_takes_too_long_says_so(cast: Cast) -> None:
    cycle = opened(cast)
    report = services.make_report(cycle_id=cycle.pk, edition=Edition.NAMED, by=cast.actor("marcus"), at=NOW)
    with time_machine.travel(NOW + timedelta(minutes=3), tick=False):
        page = cast.client("marcus").get(f"/audits/reports/{report.pk}/").content.decode()
    assert "This takes longer than it should." in page
