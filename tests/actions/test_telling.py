"""Telling people: who is written to, of what, how often, and what an e-mail never holds."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.access.roles import Role
from haven.actions.models import Digest, Draft, Prompt
from haven.actions.services import (
    GivenEvidence,
    close_assignment,
    discard_old_drafts,
    hand_to,
    remind,
    return_assignment,
    save_draft,
    send_prompts,
    send_weekly_digests,
)
from haven.ledger.models import Detail
from haven.people.models import Cover, Post
from tests.actions.raised import assigned, raised
from tests.cast import BEGAN, NOW

pytestmark = pytest.mark.django_db


def told():
    return sorted(address for letter in mail.outbox for address in letter.to)


def send(at=NOW):
    mail.outbox.clear()
    return send_prompts(by=HAVEN, at=at)


def test_the_safeguarding_leads_are_told_once_of_all_that_is_new(cast):
    raised(cast)
    raised(cast, what="Name a key adult")
    assert send() == 2
    assert told() == ["grace@example.org", "priya@example.org"]
    assert "2 new to do" in mail.outbox[0].body
    assert send() == 0
    assert Prompt.objects.filter(told_at=NOW).count() == 4


def test_an_e_mail_says_nothing_of_anyone_and_leads_to_the_front_page_alone(cast, settings):
    raised(cast, what="Ring Tom Whitlock")
    send()
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        whole = letter.subject + letter.body
        assert not any(word in whole for word in ("Priya", "Tom", "Whitlock", "Grace", "Oakfield", "Marcus"))
        assert [word for word in whole.split() if "://" in word] == [settings.ORIGIN]


def test_what_is_meant_for_the_head_goes_to_the_head(cast):
    assigned(cast, roles=frozenset({Role.HEAD}))
    send()
    assert "tom@example.org" in told()
    assert "priya@example.org" not in told()


def test_a_school_without_a_safeguarding_lead_is_told_all_the_same(cast):
    Post.objects.filter(person=cast.priya).update(ends_on=NOW.date())
    raised(cast)
    send()
    assert "tom@example.org" in told()


def test_whoever_covers_is_told_too(cast):
    post = Post.objects.get(person=cast.priya)
    Cover.objects.create(post=post, covered_by=cast.tom, starts_on=BEGAN, ends_on=NOW.date() + timedelta(days=1))
    raised(cast)
    send()
    assert told() == ["grace@example.org", "priya@example.org", "tom@example.org"]


def test_whoever_it_was_handed_to_is_told_instead(cast):
    row = assigned(cast)
    send()
    hand_to(assignment_id=row.pk, person=cast.tom.pk, by=cast.actor("priya"), at=NOW)
    send()
    assert told() == ["tom@example.org"]
    assert "1 handed to you" in mail.outbox[0].body


def test_an_answer_sent_back_is_told(cast):
    row = assigned(cast)
    send()
    close_assignment(assignment_id=row.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("priya"), at=NOW)
    return_assignment(assignment_id=row.pk, comment="Again", by=cast.actor("marcus"), at=NOW)
    send()
    assert "1 sent back with a comment" in mail.outbox[0].body


def test_reminding_reaches_exactly_those_who_have_not_answered(cast):
    row = assigned(cast)
    send()
    close_assignment(assignment_id=row.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("priya"), at=NOW)
    assert remind(action_id=row.action_id, assignment_ids=None, by=cast.actor("marcus"), at=NOW) == 1
    assert remind(action_id=row.action_id, assignment_ids=None, by=cast.actor("marcus"), at=NOW) == 0
    send()
    assert told() == ["grace@example.org"]
    assert '"verb":"prompts.sent"' in Detail.objects.latest("pk").text
    assert remind(action_id=row.action_id, assignment_ids=[row.pk], by=cast.actor("marcus"), at=NOW) == 0


@pytest.mark.parametrize("who", ["priya", "lena", "sam", "nobody"])
def test_only_leads_remind(cast, who):
    action = raised(cast)
    with pytest.raises(Refused):
        remind(action_id=action.pk, assignment_ids=None, by=cast.actor(who), at=NOW)


def test_an_e_mail_that_fails_is_tried_again_and_stops_no_other(cast, monkeypatch):
    raised(cast)
    send_mail = mail.send_mail

    def failing(subject, body, sender, to):
        if to == ["grace@example.org"]:
            raise SMTPException("no such mailbox")
        return send_mail(subject, body, sender, to)

    monkeypatch.setattr("haven.actions.letters.send_mail", failing)
    assert send() == 1
    monkeypatch.undo()
    assert send() == 1
    assert told() == ["grace@example.org"]


def test_the_digest_comes_once_a_week_and_only_where_something_presses(cast):
    assert send_weekly_digests(by=HAVEN, at=NOW) == 0
    raised(cast, due_on=None)
    assert send_weekly_digests(by=HAVEN, at=NOW) == 0
    raised(cast, due_on=NOW.date() - timedelta(days=1))
    raised(cast, due_on=NOW.date() + timedelta(days=3))
    mail.outbox.clear()
    assert send_weekly_digests(by=HAVEN, at=NOW) == 2
    assert "1 overdue" in mail.outbox[0].body
    assert "1 due within two weeks" in mail.outbox[0].body
    assert "1 without a date" in mail.outbox[0].body
    assert send_weekly_digests(by=HAVEN, at=NOW + timedelta(days=2)) == 0
    assert send_weekly_digests(by=HAVEN, at=NOW + timedelta(days=7)) == 2
    assert Digest.objects.count() == 4


def test_forms_nobody_has_touched_for_three_months_are_forgotten(cast):
    save_draft(place="close/old", fields={"words": "x"}, by=cast.actor("priya"), at=NOW - timedelta(days=91))
    save_draft(place="close/new", fields={"words": "x"}, by=cast.actor("priya"), at=NOW - timedelta(days=89))
    assert discard_old_drafts(by=HAVEN, at=NOW) == 1
    assert list(Draft.objects.values_list("place", flat=True)) == ["close/new"]
