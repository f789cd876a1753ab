"""The pages of readings: what each shows, what it takes, and how it says what is lacking."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from haven.people.models import Post
from haven.readings import services
from haven.readings.models import Bookmark, Matrix, Reader, Round, Signature
from haven.readings.rules.signing import Way
from tests.cast import BEGAN, NOW, Cast
from tests.readings.rounds import ANNEX_A, DIRECT, INDIRECT, ONE, TEXT_2025, first, guide, part, second, sent, staff

pytestmark = pytest.mark.django_db
LONG = {ONE: tuple(f"{text} {'Word ' * 60}" for text in TEXT_2025[ONE] * 5), ANNEX_A: TEXT_2025[ANNEX_A]}


def _post(client: Client, view: str, /, *args: object, **data: object) -> Any:
    return client.post(reverse(f"readings:{view}", args=args), data)


def _words(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"readings:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def test_she_reads_page_by_page_and_comes_back_to_where_she_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.readings.rounds.TEXT_2025", LONG)
    with time_machine.travel(NOW, tick=False):
        own, client = part(sent(cast), "part 1"), cast.client("tom")
        page = _words(client, "read", own.pk)
        assert "Page 1 of 3" in page
        assert "I have read and understood" not in page
        answer = _post(client, "keep-place", own.pk, place=own.place + 8, page=2)
        assert answer.url.endswith("?page=2#text")
        assert "Page 2 of 3" in _words(client, "read", own.pk)
        assert "Go on reading" in _words(client, "own")
        assert "You have come to the end" in _words(client, "read", own.pk, page="99")
        assert Bookmark.objects.get().place == own.place + 8
        assert _post(client, "keep-place", own.pk, place="x", page="1").status_code == 302


def test_she_signs_at_the_end_and_is_thanked(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        own, client = part(sent(cast), "part 1"), cast.client("tom")
        lacking = _post(client, "sign", own.pk, came_from="haven")
        assert lacking.status_code == 422
        assert b"Tick the box to say" in lacking.content
        assert _post(client, "sign", own.pk, came_from="haven", has_read="on").status_code == 302
        assert "Signed. Thank you." in _words(client, "own")
        assert Signature.objects.get().way == "haven"
        assert "You signed this on 2 March 2026" in _words(client, "sign", own.pk)
        assert "You signed this on 2 March 2026" in _words(client, "read", own.pk)


def test_who_read_it_elsewhere_says_so(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        own, client = part(sent(cast), "part 1"), cast.client("tom")
        assert "How did you read it?" in _words(client, "sign", own.pk)
        assert _post(client, "sign", own.pk, has_read="on").status_code == 422
        _post(client, "sign", own.pk, has_read="on", way="elsewhere")
        assert Signature.objects.get().way == "elsewhere"


def test_the_grid_is_set_and_a_part_added_by_name_keeps_the_ticks(cast: Cast) -> None:
    edition, client = first(cast), cast.client("priya")
    address = (cast.oakfield.pk, edition.pk)
    assert "Nothing is ticked yet" in _words(client, "matrix", *address)
    typed = {"part": [ONE, ANNEX_A], "kinds-0": ["direct"], "kinds-1": ["indirect"]}
    lacking = _post(client, "matrix", *address, **typed, add="on", new_part="annexe A")
    assert b"This part stands in the list already" in lacking.content
    added = _post(client, "matrix", *address, **typed, add="on", new_part="Annex Z").content.decode()
    assert 'name="part" value="Annex Z"' in added
    assert added.count(" checked") == 2
    assert Matrix.objects.count() == 0
    typed |= {"part": [ONE, ANNEX_A, "Annex Z"], "kinds-2": ["leader", "strange"]}
    assert _post(client, "matrix", *address, **typed).status_code == 302
    told = {each.key: each.kinds for each in Matrix.objects.get().parts.all()}
    assert (told["part 1"], told["annex a"], told["annex z"]) == (["direct"], ["indirect"], ["leader"])
    page = _words(client, "matrix", *address)
    assert "Not found in the text of this edition" in page
    assert "Set by Priya Nair" in page
    assert "Asked to read nothing of it: governor or trustee; safeguarding governor; recruits" in page
    nothing = _post(client, "matrix", *address, part=[ONE])
    assert b"Tick at least one part" in nothing.content


def test_the_way_to_the_next_edition_asks_about_the_annex_that_is_gone(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        found = sent(cast, first(cast, guide(cast)))
        new, client = second(cast, found.document), cast.client("priya")
        address = (cast.oakfield.pk, new.pk)
        assert "Move to 2026" in _words(client, "school", cast.oakfield.pk)
        assert client.get(reverse("readings:matrix", args=address)).status_code == 302
        page = _words(client, "move", *address)
        assert "2026 has no such part." in page
        assert "it looks like the same part, renamed" in page
        lacking = _post(client, "move", *address, decided_on_0="")
        assert lacking.status_code == 422
        assert "Choose what those who read “Annex A: In short” read now" in lacking.content.decode()
        unsaid = _post(client, "move", *address, **{"instead-0": "-", "instead-1": "annex a"})
        assert "Say why those who read" in unsaid.content.decode()
        chosen = {"instead-0": "part 1", "instead-1": "annex a", "new-0": ["leader"]}
        assert _post(client, "move", *address, **chosen).status_code == 302
        assert "Those who read “Annex A: In short” before now read “Part one: For everybody”" in _words(
            client, "matrix", *address
        )
        assert "This ends the reading of 2025" in _words(client, "send", *address)
        due = {"due_on_0": "30", "due_on_1": "3", "due_on_2": "2026", "words": ""}
        assert _post(client, "send", *address, **due).status_code == 302
        assert Round.objects.filter(ended_at__isnull=True).get().matrix.edition == new


def test_only_what_changed_is_shown_with_its_words_marked(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        found = sent(cast, first(cast, guide(cast)))
        services.sign(part_id=part(found, "part 1").pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)
        new, client = second(cast, found.document), cast.client("tom")
        _post(client, "move", cast.oakfield.pk, new.pk, **{"instead-0": "part 1", "instead-1": "annex a"})
        due = {"due_on_0": "30", "due_on_1": "3", "due_on_2": "2026", "words": "On Friday"}
        _post(client, "send", cast.oakfield.pk, new.pk, **due)
        own = part(Round.objects.get(ended_at__isnull=True), "part 1")
        page = _words(client, "changes", own.pk)
        assert '<del class="readings-old"><span class="govuk-visually-hidden">taken out: </span>should</del>' in page
        assert "What changed since 2025, which you signed on 2 March 2026" in page
        home = _words(client, "own")
        assert "Read what changed" in home
        assert "On Friday" in home
        _post(client, "sign", own.pk, came_from="changes", has_read="on")
        assert Signature.objects.get(edition=new).way == "changes"
        assert client.get(reverse("readings:changes", args=[own.pk])).status_code == 302  # nothing is left to tell


def test_staff_are_pasted_and_a_line_that_cannot_be_read_is_named(cast: Cast) -> None:
    client, school = cast.client("priya"), cast.oakfield.pk
    wrong = _post(client, "add-staff", school, people="Jo Quayle, Cook, sideways", kinds=["direct"])
    assert "Line 1: “sideways” is not a kind of reader" in wrong.content.decode()
    _post(client, "add-staff", school, people="Jo Quayle, Cook\nIsla Dunmore, Teacher, direct", kinds=["indirect"])
    told = {row.name: row.kinds for row in Reader.objects.all()}
    assert told == {"Jo Quayle": [INDIRECT.value], "Isla Dunmore": [DIRECT.value]}
    jo = Reader.objects.get(name="Jo Quayle")
    _post(client, "reader", school, jo.pk, name="Jo Quayle", job="Kitchen", kinds=["direct", "recruiter"])
    jo.refresh_from_db()
    assert (jo.job, jo.kinds) == ("Kitchen", ["direct", "recruiter"])
    assert _post(client, "reader", school, cast.tom.pk).status_code == 302
    assert _post(client, "reader", school, jo.pk, name="Jo").status_code == 422


def test_paper_is_recorded_and_taken_back_on_pages(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        (jo,) = staff(cast)
        found, client = sent(cast), cast.client("priya")
        own = part(found, "annex a")
        day = {"signed_on_0": "2", "signed_on_1": "3", "signed_on_2": "2026"}
        assert _post(client, "paper", found.pk, jo.pk, **day).status_code == 422
        _post(client, "paper", found.pk, jo.pk, **day, parts=[own.pk], how="staff file")
        page = _words(client, "person", found.pk, jo.pk)
        assert "Signed on paper: staff file" in page
        signature = Signature.objects.get()
        _post(client, "take-back", signature.pk, why="Not hers.")
        assert "Taken back: Not hers." in _words(client, "person", found.pk, jo.pk)
        to_sign = _words(client, "sheet", found.pk, part=str(own.pk))
        assert "Jo Quayle, Site manager" in to_sign
        assert f"I have read and understood “{ANNEX_A}” of “Fairhaven guide to safety”, 2025." in to_sign
        address = f"{reverse('readings:sheet', args=[found.pk])}?part={own.pk}"
        assert client.post(address, day | {"people": [jo.pk]}).status_code == 302
        assert Signature.objects.filter(taken_back_at=None).count() == 1


def test_the_governor_sees_the_picture_and_no_buttons(cast: Cast) -> None:
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="governor", starts_on=BEGAN)
    found = sent(cast)
    page = _words(cast.client("sam"), "round", found.pk)
    assert "Tom Whitlock" in page
    assert "Remind those who have not signed" not in page
    assert "Remind those who have not signed" in _words(cast.client("tom"), "round", found.pk)


def test_tables_are_taken_away_and_strange_kinds_are_not_there(cast: Cast) -> None:
    found, client = sent(cast), cast.client("tom")
    table = client.get(reverse("readings:export", args=[found.pk, "csv"])).content.decode("utf-8-sig")
    assert table.splitlines()[0] == "Name,Job,Kind of reader,Part,State,Signed on,How"
    assert client.get(reverse("readings:export", args=[found.pk, "exe"])).status_code == 404
    counts = cast.client("marcus").get(reverse("readings:export-counts", args=["csv"])).content.decode("utf-8-sig")
    assert "Oakfield Primary School" in counts
    assert "Tom" not in counts
    assert cast.client("marcus").get(reverse("readings:counts") + "?area=x&document=y").status_code == 200
