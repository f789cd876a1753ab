"""A return is signed step by step on one frozen copy; the last signature sends it; reopening lets signatures lapse."""

import hashlib
import json
from datetime import datetime, timedelta

import pytest

from haven.access.decision import Reason, Refused
from haven.access.roles import Role
from haven.audits import services
from haven.audits.models import Copy, Notice, Return, Signature
from haven.audits.rules.life import State, reference
from haven.audits.rules.signing import GRACE, last_day_to_sign, next_step
from haven.audits.services.signing import open_for_more
from haven.engines.compare.telling import in_a_row
from haven.people.models import Cover
from tests.audits.asked import WINDOW, answer, answered, begun, opened, typed
from tests.audits.signed import again, copy_of, digest, planned, post, ready, sent, signed, told
from tests.cast import NOW, TODAY, Cast


def on(days: int) -> datetime:
    """So many days after the final deadline."""
    return NOW + (WINDOW.final_due_on - TODAY) + timedelta(days=days)


def refused(cast: Cast, of: Return, who: str, **changed: object) -> Refused:
    with pytest.raises(Refused) as raised:
        signed(cast, of, who, **changed)
    return raised.value


def test_the_first_signature_freezes_what_was_asked_answered_and_planned(cast: Cast) -> None:
    of = ready(cast)
    shown = digest(of)
    signed(cast, of, "priya")
    of, copy = again(of), copy_of(of)
    assert (of.state, copy.number, copy.digest) == (State.SIGNING, 1, shown)
    assert of.sheet is not None
    assert of.sheet.is_locked
    assert [row["question"] for row in copy.content["answers"]][:2] == ["lead-named", "lead-trained-on"]
    assert [line["question"] for line in copy.content["plan"]] == ["policy-read", "policy-lived"]
    with pytest.raises(Refused):
        answer(cast, of, referrals=typed(5, seen=1))


def test_anyone_can_check_a_copy_with_nothing_but_its_text(cast: Cast) -> None:
    of = ready(cast)
    signed(cast, of, "priya")
    copy = copy_of(of)
    text = json.dumps(copy.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == copy.digest
    assert copy.signatures.get().digest == copy.digest


def test_the_last_signature_sends_it(cast: Cast) -> None:
    of = sent(cast)
    copy = copy_of(of)
    assert (of.state, of.submitted_at, copy.sent_at) == (State.SUBMITTED, NOW, NOW)
    assert of.reference.startswith("2025-900001-")
    assert [(each.step, each.role, each.name, each.is_cover) for each in copy.signatures.all()] == [
        (1, "dsl", "Priya Nair", False),
        (2, "head", "Tom Whitlock", False),
        (3, "chair-of-governors", "Ines", False),
    ]
    told_to = of.notices.exclude(kind=Notice.Kind.OPENED).values_list("kind", "step")
    assert list(told_to) == [("sign", 2), ("sign", 3), ("sent", 0)]


def test_the_ledger_holds_the_digest_of_what_was_signed_and_sent(cast: Cast) -> None:
    of = sent(cast)
    copy = copy_of(of)
    deeds = told("return.signed")
    assert [each["about"]["step"] for each in deeds] == [1, 2, 3]
    assert {each["about"]["digest"] for each in deeds} == {copy.digest}
    (sending,) = told("return.sent")
    assert sending["about"]["reference"] == of.reference
    assert sending["about"]["digest"] == copy.digest
    assert sending["about"]["late"] is False


def test_what_is_owed_is_named_and_nothing_is_frozen(cast: Cast) -> None:
    of = begun(cast)
    answer(cast, of, lead_named="met")
    wrong = refused(cast, of, "priya")
    assert (wrong.reason, wrong.advice) == (
        Reason.NOT_READY,
        "It cannot be signed yet. Some answers are not complete: 1.2, 1.3, 2.1, 2.2 and 2.3.",
    )
    assert not Copy.objects.exists()
    assert again(of).sheet.is_locked is False  # type: ignore[union-attr]


def test_a_plan_without_who_and_when_is_named(cast: Cast) -> None:
    wrong = refused(cast, answered(cast, begun(cast)), "priya")
    assert wrong.advice == "It cannot be signed yet. Some lines of the plan are not complete: 2.1 and 2.2."


def test_a_changed_answer_is_not_signed_unseen(cast: Cast) -> None:
    of = ready(cast)
    shown = digest(of)
    answer(cast, of, "tom", referrals=typed(9, seen=1))
    wrong = refused(cast, of, "priya", digest=shown)
    assert wrong.reason is Reason.CHANGED_MEANWHILE
    assert not Signature.objects.exists()


def test_a_changed_plan_is_not_signed_unseen(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    shown = digest(of)
    planned(cast, of)
    assert refused(cast, of, "priya", digest=shown).reason is Reason.CHANGED_MEANWHILE


def test_whoever_presses_twice_signs_once(cast: Cast) -> None:
    of = ready(cast)
    shown = digest(of)
    first = signed(cast, of, "priya", digest=shown)
    second = services.sign_return(
        return_id=of.pk, step=1, digest=shown, words="", by=cast.actor("priya"), at=NOW + timedelta(seconds=1)
    )
    assert first == second
    assert len(told("return.signed")) == 1


def test_of_two_heads_at_once_one_signs_and_the_other_is_told(cast: Cast) -> None:
    post(cast, "omar", Role.HEAD)
    of = ready(cast)
    signed(cast, of, "priya")
    signed(cast, of, "tom")
    wrong = refused(cast, of, "omar", step=2)
    assert (wrong.reason, wrong.advice) == (
        Reason.CHANGED_MEANWHILE,
        "Tom Whitlock has signed this step in the meantime. Look at it again.",
    )
    assert copy_of(of).signatures.count() == 2


@pytest.mark.parametrize("who", ["tom", "grace", "marcus", "sam"])
def test_only_whose_turn_it_is_signs(cast: Cast, who: str) -> None:
    of = ready(cast)
    refused(cast, of, who, step=1)
    assert not Signature.objects.exists()


def test_no_step_is_skipped(cast: Cast) -> None:
    assert refused(cast, ready(cast), "tom", step=2).reason is Reason.CHANGED_MEANWHILE


def test_one_person_signs_two_steps_in_two_posts(cast: Cast) -> None:
    post(cast, "priya", Role.HEAD)
    of = ready(cast)
    signed(cast, of, "priya")
    signed(cast, of, "priya")
    assert list(copy_of(of).signatures.values_list("role", flat=True)) == ["dsl", "head"]


def test_whoever_covers_signs_as_a_cover(cast: Cast) -> None:
    held = post(cast, "tom", Role.HEAD)
    post(cast, "omar", Role.SCHOOL_STAFF)
    Cover.objects.create(post=held, covered_by=cast.people["omar"], starts_on=TODAY, ends_on=TODAY + timedelta(days=9))
    of = ready(cast)
    signed(cast, of, "priya")
    signed(cast, of, "omar")
    signature = copy_of(of).signatures.get(step=2)
    assert (signature.role, signature.is_cover, signature.name) == ("head", True, "Omar")
    assert told("return.signed")[-1]["about"]["cover"] is True


def test_a_cycle_of_one_signature_sends_with_it(cast: Cast) -> None:
    of = ready(cast, opened(cast, steps=(("dsl",),)))
    signed(cast, of, "priya")
    assert again(of).state == State.SUBMITTED


def test_after_the_final_deadline_nobody_begins_to_sign(cast: Cast) -> None:
    of = ready(cast)
    signed_on_the_day = refused(cast, of, "priya", at=on(1))
    assert signed_on_the_day.reason is Reason.WRONG_STATE
    signed(cast, of, "priya", at=on(0))


def test_what_was_begun_in_time_is_finished_within_the_grace_and_recorded_as_late(cast: Cast) -> None:
    post(cast, "ines", Role.CHAIR)
    of = ready(cast)
    signed(cast, of, "priya", at=on(0))
    signed(cast, of, "tom", at=on(1))
    assert "last signature by" in refused(cast, of, "ines", at=on(GRACE.days + 1)).advice
    signed(cast, of, "ines", at=on(GRACE.days))
    assert told("return.sent")[0]["about"]["late"] is True


def test_a_closed_cycle_takes_no_signature(cast: Cast) -> None:
    of = ready(cast)
    signed(cast, of, "priya")
    services.close_cycle(cycle_id=of.cycle_id, by=cast.actor("marcus"), at=NOW)
    assert refused(cast, of, "tom").reason is Reason.WRONG_STATE


def reopened(cast: Cast, of: Return, who: str = "tom", why: str = "A figure is wrong.", at: datetime = NOW) -> Return:
    return services.reopen_return(return_id=of.pk, why=why, by=cast.actor(who), at=at)


def test_reopening_lets_signatures_lapse_and_keeps_them(cast: Cast) -> None:
    of = ready(cast)
    signed(cast, of, "priya")
    reopened(cast, of)
    of = again(of)
    copy = of.copies.get()
    assert (of.state, copy.lapsed_at, copy.signatures.count()) == (State.STARTED, NOW, 1)
    (deed,) = told("return.reopened")
    assert (deed["why"], deed["about"]["digest"], deed["about"]["signatures"]) == ("A figure is wrong.", copy.digest, 1)
    answer(cast, of, referrals=typed(5, seen=1))


def test_what_was_sent_can_be_reopened_and_is_signed_anew_from_the_first_step(cast: Cast) -> None:
    of = sent(cast)
    first = of.reference
    reopened(cast, of)
    answer(cast, of, referrals=typed(5, seen=1))
    for who in ("priya", "tom", "ines"):
        signed(cast, of, who)
    of = again(of)
    assert list(of.copies.values_list("number", "lapsed_at", "sent_at")) == [(2, None, NOW), (1, NOW, NOW)]
    assert of.state == State.SUBMITTED
    assert of.reference != first


def test_reopening_wants_a_reason(cast: Cast) -> None:
    of = sent(cast)
    with pytest.raises(Refused, match="cannot be asked"):
        reopened(cast, of, why=" ")
    assert copy_of(of).lapsed_at is None


def test_what_was_sent_is_not_reopened_after_the_final_deadline(cast: Cast) -> None:
    of = sent(cast)
    reopened_on_the_day = on(0)
    with pytest.raises(Refused):
        reopened(cast, of, at=on(1))
    reopened(cast, of, at=reopened_on_the_day)


def test_what_the_council_has_answered_is_not_reopened(cast: Cast) -> None:
    of = sent(cast)
    Return.objects.filter(pk=of.pk).update(state=State.READ)
    with pytest.raises(Refused) as raised:
        reopened(cast, of)
    assert "Ask the council" in raised.value.advice


def test_nothing_that_was_not_signed_is_reopened(cast: Cast) -> None:
    of = ready(cast)
    with pytest.raises(Refused):
        reopened(cast, of)


@pytest.mark.parametrize("who", ["grace", "marcus", "sam"])
def test_only_the_school_reopens(cast: Cast, who: str) -> None:
    of = sent(cast)
    with pytest.raises(Refused):
        reopened(cast, of, who)


def sent_back(cast: Cast, of: Return, at: datetime) -> Return:
    """The council asks for more."""
    open_for_more(of=of, by=cast.actor("marcus"), at=at)
    return again(of)


def test_what_was_sent_back_is_signed_anew_even_after_the_final_deadline(cast: Cast) -> None:
    of = sent_back(cast, sent(cast), on(5))
    answer_at = on(6)
    services.save_return(return_id=of.pk, typed={"referrals": typed(7, seen=1)}, by=cast.actor("priya"), at=answer_at)
    signed(cast, of, "priya", at=answer_at)
    assert copy_of(of).number == 2
    signed(cast, of, "tom", at=on(6 + GRACE.days))
    assert again(of).state == State.SIGNING


def test_what_was_sent_back_and_signed_can_be_reopened_to_go_on(cast: Cast) -> None:
    of = sent_back(cast, sent(cast), on(5))
    signed(cast, of, "priya", at=on(6))
    assert reopened(cast, of, at=on(7)).state == State.SENT_BACK


def test_if_the_ledger_fails_nothing_is_signed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    of = ready(cast)
    monkeypatch.setattr("haven.audits.services.signing.record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        signed(cast, of, "priya")
    assert not Copy.objects.exists()
    assert again(of).state == State.STARTED


def test_next_steps_and_grace_in_a_table() -> None:
    assert [next_step((("dsl",), ("head",)), signed) for signed in (0, 1, 2)] == [1, 2, 0]
    assert last_day_to_sign(TODAY, TODAY - timedelta(days=3)) == TODAY + GRACE
    assert last_day_to_sign(TODAY, TODAY + timedelta(days=3)) == TODAY + timedelta(days=3) + GRACE
    assert [in_a_row(["1.1"]), in_a_row(["1.1", "1.2"]), in_a_row(["a", "b", "c"])] == [
        "1.1",
        "1.1 and 1.2",
        "a, b and c",
    ]


def test_a_reference_that_another_school_has_is_made_otherwise(cast: Cast) -> None:
    cycle = opened(cast, steps=(("dsl",),))
    of = ready(cast, cycle)
    taken = reference(2025, 900001, digest(of))
    cycle.returns.filter(organisation=cast.organisations["ashdown"]).update(reference=taken)
    signed(cast, of, "priya")
    assert again(of).reference.startswith("2025-900001-")
    assert again(of).reference != taken
