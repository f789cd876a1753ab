"""A force's system sends many notifications in one request: each is answered as it would have been by itself."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.api.programs import Program
from tests.api.test_bodies import sent_with
from tests.api.test_sending_by_program import count, described, monday, post, program  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

PATH = "/api/v1/notifications/batch"
KEYS = [f"{each:08x}-9f34-4b7e-8a3e-2f4f4f0f7a11" for each in range(5)]


def keyed(place: int, **changed: Any) -> dict[str, Any]:
    """A notification with the key of this place."""
    return sent_with(**changed) | {"key": KEYS[place]}


def send(program: Program, given: Any):  # noqa: F811 - the fixture's own name
    """Send a body to the address of batches."""
    body = json.dumps(given).encode()
    headers = program.headers("POST", PATH, body, key=None)
    kind = headers.pop("content-type")
    return Client().post(PATH, data=body, content_type=kind, headers=headers)


def send_all(program: Program, *given: Any) -> list[dict[str, Any]]:  # noqa: F811
    """The answer to each."""
    answer = send(program, {"notifications": given})
    assert answer.status_code == 200
    assert described("Answers", answer.json())
    found: list[dict[str, Any]] = answer.json()["answers"]
    return found


def test_each_is_answered_as_it_would_be_by_itself(program: Program) -> None:  # noqa: F811
    assert post(program, sent_with(), key=KEYS[4]).status_code == 201
    answers = send_all(
        program,
        keyed(0),
        keyed(1, child__born_on="x"),
        keyed(2, child__schools=[999_999]),
        keyed(3, child__first_name="Ada"),
        keyed(4),
        keyed(4, child__first_name="Ada"),
        keyed(0),
        sent_with(),
        "a text",
    )
    assert [each["status"] for each in answers] == [201, 422, 422, 201, 200, 409, 200, 422, 422]
    assert [each["problem"]["faults"][0]["where"] for each in answers if each["status"] == 422] == [
        "children.0.born_on",
        "children.0.schools.0",
        "key",
        "key",
    ]
    assert answers[0]["receipt"] == answers[6]["receipt"]
    assert {each["receipt"]["key"] for each in answers if "receipt" in each} == {KEYS[0], KEYS[3], KEYS[4]}
    assert count() == 3


def test_each_answer_is_the_one_that_is_given_to_it_alone(program: Program) -> None:  # noqa: F811
    faulty = [
        {"child__born_on": "x"},
        {"area": "998"},
        {"items": {"reference": "FH/1"}},
        {"child__born_on": "2001-05-04"},
    ]
    together = send_all(program, *(keyed(place, **each) for place, each in enumerate(faulty)))
    alone = [post(program, sent_with(**each), key=KEYS[place]).json() for place, each in enumerate(faulty)]
    assert [each["problem"] for each in together] == alone
    assert count() == 0


def test_what_was_sent_together_may_come_again_alone(program: Program) -> None:  # noqa: F811
    answers = send_all(program, keyed(0), keyed(1, child__first_name="Ada"))
    again = post(program, sent_with(), key=KEYS[0])
    assert (again.status_code, again.json()) == (200, answers[0]["receipt"])
    assert [each["status"] for each in send_all(program, keyed(1, child__first_name="Ada"), keyed(0))] == [200, 200]
    assert count() == 2


@pytest.mark.parametrize(
    "given",
    [
        [],
        {},
        {"notifications": {}},
        {"notifications": []},
        {"notifications": [], "more": 1},
        {"notifications": [{}] * 101},
    ],
    ids=["list", "empty", "no-list", "none", "more-names", "too-many"],
)
def test_what_is_no_batch_is_refused_whole(program: Program, given: Any) -> None:  # noqa: F811
    answer = send(program, given)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:haven:unfit")


def test_a_batch_has_no_key_of_its_own_and_one_notification_has(program: Program) -> None:  # noqa: F811
    body = json.dumps(sent_with()).encode()
    headers = program.headers("POST", "/api/v1/notifications", body, key=None)
    kind = headers.pop("content-type")
    answer = Client().post("/api/v1/notifications", data=body, content_type=kind, headers=headers)
    assert (answer.status_code, answer.json()["faults"][0]["where"]) == (422, "Idempotency-Key")
    assert count() == 0


def test_a_key_that_the_signature_does_not_cover_is_refused(program: Program) -> None:  # noqa: F811
    body = json.dumps(sent_with()).encode()
    headers = program.headers("POST", "/api/v1/notifications", body, key=None) | {"idempotency-key": KEYS[0]}
    kind = headers.pop("content-type")
    answer = Client().post("/api/v1/notifications", data=body, content_type=kind, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:haven:malformed-signature")
