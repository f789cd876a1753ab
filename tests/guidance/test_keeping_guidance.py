"""Services: what they change, what they refuse, and what the ledger says of it."""

from dataclasses import replace
from datetime import date

import pytest

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.files.models import StoredFile
from haven.guidance import services
from haven.guidance.models import Clause, Edition
from haven.guidance.rules.facts import EditionFacts
from haven.guidance.rules.life import Days, Ending, Stage, stage_on
from haven.people.models import Area
from tests.cast import NOW, TODAY, Cast
from tests.guidance.texts import FACTS, PARAGRAPHS, document, edition, filled, kept, read
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db
TEXT = b"1. Every school must name a lead.\n\n2. The lead should keep a list.\n\n3. Nobody may be left out.\n"


def test_a_lead_adds_a_document_of_her_areas_own(cast: Cast) -> None:
    made = document(cast)
    assert (made.area, made.is_national, made.facts) == (cast.area, False, FACTS)
    assert last_told()["verb"] == "guidance.document_added"


@pytest.mark.parametrize("name", ["priya", "bell", "lena", "nadia", "sam"])
def test_nobody_else_adds_or_changes_one(cast: Cast, name: str) -> None:
    by, made = cast.actor(name), kept(cast)
    for service in (
        lambda: services.add_document(area=cast.area, facts=FACTS, by=by, at=NOW),
        lambda: services.amend_document(document_id=made.document_id, facts=FACTS, by=by, at=NOW),
        lambda: services.add_edition(document_id=made.document_id, facts=EditionFacts(label="x"), by=by, at=NOW),
        lambda: services.amend_edition(edition_id=made.pk, facts=EditionFacts(label="x"), by=by, at=NOW),
        lambda: services.withdraw_edition(edition_id=made.pk, on=TODAY, why="No.", by=by, at=NOW),
        lambda: services.give_file(edition_id=made.pk, name="a.txt", content=TEXT, by=by, at=NOW),
        lambda: services.remove_file(edition_id=made.pk, by=by, at=NOW),
    ):
        with pytest.raises(Refused) as refused:
            service()
        assert refused.value.advice == ""


def test_the_same_title_twice_in_an_area_is_refused_and_in_another_is_not(cast: Cast) -> None:
    document(cast)
    with pytest.raises(Refused, match="not ready") as refused:
        document(cast, title="fairhaven  THRESHOLDS for help")
    assert "already has a document" in refused.value.advice


def test_what_is_known_of_a_document_is_changed(cast: Cast) -> None:
    made = document(cast)
    facts = replace(FACTS, for_whom="Everybody")
    services.amend_document(document_id=made.pk, facts=facts, by=cast.actor("marcus"), at=NOW)
    made.refresh_from_db()
    assert made.for_whom == "Everybody"
    assert last_told()["verb"] == "guidance.document_amended"


def test_an_edition_stands_where_its_dates_say(cast: Cast) -> None:
    made = edition(cast, document(cast))
    assert stage_on(made.days, TODAY) is Stage.IN_FORCE
    assert last_told()["verb"] == "guidance.edition_added"


def test_a_promise_that_slips_keeps_what_was_promised_before(cast: Cast) -> None:
    made = edition(cast, document(cast), expected_on=date(2026, 5, 1))
    later = replace(made.facts, days=Days(expected_on=date(2026, 9, 1)))
    at = NOW.replace(month=4)
    services.amend_edition(edition_id=made.pk, facts=later, by=cast.actor("marcus"), at=at)
    services.amend_edition(edition_id=made.pk, facts=later, by=cast.actor("marcus"), at=at.replace(day=9))
    assert [each.expected_on for each in made.promises.all()] == [date(2026, 5, 1), date(2026, 9, 1)]


def test_dates_that_do_not_fit_are_refused_in_words(cast: Cast) -> None:
    made = edition(cast, document(cast))
    wrong = replace(made.facts, days=Days(issued_on=TODAY, in_force_on=date(2020, 1, 1)))
    with pytest.raises(Refused) as refused:
        services.amend_edition(edition_id=made.pk, facts=wrong, by=cast.actor("marcus"), at=NOW)
    assert "before it is issued" in refused.value.advice


def test_an_edition_is_followed_by_one_of_its_own_document_only(cast: Cast) -> None:
    first, stranger = edition(cast, document(cast)), edition(cast, document(cast, title="Another"))
    ended = Days(in_force_on=date(2025, 9, 1), ended_on=TODAY, ending=Ending.SUPERSEDED)
    for other in (stranger.pk, first.pk):
        facts = replace(first.facts, days=ended, superseded_by=other)
        with pytest.raises(Refused, match="cannot be asked"):
            services.amend_edition(edition_id=first.pk, facts=facts, by=cast.actor("marcus"), at=NOW)


def test_an_edition_is_absorbed_into_another_document_that_she_may_read(cast: Cast) -> None:
    first, other = edition(cast, document(cast)), document(cast, title="Another")
    ended = Days(in_force_on=date(2025, 9, 1), ended_on=TODAY, ending=Ending.ABSORBED)
    facts = replace(first.facts, days=ended, absorbed_into=first.document_id)
    with pytest.raises(Refused, match="cannot be asked"):
        services.amend_edition(edition_id=first.pk, facts=facts, by=cast.actor("marcus"), at=NOW)
    services.amend_edition(
        edition_id=first.pk, facts=replace(facts, absorbed_into=other.pk), by=cast.actor("marcus"), at=NOW
    )
    first.refresh_from_db()
    assert (first.absorbed_into, stage_on(first.days, TODAY)) == (other, Stage.ABSORBED)


def test_an_edition_is_withdrawn_with_its_reason_and_only_once(cast: Cast) -> None:
    made = edition(cast, document(cast))
    services.withdraw_edition(edition_id=made.pk, on=TODAY, why="Out of date.", by=cast.actor("marcus"), at=NOW)
    made.refresh_from_db()
    assert (stage_on(made.days, TODAY), made.ended_why) == (Stage.WITHDRAWN, "Out of date.")
    assert (last_told()["verb"], last_told()["why"]) == ("guidance.edition_withdrawn", "Out of date.")
    with pytest.raises(Refused, match="state"):
        services.withdraw_edition(edition_id=made.pk, on=TODAY, why="Again.", by=cast.actor("marcus"), at=NOW)


def test_a_withdrawal_says_why(cast: Cast) -> None:
    made = edition(cast, document(cast))
    with pytest.raises(Refused) as refused:
        services.withdraw_edition(edition_id=made.pk, on=TODAY, why=" ", by=cast.actor("marcus"), at=NOW)
    assert refused.value.advice == "Say why it is withdrawn."


def test_a_file_is_kept_and_read_into_clauses(cast: Cast) -> None:
    made = edition(cast, document(cast))
    given = services.give_file(edition_id=made.pk, name="lists.txt", content=TEXT, by=cast.actor("marcus"), at=NOW)
    assert given.is_new
    assert [clause.number for clause in made.clauses.all()] == ["1", "2", "3"]
    assert made.clauses.get(place=2).text == "The lead should keep a list."
    made.refresh_from_db()
    assert (made.clause_count, made.given_for, made.file.sha256) == (3, cast.area, made.sha256)
    assert last_told()["about"]["clauses"] == 3


def test_the_copyright_line_is_read_from_the_file(cast: Cast) -> None:
    assert kept(cast).copyright_line == "Copyright 2025"


def test_the_very_same_file_changes_nothing_and_is_said(cast: Cast) -> None:
    made = edition(cast, document(cast))
    for _ in range(2):
        given = services.give_file(edition_id=made.pk, name="lists.txt", content=TEXT, by=cast.actor("marcus"), at=NOW)
    assert not given.is_new
    assert (Clause.objects.count(), StoredFile.objects.count()) == (3, 1)


def test_the_same_form_sent_twice_at_one_moment_keeps_one_file(cast: Cast) -> None:
    made = edition(cast, document(cast))
    given = [
        services.give_reading(
            edition_id=made.pk, read=read(), name="a.txt", content=TEXT, by=cast.actor("marcus"), at=NOW
        )
        for _ in range(2)
    ]
    assert [each.is_new for each in given] == [True, False]
    assert StoredFile.objects.count() == 1


def test_a_file_that_another_edition_has_is_refused_with_its_name(cast: Cast) -> None:
    of = document(cast)
    filled(cast, edition(cast, of))
    with pytest.raises(Refused) as refused:
        filled(cast, edition(cast, of, "2026"))
    assert "“2025” of “Fairhaven thresholds for help”" in refused.value.advice


def test_a_file_with_other_words_is_refused_and_counted(cast: Cast) -> None:
    made = kept(cast)
    with pytest.raises(Refused) as refused:
        filled(cast, made, *PARAGRAPHS[:4], "New words.")
    assert "1 paragraph stand only in the file you chose, 2 only" in refused.value.advice
    with pytest.raises(Refused) as refused:
        filled(cast, made, *PARAGRAPHS, name="other.md", cover=f"{read().clauses[0].text} ")
    assert "very same words" in refused.value.advice


def test_the_same_cover_over_other_words_is_noticed(cast: Cast) -> None:
    first = kept(cast)
    second = edition(cast, first.document, "2025 (December)")
    text = read(*PARAGRAPHS[:5], "Copyright 2026 Fairhaven Safeguarding Partnership.")
    given = services.give_reading(
        edition_id=second.pk, read=text, name="b.txt", content=b"b", by=cast.actor("marcus"), at=NOW
    )
    assert given.same_cover == (first,)


def test_another_cover_over_the_same_words_is_no_cause_for_a_warning(cast: Cast) -> None:
    first = kept(cast)
    second = edition(cast, first.document, "2026")
    text = read(cover="Quite another cover.")
    given = services.give_reading(
        edition_id=second.pk, read=text, name="b.txt", content=b"b", by=cast.actor("marcus"), at=NOW
    )
    assert (given.same_cover, given.same_words) == ((), ())


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"no pdf"), ("a.txt", b"  "), ("a.txt", b"\xff\xfe\x00\x01" * 9)]
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(cast: Cast, name: str, content: bytes) -> None:
    made = edition(cast, document(cast))
    with pytest.raises(Refused) as refused:
        services.give_file(edition_id=made.pk, name=name, content=content, by=cast.actor("marcus"), at=NOW)
    assert refused.value.reason is Reason.UNFIT_FILE
    assert "\n" not in refused.value.advice
    assert refused.value.advice.endswith(".")
    assert StoredFile.objects.count() == 0


def test_a_file_is_taken_away_with_its_clauses_and_another_can_be_given(cast: Cast) -> None:
    made = kept(cast)
    services.remove_file(edition_id=made.pk, by=cast.actor("marcus"), at=NOW)
    assert (Clause.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert last_told()["verb"] == "guidance.file_removed"
    with pytest.raises(Refused, match="state"):
        services.remove_file(edition_id=made.pk, by=cast.actor("marcus"), at=NOW)
    assert filled(cast, Edition.objects.get(pk=made.pk)).clause_count == 8


def test_national_guidance_is_changed_by_nobody_by_hand(cast: Cast, national: Edition) -> None:
    for by in (cast.actor("marcus"), cast.actor("priya")):
        with pytest.raises(Refused):
            services.amend_document(document_id=national.document_id, facts=FACTS, by=by, at=NOW)
        with pytest.raises(Refused):
            services.amend_edition(edition_id=national.pk, facts=national.facts, by=by, at=NOW)
        with pytest.raises(Refused):
            services.withdraw_edition(edition_id=national.pk, on=TODAY, why="No.", by=by, at=NOW)


def test_the_words_of_national_guidance_are_given_once_and_taken_away_by_that_areas_leads(
    cast: Cast, national: Edition
) -> None:
    filled(cast, national)
    national.refresh_from_db()
    assert national.given_for == cast.area
    other = replace(cast.actor("marcus"), posts=tuple(_elsewhere(post) for post in cast.actor("marcus").posts))
    with pytest.raises(Refused, match="not for this area"):
        services.remove_file(edition_id=national.pk, by=other, at=NOW)
    services.remove_file(edition_id=national.pk, by=cast.actor("marcus"), at=NOW)


def test_haven_adds_no_document_of_an_areas_own(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.add_document(area=cast.area, facts=FACTS, by=HAVEN, at=NOW)


def _elsewhere(post: object) -> object:
    return replace(post, areas=frozenset({Area.objects.get_or_create(name="Elsewhere", code="998")[0].pk}))
