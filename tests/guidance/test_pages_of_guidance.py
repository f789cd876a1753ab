"""The pages, walked as people walk them: without JavaScript, by plain links and forms."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haven.guidance.models import Clause, Document, Edition
from haven.guidance.packs import load
from haven.guidance.rules.facts import Standing
from tests.cast import NOW, TODAY, Cast
from tests.guidance.texts import PARAGRAPHS, document, edition, filled, kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
CATALOGUE = Path(__file__).parents[2] / "packs" / "guidance-catalogue" / "catalogue.yaml"
FIRST = (
    b"Fairhaven protocol\n\nIssued July 2018\n\n1. Every school must name a lead.\n\n2. Schools should keep a list.\n"
)


@pytest.fixture
def the_day() -> Iterator[None]:
    """The cast's own day."""
    with time_machine.travel(NOW, tick=True):
        yield


def _body(client: Client, name: str, *args: object, query: str = "", status: int = 200) -> str:
    response = client.get(reverse(f"guidance:{name}", args=args) + query)
    assert response.status_code == status
    return response.content.decode()


def _day(name: str, day: date) -> dict[str, int]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_a_lead_adds_a_document_its_edition_and_its_file_and_a_school_reads_and_searches_it(cast: Cast) -> None:
    client = cast.client("marcus")
    typed = {
        "title": "Fairhaven protocol",
        "publisher": "Fairhaven Council",
        "standing": "local",
        "short_names": "FP\n",
    }
    answer = client.post(reverse("guidance:add-document"), typed)
    made = Document.objects.get()
    assert answer.headers["Location"] == reverse("guidance:add-edition", args=[made.pk])
    dates = _day("issued_on", date(2018, 7, 4)) | _day("in_force_on", date(2018, 7, 4))
    answer = client.post(reverse("guidance:add-edition", args=[made.pk]), {"label": "July 2018"} | dates)
    first = Edition.objects.get()
    assert answer.headers["Location"] == reverse("guidance:give-file", args=[first.pk])
    assert 'aria-current="step">The file' in _body(client, "give-file", first.pk)
    given = {"file": SimpleUploadedFile("protocol.txt", FIRST)}
    answer = client.post(reverse("guidance:give-file", args=[first.pk]), given, follow=True)
    body = answer.content.decode()
    assert "paragraphs and headings" in body
    assert "Every school must name a lead" in body
    school = cast.client("priya")
    assert "since 4 July 2018" in _body(school, "index")
    found = _body(school, "search", query="?words=%22must+name%22")
    assert "<mark>must</mark> <mark>name</mark>" in found
    assert school.get(reverse("guidance:file", args=[first.pk])).headers["Content-Disposition"].startswith("attachment")


def test_the_same_cover_over_other_words_is_shown_at_once(cast: Cast) -> None:
    client = cast.client("marcus")
    of = document(cast)
    first = edition(cast, of, "July 2018", in_force_on=date(2018, 7, 4))
    second = edition(cast, of, "December 2020", in_force_on=date(2020, 12, 1))
    client.post(reverse("guidance:give-file", args=[first.pk]), {"file": SimpleUploadedFile("a.txt", FIRST)})
    changed = FIRST.replace(b"should keep", b"must keep")
    given = {"file": SimpleUploadedFile("b.txt", changed)}
    answer = client.post(reverse("guidance:give-file", args=[second.pk]), given, follow=True)
    assert answer.redirect_chain == [(reverse("changes:comparison", args=[first.pk, second.pk]), 302)]
    body = answer.content.decode()
    assert "the same cover as “July 2018”" in body
    assert "Both have the same cover. Their words differ." in body
    assert "“should” became “must”" in body
    assert "Every school must name a lead." not in body
    for each in (first, second):
        page = _body(cast.client("priya"), "edition", each.pk)
        assert "Its cover is the same" in page
        assert reverse("changes:comparison", args=[first.pk, second.pk]) in page


def test_a_bad_file_is_refused_at_its_field_and_the_same_file_is_said(cast: Cast) -> None:
    client, made = cast.client("marcus"), edition(cast, document(cast))
    address = reverse("guidance:give-file", args=[made.pk])
    answer = client.post(address, {"file": SimpleUploadedFile("a.txt", b"")})
    assert (answer.status_code, "There is a problem" in answer.content.decode()) == (422, True)
    assert client.post(address, {"file": SimpleUploadedFile("a.png", b"no picture")}).status_code == 422
    client.post(address, {"file": SimpleUploadedFile("a.txt", FIRST)})
    again = client.post(address, {"file": SimpleUploadedFile("a.txt", FIRST)}, follow=True)
    assert "This very file is kept for this edition already" in again.content.decode()
    other = edition(cast, made.document, "Another")
    third = client.post(reverse("guidance:give-file", args=[other.pk]), {"file": SimpleUploadedFile("a.txt", FIRST)})
    assert "This very file is kept already" in third.content.decode()
    assert "has a file already" in _body(client, "give-file", made.pk)


def test_dates_that_cannot_be_are_refused_in_the_form(cast: Cast) -> None:
    client, of = cast.client("marcus"), document(cast)
    address = reverse("guidance:add-edition", args=[of.pk])
    for typed, said in (
        ({"label": ""}, "Give the edition the label"),
        ({"label": "x"} | _day("issued_on", TODAY) | _day("in_force_on", date(2020, 1, 1)), "before it is issued"),
        ({"label": "x", "ending": "withdrawn"}, "no longer held"),
        ({"label": "x", "ending": "absorbed"} | _day("ended_on", TODAY), "into which it was absorbed"),
        ({"label": "x", "issued_on_0": "31", "issued_on_1": "2", "issued_on_2": "2026"}, "real date"),
    ):
        answer = client.post(address, typed)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert Edition.objects.count() == 0


def test_a_lead_changes_and_withdraws_and_takes_a_file_away(cast: Cast) -> None:
    client, made = cast.client("marcus"), kept(cast)
    typed = {"title": "Renamed", "publisher": "Fairhaven Council", "standing": "local"}
    assert client.post(reverse("guidance:amend-document", args=[made.document_id]), typed).status_code == 302
    assert "Renamed" in _body(client, "amend-document", made.document_id)
    other = edition(cast, made.document, "2027", expected_on=date(2027, 1, 1))
    body = _body(client, "amend-edition", made.pk)
    assert 'value="2025"' in body
    ended = {"label": "2025", "ending": "superseded", "superseded_by": str(other.pk)}
    answer = client.post(
        reverse("guidance:amend-edition", args=[made.pk]), ended | _day("ended_on", TODAY), follow=True
    )
    assert "on 2 March 2026" in answer.content.decode()
    answer = client.post(reverse("guidance:remove-file", args=[made.pk]), follow=True)
    assert "The file was taken away" in answer.content.decode()
    assert client.get(reverse("guidance:file", args=[made.pk])).status_code == 404
    assert client.post(reverse("guidance:withdraw-edition", args=[other.pk]), {"why": ""}).status_code == 422
    withdrawn = {"why": "Not needed."} | _day("on", TODAY)
    answer = client.post(reverse("guidance:withdraw-edition", args=[other.pk]), withdrawn, follow=True)
    assert "on 2 March 2026" in answer.content.decode()
    assert "Not needed." in answer.content.decode()


def test_the_list_says_what_is_in_force_and_what_is_coming_the_first_to_close_first(cast: Cast) -> None:
    of = document(cast)
    edition(cast, of, "Draft B", opens_on=TODAY, closes_on=TODAY + timedelta(days=30))
    edition(cast, of, "Draft A", opens_on=TODAY, closes_on=TODAY + timedelta(days=9))
    edition(cast, of, "Promised", expected_on=TODAY - timedelta(days=3))
    edition(cast, of, "Soon", issued_on=TODAY, in_force_on=TODAY + timedelta(days=60))
    body = _body(cast.client("priya"), "index")
    assert "No document is in force today" in body
    assert body.index("Draft A") < body.index("Draft B") < body.index("Promised")
    assert "was expected 27 February 2026" in body
    assert "in force from 1 May 2026" in body
    assert "Add a document" not in body


def test_the_list_can_be_filtered_and_shows_what_is_over_when_asked(cast: Cast) -> None:
    of = document(cast)
    over = edition(cast, of, "2020", in_force_on=date(2020, 1, 1))
    Edition.objects.filter(pk=over.pk).update(ended_on=TODAY, ending="withdrawn")
    client = cast.client("priya")
    assert of.title not in _body(client, "index")
    assert of.title in _body(client, "index", query="?has_old=on&words=thresh")
    assert of.title in _body(client, "index", query="?has_old=on&words=partnership&standing=local")
    assert of.title not in _body(client, "index", query="?has_old=on&words=zebra")
    assert of.title not in _body(client, "index", query="?has_old=on&standing=advice")


def test_a_lineage_is_a_picture_with_its_table_and_says_what_held_at_once(cast: Cast) -> None:
    load(CATALOGUE, at=NOW)
    made = Document.objects.get(key="working-together-to-safeguard-children")
    body = _body(cast.client("priya"), "document", made.pk)
    assert body.count("guidance-lineage__force") > 4
    assert "“2015” and “2018” were in force at once from 4 July 2018 until 29 September 2019." in body
    assert "(not confirmed)" in body
    assert "spring 2026" in body
    absorbing = Document.objects.get(key="keeping-children-safe-in-education")
    assert "What was absorbed into it" in _body(cast.client("priya"), "document", absorbing.pk)
    advice = Edition.objects.get(absorbed_into=absorbing)
    assert "on 1 September 2022" in _body(cast.client("priya"), "edition", advice.pk)


def test_a_promise_that_slipped_shows_both_days(cast: Cast) -> None:
    made = edition(cast, document(cast), expected_on=date(2026, 5, 1))
    with time_machine.travel(NOW + timedelta(days=20)):
        client = cast.client("marcus")
        client.post(
            reverse("guidance:amend-edition", args=[made.pk]), {"label": "x"} | _day("expected_on", date(2026, 9, 1))
        )
        body = _body(client, "edition", made.pk)
    assert "1 May 2026, as said on 2 March 2026" in body
    assert "1 September 2026, as said on 22 March 2026" in body


def test_a_clause_has_an_address_that_leads_to_its_page(cast: Cast) -> None:
    made = filled(cast, edition(cast, document(cast)), *(f"Paragraph number {n}." for n in range(1, 521)))
    client = cast.client("priya")
    address = reverse("guidance:clause", args=[made.pk, 510])
    assert client.get(address).headers["Location"].endswith(f"{made.pk}/?page=2#clause-510")
    assert 'id="clause-510"' in _body(client, "edition", made.pk, query="?page=2")
    assert client.get(reverse("guidance:clause", args=[made.pk, 3])).headers["Location"].endswith("/#clause-3")
    assert client.get(reverse("guidance:clause", args=[made.pk, 523])).status_code == 404


@pytest.mark.parametrize(
    ("number", "said"),
    [("Part one", "Part one: duties"), ("2.1", "2.1 duties"), ("", "duties"), ("Annex A", "Annex A: duties")],
)
def test_a_heading_is_shown_after_its_number(number: str, said: str) -> None:
    assert Clause(number=number, text="duties").numbered == said


def test_words_of_a_file_are_shown_as_words(cast: Cast) -> None:
    made = filled(cast, edition(cast, document(cast)), "<script>alert(1)</script> must not run.")
    client = cast.client("priya")
    assert "<script>alert" not in _body(client, "edition", made.pk)
    assert "<script>alert" not in _body(client, "search", query="?words=run")


def test_search_says_what_to_do_where_nothing_is_found(cast: Cast) -> None:
    client = cast.client("priya")
    assert "has its text in Haven yet" in _body(client, "search", query="?words=must")
    made = kept(cast)
    assert "No clause has all of these words" in _body(client, "search", query="?words=zebra")
    assert "three letters" in _body(client, "search", query="?words=ze*")
    assert "clauses, the best first" in _body(client, "search", query="?words=must&document=" + str(made.document_id))
    assert "Search everywhere" in _body(client, "search", query="?words=must&edition=" + str(made.pk))
    assert "clauses, the best first" in _body(client, "search", query="?words=must&page=99&document=nonsense")


def test_one_edition_of_a_document_can_be_searched(cast: Cast) -> None:
    of = document(cast)
    filled(cast, edition(cast, of, "Old one"), "The lanterns must burn.")
    newer = filled(cast, edition(cast, of, "New one"), "The boats must float.", name="new.txt")
    client, query = cast.client("priya"), f"?words=must&document={of.pk}&where="
    assert "New one</option>" not in _body(client, "search", query="?words=must")
    body = _body(client, "search", query=query + str(newer.pk))
    assert "New one</option>" in body
    assert "The boats" in body
    assert "The lanterns" not in body
    assert "The lanterns" in _body(client, "search", query=query)


def test_an_old_edition_is_marked_where_all_are_searched(cast: Cast) -> None:
    made = filled(cast, edition(cast, document(cast)), "The lanterns must burn.")
    Edition.objects.filter(pk=made.pk).update(ended_on=TODAY, ending="withdrawn")
    assert "Not in force today" in _body(cast.client("priya"), "search", query="?words=lanterns&where=all")


def test_editions_of_two_documents_are_not_set_side_by_side(cast: Cast) -> None:
    first = kept(cast)
    other = filled(cast, edition(cast, document(cast, title="Another")), *PARAGRAPHS[:2])
    for each in (first, other):
        address = reverse("changes:comparison", args=[first.pk, each.pk])
        assert cast.client("priya").get(address).status_code == 404


def test_a_lead_of_two_areas_says_for_which(cast: Cast) -> None:
    assert 'name="area"' not in _body(cast.client("marcus"), "add-document")


def test_a_document_says_what_to_do_next_to_whoever_can_do_it(cast: Cast) -> None:
    lead, school, of = cast.client("marcus"), cast.client("priya"), document(cast)
    assert "Add its first edition" in _body(lead, "document", of.pk)
    assert "What to do next" not in _body(school, "document", of.pk)
    made = edition(cast, of, "2025")
    assert reverse("guidance:give-file", args=[made.pk]) in _body(lead, "document", of.pk)
    assert "Your area’s lead can give it." in _body(school, "document", of.pk)
    filled(cast, made)
    assert "When another edition comes out" in _body(lead, "document", of.pk)
    second = edition(cast, of, "2026")
    assert "Give the file of “2026” too" in _body(lead, "document", of.pk)
    filled(cast, second, *PARAGRAPHS[:3], name="second.txt")
    body = _body(school, "document", of.pk)
    assert "What to do next" not in body
    assert reverse("changes:comparison", args=[made.pk, second.pk]) in body


def test_a_document_without_an_edition_stands_in_its_keepers_list_alone(cast: Cast) -> None:
    document(cast)
    assert "Without an edition yet" in _body(cast.client("marcus"), "index")
    assert "Fairhaven thresholds" not in _body(cast.client("priya"), "index", query="?has_old=on")


def test_what_is_statutory_stands_before_what_is_local_and_advice(cast: Cast, national: Edition) -> None:
    kept(cast)
    edition(cast, document(cast, title="A first step", standing=Standing.ADVICE))
    body = _body(cast.client("priya"), "index")
    places = [body.index(title) for title in ("Made-up guidance", "Fairhaven thresholds for help", "A first step")]
    assert places == sorted(places)
