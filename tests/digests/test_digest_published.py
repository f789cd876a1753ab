"""A digest is published as it was looked at, kept in every version, and told of once by e-mail."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Refused
from haven.access.roles import Role
from haven.actions.rules import Reach, ReachKind
from haven.actions.services import withdraw_action
from haven.changes.rules.comparing import Verdict
from haven.digests import services
from haven.digests.models import Digest, DigestLetter, DigestVersion
from haven.digests.queries.digests import digest_page, digests_for
from haven.digests.queries.public import public_digest, public_digests
from haven.digests.queries.writing import writing_page
from haven.digests.rules.digests import DigestWords, Freshness
from haven.guidance.models import Document
from tests.cast import NOW, TODAY, Cast
from tests.digests.digests import begun, compared, drafted, edited, judged, line_of, published, wish
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db
NOBODY = (Reach(ReachKind.PHASE, "nursery"),)


@pytest.fixture
def digest(cast: Cast) -> Digest:
    """One that can be published."""
    return begun(cast)[2]


def _amended(cast: Cast, digest: Digest, why: str = "Said more plainly.", **more: object) -> Digest:
    by = cast.actor("marcus")
    return services.amend_digest(digest_id=digest.pk, wish=wish(cast, digest, **more), why=why, by=by, at=NOW)


def _around(cast: Cast, digest: Digest, introduction: str) -> None:
    digest.refresh_from_db()
    words = DigestWords(title="What changed", introduction=introduction, closing="We train.")
    services.change_digest(digest_id=digest.pk, words=words, revision=digest.revision, by=cast.actor("marcus"), at=NOW)


def test_schools_read_what_was_published_whatever_is_judged_afterwards(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    published(cast, digest)
    assert last_told()["verb"] == "digest.published"
    judged(cast, pair, refs[0], Verdict.NO_EFFECT, "Other words.")
    edited(cast, line_of(digest, refs[1]))
    page = digest_page(digest_id=digest.pk, by=cast.actor("priya"), at=NOW)
    assert [line.said.meaning for part in page.parts for line in part.lines] == ["Read your policy again."] * 2
    assert writing_page(digest_id=digest.pk, by=cast.actor("marcus")).is_ahead


def test_a_school_is_led_to_its_own_list_and_a_lead_to_who_has_acted(cast: Cast, digest: Digest) -> None:
    published(cast, digest)
    ways = {
        name: digest_page(digest_id=digest.pk, by=cast.actor(name), at=NOW).to_do[0].ways
        for name in ("priya", "marcus", "bell")
    }
    assert [each.beside for each in ways["priya"]] == ["To do, due 1 September 2026"]
    assert [each.beside for each in ways["marcus"]] == ["0 of 2 done, due 1 September 2026"]
    assert ways["bell"] == ()


def test_an_action_that_is_no_longer_asked_says_so(cast: Cast, digest: Digest) -> None:
    published(cast, digest, is_public=True)
    action = digest.versions.get().content.lines[0].asked
    assert action
    withdraw_action(action_id=action.action, why="Not needed.", by=cast.actor("marcus"), at=NOW)
    page = public_digest(digest_id=digest.pk, at=NOW)
    assert page
    assert (page.to_do[0].is_over, page.to_do[0].ways) == (True, ())


def test_only_what_was_looked_at_is_published(cast: Cast, digest: Digest) -> None:
    wanted = wish(cast, digest)
    _around(cast, digest, "Something else.")
    with pytest.raises(Refused) as refused:
        services.publish_digest(digest_id=digest.pk, wish=wanted, by=cast.actor("marcus"), at=NOW)
    assert refused.value.advice == "The page has changed since you looked at it. Look again, then publish."


def test_what_cannot_be_published_is_refused_with_advice(cast: Cast, digest: Digest) -> None:
    by, wanted = cast.actor("marcus"), wish(cast, digest)
    stranger = (Reach(ReachKind.ORGANISATION, "00000000-0000-4000-8000-000000000000"),)
    for wrong in (replace(wanted, audience=stranger), replace(wanted, audience=NOBODY)):
        with pytest.raises(Refused, match=r"not for this area|not ready"):
            services.publish_digest(digest_id=digest.pk, wish=wrong, by=by, at=NOW)
    with pytest.raises(Refused):
        services.amend_digest(digest_id=digest.pk, wish=wanted, why="It is a draft.", by=by, at=NOW)
    published(cast, digest)
    for act in (
        lambda: published(cast, digest),
        lambda: _amended(cast, digest, why=" "),
        lambda: services.withdraw_digest(digest_id=digest.pk, why=" ", by=by, at=NOW),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.advice


def test_a_page_without_lines_is_not_published(cast: Cast) -> None:
    digest = drafted(cast, compared(cast))
    with pytest.raises(Refused) as refused:
        published(cast, digest)
    assert refused.value.advice == "The page has no lines yet. Judge changes, or add a line."


def test_a_number_on_a_public_page_is_looked_at_first(cast: Cast, digest: Digest) -> None:
    _around(cast, digest, "Ring 01632 960 123.")
    with pytest.raises(Refused) as refused:
        published(cast, digest, is_public=True)
    assert "01632 960 123" in refused.value.advice
    assert published(cast, digest, is_public=True, contacts_allowed=True).is_public


def test_nobody_but_a_lead_publishes_amends_or_withdraws(cast: Cast, digest: Digest) -> None:
    wanted = wish(cast, digest)

    def refuses(by: Actor, act: Callable[..., object], **said: object) -> None:
        with pytest.raises(Refused):
            act(digest_id=digest.pk, **said, by=by, at=NOW)

    others = [cast.actor(name) for name in ("priya", "bell", "lena", "nadia", "sam")]
    for by in others:
        refuses(by, services.publish_digest, wish=wanted)
    published(cast, digest)
    for by in others:
        refuses(by, services.amend_digest, wish=wanted, why="x")
        refuses(by, services.withdraw_digest, why="x")
        with pytest.raises(Refused):
            services.announce_digests(by=by, at=NOW)


def test_published_anew_it_keeps_its_older_versions_and_marks_what_is_new(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    published(cast, digest)
    edited(cast, line_of(digest, refs[1]))
    _amended(cast, digest)
    assert last_told()["verb"] == "digest.amended"
    page = digest_page(digest_id=digest.pk, by=cast.actor("priya"), at=NOW)
    assert page.version
    assert (page.version.number, page.version.why, len(page.versions)) == (2, "Said more plainly.", 2)
    assert [line.freshness for part in page.parts for line in part.lines] == [None, Freshness.CHANGED]
    older = digest_page(digest_id=digest.pk, by=cast.actor("priya"), at=NOW, number=1)
    assert (older.is_newest, older.parts[0].lines[1].said.heading) == (False, "Clause 4")
    with pytest.raises(DigestVersion.DoesNotExist):
        digest_page(digest_id=digest.pk, by=cast.actor("priya"), at=NOW, number=3)
    assert not writing_page(digest_id=digest.pk, by=cast.actor("marcus")).is_ahead


def test_withdrawn_it_leaves_the_lists_and_says_why_and_another_can_be_begun(cast: Cast) -> None:
    pair, _, digest = begun(cast)
    published(cast, digest, is_public=True)
    assert len(public_digests(on=TODAY)) == len(digests_for(by=cast.actor("priya"), on=TODAY)) == 1
    services.withdraw_digest(digest_id=digest.pk, why="A wrong edition.", by=cast.actor("marcus"), at=NOW)
    assert last_told()["verb"] == "digest.withdrawn"
    assert public_digests(on=TODAY) == digests_for(by=cast.actor("priya"), on=TODAY) == []
    assert public_digest(digest_id=digest.pk, at=NOW) is None
    assert digest_page(digest_id=digest.pk, by=cast.actor("priya"), at=NOW).ended_why == "A wrong edition."
    assert services.announce_digests(by=HAVEN, at=NOW) == 0
    with pytest.raises(Refused):
        writing_page(digest_id=digest.pk, by=cast.actor("marcus"))
    assert drafted(cast, pair).pk != digest.pk


def test_digests_are_listed_for_one_document(cast: Cast, digest: Digest) -> None:
    published(cast, digest)
    priya = cast.actor("priya")
    (line,) = digests_for(by=priya, on=TODAY, document=digest.document_id)
    assert (line.actions, line.lines, line.status.label) == (1, 2, "In force")
    assert digests_for(by=priya, on=TODAY, document=Document(title="Another").pk) == []


def test_each_lead_of_a_school_is_written_to_once_and_hears_nothing_of_what_it_says(cast: Cast, digest: Digest) -> None:
    published(cast, digest)
    assert services.announce_digests(by=HAVEN, at=NOW) == 2
    assert last_told()["verb"] == "digests.announced"
    assert services.announce_digests(by=HAVEN, at=NOW) == 0
    assert sorted(letter.to for letter in mail.outbox) == [["grace@example.org"], ["priya@example.org"]]
    for letter in mail.outbox:
        words = letter.subject + letter.body
        assert "thresholds" not in words
        assert str(digest.pk) not in words


def test_of_a_public_page_the_email_tells_the_title_the_first_lines_and_where_it_is(cast: Cast, digest: Digest) -> None:
    _around(cast, digest, "Begin with the police. " * 40)
    published(cast, digest, is_public=True, roles=frozenset({Role.HEAD}))
    services.announce_digests(by=HAVEN, at=NOW)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"tom@example.org", "grace@example.org"}, "who has no head is told by her lead"
    letter = letters["tom@example.org"]
    assert letter.subject == "What changed"
    assert "Begin with the police." in letter.body
    assert len(letter.body) < 800
    assert f"/public/changes/{digest.pk}/" in letter.body


def test_without_a_letter_nobody_is_written_to(cast: Cast, digest: Digest) -> None:
    published(cast, digest, has_letter=False)
    assert services.announce_digests(by=HAVEN, at=NOW) == 0
    assert mail.outbox == []


def test_a_letter_that_fails_is_tried_again_without_writing_twice_to_the_others(
    cast: Cast, digest: Digest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    published(cast, digest)
    gone: list[str] = []

    def post(*, to: str) -> None:
        if to == "grace@example.org":
            raise SMTPRecipientsRefused({to: (550, b"grace@example.org is full")})
        gone.append(to)

    monkeypatch.setattr("haven.digests.letters.digest", post)
    with caplog.at_level(logging.ERROR):
        assert [services.announce_digests(by=HAVEN, at=NOW) for _ in range(2)] == [1, 0]
    assert gone == ["priya@example.org"]
    assert "SMTPRecipientsRefused" in caplog.text
    assert "grace" not in caplog.text
    assert DigestVersion.objects.filter(told_at__isnull=True).exists()
    services.announce_digests(by=HAVEN, at=NOW + timedelta(days=4))
    assert not DigestVersion.objects.filter(told_at__isnull=True).exists()
    assert DigestLetter.objects.count() == 1


def test_a_failing_ledger_undoes_the_publishing(cast: Cast, digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("haven.digests.services.publishing.record", fail)
    with pytest.raises(RuntimeError):
        published(cast, digest)
    assert (Digest.objects.get().is_draft, DigestVersion.objects.count()) == (True, 0)
