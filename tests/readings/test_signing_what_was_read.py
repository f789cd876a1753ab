"""Signatures: whose, for which words, what they answer, and what the ledger says of them."""

from datetime import date, timedelta

import pytest

from haven.access.actor import Actor
from haven.access.decision import Refused
from haven.people.models import Post
from haven.readings import services
from haven.readings.models import Bookmark, Part, Reader, Signature
from haven.readings.queries.own import own_parts, waits_for
from haven.readings.queries.pictures import round_page
from haven.readings.queries.reading import changes_page, read_page
from haven.readings.rules.signing import State, Way
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.people.seen import last_told
from tests.readings.rounds import DUE, INDIRECT, ONE, part, sent, staff

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


def test_she_reads_what_her_post_makes_her_read(cast: Cast) -> None:
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="school-staff", starts_on=BEGAN)
    sent(cast)
    own = own_parts(by=cast.actor("sam"), on=TODAY)
    assert [(each.part.name, each.state) for each in own] == [(ONE, State.OPEN), ("Annex B: More on harm", State.OPEN)]
    assert waits_for(by=cast.actor("sam"), on=TODAY).count == 2
    assert [each.part.key for each in own_parts(by=cast.actor("priya"), on=TODAY)] == ["part 1", "part 2", "annex b"]
    assert own_parts(by=cast.actor("grace"), on=TODAY) == []


def test_after_the_day_it_is_overdue(cast: Cast) -> None:
    sent(cast)
    assert {each.state for each in own_parts(by=cast.actor("tom"), on=DUE)} == {State.OPEN}
    assert {each.state for each in own_parts(by=cast.actor("tom"), on=DUE + timedelta(days=1))} == {State.LATE}
    assert waits_for(by=cast.actor("tom"), on=DUE + timedelta(days=1)).late == 3


def test_she_signs_and_the_ledger_keeps_the_sentence(cast: Cast) -> None:
    own = part(sent(cast), "part 1")
    signed = services.sign(part_id=own.pk, way=Way.HAVEN, by=cast.actor("tom"), at=LATER)
    assert signed is not None
    assert (signed.words, signed.part_key, signed.signed_on) == (own.words, "part 1", LATER.date())
    assert signed.reader.person == cast.tom
    told = last_told()
    assert told["verb"] == "reading.signed"
    assert told["why"] == f"I have read and understood “{ONE}” of “Fairhaven guide to safety”, 2025."
    assert told["about"]["words"] == own.words
    states = {each.part.key: each.state for each in own_parts(by=cast.actor("tom"), on=LATER.date())}
    assert states == {"part 1": State.SIGNED, "part 2": State.OPEN, "annex b": State.OPEN}


def test_signing_twice_is_signing_once(cast: Cast) -> None:
    own = part(sent(cast), "part 1")
    services.sign(part_id=own.pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)
    assert services.sign(part_id=own.pk, way=Way.ELSEWHERE, by=cast.actor("tom"), at=LATER) is None
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("name", ["grace", "marcus", "bell", "nadia", "sam", "nobody"])
def test_nobody_else_reads_or_signs_it(cast: Cast, name: str) -> None:
    own = part(sent(cast), "part 1")
    for ask in (
        lambda: services.sign(part_id=own.pk, way=Way.HAVEN, by=cast.actor(name), at=NOW),
        lambda: services.keep_place(part_id=own.pk, place=own.place, by=cast.actor(name), at=NOW),
        lambda: read_page(part_id=own.pk, by=cast.actor(name), on=TODAY, number=None),
        lambda: changes_page(part_id=own.pk, by=cast.actor(name), on=TODAY),
    ):
        with pytest.raises(Refused):
            ask()


def test_what_is_not_for_her_is_not_there(cast: Cast) -> None:
    own = part(sent(cast), "annex a")
    with pytest.raises(Part.DoesNotExist):
        services.sign(part_id=own.pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)


def test_where_she_goes_on_is_kept_until_she_signs(cast: Cast) -> None:
    own = part(sent(cast), "part 1")
    services.keep_place(part_id=own.pk, place=own.place + 2, by=cast.actor("tom"), at=NOW)
    assert own_parts(by=cast.actor("tom"), on=TODAY)[0].percent_read == 50
    services.keep_place(part_id=own.pk, place=own.until + 5, by=cast.actor("tom"), at=NOW)  # another part's clause
    assert Bookmark.objects.get().place == own.place + 2
    services.sign(part_id=own.pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)
    assert not Bookmark.objects.exists()


def test_a_lead_records_what_was_signed_on_paper(cast: Cast) -> None:
    (jo,) = staff(cast)
    found = sent(cast)
    made = services.record_on_paper(
        round_id=found.pk,
        who=jo.pk,
        part_ids=[part(found, "annex a").pk, part(found, "part 1").pk],
        signed_on=TODAY,
        how="staff  file",
        by=cast.actor("priya"),
        at=NOW,
    )
    assert [(each.part_key, each.way, each.how) for each in made] == [("annex a", "paper", "staff file")]
    told = last_told()
    assert told["verb"] == "reading.paper_recorded"
    assert "Jo" not in str(told)
    page = round_page(round_id=found.pk, by=cast.actor("tom"), on=TODAY)
    assert next(row for row in page.rows if row.reader.who == jo.pk).counts.done == 1


@pytest.mark.parametrize(
    ("day", "advice"), [(TODAY + timedelta(days=1), "a day to come"), (date(2025, 6, 30), "issued on 1 July 2025")]
)
def test_a_day_that_cannot_be_is_refused(cast: Cast, day: date, advice: str) -> None:
    (jo,) = staff(cast)
    found = sent(cast)
    with pytest.raises(Refused) as refused:
        services.record_on_paper(
            round_id=found.pk,
            who=jo.pk,
            part_ids=[part(found, "annex a").pk],
            signed_on=day,
            how="",
            by=cast.actor("priya"),
            at=NOW,
        )
    assert advice in refused.value.advice


def test_a_signature_that_was_a_mistake_is_taken_back_and_stays_on_record(cast: Cast) -> None:
    own = part(sent(cast), "part 1")
    signed = services.sign(part_id=own.pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)
    assert signed is not None
    with pytest.raises(Refused, match="role"):
        services.take_back(signature_id=signed.pk, why="No.", by=_governor(cast), at=NOW)
    with pytest.raises(Refused) as refused:
        services.take_back(signature_id=signed.pk, why=" ", by=cast.actor("priya"), at=NOW)
    assert refused.value.advice == "Say why it is taken back."
    services.take_back(signature_id=signed.pk, why="It was the wrong person.", by=cast.actor("priya"), at=LATER)
    assert last_told()["why"] == "It was the wrong person."
    assert own_parts(by=cast.actor("tom"), on=TODAY)[0].state is State.OPEN
    assert services.sign(part_id=own.pk, way=Way.HAVEN, by=cast.actor("tom"), at=LATER) is not None
    assert Signature.objects.count() == 2


def _governor(cast: Cast) -> Actor:
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="governor", starts_on=BEGAN)
    return cast.actor("sam")


def test_a_kind_that_the_school_sets_changes_what_she_reads(cast: Cast) -> None:
    sent(cast)
    services.amend_reader(
        school_id=cast.oakfield.pk,
        who=cast.tom.pk,
        kinds=[INDIRECT],
        by=cast.actor("priya"),
        at=NOW,
    )
    assert [each.part.key for each in own_parts(by=cast.actor("tom"), on=TODAY)] == ["annex a"]
    services.amend_reader(school_id=cast.oakfield.pk, who=cast.tom.pk, kinds=[], by=cast.actor("priya"), at=NOW)
    assert len(own_parts(by=cast.actor("tom"), on=TODAY)) == 3
    assert Reader.objects.get(person=cast.tom).kinds == []
