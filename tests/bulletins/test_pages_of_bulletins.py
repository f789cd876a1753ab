"""The pages, walked as people walk them: without JavaScript, by plain links and forms."""

from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haven.bulletins.models import Bulletin, Contact, Item
from haven.bulletins.rules.publishing import ItemState, Standing
from tests.bulletins.notes import decided, draft, published
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


@pytest.fixture
def the_day():
    """The cast's own day."""
    with time_machine.travel(NOW, tick=True):
        yield


def _body(client: Client, name: str, *args: object, status: int = 200) -> str:
    response = client.get(reverse(f"bulletins:{name}", args=args))
    assert response.status_code == status
    return response.content.decode()


def test_a_lead_uploads_checks_sets_up_previews_and_publishes(cast: Cast) -> None:
    client = cast.client("marcus")
    words = (
        b"Autumn note 2 March 2026\n\nPlease return your audit by 20 March 2026.\n\nContact Ruth Amble: 01632 960111.\n"
    )
    given = {"key": str(uuid4()), "file": SimpleUploadedFile("autumn.txt", words)}
    answer = client.post(reverse("bulletins:add"), given)
    bulletin = Bulletin.objects.get()
    assert answer.headers["Location"] == reverse("bulletins:check", args=[bulletin.pk])
    assert "Please return your audit" in _body(client, "check", bulletin.pk)
    for item in bulletin.items.all():
        client.post(reverse("bulletins:accept-item", args=[item.pk]))
    assert "Everything has been looked at" in _body(client, "check", bulletin.pk)
    settings = {"title": "Autumn", "kind": "action", "whom": "all-schools", "roles": ["dsl"], "is_public": "no"}
    answer = client.post(reverse("bulletins:settings", args=[bulletin.pk]), settings)
    assert answer.headers["Location"] == reverse("bulletins:preview", args=[bulletin.pk])
    assert "Publish it now" in _body(client, "preview", bulletin.pk)
    answer = client.post(reverse("bulletins:publish", args=[bulletin.pk]), follow=True)
    assert "What is asked" in answer.content.decode()
    assert "Friday 20 March 2026" in _body(cast.client("priya"), "show", bulletin.pk)


def test_the_note_and_its_items_lead_to_each_other(cast: Cast) -> None:
    body = _body(cast.client("marcus"), "check", draft(cast).pk)
    for number in range(1, 6):
        assert f'id="mark-{number}" href="#item-{number}"' in body
        assert f'href="#mark-{number}"' in body


def test_what_the_reader_was_unsure_of_comes_first_with_why(cast: Cast) -> None:
    body = _body(cast.client("marcus"), "check", draft(cast).pk)
    assert "only 60% sure" in body
    assert body.index("Ruth Amble") < body.index("Return your audit")


def test_a_note_with_markup_in_it_is_shown_as_words(cast: Cast) -> None:
    bulletin = draft(cast)
    bulletin.note.text = "<script>alert(1)</script>" + bulletin.note.text
    bulletin.note.save()
    body = _body(cast.client("marcus"), "check", bulletin.pk)
    assert "<script>alert" not in body


@pytest.mark.parametrize("name", ["priya", "bell", "lena", "nadia", "sam"])
@pytest.mark.parametrize("page", ["check", "settings", "preview", "discard", "show", "file"])
def test_a_draft_is_not_there_for_anybody_but_its_leads(cast: Cast, name: str, page: str) -> None:
    _body(cast.client(name), page, draft(cast).pk, status=404)


def test_a_published_bulletin_leads_to_the_schools_own_assignment(cast: Cast) -> None:
    bulletin = published(cast)
    mine = bulletin.items.get(number=1).action.assignments.get(organisation=cast.oakfield)
    assert f"/actions/{mine.pk}/" in _body(cast.client("priya"), "show", bulletin.pk)
    assert f"/actions/asked/{mine.action_id}/" in _body(cast.client("marcus"), "show", bulletin.pk)


def test_publishing_twice_leads_to_the_published_page(cast: Cast) -> None:
    bulletin = decided(cast)
    client = cast.client("marcus")
    for _ in range(2):
        answer = client.post(reverse("bulletins:publish", args=[bulletin.pk]))
        assert answer.headers["Location"] == reverse("bulletins:show", args=[bulletin.pk])


def test_a_draft_not_looked_at_is_not_published_by_pressing(cast: Cast) -> None:
    bulletin = draft(cast)
    answer = cast.client("marcus").post(reverse("bulletins:publish", args=[bulletin.pk]), follow=True)
    assert "5 items have not been looked at" in answer.content.decode()
    bulletin.refresh_from_db()
    assert bulletin.standing == Standing.DRAFT


def test_an_item_is_added_by_its_words(cast: Cast) -> None:
    bulletin = draft(cast)
    client = cast.client("marcus")
    given = {"words": "DSLs to  do this.", "kind": "action", "near": ""}
    answer = client.post(reverse("bulletins:add-item", args=[bulletin.pk]), given)
    item = bulletin.items.get(origin="added")
    assert answer.headers["Location"] == reverse("bulletins:edit-item", args=[item.pk])
    assert item.quote == "DSLs to do this."


def test_words_that_are_not_in_the_note_are_refused_with_advice(cast: Cast) -> None:
    given = {"words": "Quite other words", "kind": "action"}
    answer = cast.client("marcus").post(reverse("bulletins:add-item", args=[draft(cast).pk]), given)
    assert answer.status_code == 422
    assert "do not stand in the note" in answer.content.decode()


def test_an_item_is_edited_joined_split_and_made_another_kind(cast: Cast) -> None:
    bulletin = draft(cast)
    client = cast.client("marcus")
    first, last = bulletin.items.get(number=1), bulletin.items.get(number=5)
    assert "Split it" in _body(client, "reshape-item", first.pk)
    client.post(reverse("bulletins:join-items", args=[first.pk]), {"other": str(last.pk)})
    joined = bulletin.items.get(origin="joined")
    client.post(reverse("bulletins:split-item", args=[joined.pk]), {"words": "Ask Quill"})
    parts = bulletin.items.filter(origin="split")
    assert [part.quote[:10] for part in parts] == ["Please ret", "Ask Quill "]
    client.post(reverse("bulletins:set-kind", args=[parts[0].pk]), {"kind": "event"})
    assert Item.objects.get(pk=parts[0].pk).kind == "event"
    assert "Starts at" in _body(client, "edit-item", parts[0].pk)
    refused = client.post(reverse("bulletins:edit-item", args=[parts[0].pk]), {"title": "Forum"})
    assert refused.status_code == 422


@pytest.mark.parametrize("number", [1, 2, 3])
def test_saving_the_form_of_an_item_unchanged_changes_nothing_but_accepts_it(cast: Cast, number: int) -> None:
    item = draft(cast).items.get(number=number)
    client = cast.client("marcus")
    form = client.get(reverse("bulletins:edit-item", args=[item.pk])).context["form"]
    typed = {}
    for field in form:
        value = field.value()
        if hasattr(value, "day"):
            typed |= {f"{field.html_name}_{n}": part for n, part in enumerate((value.day, value.month, value.year))}
        elif value not in (None, "", False, []):
            typed[field.html_name] = value
    client.post(reverse("bulletins:edit-item", args=[item.pk]), typed)
    after = Item.objects.get(pk=item.pk)
    assert after.state == ItemState.ACCEPTED
    assert after.says == item.says


def test_deciding_leads_on_to_the_next_item_that_waits(cast: Cast) -> None:
    bulletin = draft(cast)
    answer = cast.client("marcus").post(reverse("bulletins:dismiss-item", args=[bulletin.items.get(number=4).pk]))
    assert answer.headers["Location"].endswith("/check/#item-1")


def test_the_list_is_searched_with_children_for_child(cast: Cast) -> None:
    bulletin = published(cast)
    Bulletin.objects.get(pk=bulletin.pk).index("About one child", "words")
    client = cast.client("priya")
    assert "Spring cluster note" in client.get(reverse("bulletins:index"), {"words": "children"}).content.decode()
    assert "Nothing fits" in client.get(reverse("bulletins:index"), {"words": "hippopotamus"}).content.decode()


def test_a_withdrawn_bulletin_says_so_and_why(cast: Cast) -> None:
    bulletin = published(cast)
    cast.client("marcus").post(reverse("bulletins:withdraw", args=[bulletin.pk]), {"why": "Sent in error."})
    body = _body(cast.client("priya"), "show", bulletin.pk)
    assert "Withdrawn on 2 March 2026: Sent in error." in body
    assert "Spring cluster note" not in _body(cast.client("priya"), "index")


def test_a_bulletin_is_changed_and_its_history_shown(cast: Cast) -> None:
    bulletin = published(cast)
    client = cast.client("marcus")
    typed = {"title": "New title", "kind": "urgent", "whom": "some", "phases": ["primary"], "is_public": "no"}
    refused = client.post(reverse("bulletins:amend", args=[bulletin.pk]), typed)
    assert refused.status_code == 422
    client.post(reverse("bulletins:amend", args=[bulletin.pk]), typed | {"why": "Only primaries are meant."})
    body = _body(client, "show", bulletin.pk)
    assert "New title" in body
    assert "Only primaries are meant." in body
    _body(cast.client("grace"), "show", bulletin.pk, status=404)
    asked = bulletin.items.get(number=1).action
    assert list(asked.assignments.exclude(state="withdrawn").values_list("organisation__name", flat=True)) == [
        "Oakfield Primary School"
    ]


def test_the_directory_is_taken_away_with_its_markings_and_no_formulas(cast: Cast) -> None:
    published(cast)
    Contact.objects.filter(name="Ruth Amble").update(name="=HYPERLINK(1)")
    text = cast.client("priya").post(reverse("bulletins:contacts-csv")).content.decode("utf-8-sig")
    assert text.splitlines()[0] == "Name,Role,Telephone,E-mail,Marking,Area,Last noted"
    assert "'=HYPERLINK(1)" in text
    assert "07700 900321" in text
    assert "Professionals only" in text


def test_a_note_that_cannot_be_read_is_kept_with_the_line_that_says_why(cast: Cast) -> None:
    client = cast.client("marcus")
    given = {"key": str(uuid4()), "file": SimpleUploadedFile("blank.html", b"<html><p> </p></html>")}
    client.post(reverse("bulletins:add"), given)
    bulletin = Bulletin.objects.get()
    assert client.get(reverse("bulletins:file", args=[bulletin.pk])).content == b"<html><p> </p></html>"
    body = _body(client, "check", bulletin.pk)
    assert bulletin.note.unreadable in body
    assert bulletin.note.unreadable.endswith(".")
    client.post(reverse("bulletins:give-words", args=[bulletin.pk]), {"words": "Please return it by 20 March 2026."})
    assert "Please return it" in _body(client, "check", bulletin.pk)


def test_the_events_are_saved_as_a_calendar(cast: Cast) -> None:
    published(cast)
    assert "DSL forum" in _body(cast.client("priya"), "events")
    text = _body(cast.client("priya"), "events-file")
    assert "SUMMARY:DSL forum" in text
    assert "DTSTART;VALUE=DATE:20260325" in text
