"""What a school sets and sends: who may, what is refused, and what it changes."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Refused
from haven.guidance.models import Edition
from haven.guidance.packs import load
from haven.people.models import Post
from haven.readings import services
from haven.readings.models import Matrix, Prompt, Reader
from haven.readings.queries.matrices import editions_to_read, matrix_page, school_page
from haven.readings.queries.own import own_parts
from haven.readings.queries.pictures import exported, round_page
from haven.readings.queries.readers import readers_of, staff_page
from haven.readings.queries.reading import read_page
from haven.readings.rules.kinds import NewReader, ReaderKind
from haven.readings.rules.signing import Way
from haven.readings.services.matrices import ReadBy
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.guidance.test_how_much_is_asked_of_the_database import CATALOGUE
from tests.people.seen import last_told
from tests.readings.rounds import ANNEX_A, DIRECT, DUE, INDIRECT, LEADER, ONE, first, matrix, part, sent, staff

pytestmark = pytest.mark.django_db


def _set(cast: Cast, edition: Edition, *rows: ReadBy, by: Actor | None = None) -> Matrix:
    return services.set_matrix(
        school_id=cast.oakfield.pk,
        edition_id=edition.pk,
        rows=rows,
        decided_on=TODAY,
        by=by or cast.actor("priya"),
        at=NOW,
    )


def test_the_ledger_knows_who_set_what_and_when(cast: Cast) -> None:
    made = matrix(cast, first(cast))
    told = last_told()
    assert (told["verb"], told["who"]["name"], told["at"]) == ("reading.matrix_set", "Priya Nair", NOW.isoformat())
    assert told["about"]["parts"]["annex a"] == ["indirect"]
    found = part(made, "part 1")
    assert (found.name, found.place, found.until, found.word_count) == (ONE, 3, 7, 37)


def test_a_governor_sets_it_too_and_staff_do_not(cast: Cast) -> None:
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="governor", starts_on=BEGAN)
    edition = first(cast)
    assert _set(cast, edition, ReadBy(ONE, frozenset({DIRECT})), by=cast.actor("sam")).set_by == cast.sam
    for name in ("grace", "marcus", "nadia"):
        with pytest.raises(Refused):
            _set(cast, edition, ReadBy(ONE, frozenset({DIRECT})), by=cast.actor(name))


@pytest.mark.parametrize(
    ("rows", "advice"),
    [
        ([ReadBy(ONE, frozenset())], "at least one part"),
        ([ReadBy("Part one", frozenset({DIRECT})), ReadBy("Part 1", frozenset({DIRECT}))], "stands twice"),
        ([ReadBy(f"Bit {n}", frozenset({DIRECT})) for n in range(61)], "up to 60 parts"),
    ],
)
def test_a_matrix_that_cannot_be_is_refused(cast: Cast, rows: list[ReadBy], advice: str) -> None:
    edition = first(cast)
    with pytest.raises(Refused) as refused:
        _set(cast, edition, *rows)
    assert advice in refused.value.advice


def test_setting_it_anew_keeps_the_addresses_of_its_parts_and_asks_at_once(cast: Cast) -> None:
    found = sent(cast)
    before = part(found, "part 1").pk
    _set(cast, found.matrix.edition, ReadBy(ONE, frozenset({DIRECT})), ReadBy(ANNEX_A, frozenset({LEADER})))
    assert part(found, "part 1").pk == before
    assert [each.part.key for each in own_parts(by=cast.actor("tom"), on=TODAY)] == ["annex a"]


def test_of_an_edition_without_text_parts_are_named_and_confirmed_or_not(cast: Cast) -> None:
    load(CATALOGUE, at=NOW)
    edition = Edition.objects.get(document__key="keeping-children-safe-in-education", key="september-2025")
    page = matrix_page(school_id=cast.oakfield.pk, edition_id=edition.pk, by=cast.actor("priya"), on=TODAY)
    assert [line.name for line in page.lines][:2] == ["Part one", "Part two"]
    assert "Annex A where the governing body chooses" in page.leaves_open
    made = _set(cast, edition, ReadBy("Part one", frozenset({LEADER})), ReadBy("Annex A", frozenset({INDIRECT})))
    found = services.send_round(matrix_id=made.pk, due_on=DUE, words="", by=cast.actor("priya"), at=NOW)
    (own,) = own_parts(by=cast.actor("tom"), on=TODAY)
    assert own.minutes is None
    services.sign(part_id=own.part.pk, way=Way.ELSEWHERE, by=cast.actor("tom"), at=NOW)
    assert round_page(round_id=found.pk, by=cast.actor("tom"), on=TODAY).counts.done == 1
    assert read_page(part_id=own.part.pk, by=cast.actor("tom"), on=TODAY, number=None).clauses == ()


def test_editions_that_are_over_are_not_offered(cast: Cast) -> None:
    load(CATALOGUE, at=NOW)
    offered = editions_to_read(school_id=cast.oakfield.pk, by=cast.actor("priya"), on=TODAY)
    labels = [each.label for each in offered if each.document.key == "keeping-children-safe-in-education"]
    assert "September 2025" in labels
    assert "September 2018" not in labels


@pytest.mark.parametrize("days", [-1, 800])
def test_a_round_is_due_on_a_day_to_come(cast: Cast, days: int) -> None:
    made = matrix(cast, first(cast))
    with pytest.raises(Refused) as refused:
        services.send_round(
            matrix_id=made.pk, due_on=TODAY + timedelta(days=days), words="", by=cast.actor("priya"), at=NOW
        )
    assert refused.value.advice.startswith("Choose a day")


def test_a_round_is_sent_once_and_its_day_can_be_changed(cast: Cast) -> None:
    found = sent(cast)
    with pytest.raises(Refused) as refused:
        services.send_round(matrix_id=found.matrix_id, due_on=DUE, words="", by=cast.actor("priya"), at=NOW)
    assert "has been sent already" in refused.value.advice
    later = DUE + timedelta(days=7)
    services.amend_round(round_id=found.pk, due_on=later, words=" On  Friday ", by=cast.actor("tom"), at=NOW)
    found.refresh_from_db()
    assert (found.due_on, found.words) == (later, "On Friday")
    assert last_told()["about"]["was_due_on"] == DUE.isoformat()


def test_a_round_that_ended_asks_nobody_and_keeps_its_signatures(cast: Cast) -> None:
    found = sent(cast)
    services.sign(part_id=part(found, "part 1").pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)
    services.end_round(round_id=found.pk, by=cast.actor("priya"), at=NOW)
    assert own_parts(by=cast.actor("tom"), on=TODAY) == []
    page = school_page(school_id=cast.oakfield.pk, by=cast.actor("tom"), on=TODAY)
    assert [(each.ended_done, each.ended_all) for each in page.past] == [(1, 6)]
    for again in (services.end_round, services.remind):
        with pytest.raises(Refused) as refused:
            again(round_id=found.pk, by=cast.actor("priya"), at=NOW)
        assert refused.value.advice == "This round has ended."


def test_the_picture_counts_by_part_and_kind_and_goes_out_as_a_table(cast: Cast) -> None:
    staff(cast, "Jo Quayle", "Isla Dunmore")
    found = sent(cast)
    services.sign(part_id=part(found, "part 1").pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)
    page = round_page(round_id=found.pk, by=cast.actor("priya"), on=TODAY)
    assert {each.short: (each.counts.done, each.counts.all) for each in page.by_part} == {
        "Part one": (1, 2),
        "Part two": (0, 2),
        "Annex A": (0, 2),
        "Annex B": (0, 2),
    }
    assert {each.name: each.counts.all for each in page.by_kind} == {
        "Does not work directly with children": 2,
        "Leads the school or its safeguarding": 6,
    }
    only = round_page(round_id=found.pk, by=cast.actor("priya"), on=TODAY, kind=ReaderKind.INDIRECT, is_waiting=True)
    assert [row.reader.name for row in only.rows] == ["Isla Dunmore", "Jo Quayle"]
    columns, rows = exported(round_id=found.pk, by=cast.actor("tom"), on=TODAY)
    assert len(rows) == 8
    told = {(row[0], row[3]): row for row in rows}["Tom Whitlock", ONE]
    assert dict(zip(columns, told, strict=True))["State"] == "signed"


def test_staff_are_added_once_and_leave(cast: Cast) -> None:
    (jo,) = staff(cast, "Jo Quayle")
    with pytest.raises(Refused) as refused:
        staff(cast, "jo quayle")
    assert refused.value.advice == "Everybody in this list is there already."
    page = staff_page(school_id=cast.oakfield.pk, by=cast.actor("tom"), on=TODAY)
    assert [line.name for line in page.lines] == ["Jo Quayle", "Priya Nair", "Tom Whitlock"]
    assert page.without_account == 1
    services.let_reader_go(school_id=cast.oakfield.pk, who=jo.pk, by=cast.actor("priya"), at=NOW)
    assert len(readers_of(organisations=[cast.oakfield.pk], on=TODAY)[cast.oakfield.pk]) == 2
    assert "Jo" not in str(last_told())
    with pytest.raises(Refused) as refused:
        services.let_reader_go(school_id=cast.oakfield.pk, who=cast.tom.pk, by=cast.actor("priya"), at=NOW)
    assert "End the post instead" in refused.value.advice


def test_nobody_reads_in_a_school_where_she_has_no_post(cast: Cast) -> None:
    with pytest.raises(Reader.DoesNotExist):
        services.amend_reader(
            school_id=cast.oakfield.pk, who=cast.grace.pk, kinds=[DIRECT], by=cast.actor("priya"), at=NOW
        )
    with pytest.raises(Refused):
        services.add_readers(
            school_id=cast.oakfield.pk,
            readers=[NewReader("X", "", frozenset({DIRECT}))],
            by=cast.actor("grace"),
            at=NOW,
        )


def test_who_has_an_account_now_keeps_what_she_signed_on_paper(cast: Cast) -> None:
    (jo,) = staff(cast, kinds=frozenset({DIRECT}))
    found = sent(cast)
    parts = [part(found, key).pk for key in ("part 1", "annex b")]
    services.record_on_paper(
        round_id=found.pk, who=jo.pk, part_ids=parts, signed_on=TODAY, how="", by=cast.actor("priya"), at=NOW
    )
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="school-staff", starts_on=BEGAN)
    services.sign(part_id=parts[0], way=Way.HAVEN, by=cast.actor("sam"), at=NOW)
    client, school = cast.client("priya"), cast.oakfield.pk
    with time_machine.travel(NOW, tick=False):
        assert b"Choose whose it is" in client.get(reverse("readings:reader", args=[school, jo.pk])).content
        assert client.post(reverse("readings:account", args=[school, jo.pk]), {"person": "x"}).status_code == 302
        client.post(reverse("readings:account", args=[school, jo.pk]), {"person": cast.sam.pk})
    assert (last_told()["verb"], last_told()["about"]["signatures"]) == ("reading.reader_joined", 1)
    page = round_page(round_id=found.pk, by=cast.actor("priya"), on=TODAY)
    assert {row.reader.name: row.counts.waiting for row in page.rows}["Sam Loveday"] == 0
    assert "Jo Quayle" not in {row.reader.name for row in page.rows}
    with pytest.raises(Refused):
        services.join_account(school_id=school, who=cast.sam.pk, person=cast.tom.pk, by=cast.actor("priya"), at=NOW)


def test_a_sheet_is_recorded_for_all_who_signed_it(cast: Cast) -> None:
    jo, isla = staff(cast, "Jo Quayle", "Isla Dunmore")
    found = sent(cast)
    people = frozenset({jo.pk, isla.pk, cast.tom.pk})
    own = part(found, "annex a")
    made = services.record_sheet(
        round_id=found.pk,
        part_id=own.pk,
        people=people,
        signed_on=TODAY,
        how="folder",
        by=cast.actor("priya"),
        at=NOW,
    )
    assert {each.reader_id for each in made} == {jo.pk, isla.pk}
    with pytest.raises(Refused) as refused:
        services.record_sheet(
            round_id=found.pk,
            part_id=own.pk,
            people=people,
            signed_on=TODAY,
            how="",
            by=cast.actor("priya"),
            at=NOW,
        )
    assert "still to sign" in refused.value.advice


def test_who_left_years_ago_is_forgotten_by_name_and_her_signature_stays(cast: Cast) -> None:
    (jo,) = staff(cast)
    found = sent(cast)
    own = part(found, "annex a").pk
    services.record_on_paper(
        round_id=found.pk, who=jo.pk, part_ids=[own], signed_on=TODAY, how="x", by=cast.actor("priya"), at=NOW
    )
    services.let_reader_go(school_id=cast.oakfield.pk, who=jo.pk, by=cast.actor("priya"), at=NOW)
    years = 6 * 366
    assert services.forget_readers(by=HAVEN, at=NOW + timedelta(days=years - 30)) == 0
    assert services.forget_readers(by=HAVEN, at=NOW + timedelta(days=years)) == 1
    jo.refresh_from_db()
    assert (jo.name, jo.job, jo.signatures.get().how) == ("", "", "")
    with pytest.raises(Refused):
        services.forget_readers(by=cast.actor("priya"), at=NOW)


def test_sending_prompts_those_who_can_sign_in(cast: Cast) -> None:
    staff(cast)
    found = sent(cast)
    assert set(Prompt.objects.filter(round=found).values_list("person__name", "kind")) == {
        ("Priya Nair", "new"),
        ("Tom Whitlock", "new"),
    }
