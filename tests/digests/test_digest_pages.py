"""The pages of a digest, walked as people walk them: by plain links and forms, without JavaScript."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from haven.changes.rules.comparing import Verdict
from haven.digests import services
from haven.digests.models import Digest, DigestLine
from haven.digests.queries.digests import digest_page
from haven.digests.queries.writing import JudgedChange, judged_changes, ready_page, writing_page
from haven.digests.rules.digests import LineWords
from haven.guidance.models import Edition
from tests.cast import NOW, TODAY, Cast
from tests.digests.digests import begun, compared, drafted, edited, judged, line_of, published, refs_of
from tests.guidance.texts import document, edition, filled

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]
CSRF = re.compile(r'name="csrfmiddlewaretoken"')


def _at(name: str, *args: object) -> str:
    return reverse(f"digests:{name}", args=args)


def _body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def _hidden(body: str, name: str) -> str:
    return re.findall(rf'name="{name}" value="([^"]*)"', body)[0]


def _comparison(digest: Digest) -> str:
    return reverse("changes:comparison", args=[digest.old_id, digest.new_id])


def test_a_lead_writes_looks_publishes_and_a_school_reads(cast: Cast) -> None:
    pair = compared(cast)
    refs = refs_of(cast, pair)
    judged(cast, pair, refs[0], Verdict.ACTION, "Look at your <policy>.")
    marcus, priya = cast.client("marcus"), cast.client("priya")
    comparison = reverse("changes:comparison", args=[pair[0].pk, pair[1].pk])
    body = _body(marcus, comparison)
    assert "Write the digest" in body
    assert "digest" not in _body(priya, comparison).replace("digests.css", "").lower()
    sent = {"area_id": _hidden(body, "area")}
    answer = marcus.post(_at("begin", pair[0].pk, pair[1].pk), sent)
    digest = Digest.objects.get()
    assert answer.headers["Location"] == _at("write", digest.pk)
    body = _body(marcus, _at("write", digest.pk))
    assert "Look at your &lt;policy&gt;." in body
    assert "2</span> <a" in body, "two changes are not judged yet"
    assert "Go on with the digest" in _body(marcus, comparison)
    body = _body(marcus, _at("preview", digest.pk))
    assert "2 changes are not judged yet" in body
    assert "What to do" in body
    assert priya.get(_at("show", digest.pk)).status_code == 404
    body = _body(marcus, _at("publish", digest.pk))
    sent = {"seen": _hidden(body, "seen"), "whom": "all-schools", "is_public": "no", "has_letter": "on"}
    answer = marcus.post(_at("publish", digest.pk), sent)
    assert answer.headers["Location"] == _at("show", digest.pk)
    body = _body(priya, _at("show", digest.pk))
    assert "Look at your &lt;policy&gt;." in body
    assert "not judged" not in body
    assert "Change this page" not in body
    assert "See the digest" in _body(priya, comparison)
    assert _at("show", digest.pk) in _body(priya, _at("index"))
    assert _at("show", digest.pk) in _body(priya, "/")
    assert _at("index") in _body(priya, reverse("guidance:index"))
    assert f"{_at('index')}?document={digest.document_id}" in _body(
        priya, reverse("guidance:document", args=[digest.document_id])
    )


def test_nothing_typed_is_lost_where_another_lead_was_quicker(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    client, line = cast.client("marcus"), line_of(digest, refs[0])
    address = _at("edit-line", line.pk)
    first = _hidden(_body(client, address), "revision")
    edited(cast, line, "She was quicker.")
    sent = {"revision": first, "heading": "Mine", "meaning": "My words."}
    answer = client.post(address, sent)
    body = answer.content.decode()
    assert answer.status_code == 422
    for words in ("My words.", "She was quicker.", "Somebody has changed this since you opened it."):
        assert words in body
    assert client.post(address, sent | {"revision": _hidden(body, "revision")}).status_code == 302
    assert line_of(digest, refs[0]).meaning == "My words."
    address, words = _at("words", digest.pk), {"title": "Mine", "introduction": "a", "closing": "b"}
    assert client.post(address, words | {"revision": "1"}).status_code == 302
    answer = client.post(address, words | {"revision": "1", "introduction": "Another beginning."})
    assert answer.status_code == 422
    assert "What stands there now" in answer.content.decode()
    assert "Another beginning." in answer.content.decode()


def test_what_is_wrong_comes_back_as_it_was_typed(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    client, line = cast.client("marcus"), line_of(digest, refs[0])
    wrong = [
        (_at("edit-line", line.pk), {"revision": 1, "heading": "", "meaning": "Kept words."}),
        (_at("add-line", digest.pk), {"key": uuid4(), "heading": "", "meaning": "Kept words.", "asks": "note"}),
        (_at("words", digest.pk), {"revision": 1, "title": "", "introduction": "Kept words."}),
        (_at("publish", digest.pk), {"seen": "other", "whom": "some", "organisations": "Kept words."}),
    ]
    for address, sent in wrong:
        answer = client.post(address, sent)
        assert answer.status_code == 422, address
        assert "Kept words." in answer.content.decode()
        assert "There is a problem" in answer.content.decode()


def test_what_was_chosen_stays_where_the_page_changed_before_it_was_published(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    client, address = cast.client("marcus"), _at("publish", digest.pk)
    sent = {"seen": _hidden(_body(client, address), "seen"), "whom": "all-schools", "is_public": "yes"}
    edited(cast, line_of(digest, refs[0]), "She was quicker.")
    answer = client.post(address, sent)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Look at it again" in body
    assert re.search(r'value="yes" checked', body)
    assert client.post(address, sent | {"seen": _hidden(body, "seen")}).status_code == 302


def test_a_lead_adds_moves_and_leaves_out_lines_by_plain_buttons(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    client, line = cast.client("marcus"), line_of(digest, refs[1])
    sent = {"key": uuid4(), "heading": "First of all", "meaning": "- read\n- tell", "asks": "note", "part": "Part one"}
    assert 'value="Part one"' in _body(client, _at("add-line", digest.pk))
    for _ in range(2):
        answer = client.post(_at("add-line", digest.pk), sent)
        assert answer.headers["Location"].startswith(f"{_at('write', digest.pk)}#l-")
    assert "<li>read</li><li>tell</li>" in _body(client, _at("write", digest.pk))
    own = DigestLine.objects.get(heading="First of all")
    again = {"heading": "First", "meaning": "", "asks": "action", "part": "", "revision": own.revision}
    assert client.post(_at("edit-line", own.pk), again).status_code == 302
    own.refresh_from_db()
    assert (own.heading, own.verdict, own.part) == ("First", "action", "")
    for step in ("out", "up", "nonsense"):
        assert client.post(_at("settle-line", line.pk), {"step": step}).status_code == 302
    body = _body(client, _at("write", digest.pk))
    assert "Left out" in body
    assert "Put it back" in body


def test_what_was_judged_since_is_offered_and_added(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    judged(cast, pair, refs[2], Verdict.NOTE, "It matters after all.")
    edited(cast, line_of(digest, refs[1]))
    judged(cast, pair, refs[1], Verdict.NOTE, "Judged anew.")
    client = cast.client("marcus")
    body = _body(client, _at("write", digest.pk))
    for words in ("Judged since: 1 to add", "It matters after all.", "Judged anew.", "Take the new words"):
        assert words in body
    assert client.post(_at("take-lines", digest.pk), {"refs": _hidden(body, "refs")}).status_code == 302
    assert digest.lines.count() == 3


def test_versions_and_a_withdrawal_are_read_by_those_of_the_area(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    published(cast, digest)
    client, priya = cast.client("marcus"), cast.client("priya")
    edited(cast, line_of(digest, refs[0]), "Better words.")
    assert "Changed since it was published" in _body(client, _at("write", digest.pk))
    body = _body(client, _at("publish", digest.pk))
    sent = {"seen": _hidden(body, "seen"), "whom": "all-schools", "is_public": "no", "why": "Better words."}
    assert client.post(_at("publish", digest.pk), sent).status_code == 302
    body = _body(priya, _at("show", digest.pk))
    for words in ("New in version 2:", "Changed in this version", _at("version", digest.pk, 1)):
        assert words in body
    assert "This is an older version" in _body(priya, _at("version", digest.pk, 1))
    assert priya.get(_at("version", digest.pk, 9)).status_code == 404
    assert client.post(_at("withdraw", digest.pk), {"why": ""}).status_code == 422
    assert client.post(_at("withdraw", digest.pk), {"why": "A mistake."}).status_code == 302
    assert "A mistake." in _body(priya, _at("show", digest.pk))
    assert _at("show", digest.pk) not in _body(priya, _at("index"))


def _long(cast: Cast, count: int) -> tuple[Edition, Edition]:
    """Two editions of which the later has so many new rules."""
    words = [f"{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(count)]
    rules = (f"The {word}bread rule asks every {word}lamp for its {word}stone." for word in words)
    old = filled(cast, edition(cast, document(cast)), "A first rule for everybody.", name="a.txt")
    return old, filled(cast, edition(cast, old.document, "2026"), "A first rule for everybody.", *rules, name="b.txt")


def _changes(cast: Cast, pair: tuple[Edition, Edition]) -> list[JudgedChange]:
    of = {"document": pair[1].document, "area": cast.area.pk}
    return judged_changes(**of, old=pair[0], new=pair[1]) or []


def test_however_many_lines_there_are_the_database_is_asked_the_same_few_questions(
    cast: Cast, django_assert_max_num_queries: Counted
) -> None:
    pair = _long(cast, 120)
    refs = [each.ref for each in _changes(cast, pair)]
    assert len(refs) == 120
    judged(cast, pair, refs[0], Verdict.ACTION)
    digest = drafted(cast, pair)
    by = cast.actor("marcus")
    judgement = digest.lines.get().judgement
    assert judgement
    digest.lines.all().delete()
    from_judged = writing_page(digest_id=digest.pk, by=by).offers[0].change
    DigestLine.objects.bulk_create(
        DigestLine(
            digest=digest,
            position=at,
            judgement=judgement,
            ref=ref,
            part=from_judged.part,
            change={**asdict(from_judged), "at": at},
            heading=f"Line {at}",
            verdict="action",
        )
        for at, ref in enumerate(refs)
    )
    with django_assert_max_num_queries(11):
        assert len(writing_page(digest_id=digest.pk, by=by).content.lines) == 120
    with django_assert_max_num_queries(11):
        ready_page(digest_id=digest.pk, by=by, on=TODAY)
    published(cast, digest)
    with django_assert_max_num_queries(6):
        page = digest_page(digest_id=digest.pk, by=cast.actor("priya"), at=NOW)
    assert sum(len(part.lines) for part in page.parts) == 120
    words = LineWords(heading="One more", meaning="")
    with django_assert_max_num_queries(22):  # ten of them for the ledger and the locks
        services.add_line(digest_id=digest.pk, words=words, key=uuid4(), by=by, at=NOW)
