"""A mail server that fails takes nothing back, and puts nobody's address or code into the log."""

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail.backends.locmem import EmailBackend

from haven.access.roles import Role
from haven.actions import letters as of_actions
from haven.actions.services import telling
from haven.bulletins.services import announcing
from haven.people.models import Invitation
from haven.people.services.invitations import invite
from haven.signin import letters as of_signin
from tests.cast import NOW, TODAY, Cast


@pytest.fixture(autouse=True)
def _no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: EmailBackend, messages: list[object]) -> int:
        raise SMTPRecipientsRefused({"canary@example.org": (550, str(messages).encode())})

    monkeypatch.setattr(EmailBackend, "send_messages", fails)


def test_an_invitation_stands_though_its_letter_failed(
    cast: Cast,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    who = {"organisation_id": cast.oakfield.pk, "email": "canary@example.org", "name": "Canary", "role": Role.GOVERNOR}
    with django_capture_on_commit_callbacks(execute=True):
        invite(starts_on=TODAY, by=cast.actor("tom"), at=NOW, **who)
    assert Invitation.objects.exists()
    assert "SMTPRecipientsRefused" in caplog.text
    assert "canary" not in caplog.text.lower()


def sign_in_letter() -> None:
    of_signin.reset_code("canary@example.org", code="CANARY")


@pytest.mark.parametrize(
    "send",
    [
        lambda: telling._sent(of_actions.news, "canary@example.org", {}),
        lambda: announcing._sent("canary@example.org", {}),
        sign_in_letter,
    ],
)
@pytest.mark.django_db
def test_no_log_names_whom_a_letter_did_not_reach(
    send: Callable[[], object],
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send()
    assert "SMTPRecipientsRefused" in caplog.text
    assert "canary" not in caplog.text.lower()
