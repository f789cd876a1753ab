"""However many consultations, organisations and questions there are, a page asks the database few questions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.urls import reverse

from haven.consultations.models import Contribution
from haven.consultations.queries.strands import strands
from haven.people.models import Organisation, ServedArea
from tests.cast import BEGAN, TODAY, Cast
from tests.consultations.asked import answered, contributed, draft, gathering, part_of, prepared, recorded

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]
SIGNED_IN = 12  # of a page that shows nothing: session, rights, the menu


@pytest.fixture
def many(cast: Cast) -> list[Contribution]:
    """Four responses that gather, of thirty schools each; one school has contributed to each."""
    for number in range(28):
        made = Organisation.objects.create(kind="school", name=f"School {number}", urn=910000 + number, phase="primary")
        ServedArea.objects.create(organisation=made, area=cast.area, starts_on=BEGAN)
    responses = [gathering(cast, draft(cast, title=f"Draft {number}")) for number in range(4)]
    for response in responses:
        contributed(cast, response)
        answered(cast, response)
    return [part_of(cast, response) for response in responses]


@pytest.mark.parametrize(
    ("name", "page", "most"),
    [
        ("marcus", "index", 4),
        ("priya", "index", 3),
        ("marcus", "calendar", 4),
        ("priya", "calendar", 4),
        ("priya", "contribution", 8),
        ("marcus", "response", 13),
        ("marcus", "question", 9),
    ],
)
def test_a_page_asks_few_questions(
    cast: Cast, many: list[Contribution], django_assert_max_num_queries: Counted, name: str, page: str, most: int
) -> None:
    one = many[0]
    places = {"contribution": [one.pk], "response": [one.response_id]}
    places["question"] = [one.response.questions.first().pk]
    client = cast.client(name)
    with django_assert_max_num_queries(SIGNED_IN + most):
        assert client.get(reverse(f"consultations:{page}", args=places.get(page, []))).status_code == 200


def test_what_hangs_on_a_document_is_asked_in_one_question(cast: Cast, django_assert_num_queries: Counted) -> None:
    edition = draft(cast)
    response = gathering(cast, edition)
    answered(cast, response)
    recorded(cast, response)
    lead, school = cast.actor("marcus"), cast.actor("priya")
    with django_assert_num_queries(1):
        (found,) = strands(edition.document, ["", "a" * 64], lead, TODAY)[""]
    assert (found.kind, found.title, found.beside) == (
        "Consultation",
        "Response of Fairhaven to Draft of 2026",
        "Sent",
    )
    assert found.address == reverse("consultations:response", args=[response.pk])
    assert strands(edition.document, ["a" * 64], lead, TODAY) == {}
    assert strands(edition.document, [""], school, TODAY) == {}


def test_a_response_that_waits_hangs_on_its_document_too(cast: Cast) -> None:
    edition = draft(cast)
    prepared(cast, edition)
    found = strands(edition.document, [""], cast.actor("marcus"), TODAY + timedelta(days=1))
    assert [each.beside for each in found[""]] == ["Being prepared"]
