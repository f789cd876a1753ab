"""The steps that tests of signing in share."""

import re
import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from haven.ledger.models import Detail
from haven.people.models import Person

PASSWORD = "{} walks her dog"  # of every member of the cast, by her key
SIGN_IN = "/account/sign-in/"
SECOND_STEP = "/account/sign-in/second-step/"
ACCOUNT = "/account/"


def code_for(secret: str, good_for: int = 3) -> str:
    """What an authenticator app shows, read when it will stay good for so many seconds: people do the same near the
    turn of the half minute."""
    left = 30 - time.time() % 30
    if left < good_for:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def give_app(person: Person) -> str:
    """An authenticator app as the person's second factor; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def type_password(client: Client, name: str, password: str = "", **extra: str) -> HttpResponse:
    """The first step of signing in."""
    given = {"login": f"{name}@example.org", "password": password or PASSWORD.format(name)}
    return client.post(SIGN_IN, given, **extra)


def sign_in(client: Client, name: str, secret: str) -> HttpResponse:
    """Both steps of signing in."""
    type_password(client, name)
    return client.post(SECOND_STEP, {"code": code_for(secret)})


def person_in(client: Client) -> str | None:
    """Who is signed in in this browser, as its session says."""
    return client.session.get("_auth_user_id")


def is_let_in(client: Client) -> bool:
    """Whether the account page opens."""
    return client.get(ACCOUNT).status_code == 200


def code_in(message: EmailMessage) -> str:
    """The code in an e-mail."""
    found = re.search(r"^    (\S+)$", message.body, re.MULTILINE)
    assert found
    return found[1]


def newest_verbs(count: int) -> list[str]:
    """The verbs of the newest entries of the ledger, oldest of them first."""
    texts = Detail.objects.order_by("-pk").values_list("text", flat=True)[:count]
    found = [re.search(r'"verb":"([^"]+)"', text) for text in texts]
    return [match[1] for match in found if match][::-1]
