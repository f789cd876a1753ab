"""Whether somebody has an account, no answer tells: not by its words, its status, its letters or its time."""

import re
import time
from statistics import median

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.cast import Cast
from tests.signin.steps import give_app, type_password

pytestmark = pytest.mark.django_db
RESET = "/account/password/reset/"


def shape(answer: HttpResponse) -> tuple[int, dict[str, str], str]:
    """An answer without what differs from one browser to the next."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    page = re.sub(r"\b(?:priya|nobody-here)@example\.org", "ADDRESS", page)
    return answer.status_code, dict(answer.headers) | {"Content-Length": "", "Expires": ""}, page


def test_a_wrong_password_is_answered_the_same_for_known_and_unknown(cast: Cast) -> None:
    give_app(cast.priya)
    known, unknown = (type_password(Client(), name, "a wrong one") for name in ("priya", "nobody-here"))
    assert shape(known) == shape(unknown)


def test_asking_for_a_new_password_is_answered_the_same(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    pages = []
    for name in ("priya", "nobody-here"):
        client = Client()
        with django_capture_on_commit_callbacks(execute=True):
            asked = client.post(RESET, {"email": f"{name}@example.org"})
        pages.append(
            [shape(asked), shape(client.get(f"{RESET}code/")), shape(client.post(f"{RESET}code/", {"code": "X"}))]
        )
    assert pages[0] == pages[1]
    assert [len(message.to) for message in mail.outbox] == [1, 1]


def test_each_costs_one_hash(cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    cast.priya.set_password("a password of hers")
    cast.priya.save()
    cast.tom.set_unusable_password()
    cast.tom.save()
    hashed: list[str] = []
    plain = PBKDF2PasswordHasher.encode

    def counted(self: PBKDF2PasswordHasher, password: str, salt: str, iterations: int | None = None) -> str:
        hashed.append(password)
        return plain(self, password, salt, 10 if iterations is None else iterations)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    for name in ("priya", "tom", "nobody-here"):
        hashed.clear()
        type_password(Client(), name, "a wrong password")
        assert len(hashed) == 1, name


def test_known_and_unknown_take_the_same_time(cast: Cast, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    cast.priya.set_password("a password of hers")
    cast.priya.save()
    taken: dict[str, list[float]] = {"priya": [], "nobody-here": []}
    for turn in range(4):
        for name, times in taken.items():
            began = time.process_time()
            type_password(Client(), name, "a wrong password", REMOTE_ADDR=f"203.0.113.{turn}")
            times.append(time.process_time() - began)
    known, unknown = median(taken["priya"]), median(taken["nobody-here"])
    assert known > 0.05, "the real hash was not at work"
    assert 0.6 < known / unknown < 1.67
