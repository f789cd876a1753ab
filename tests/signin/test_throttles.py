"""Too many wrong tries close an account to passwords, from wherever they come, and never to its holder's passkey."""

import pytest
import time_machine
from django.test import Client

from tests.cast import NOW, Cast
from tests.signin.passkeys import Passkey, add_passkey, browser, sign_in_by
from tests.signin.steps import SECOND_STEP, code_for, give_app, person_in, type_password

pytestmark = pytest.mark.django_db
TOO_MANY = "There were too many wrong tries"


def wrong_tries(count: int, name: str = "priya") -> list[str]:
    """So many tries, each in a new browser at a new address; the pages they were answered with."""
    addresses = [f"203.0.113.{number}" for number in range(count)]
    answers = [type_password(Client(), name, "not her password", REMOTE_ADDR=each) for each in addresses]
    return [answer.content.decode() for answer in answers]


def test_twenty_wrong_tries_from_twenty_addresses_close_the_account_to_passwords(cast: Cast) -> None:
    give_app(cast.priya)
    with time_machine.travel(NOW, tick=False):
        pages = wrong_tries(20)
        assert [TOO_MANY in page for page in pages] == [False] * 5 + [True] * 15
        right = type_password(Client(), "priya", REMOTE_ADDR="198.51.100.7")
    assert TOO_MANY in right.content.decode()


def test_a_passkey_still_opens_it(cast: Cast) -> None:
    own, passkey = browser(), Passkey()
    type_password(own, "priya")
    add_passkey(own, passkey)
    wrong_tries(20)
    client = browser()
    sign_in_by(client, passkey)
    assert person_in(client) == str(cast.priya.pk)


def test_after_fifteen_minutes_it_is_open_again(cast: Cast) -> None:
    give_app(cast.priya)
    with time_machine.travel(NOW, tick=False) as clock:
        wrong_tries(6)
        clock.shift(15 * 60 + 1)
        assert type_password(Client(), "priya")["Location"] == SECOND_STEP


def test_another_account_stays_open(cast: Cast) -> None:
    give_app(cast.tom)
    wrong_tries(20)
    assert type_password(Client(), "tom")["Location"] == SECOND_STEP


def test_an_address_that_nobody_has_is_closed_in_the_same_way(cast: Cast) -> None:
    assert [TOO_MANY in page for page in wrong_tries(20, "nobody-here")] == [False] * 5 + [True] * 15


def test_one_network_address_is_slowed_whatever_accounts_it_tries(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        pages = [
            type_password(Client(), f"somebody{n}", "a wrong password", REMOTE_ADDR="203.0.113.9").content.decode()
            for n in range(70)
        ]
    assert [TOO_MANY in page for page in pages] == [False] * 60 + [True] * 10


def test_wrong_codes_are_counted_too(cast: Cast, client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        secret = give_app(cast.priya)
        type_password(client, "priya")
        right = code_for(secret)
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        pages = [client.post(SECOND_STEP, {"code": wrong}).content.decode() for _ in range(7)]
        assert [TOO_MANY in page for page in pages] == [False] * 5 + [True] * 2
        client.post(SECOND_STEP, {"code": right})
    assert person_in(client) is None
