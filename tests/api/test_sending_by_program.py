"""A force's system sends by itself: accepted once, refused in words, and told what became of it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker

from haven.api.rules.rates import Rates
from haven.api.views import notifications as views
from haven.engines.chain.receipts import Receipt, check
from haven.ledger.clock import ASK
from haven.ledger.custody import ours
from haven.ledger.models import Detail
from haven.notifications.models import Delivery
from haven.people.seeing import seeing_as
from tests.api.programs import Program, let_in, of_another_force
from tests.api.test_bodies import SCHEMAS, sent_with
from tests.behind import at_the_hour, behind
from tests.cast import NOW, Cast
from tests.sealed import KEPT, sealed_and_verified

pytestmark = pytest.mark.django_db

PATH = "/api/v1/notifications"
KEY = "6f1b6d0e-9f34-4b7e-8a3e-2f4f4f0f7a11"
OTHER = "11111111-9f34-4b7e-8a3e-2f4f4f0f7a11"


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch):
    """A Monday in term, and a rate of this test's own."""
    monkeypatch.setattr(views, "RATES", Rates(a_second=1, at_once=1000))
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def program(fairhaven: Cast) -> Program:
    """A program that is let in."""
    made = Program()
    let_in(fairhaven, made)
    return made


def post(program: Program, given: Any, **signed: Any):
    """Send a body."""
    body = given if isinstance(given, bytes) else json.dumps(given).encode()
    headers = program.headers("POST", PATH, body, **signed)
    kind = headers.pop("content-type")
    return Client().post(PATH, data=body, content_type=kind, headers=headers)


def ask(program: Program, path: str):
    """Ask for something."""
    return Client().get(path, headers=program.headers("GET", path))


def count() -> int:
    """How many notifications are kept, whoever may see them."""
    return sum('"verb":"notification.accepted"' in each.text for each in Detail.objects.all())


def described(name: str, told: object) -> bool:
    """Whether an answer is as it is described."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}
    return Draft202012Validator(schema, format_checker=FormatChecker()).is_valid(told)


def test_what_is_sent_is_accepted_and_can_be_read_at_once(fairhaven: Cast, program: Program) -> None:
    answer = post(program, sent_with())
    assert answer.status_code == 201
    receipt = answer.json()
    assert described("Receipt", receipt)
    assert receipt["key"] == KEY
    with seeing_as(fairhaven.actor("priya")):
        delivery = Delivery.objects.get()
    assert (delivery.reference, delivery.school, delivery.stage) == (
        receipt["reference"],
        fairhaven.oakfield,
        "available",
    )
    with seeing_as(fairhaven.actor("grace")):
        assert not Delivery.objects.exists()


def test_one_alone_asks_the_database_about_fifty_times(program: Program) -> None:
    def asked(given: dict[str, Any], key: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert post(program, given, key=key).status_code == 201
        return len(queries)

    asked(sent_with(), KEY)  # from here on every organisation has its keys
    another = sent_with(child__first_name="Wren", child__last_name="Vale")
    assert asked(another, OTHER) <= 56  # of which six are of the request and of the test's own transaction


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_machine_whose_clock_is_wrong_takes_it_at_the_databases_hour(program: Program, hours: int) -> None:
    sent = post(program, sent_with()).json()
    with behind():
        due = Delivery.objects.get().deadline_at
    with time_machine.travel(NOW + timedelta(hours=hours), tick=False), CaptureQueriesContext(connection) as asked:
        told = post(program, sent_with(), key=OTHER, at=NOW).json()
    assert told["accepted_at"] == sent["accepted_at"] == NOW.isoformat()
    with behind():
        assert Delivery.objects.get(notification=told["id"]).deadline_at == due
    assert sum(each["sql"] == ASK for each in asked.captured_queries) == 1


def test_the_same_again_gives_the_first_receipt(program: Program) -> None:
    first, again = post(program, sent_with()), post(program, sent_with())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert count() == 1


def test_the_same_spelt_otherwise_is_the_same(program: Program) -> None:
    first = post(program, sent_with())
    again = post(program, json.dumps(sent_with(), indent=3, sort_keys=True).encode())
    assert first.json() == again.json()


def test_another_body_under_the_same_key_is_refused_and_nothing_is_kept(program: Program) -> None:
    post(program, sent_with())
    answer = post(program, sent_with(child__first_name="Josiah"))
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:haven:other-body")
    assert count() == 1
    assert post(program, sent_with(child__first_name="Josiah"), key=OTHER).status_code == 201


def test_the_very_same_request_is_refused(program: Program) -> None:
    assert post(program, sent_with(), nonce="abcdefghijklmnop").status_code == 201
    answer = post(program, sent_with(), nonce="abcdefghijklmnop")
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:haven:replayed")
    assert answer["WWW-Authenticate"].startswith("Signature")


def test_what_was_refused_for_its_body_may_come_again_with_the_same_key(program: Program) -> None:
    assert post(program, sent_with(child__born_on="x")).status_code == 422
    assert post(program, sent_with()).status_code == 201


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "another area": (sent_with(area="123"), "area"),
    "no such school": (sent_with(child__schools=[900999]), "children.0.schools.0"),
    "who works there": (sent_with(works_there=["Priya Nair"]), "works_there.0"),
    "a postcode": (sent_with(child__items={"present": "present", "said": "We live at FH1 2AB"}), "body"),
    "too old": (sent_with(child__born_on="2005-05-04"), "body"),
    "an age that the school does not teach": (sent_with(child__born_on="2010-05-04"), "body"),
    "nothing of whether the child was there": (sent_with(child__items=None), "body"),
    "a time without its offset": (
        sent_with(items={"reference": "FH/1", "happened-at": "2026-02-28T21:40:00"}),
        "body",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_sent_says_where_and_what_to_do(program: Program, name: str) -> None:
    given, where = REFUSED[name]
    answer = post(program, given)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert described("Problem", told)
    assert [each["where"] for each in told["faults"]] == [where]
    assert count() == 0


def test_no_refusal_says_anything_of_a_child(program: Program) -> None:
    for given, _ in REFUSED.values():
        said = post(program, given).content.decode()
        assert not any(word in said for word in ("Jonah", "Quayle", "FH1", "2005", "Priya"))


def test_words_that_a_person_has_looked_at_go_and_the_ledger_says_so(program: Program) -> None:
    said = {"present": "present", "said": "We live at FH1 2AB"}
    assert post(program, sent_with(child__items=said, words_checked=True)).status_code == 201
    kept = [each.text for each in Detail.objects.all() if '"verb":"notification.words_kept"' in each.text]
    assert len(kept) == 1
    assert '"postcode"' in kept[0]
    assert "FH1" not in kept[0]


def test_a_reason_lets_a_child_of_another_age_go(program: Program) -> None:
    assert post(program, sent_with(child__born_on="2010-05-04", child__override="Taught there.")).status_code == 201


def test_a_child_who_learns_at_home_goes_to_the_council(fairhaven: Cast, program: Program) -> None:
    assert post(program, sent_with(child__schools=None, child__at_home=True)).status_code == 201
    with seeing_as(fairhaven.actor("hugo")):
        assert Delivery.objects.get().home_area == fairhaven.area


def test_a_disk_that_is_nearly_full_takes_nothing_new_and_still_gives_the_receipts_of_before(
    program: Program, settings: LazySettings
) -> None:
    first = post(program, sent_with()).json()
    settings.LEAST_FREE = 1.0
    answer = post(program, sent_with(), key=OTHER)
    assert (answer.status_code, answer["Retry-After"], answer.json()["type"]) == (503, "60", "urn:haven:no-room")
    assert described("Problem", answer.json())
    assert count() == 1
    assert post(program, sent_with()).json() == first
    settings.LEAST_FREE = 0.0
    assert post(program, sent_with(), key=OTHER).status_code == 201


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_only_json_is_taken(program: Program, kind: str) -> None:
    body = json.dumps(sent_with()).encode()
    headers = program.headers("POST", PATH, body)
    headers.pop("content-type")
    answer = Client().post(PATH, data=body, content_type=kind, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:haven:not-json")


def test_without_a_signature_nothing_is_answered(fairhaven: Cast) -> None:
    for answer in (
        Client().post(PATH, data=b"{}", content_type="application/json"),
        Client().get("/api/v1/receipts?since=2026-01-01T00:00:00Z"),
        Client().get("/api/v1/receipts/ACDE-FHJK/proof"),
    ):
        assert (answer.status_code, answer.json()["type"]) == (401, "urn:haven:unsigned")


def test_whoever_asks_too_often_is_told_to_wait(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "RATES", Rates(a_second=0.1, at_once=1))
    assert post(program, sent_with()).status_code == 201
    answer = post(program, sent_with())
    assert (answer.status_code, answer.json()["type"]) == (429, "urn:haven:too-many")
    assert 1 <= int(answer["Retry-After"]) <= 11


def test_receipts_are_listed_from_a_moment_on_with_where_each_stands(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("haven.api.queries.receipts.AT_ONCE", 2)
    sent = []
    for minutes in (0, 5, 5):
        with at_the_hour(NOW + timedelta(minutes=minutes)):
            at = NOW + timedelta(minutes=minutes)
            key = f"{len(sent):08}-9f34-4b7e-8a3e-2f4f4f0f7a11"
            sent.append(post(program, sent_with(), key=key, at=at).json()["id"])
    path, found = f"/api/v1/receipts?since={NOW:%Y-%m-%dT%H:%M:%SZ}", []
    while path:
        told = ask(program, path).json()
        assert described("Receipts", told)
        found += told["receipts"]
        path = told["next"]
    assert len(found) == 3
    assert {each["receipt"]["id"] for each in found} == set(sent)
    assert [each["deliveries"][0]["school"] for each in found] == [900001] * 3
    later = ask(program, "/api/v1/receipts?since=2026-03-02T09:31:00%2B00:00").json()
    assert len(later["receipts"]) == 2


@pytest.mark.parametrize(
    "query", ["", "?since=yesterday", "?since=2026-03-02", "?since=2026-03-02T09:30:00", "?since=2026-02-30T00:00:00Z"]
)
def test_a_list_begins_at_a_moment(program: Program, query: str) -> None:
    assert ask(program, f"/api/v1/receipts{query}").status_code == 422


def test_the_ledger_proves_a_receipt_once_it_is_sealed(program: Program, settings: Any) -> None:
    told = post(program, sent_with()).json()
    path = f"/api/v1/receipts/{told['reference']}/proof"
    assert ask(program, path).status_code == 404
    settings.LEDGER_KEY, settings.LEDGER_WITNESSES = Path(KEPT.name) / "ledger-key", Path(KEPT.name) / "witnesses"
    assert sealed_and_verified().holds
    proved = Receipt.parse(ask(program, path).content.decode())
    assert check(proved, logs=ours().logs()).head.size >= proved.number
    assert json.loads(proved.detail)["about"]["notification"] == told["id"]


def test_another_forces_program_learns_nothing(fairhaven: Cast, program: Program) -> None:
    told = post(program, sent_with()).json()
    other = of_another_force(fairhaven)
    assert ask(other, f"/api/v1/receipts/{told['reference']}/proof").status_code == 404
    assert ask(other, "/api/v1/receipts?since=2020-01-01T00:00:00Z").json() == {"receipts": [], "next": None}


def test_nothing_of_a_child_stands_in_the_ledger(program: Program) -> None:
    post(program, sent_with(works_there=["Alex Quayle"]))
    told = "".join(each.text for each in Detail.objects.all())
    assert '"verb":"notification.accepted"' in told
    assert not any(word in told for word in ("Jonah", "Quayle", "2016-05-04", "FH/2026/118"))
