"""A new edition: what was signed carries over where the words are the same, and nobody's duty goes without a word."""

from datetime import timedelta

import pytest

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.people.models import Post
from haven.readings import services
from haven.readings.models import Matrix, Replacement, Round
from haven.readings.queries.matrices import matrix_page, move_page, school_page
from haven.readings.queries.own import own_parts
from haven.readings.queries.pictures import round_page, send_page
from haven.readings.queries.reading import changes_page
from haven.readings.rules.moving import Choice
from haven.readings.rules.moving import Way as Became
from haven.readings.rules.signing import State, Way
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.guidance.texts import edition
from tests.people.seen import last_told
from tests.readings.rounds import (
    ANNEX_A,
    ANNEX_B,
    DIRECT,
    DUE,
    INDIRECT,
    LEADER,
    ONE,
    TEXT_2025,
    filled,
    first,
    guide,
    part,
    second,
    sent,
    staff,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
CHOICES = {"annex a": Choice(instead="part 1"), "annex b": Choice(instead="annex a")}


@pytest.fixture
def begun(cast: Cast) -> Round:
    """Oakfield reads the edition of 2025; Tom has signed everything, and one on the site her annex, on paper."""
    (jo,) = staff(cast)
    made = sent(cast, first(cast, guide(cast)))
    for key in ("part 1", "part 2", "annex b"):
        services.sign(part_id=part(made, key).pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)
    services.record_on_paper(
        round_id=made.pk,
        who=jo.pk,
        part_ids=[part(made, "annex a").pk],
        signed_on=TODAY,
        how="",
        by=cast.actor("priya"),
        at=NOW,
    )
    return made


def _moved(cast: Cast, begun: Round, **choices: Choice) -> Matrix:
    new = second(cast, begun.document)
    return services.move_matrix(
        school_id=cast.oakfield.pk,
        edition_id=new.pk,
        choices=CHOICES | choices,
        added={"annex b": frozenset({LEADER})},
        decided_on=None,
        by=cast.actor("priya"),
        at=LATER,
    )


def _sent_anew(cast: Cast, begun: Round) -> Round:
    made = _moved(cast, begun)
    return services.send_round(matrix_id=made.pk, due_on=DUE, words="", by=cast.actor("priya"), at=LATER)


def test_what_became_of_each_part_is_told_by_name_and_words(cast: Cast, begun: Round) -> None:
    new = second(cast, begun.document)
    page = move_page(school_id=cast.oakfield.pk, edition_id=new.pk, by=cast.actor("priya"))
    became = {each.old.name: (each.way, each.new.name if each.new else None) for each in page.movement.moved}
    assert became == {
        ONE: (Became.CHANGED, ONE),
        "Part two: For governors": (Became.SAME, "Part two: For governors"),
        ANNEX_A: (Became.DROPPED, None),
        ANNEX_B: (Became.RENAMED, "Annex A: More on harm"),
    }
    assert [each.old.name for each in page.asked] == [ANNEX_A, ANNEX_B]
    assert [each.name for each in page.movement.added] == ["Annex B: Words used"]


def test_a_part_is_never_taken_for_another_of_its_letter(cast: Cast, begun: Round) -> None:
    page = move_page(school_id=cast.oakfield.pk, edition_id=second(cast, begun.document).pk, by=cast.actor("priya"))
    short = next(each for each in page.movement.moved if each.old.name == ANNEX_A)
    assert short.new is None


@pytest.mark.parametrize(
    ("choices", "advice"),
    [
        ({}, "Say what those who read “Annex A: In short” read now."),
        ({"annex a": Choice("part 1")}, "Say what those who read “Annex B: More on harm” read now."),
        (CHOICES | {"annex a": Choice("annex x")}, "Choose a part of the new edition"),
        (CHOICES | {"annex a": Choice("", " ")}, "Say why those who read “Annex A: In short” have nothing"),
    ],
)
def test_nobodys_part_goes_without_a_word(cast: Cast, begun: Round, choices: dict[str, Choice], advice: str) -> None:
    new = second(cast, begun.document)
    with pytest.raises(Refused) as refused:
        services.move_matrix(
            school_id=cast.oakfield.pk,
            edition_id=new.pk,
            choices=choices,
            added={},
            decided_on=None,
            by=cast.actor("priya"),
            at=NOW,
        )
    assert advice in refused.value.advice
    assert Matrix.objects.count() == 1


def test_who_read_the_part_that_is_gone_reads_what_the_school_chose(cast: Cast, begun: Round) -> None:
    made = _moved(cast, begun)
    kinds = {each.key: set(each.kinds) for each in made.parts.all()}
    assert kinds["part 1"] == {DIRECT, INDIRECT, LEADER, "safeguarding-governor"}
    assert kinds["annex a"] == {DIRECT, LEADER}
    assert kinds["annex b"] == {LEADER}
    told = last_told()
    assert told["verb"] == "reading.matrix_moved"
    assert told["about"]["instead"] == {"annex a": "part 1", "annex b": "annex a"}
    page = matrix_page(school_id=cast.oakfield.pk, edition_id=made.edition_id, by=cast.actor("tom"), on=TODAY)
    assert {each.key: each.instead and each.instead.name for each in page.replacements} == {
        "annex a": ONE,
        "annex b": "Annex A: More on harm",
    }


def test_a_duty_may_end_where_the_school_says_why(cast: Cast, begun: Round) -> None:
    made = _moved(cast, begun, **{"annex a": Choice("", "They read our own leaflet.")})
    assert INDIRECT not in {kind for each in made.parts.all() for kind in each.kinds}
    assert Replacement.objects.get(key="annex a").why == "They read our own leaflet."


def test_a_signature_carries_over_where_the_words_are_the_same_under_whatever_name(cast: Cast, begun: Round) -> None:
    _sent_anew(cast, begun)
    states = {each.part.name: each.state for each in own_parts(by=cast.actor("tom"), on=TODAY)}
    assert states == {
        ONE: State.OPEN,
        "Part two: For governors": State.CARRIED,
        "Annex A: More on harm": State.CARRIED,
        "Annex B: Words used": State.OPEN,
    }


def test_only_what_changed_is_read_and_what_is_new_or_reworded_is_marked(cast: Cast, begun: Round) -> None:
    made = _sent_anew(cast, begun)
    page = changes_page(part_id=part(made, "part 1").pk, by=cast.actor("tom"), on=TODAY)
    assert page is not None
    assert page.changes is not None
    assert page.before == begun.matrix.edition
    reworded, added = page.changes.passages
    assert reworded.is_reworded
    assert ("new", "must") in [(kind, text.strip()) for kind, text in reworded.runs]
    assert ("old", "should") in [(kind, text.strip()) for kind, text in reworded.runs]
    assert not added.is_reworded
    assert added.runs[0][1].startswith("What an artificial companion")
    assert page.changes.gone == ()
    signed = services.sign(part_id=part(made, "part 1").pk, way=Way.CHANGES, by=cast.actor("tom"), at=LATER)
    assert signed is not None
    assert signed.way == "changes"


def test_who_never_signed_it_reads_all_of_it(cast: Cast, begun: Round) -> None:
    own = part(_sent_anew(cast, begun), "part 1")
    assert changes_page(part_id=own.pk, by=cast.actor("priya"), on=TODAY) is None
    signed = services.sign(part_id=own.pk, way=Way.CHANGES, by=cast.actor("priya"), at=LATER)
    assert signed is not None
    assert signed.way == "haven"


def test_who_read_the_short_annex_must_now_read_part_one_and_nothing_carries_over(cast: Cast, begun: Round) -> None:
    made = _sent_anew(cast, begun)
    page = round_page(round_id=made.pk, by=cast.actor("priya"), on=TODAY)
    jo = next(row for row in page.rows if row.reader.person is None)
    asked = [each.name for each, cell in zip(page.standing.parts, jo.cells, strict=True) if cell.state is State.OPEN]
    assert asked == [ONE]


def test_the_round_before_ends_with_the_new_one_and_says_how_far_it_came(cast: Cast, begun: Round) -> None:
    made = _sent_anew(cast, begun)
    begun.refresh_from_db()
    assert (begun.ended_done, begun.ended_all) == (4, 7)
    page = school_page(school_id=cast.oakfield.pk, by=cast.actor("tom"), on=TODAY)
    assert [each.pk for each in page.past] == [begun.pk]
    assert page.lines[0].standing is not None
    assert page.lines[0].standing.round == made


def test_before_it_is_sent_she_sees_how_many_signatures_carry_over(cast: Cast, begun: Round) -> None:
    made = _moved(cast, begun)
    page = send_page(school_id=cast.oakfield.pk, edition_id=made.edition_id, by=cast.actor("priya"), on=TODAY)
    assert (page.carried, page.people, page.without_account, page.ends) == (2, 3, 1, begun)


def test_a_later_edition_is_proposed_and_cannot_be_set_past_the_one_before(cast: Cast, begun: Round) -> None:
    new = second(cast, begun.document)
    page = school_page(school_id=cast.oakfield.pk, by=cast.actor("priya"), on=TODAY)
    assert page.lines[0].next == new
    with pytest.raises(Refused) as refused:
        services.set_matrix(
            school_id=cast.oakfield.pk, edition_id=new.pk, rows=[], decided_on=None, by=cast.actor("priya"), at=NOW
        )
    assert "Move from that one" in refused.value.advice


def test_another_file_under_the_edition_asks_for_its_words_anew(cast: Cast, begun: Round) -> None:
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="school-staff", starts_on=BEGAN)
    edition = begun.matrix.edition
    edition.clauses.filter(text__startswith="Staff must not promise").update(key="staff may promise", text="May.")
    edition.sha256 = "0" * 64
    edition.save()
    states = {each.part.key: each.state for each in own_parts(by=cast.actor("tom"), on=TODAY)}
    assert states == {"part 1": State.OPEN, "part 2": State.SIGNED, "annex b": State.SIGNED}
    assert changes_page(part_id=part(begun, "part 1").pk, by=cast.actor("tom"), on=TODAY) is None


def test_where_the_parts_stand_is_kept_once_the_text_is_there(cast: Cast) -> None:
    empty = edition(cast, guide(cast), "2025")
    found = sent(cast, empty)
    assert [each.minutes for each in own_parts(by=cast.actor("tom"), on=TODAY)] == [None, None, None]
    filled(cast, empty, TEXT_2025)
    assert [each.minutes for each in own_parts(by=cast.actor("tom"), on=TODAY)] == [1, 1, 1]
    assert part(found, "part 1").place is None
    assert services.find_parts_again(by=HAVEN, at=LATER) == 1
    assert (part(found, "part 1").place, last_told()["verb"]) == (3, "reading.parts_found_again")
    assert services.find_parts_again(by=HAVEN, at=LATER) == 0
    with pytest.raises(Refused):
        services.find_parts_again(by=cast.actor("priya"), at=LATER)
