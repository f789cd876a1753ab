"""Whoever has not signed in for 90 days shows at her next sign-in that her address is hers still."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from haven.people.models import Person
from haven.signin.rules import is_dormant
from tests.cast import NOW, Cast
from tests.people.seen import last_told
from tests.signin.steps import SECOND_STEP, code_for, code_in, give_app, is_let_in, person_in, sign_in, type_password

DAY = 24 * 60 * 60
BY_ADDRESS = "/account/sign-in/address/"


@pytest.mark.parametrize(
    ("away", "days", "dormant"),
    [
        (timedelta(days=90), 90, True),
        (timedelta(days=90) - timedelta(seconds=1), 90, False),
        (timedelta(days=30), 30, True),
        (timedelta(days=4000), 0, False),
    ],
)
def test_an_account_is_dormant_from_the_ninetieth_day(away: timedelta, days: int, dormant: bool) -> None:
    assert is_dormant(seen_at=NOW - away, now=NOW, days=days) is dormant


def seen(person: Person, *, days_ago: int) -> None:
    Person.objects.filter(pk=person.pk).update(last_login=timezone.now() - timedelta(days=days_ago))


@pytest.mark.django_db
def test_after_90_days_a_code_follows_the_second_factor(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with time_machine.travel(NOW, tick=False):
        secret, client = give_app(cast.people["priya"]), Client()
        seen(cast.people["priya"], days_ago=90)
        assert type_password(client, "priya")["Location"] == SECOND_STEP
        assert mail.outbox == []
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(SECOND_STEP, {"code": code_for(secret)})
        assert answer["Location"] == BY_ADDRESS
        assert person_in(client) is None
        client.post(BY_ADDRESS, {"code": code_in(mail.outbox[-1])})
        assert is_let_in(client)
        assert last_told()["about"]["ways"] == ["password", "totp", "address"]


@pytest.mark.django_db
def test_before_that_none_does(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        client = Client()
        seen(cast.people["priya"], days_ago=89)
        sign_in(client, "priya", give_app(cast.people["priya"]))
        assert is_let_in(client)


@pytest.mark.django_db
def test_one_who_joined_and_never_came_is_away_from_then_on(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        Person.objects.filter(pk=cast.people["priya"].pk).update(joined_at=NOW)
        clock.shift(91 * DAY)
        assert type_password(Client(), "priya")["Location"] == BY_ADDRESS


@pytest.mark.django_db
def test_an_installation_may_not_ask(cast: Cast, settings: LazySettings) -> None:
    settings.DORMANT_DAYS = 0
    with time_machine.travel(NOW, tick=False):
        client = Client()
        seen(cast.people["priya"], days_ago=4000)
        sign_in(client, "priya", give_app(cast.people["priya"]))
        assert is_let_in(client)


@pytest.mark.django_db
def test_the_letter_names_nobody_and_leads_to_the_front_door_alone(
    cast: Cast, settings: LazySettings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.ORIGIN = "https://haven.example.org"
    seen(cast.people["priya"], days_ago=400)
    with django_capture_on_commit_callbacks(execute=True):
        type_password(Client(), "priya")
    [letter] = mail.outbox
    assert letter.to == ["priya@example.org"]
    assert [word for word in letter.body.split() if "://" in word] == ["https://haven.example.org/"]
    assert "Priya" not in letter.body
    assert code_in(letter) not in letter.subject
