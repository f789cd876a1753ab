"""Inviting somebody, and taking an invitation up."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from haven.access.actor import HAVEN, NOBODY, Actor
from haven.access.decision import Reason, Refused
from haven.access.roles import Role
from haven.ledger import services as ledger
from haven.people.models import Invitation, Person, Post
from haven.people.services.invitations import accept_invitation, invite, join, withdraw_invitation
from tests.cast import NOW, TODAY, Cast
from tests.people.seen import last_told, told

PASSWORD = "a lamp above the harbour"


@pytest.fixture
def send(cast: Cast, django_capture_on_commit_callbacks):  # type: ignore[no-untyped-def]
    """Invite somebody and give back the code that was sent."""

    def invite_and_read(email: str = "robin@example.org", role: Role = Role.DEPUTY_DSL, by: str = "priya") -> str:
        with django_capture_on_commit_callbacks(execute=True):
            invite(
                organisation_id=cast.oakfield.pk,
                email=email,
                name="Robin Vale",
                role=role,
                starts_on=TODAY,
                by=cast.actor(by),
                at=NOW,
            )
        return re.search(r"^ +(\S{4}-\S{4}-\S{4})$", mail.outbox[-1].body, re.MULTILINE)[1]  # type: ignore[index]

    return invite_and_read


def test_an_invitation_is_sent_without_a_name_or_a_link_with_a_secret(send, settings) -> None:  # type: ignore[no-untyped-def]
    settings.ORIGIN = "https://haven.example.org"
    code = send()
    letter = mail.outbox[0]
    assert letter.to == ["robin@example.org"]
    assert re.findall(r"https?://\S+", letter.body) == ["https://haven.example.org/"]
    assert "16 March 2026" in letter.body
    words = f"{letter.subject} {letter.body}"
    assert not any(name in words for name in ("Robin", "Priya", "Oakfield", "deputy", "Fairhaven"))
    assert code not in letter.subject


def test_the_code_is_not_kept(send) -> None:  # type: ignore[no-untyped-def]
    code = send()
    kept = Invitation.objects.values().get()
    assert code not in str(kept)
    assert code.replace("-", "") not in str(kept)


def test_an_invitation_is_recorded_without_a_name_or_an_address(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    send()
    assert last_told()["verb"] == "person.invited"
    assert last_told()["about"]["role"] == "deputy-dsl"
    assert "obin" not in str(last_told()["about"])


def test_whoever_joins_has_an_account_and_the_post(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    code = send()
    joined = join(
        email=" Robin@Example.org", code=code.lower(), name="Robin Vale", password=PASSWORD, by=NOBODY, at=NOW
    )
    assert joined.check_password(PASSWORD)
    held = joined.posts.get()
    assert (held.organisation, held.role, held.starts_on, held.ends_on) == (cast.oakfield, "deputy-dsl", TODAY, None)
    assert [entry["verb"] for entry in told()][-2:] == ["person.joined", "invitation.accepted"]
    assert last_told()["who"]["person"] == str(joined.pk)


def test_an_invitation_taken_up_late_starts_then_and_not_before(send) -> None:  # type: ignore[no-untyped-def]
    later = NOW + timedelta(days=3)
    joined = join(email="robin@example.org", code=send(), name="R", password=PASSWORD, by=NOBODY, at=later)
    assert joined.posts.get().starts_on == TODAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("email", "code", "days"),
    [
        ("robin@example.org", "0000-0000-0000", 0),
        ("other@example.org", None, 0),
        ("robin@example.org", "", 0),
        ("robin@example.org", None, 14),
    ],
)
def test_every_way_of_failing_looks_the_same(send, email: str, code: str | None, days: int) -> None:  # type: ignore[no-untyped-def]
    sent = send()
    with pytest.raises(Refused, match="state") as refused:
        join(
            email=email,
            code=sent if code is None else code,
            name="R",
            password=PASSWORD,
            by=NOBODY,
            at=NOW + timedelta(days=days),
        )
    assert refused.value.advice.startswith("The address and the code do not belong")
    assert not Person.objects.filter(email="robin@example.org").exists()


def test_a_code_works_once(send) -> None:  # type: ignore[no-untyped-def]
    code = send()
    robin = join(email="robin@example.org", code=code, name="R", password=PASSWORD, by=NOBODY, at=NOW)
    with pytest.raises(Refused):
        accept_invitation(email="robin@example.org", code=code, by=Actor(person=robin.pk, name="R"), at=NOW)


def test_a_school_that_has_closed_takes_nobody_in(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    code = send()
    cast.oakfield.status = "closed"
    cast.oakfield.save()
    with pytest.raises(Refused):
        join(email="robin@example.org", code=code, name="R", password=PASSWORD, by=NOBODY, at=NOW)


def test_somebody_with_an_account_takes_it_up_as_herself(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    code = send(email="sam@example.org")
    post = accept_invitation(email="sam@example.org", code=code, by=cast.actor("sam"), at=NOW)
    assert post.person == cast.sam
    assert cast.actor("sam").holds(Role.DEPUTY_DSL, organisation=cast.oakfield.pk)
    assert last_told()["verb"] == "invitation.accepted"


def test_nobody_takes_up_anothers_invitation(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    code = send(email="sam@example.org")
    with pytest.raises(Refused) as refused:
        accept_invitation(email="sam@example.org", code=code, by=cast.actor("grace"), at=NOW)
    assert refused.value.reason == Reason.NOT_SIGNED_IN


def test_an_address_with_an_account_cannot_join_again(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    code = send(email="sam@example.org")
    with pytest.raises(Refused, match="state") as refused:
        join(email="sam@example.org", code=code, name="R", password=PASSWORD, by=NOBODY, at=NOW)
    assert "has an account" in refused.value.advice
    assert cast.sam.check_password("sam walks her dog")


def test_somebody_signed_in_does_not_join(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    code = send()
    with pytest.raises(Refused):
        join(email="robin@example.org", code=code, name="R", password=PASSWORD, by=cast.actor("sam"), at=NOW)


def test_a_post_given_meanwhile_is_not_given_twice(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    code = send(email="sam@example.org")
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="deputy-dsl", starts_on=TODAY)
    with pytest.raises(Refused) as refused:
        accept_invitation(email="sam@example.org", code=code, by=cast.actor("sam"), at=NOW)
    assert refused.value.advice == "You hold this post already"


def test_a_withdrawn_invitation_cannot_be_taken_up(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    code = send()
    invitation = Invitation.objects.get()
    withdraw_invitation(invitation_id=invitation.pk, by=cast.actor("tom"), at=NOW)
    assert last_told()["verb"] == "invitation.withdrawn"
    with pytest.raises(Refused):
        join(email="robin@example.org", code=code, name="R", password=PASSWORD, by=NOBODY, at=NOW)
    with pytest.raises(Refused):
        withdraw_invitation(invitation_id=invitation.pk, by=cast.actor("tom"), at=NOW)


def test_only_whoever_may_invite_may_withdraw(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    send()
    with pytest.raises(Refused):
        withdraw_invitation(invitation_id=Invitation.objects.get().pk, by=cast.actor("grace"), at=NOW)


def test_nobody_is_invited_twice_until_the_first_has_lapsed(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    send()
    with pytest.raises(Refused, match="state"):
        send()
    again = invite(
        organisation_id=cast.oakfield.pk, email="robin@example.org", name="R", role=Role.DEPUTY_DSL, starts_on=TODAY,
        by=cast.actor("priya"), at=NOW + timedelta(days=14),
    )  # fmt: skip
    assert Invitation.objects.filter(withdrawn_at=None).get() == again


def test_nobody_is_invited_to_what_she_holds(send) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        send(email="priya@example.org", role=Role.DSL, by="tom")
    assert refused.value.advice == "This person holds that post already"


def test_nobody_is_invited_to_a_closed_school(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    cast.oakfield.status = "closed"
    cast.oakfield.save()
    with pytest.raises(Refused):
        send()


def test_haven_does_not_invite_to_posts_there_are_not(cast: Cast) -> None:
    with pytest.raises(Refused, match="state"):
        invite(
            organisation_id=cast.oakfield.pk, email="r@example.org", name="R", role=Role.SOCIAL_WORKER, starts_on=TODAY,
            by=HAVEN, at=NOW,
        )  # fmt: skip


def test_whoever_may_not_invites_nobody(send, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused):
        send(by="grace")
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_a_ledger_that_fails_undoes_the_joining(send, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    code = send()

    def fail(*_: object, **__: object) -> None:
        raise OSError("no ledger")

    monkeypatch.setattr(ledger, "record_all", fail)
    with pytest.raises(OSError, match="no ledger"):
        join(email="robin@example.org", code=code, name="R", password=PASSWORD, by=NOBODY, at=NOW)
    assert not Person.objects.filter(email="robin@example.org").exists()
