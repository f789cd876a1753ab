"""However many people and schools there are, a page of readings asks the database the same few questions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.urls import reverse

from haven.guidance.models import Clause
from haven.guidance.models.pointing import digest_of
from haven.guidance.queries.strands import strands_on
from haven.people.models import Organisation, ServedArea
from haven.readings import services
from haven.readings.models import Matrix, Reader, Round, Signature
from haven.readings.queries.counting import counts_page, exported
from haven.readings.queries.pictures import round_page
from haven.readings.queries.strands import strands
from haven.readings.rules.kinds import ReaderKind
from haven.readings.rules.signing import Way
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.readings.rounds import DIRECT, INDIRECT, ONE, part, sent, signed_part, staff

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]
SIGNED_IN = 12  # of a page that shows nothing: session, rights, the menu


@pytest.fixture
def large(cast: Cast) -> Round:
    """A school of 120, half of whom have signed."""
    rows = staff(cast, *(f"Reader {number}" for number in range(118)), kinds=frozenset({DIRECT, INDIRECT}))
    found = sent(cast)
    Signature.objects.bulk_create(
        Signature(
            reader=row,
            edition=found.matrix.edition,
            part_key=each.key,
            part_name=each.name,
            words=each.words,
            way=Way.PAPER.value,
            signed_on=TODAY,
            recorded_at=NOW,
            recorded_by=cast.priya,
        )
        for row in rows[:59]
        for each in found.matrix.parts.all()
        if {DIRECT, INDIRECT} & set(each.kinds)
    )
    return found


def test_a_school_of_120_by_part_and_person(cast: Cast, large: Round, django_assert_max_num_queries: Counted) -> None:
    by = cast.actor("priya")
    with django_assert_max_num_queries(8):
        page = round_page(round_id=large.pk, by=by, on=TODAY)
        assert len(page.rows) == 120
        assert (page.counts.done, page.counts.all) == (59 * 3, 118 * 3 + 6)
    client = cast.client("priya")
    with django_assert_max_num_queries(SIGNED_IN + 8):
        assert client.get(reverse("readings:round", args=[large.pk])).status_code == 200


def test_ones_own_page(cast: Cast, large: Round, django_assert_max_num_queries: Counted) -> None:
    client = cast.client("priya")
    with django_assert_max_num_queries(SIGNED_IN + 5):
        assert client.get(reverse("readings:own")).status_code == 200


def test_the_counts_of_twelve_schools(cast: Cast, django_assert_max_num_queries: Counted) -> None:
    first = sent(cast)
    for number in range(11):
        school = Organisation.objects.create(kind="school", name=f"School {number}", urn=910000 + number)
        ServedArea.objects.create(organisation=school, area=cast.area, starts_on=BEGAN)
        _also_reads(cast, first, school, number)
    by = cast.actor("marcus")
    with django_assert_max_num_queries(8):
        page = counts_page(by=by, on=TODAY)
    assert (page.asking, len(page.lines)) == (12, 12)
    assert page.lines[-1].counts.percent == 100
    assert b"Reader" not in cast.client("marcus").get(reverse("readings:counts")).content
    _, rows = exported(by=cast.actor("marcus"), on=TODAY)
    assert len(rows) == 12


def _also_reads(cast: Cast, first: Round, school: Organisation, number: int) -> None:
    """Another school with one reader, who has signed in the last of them."""
    made = Matrix.objects.get(pk=first.matrix_id)
    parts = list(made.parts.all())
    made.pk, made._state.adding, made.organisation = uuid4(), True, school  # a copy
    made.save()
    for each in parts:
        each.pk, each._state.adding, each.matrix = uuid4(), True, made
        each.save()
    Round.objects.create(
        organisation=school, document=first.document, matrix=made, due_on=first.due_on, sent_at=NOW, sent_by=cast.priya
    )
    reader = Reader.objects.create(
        organisation=school, name="Reader", kinds=[ReaderKind.INDIRECT.value], starts_on=BEGAN, added_at=NOW
    )
    if number == 10:
        own = next(each for each in parts if each.key == "annex a")
        Signature.objects.create(
            reader=reader,
            edition=made.edition,
            part_key=own.key,
            part_name=own.name,
            words=own.words,
            way=Way.PAPER.value,
            signed_on=TODAY,
            recorded_at=NOW,
            recorded_by=cast.priya,
        )


def test_from_a_clause_to_the_parts_that_hold_it(cast: Cast, django_assert_max_num_queries: Counted) -> None:
    found = sent(cast)
    clause = Clause.objects.get(edition=found.matrix.edition, text__startswith="Staff should tell")
    words = [digest_of(each) for each in Clause.objects.filter(edition=found.matrix.edition)]
    by = cast.actor("priya")
    with django_assert_max_num_queries(3):
        told = strands(found.document, ["", *words], by, TODAY)
    (own,) = told[digest_of(clause)]
    assert (own.kind, own.title, own.address) == ("Reading", ONE, reverse("readings:round", args=[found.pk]))
    assert own.beside == "Oakfield Primary School, by 30 March 2026"
    assert [each.title for each in told[""]] == ["2025"]
    assert digest_of(clause) in strands_on(
        document=found.document, words=[digest_of(clause)], by=cast.actor("tom"), on=TODAY
    )


@pytest.mark.parametrize("name", ["grace", "marcus", "nadia", "sam"])
def test_no_other_school_sees_what_is_read(cast: Cast, name: str) -> None:
    found = sent(cast)
    assert strands(found.document, [""], cast.actor(name), TODAY) == {}


def test_a_clause_that_nobody_reads_has_no_strand(cast: Cast) -> None:
    found = sent(cast)
    clause = Clause.objects.get(edition=found.matrix.edition, text="For all schools.")  # on the cover
    assert strands(found.document, [digest_of(clause)], cast.actor("priya"), TODAY) == {}


def test_a_signature_made_twice_at_one_moment_is_refused_by_the_second_lock(cast: Cast) -> None:
    own = part(sent(cast), "part 1")
    first = signed_part(cast, own, "tom")
    assert services.sign(part_id=own.pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW) is None
    assert Signature.objects.get() == first
