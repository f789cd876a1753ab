"""Two files of somebody's own: compared in the background, seen by nobody else, thrown away or kept as editions."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from haven.access.actor import HAVEN, NOBODY, Actor
from haven.access.decision import Refused
from haven.changes import services, tasks
from haven.changes.models import Pair
from haven.changes.queries.pairs import files_of, found_of
from haven.changes.rules import pairs as rules
from haven.changes.views import pairs as views
from haven.guidance.models import Document, Edition
from haven.ledger.models import Detail
from tests.cast import NOW, Cast
from tests.guidance.texts import document, edition, filled
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db

TITLE = "# Thresholds of a made-up borough\n\nSeptember {year}\n\n## Part one\n\n"
CLAUSES = [f"{n}. A school must keep list number {n} of what it was told." for n in range(1, 12)]
OLD = (TITLE.format(year=2024) + "\n\n".join([*CLAUSES, "12. Staff should tell the lead."])).encode()
NEW = (TITLE.format(year=2025) + "\n\n".join([*CLAUSES, "12. Staff must tell the lead."])).encode()
OTHER = b"# Cakes\n\n" + b"\n\n".join(b"Take %d eggs, flour and much sugar for cake %d." % (n, n) for n in range(2, 30))


@pytest.fixture
def open_to_all(settings: object) -> None:
    """An installation in which visitors may compare, as the demonstration is."""
    settings.VISITORS_COMPARE = True


def _given(cast: Cast, old: bytes = OLD, new: bytes = NEW, name: str = "marcus") -> Pair:
    by = cast.actor(name)
    pair = services.take_pair(old=("old.md", old), new=("new.md", new), by=by, at=NOW)
    services.compare_pair(pair_id=pair, by=HAVEN, at=NOW)
    return Pair.objects.get(pk=pair)


def _send(client: Client, old: bytes = OLD, new: bytes = NEW, names: tuple[str, str] = ("old.md", "new.md")) -> object:
    sent = {"old": SimpleUploadedFile(names[0], old), "new": SimpleUploadedFile(names[1], new)}
    return client.post(reverse("changes:give-pair"), sent)


def _compared(client: Client, old: bytes = OLD, new: bytes = NEW) -> str:
    """The address of two files that this browser gave and that are compared."""
    address = _send(client, old, new).headers["Location"]
    tasks.compare_pair(str(Pair.objects.get().pk))
    return address


def test_what_changed_between_two_files_is_found_and_nothing_of_it_is_readable_in_the_database(cast: Cast) -> None:
    before = Detail.objects.count()
    pair = _given(cast)
    assert (pair.state, [each.kinds[-1] for each in found_of(pair_id=pair.pk).changes][-1]) == ("done", "strengthened")
    assert files_of(pair_id=pair.pk) == (("old.md", OLD), ("new.md", NEW))
    assert not any(words in bytes(each) for words in (b"old.md", b"lead") for each in (pair.given, pair.found))
    assert Detail.objects.count() == before


def test_it_is_put_to_the_worker_with_the_row_or_not_at_all(cast: Cast) -> None:
    pair = services.take_pair(old=("a.md", OLD), new=("b.md", NEW), by=cast.actor("marcus"), at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("select task_name, priority, args ->> 'pair_id' from procrastinate_jobs")
        assert cursor.fetchall() == [("changes.compare_pair", -10, str(pair))]


@pytest.mark.parametrize("name", ["nobody", "priya", "bell", "nadia", "sam"])
def test_in_a_real_installation_only_an_areas_lead_compares_files(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        services.take_pair(old=("a.md", OLD), new=("b.md", NEW), by=cast.actor(name), at=NOW)
    assert Pair.objects.count() == 0


def test_where_it_is_open_to_all_a_visitor_compares_too(cast: Cast, open_to_all: None) -> None:
    assert _given(cast, name="nobody").state == "done"


def test_too_many_that_wait_keep_others_off(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haven.changes.services.pairs.MOST_WAITING", 1)
    services.take_pair(old=("a.md", OLD), new=("b.md", NEW), by=cast.actor("marcus"), at=NOW)
    with pytest.raises(Refused) as refused:
        services.take_pair(old=("a.md", OLD), new=("b.md", NEW), by=cast.actor("marcus"), at=NOW)
    assert "Try again in a few minutes" in refused.value.advice


def test_each_file_that_cannot_be_read_has_its_own_line(cast: Cast) -> None:
    pair = _given(cast, old=b"%PDF-1.7 nonsense", new=NEW)
    assert pair.state == "refused"
    assert pair.old_fault.startswith("This file cannot be read: ")
    assert pair.new_fault == ""
    services.forget_pair(pair_id=pair.pk, by=NOBODY, at=NOW)
    both = services.take_pair(old=("a.pdf", b"%PDF-1"), new=("b.docx", b"PK\x03\x04"), by=cast.actor("marcus"), at=NOW)
    services.compare_pair(pair_id=both, by=HAVEN, at=NOW)
    row = Pair.objects.get(pk=both)
    assert row.old_fault
    assert row.new_fault


def test_only_haven_compares_and_sweeps(cast: Cast) -> None:
    pair = _given(cast)
    for service in (services.compare_pair, services.sweep_pairs):
        given = {"pair_id": pair.pk} if service is services.compare_pair else {}
        with pytest.raises(Refused):
            service(**given, by=cast.actor("marcus"), at=NOW)


def test_what_was_thrown_away_while_it_waited_is_left_alone(cast: Cast) -> None:
    pair = services.take_pair(old=("a.md", OLD), new=("b.md", NEW), by=cast.actor("marcus"), at=NOW)
    services.forget_pair(pair_id=pair, by=cast.actor("marcus"), at=NOW)
    services.compare_pair(pair_id=pair, by=HAVEN, at=NOW)
    assert Pair.objects.count() == 0


def test_it_is_swept_after_eight_hours_and_not_before(cast: Cast) -> None:
    _given(cast)
    assert services.sweep_pairs(by=HAVEN, at=NOW + rules.KEPT_FOR) == 0
    assert services.sweep_pairs(by=HAVEN, at=NOW + rules.KEPT_FOR + timedelta(seconds=1)) == 1


def test_a_lead_gives_two_files_waits_and_sees_what_changed(cast: Cast) -> None:
    client = cast.client("marcus")
    address = _send(client).headers["Location"]
    waiting = client.get(address).content.decode()
    assert "Comparing your two files" in waiting
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    assert "longer than it should" not in waiting
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert "longer than it should" in client.get(address).content.decode()
    tasks.compare_pair(str(Pair.objects.get().pk))
    body = client.get(address).content.decode()
    assert "What changed from one file to the other" in body
    assert "“should tell” became “must tell”" in body or "“should” became “must”" in body
    assert "Keep these as editions of a document" in body
    assert (
        len(re.findall(r'<article class="guidance-change', client.get(f"{address}?kind=strengthened").content.decode()))
        == 1
    )


def test_nobody_else_sees_it_whoever_she_is(cast: Cast, open_to_all: None) -> None:
    address = _compared(cast.client("marcus"))
    pair = Pair.objects.get().pk
    for name in ("marcus", "nobody", "nadia"):
        for page in ("pair", "pair-report", "pair-table"):
            assert cast.client(name).get(reverse(f"changes:{page}", args=[pair])).status_code in (302, 404)
        assert cast.client(name).post(reverse("changes:forget-pair", args=[pair])).status_code in (302, 404)
    assert str(pair) in address
    assert Pair.objects.count() == 1


def test_it_is_saved_as_a_page_and_as_a_table_that_no_browser_opens(cast: Cast) -> None:
    client = cast.client("marcus")
    address = _compared(client)
    page, table = client.get(f"{address}page/"), client.get(f"{address}table/")
    assert page.headers["Content-Disposition"].startswith('attachment; filename="changes.html"')
    assert page.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"Where the changes lie" in page.content
    assert b"strengthened" in table.content


def test_it_is_thrown_away_at_once_where_she_wishes(cast: Cast) -> None:
    client = cast.client("marcus")
    address = _compared(client)
    assert client.post(f"{address}forget/").headers["Location"] == reverse("changes:give-pair")
    assert Pair.objects.count() == 0
    assert client.get(address).status_code == 404


def test_what_can_be_seen_to_be_wrong_is_said_beside_its_file_at_once(cast: Cast) -> None:
    client = cast.client("marcus")
    wrong = [
        ({"names": ("old.exe", "new.md")}, "Files of this kind (.exe) are not compared"),
        ({"old": b"\x89PNG rest"}, "by its content it is a picture"),
        ({"old": OLD, "new": OLD}, "You chose the same file twice"),
        ({"old": b"  \n"}, "it is empty"),
    ]
    for given, said in wrong:
        answer = _send(client, **given)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    body = client.post(reverse("changes:give-pair"), {}).content.decode()
    assert "Choose the earlier edition" in body
    assert "Choose the later edition" in body
    assert Pair.objects.count() == 0


def test_a_file_that_turns_out_unreadable_is_named_on_the_page(cast: Cast) -> None:
    client = cast.client("marcus")
    answer = _send(client, b"%PDF-1.7 nonsense", NEW, ("old.pdf", "new.md"))
    tasks.compare_pair(str(Pair.objects.get().pk))
    body = client.get(answer.headers["Location"]).content.decode()
    assert "<strong>The earlier file.</strong> This file cannot be read: " in body
    assert "The later file" not in body


def test_two_unrelated_files_have_a_plain_warning_and_no_changes(cast: Cast) -> None:
    client = cast.client("marcus")
    body = client.get(_compared(client, OLD, OTHER)).content.decode()
    assert "do not look like two editions of one document" in body
    assert "No changes are told." in body
    assert "Keep these" not in body


def _ask(by: Actor) -> HttpResponse:
    sent = {"old": SimpleUploadedFile("old.md", OLD), "new": SimpleUploadedFile("new.md", NEW)}
    request = RequestFactory().post(reverse("changes:give-pair"), sent)
    request.actor, request.session = by, {}
    return views.give(request)


def test_a_visitor_who_gives_many_files_is_asked_to_wait_and_a_lead_is_not(
    cast: Cast, open_to_all: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(views.ratelimit, "consume", lambda *_, **limit: asked.append(limit["action"]))
    assert _ask(cast.actor("marcus")).status_code == 302
    assert asked == []
    refused = _ask(NOBODY)
    assert refused.status_code == 422
    assert "You have compared many files" in refused.content.decode()
    assert asked == ["two_files"]
    assert Pair.objects.count() == 1


@pytest.mark.parametrize(
    ("cover", "name", "label"),
    [
        (["Keeping pupils well 2025", "September 2025"], "a.pdf", "September 2025"),
        (["A guide", "version 3.1"], "a.pdf", "Version 3.1"),
        (["A guide 2026"], "a.pdf", "2026"),
        (["A guide", "Children Act 1989", "Copyright 2019"], "guide-2024.pdf", "2024"),
        (["A guide"], "the guide.pdf", "the guide"),
        (["A guide", "This long paragraph tells " + "again and again " * 9 + "of June 2018."], "b.pdf", "b"),
    ],
)
def test_a_label_is_what_the_cover_says_else_the_name(cover: list[str], name: str, label: str) -> None:
    clauses = [rules.Clause(text, page=1) for text in cover] + [rules.Clause("In May 1999 it rained.", page=2)]
    assert rules.label_of(rules.Edition(name, None, clauses)) == label


def test_where_both_covers_say_the_same_the_names_tell_them_apart() -> None:
    one, two = (rules.Edition(name, None, [rules.Clause("July 2018", page=1)]) for name in ("first.pdf", "second.pdf"))
    assert rules.labels_of(one, two) == ("first", "second")


def test_the_first_day_of_a_month_on_a_cover_is_proposed_and_no_other() -> None:
    assert rules.first_day("September 2025") == date(2025, 9, 1)
    assert rules.first_day("may 2024") == date(2024, 5, 1)
    assert [rules.first_day(label) for label in ("2025", "Version 3", "For September 2025")] == [None] * 3


def test_the_likeliest_edition_has_the_label_or_alone_the_year() -> None:
    assert rules.likeliest("September 2025", ["September 2024", "September 2025", "2025 draft"]) == 1
    assert rules.likeliest("September 2025", ["2024", "2025"]) == 1
    assert rules.likeliest("September 2025", ["2025 for information", "2025 final"]) is None
    assert rules.likeliest("The guide", ["2024"]) is None


def _keep(client: Client, address: str, document: str, **typed: object) -> object:
    return client.post(f"{address}keep/?document={document}", typed)


def test_both_are_kept_as_a_new_document_and_lead_to_the_comparison_to_be_judged(cast: Cast) -> None:
    client = cast.client("marcus")
    address = _compared(client)
    form = client.get(f"{address}keep/?document=new").content.decode()
    assert 'value="September 2024"' in form
    assert re.findall(r'name="new_in_force_on_\d"[^>]*value="(\d+)"', form) == ["1", "9", "2025"]
    assert 'value="Thresholds of a made-up borough"' in form
    typed = {"title": "Thresholds", "publisher": "Fairhaven", "standing": "local"}
    typed |= {"old_label": "September 2024", "new_label": "September 2025"}
    for name, year in (("old", 2024), ("new", 2025)):
        typed |= {f"{name}_in_force_on_0": 1, f"{name}_in_force_on_1": 9, f"{name}_in_force_on_2": year}
    answer = _keep(client, address, "new", **typed)
    old, new = Edition.objects.order_by("label")
    assert (old.ended_on, old.superseded_by, new.ended_on) == (new.in_force_on, new, None)
    assert answer.headers["Location"] == reverse("changes:comparison", args=[old.pk, new.pk])
    assert (old.clause_count > 10, old.document.area, Pair.objects.count()) == (True, cast.area, 0)
    assert last_told()["verb"] == "changes.files_kept"
    assert 'name="verdict"' in client.get(answer.headers["Location"]).content.decode()


def test_a_known_edition_without_words_takes_the_file_and_a_label_that_stands_is_refused(cast: Cast) -> None:
    of = document(cast)
    waiting = edition(cast, of, "September 2025")
    filled(cast, edition(cast, of, "September 2024"))
    client = cast.client("marcus")
    address = _compared(client)
    body = client.get(f"{address}keep/?document={of.pk}").content.decode()
    assert re.search(rf'<option value="{waiting.pk}" selected>', body)
    typed = {"old_edition": "new", "old_label": "2023", "new_edition": waiting.pk}
    answer = _keep(client, address, str(of.pk), **typed)
    assert answer.status_code == 302
    waiting.refresh_from_db()
    assert waiting.clause_count > 10
    assert Edition.objects.get(label="2023").clause_count > 10


def test_neither_is_kept_where_guidance_takes_only_one(cast: Cast) -> None:
    of = document(cast)
    client = cast.client("marcus")
    address = _compared(client)
    answer = _keep(client, address, str(of.pk), old_label="2024", new_label="2024")
    assert answer.status_code == 422
    assert (Edition.objects.count(), Pair.objects.count()) == (0, 1)
    assert _keep(client, address, "new", old_label="2024", new_label="2025").status_code == 422
    assert Document.objects.count() == 1


@pytest.mark.parametrize("name", ["priya", "bell"])
def test_who_leads_no_area_keeps_nothing(cast: Cast, open_to_all: None, name: str) -> None:
    client = cast.client(name)
    address = _compared(client)
    assert "Keep these" not in client.get(address).content.decode()
    assert client.get(f"{address}keep/").status_code == 404


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("a_pair_that_is_done_has_its_changes", {"found": None, "found_key": None}),
        ("a_pair_that_is_done_has_its_changes", {"state": "waiting"}),
        ("a_refused_pair_says_why", {"state": "refused", "found": None, "found_key": None}),
        ("a_refused_pair_says_why", {"old_fault": "It is done all the same."}),
    ],
)
def test_the_database_refuses_what_a_constraint_forbids(cast: Cast, name: str, broken: dict[str, object]) -> None:
    pair = _given(cast)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Pair.objects.filter(pk=pair.pk).update(**broken)
