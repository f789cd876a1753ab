"""The pages of a comparison, walked as people walk them: by plain links and forms, without JavaScript."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from haven.changes.models import Comparison, Judgement
from haven.guidance.models import Edition
from tests.cast import Cast
from tests.changes.compared import compared
from tests.guidance.texts import document, edition, filled

pytestmark = pytest.mark.django_db
Pair = tuple[Edition, Edition]


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """Two editions of one document."""
    return compared(cast)


def _address(pair: Pair, name: str = "comparison", *more: str) -> str:
    return reverse(f"changes:{name}", args=[pair[0].pk, pair[1].pk, *more])


def _body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def _refs(body: str) -> list[str]:
    return re.findall(r'id="c-([0-9a-f]{16}(?:-\d+)?)"', body)


def test_a_reader_chooses_two_editions_and_sees_every_change(cast: Cast, pair: Pair) -> None:
    client = cast.client("priya")
    assert "Compare with …" in _body(client, reverse("guidance:edition", args=[pair[1].pk]))
    assert "Compare two editions" in _body(client, reverse("guidance:document", args=[pair[1].document_id]))
    choose = reverse("changes:compare", args=[pair[1].document_id])
    body = _body(client, f"{choose}?new={pair[1].pk}")
    assert re.findall(r'<option value="([^"]+)" selected', body) == [str(pair[0].pk), str(pair[1].pk)]
    answer = client.post(choose, {"old": pair[0].pk, "new": pair[1].pk})
    assert answer.headers["Location"] == _address(pair)
    assert Comparison.objects.count() == 1
    body = _body(client, _address(pair))
    assert "<strong>3 changes.</strong>" in body
    assert len(_refs(body)) == 3
    assert '<del><span class="govuk-visually-hidden">removed: </span>should' in body
    assert "guidance-judge" not in body.replace("guidance-judge.css", ""), "a school judges nothing"


def test_looking_changes_nothing(cast: Cast, pair: Pair) -> None:
    _body(cast.client("priya"), _address(pair))
    assert Comparison.objects.count() == 0


def test_an_edition_is_not_compared_with_itself_nor_with_one_of_another_document(cast: Cast, pair: Pair) -> None:
    client, choose = cast.client("priya"), reverse("changes:compare", args=[pair[1].document_id])
    stranger = filled(cast, edition(cast, document(cast, title="Another")), "Words.", name="other.txt")
    for old in (pair[1], stranger):
        answer = client.post(choose, {"old": old.pk, "new": pair[1].pk})
        assert answer.status_code == 422
    answer = client.get(f"{choose}?new=nonsense")
    assert answer.status_code == 200


def test_a_document_with_fewer_than_two_texts_says_what_is_lacking(cast: Cast) -> None:
    made = document(cast)
    choose = reverse("changes:compare", args=[made.pk])
    assert "No edition has its text" in _body(cast.client("priya"), choose)
    filled(cast, edition(cast, made))
    assert "Only “2025” has its text" in _body(cast.client("priya"), choose)


def test_changes_are_narrowed_by_links_which_can_be_taken_back(cast: Cast, pair: Pair) -> None:
    client, address = cast.client("priya"), _address(pair)
    assert 'href="?kind=added#changes"' in _body(client, address)
    body = _body(client, f"{address}?kind=added&view=sides")
    assert len(_refs(body)) == 1
    assert "1 of 3 changes" in body
    assert 'href="?view=sides#changes" aria-current="true"' in body
    assert len(_refs(_body(client, f"{address}?kind=nonsense&page=x&area=y&judged=z"))) == 3


def test_reworded_clauses_stand_side_by_side_where_asked_for(cast: Cast, pair: Pair) -> None:
    client, address = cast.client("priya"), _address(pair)
    assert "guidance-side__name" not in _body(client, address)
    assert _body(client, f"{address}?view=sides").count('<p class="guidance-side__name">') == 2


def test_one_change_has_an_address_of_its_own(cast: Cast, pair: Pair) -> None:
    client = cast.client("priya")
    ref = _refs(_body(client, _address(pair)))[0]
    assert _refs(_body(client, _address(pair, "change", ref))) == [ref]
    assert client.get(_address(pair, "change", "0" * 16)).status_code == 404


def test_a_lead_judges_change_after_change_and_nothing_is_lost_when_it_is_sent_twice(cast: Cast, pair: Pair) -> None:
    client, address = cast.client("marcus"), _address(pair)
    body = _body(client, f"{address}?judged=not-yet")
    refs = _refs(body)
    assert re.findall(r'name="following" value="([^"]*)"', body) == [*refs[1:], ""]
    sent = {"verdict": "note", "words": "Tell <the> heads.", "area": cast.area.pk, "following": refs[1]}
    judge = f"{_address(pair, 'judge', refs[0])}?judged=not-yet"
    for _ in range(2):
        answer = client.post(judge, sent)
        assert answer.headers["Location"] == f"{address}?judged=not-yet#c-{refs[1]}"
    assert Judgement.objects.get().words == "Tell <the> heads."
    assert _refs(_body(client, f"{address}?judged=not-yet")) == refs[1:]
    body = _body(client, f"{address}?judged=note")
    assert "Tell &lt;the&gt; heads." in body
    assert "Judged “note” by Marcus Hale" in body
    assert re.findall(r'value="note"[^>]*aria-pressed="(\w+)"', body) == ["true"]


def test_without_a_filter_she_stays_where_she_judged(cast: Cast, pair: Pair) -> None:
    client, address = cast.client("marcus"), _address(pair)
    refs = _refs(_body(client, address))
    sent = {"verdict": "no-effect", "area": cast.area.pk, "following": refs[1]}
    answer = client.post(_address(pair, "judge", refs[0]), sent)
    assert answer.headers["Location"] == f"{address}#c-{refs[0]}"


def test_judged_on_its_own_page_she_stays_on_that_page(cast: Cast, pair: Pair) -> None:
    client = cast.client("marcus")
    change = _address(pair, "change", _refs(_body(client, _address(pair)))[0])
    assert 'name="is_alone"' in _body(client, change)
    answer = client.post(f"{change}judge/", {"verdict": "note", "area": cast.area.pk, "is_alone": "on"})
    assert answer.headers["Location"] == change


def test_what_is_too_long_comes_back_as_it_was_typed(cast: Cast, pair: Pair) -> None:
    client = cast.client("marcus")
    ref = _refs(_body(client, _address(pair)))[0]
    words = "Too much. " * 500
    answer = client.post(_address(pair, "judge", ref), {"verdict": "note", "words": words, "area": cast.area.pk})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert words.strip() in body
    assert "There is a problem" in body
    assert 'href="#id_words"' in body
    assert 'id="id_words"' in body


def test_nobody_is_sent_elsewhere_by_what_follows(cast: Cast, pair: Pair) -> None:
    client = cast.client("marcus")
    ref = _refs(_body(client, _address(pair)))[0]
    sent = {"verdict": "note", "area": cast.area.pk, "following": "//example.org"}
    answer = client.post(_address(pair, "judge", ref), sent)
    assert answer.status_code == 422
    assert Judgement.objects.count() == 0
