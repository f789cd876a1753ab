"""Signing a return, step by step, until the last signature sends it; and opening it again."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor, HeldPost
from haven.access.decision import Reason, Refused, person_of, require
from haven.audits.models import Copy, Notice, Return, Signature
from haven.audits.policy import may_reopen, may_see, signing_post
from haven.audits.queries.changing import require_open, require_open_to_finish, return_for_update
from haven.audits.queries.freezing import Whole, whole_of
from haven.audits.queries.plans import alive
from haven.audits.rules.life import ANSWERABLE, IN_HAND, Move, State, after, reference, step_in_words
from haven.audits.rules.signing import next_step
from haven.audits.services.counting import count_copy
from haven.audits.services.plans import agree_plan, keep_plan
from haven.engines.compare.telling import in_a_row
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.questions.services import lock_sheet, unlock_sheet

NOT_BEGUN = "Nobody has begun this audit yet."
SENT = "It has been sent. It can be reopened first."
SIGNED_ALREADY = "{name} has signed this step in the meantime. Look at it again."
LAPSED = "It was reopened in the meantime, so what you saw no longer stands. Look at it again."
CHANGED = "Somebody changed an answer or the plan while you read. Look at it as it stands now, then sign it."
NOT_YOURS = "This signature is for: {roles}."
OWED = "It cannot be signed yet. Some answers are not complete: {refs}."
PLAN_OWED = "It cannot be signed yet. Some lines of the plan are not complete: {refs}."
SAY_WHY = "Say why you reopen it."
NOTHING_SIGNED = "Nothing has been signed, so there is nothing to reopen."
ANSWERED = (
    "The council has read it and answered, so it cannot be reopened here. Ask the council to send it back to you."
)
MOST_NAMED = 12


@transaction.atomic
def sign_return(*, return_id: UUID, step: int, digest: str, words: str, by: Actor, at: datetime) -> Signature:
    """Sign one step of a return. The first signature freezes it; every other signs the same copy; the last sends it.

    `step` and `digest` are those of the page that she read: what has changed since then is refused, so that nobody
    signs what she has not seen. A signature that is given twice stands once.
    """
    of = return_for_update(return_id=return_id)
    require(may_see(by, of))
    copy = _standing(of)
    if copy and (known := copy.signatures.filter(step=step, signed_by=by.person, digest=digest).first()):
        return known
    post = _require_turn(of, copy, step, by)
    if copy is None:
        copy = _freeze(of, digest, by, at)
    elif copy.digest != digest:
        raise Refused(Reason.CHANGED_MEANWHILE, LAPSED)
    else:
        require_open_to_finish(of, copy, at)
    signature = Signature.objects.create(
        copy=copy,
        step=step,
        role=post.role.value,
        is_cover=post.is_cover,
        signed_by_id=person_of(by),
        name=by.name,
        words=words.strip(),
        digest=copy.digest,
        signed_at=at,
    )
    is_last = step == len(of.cycle.steps)
    if not is_last:
        _tell(of, Notice.Kind.SIGN, by, at, step=step + 1)
    about = _about(of, copy) | {"step": step, "role": post.role.value, "cover": post.is_cover}
    record("return.signed", by=by, at=at, about=about)
    if is_last:
        _send(of, copy, by, at)
    return signature


@transaction.atomic
def reopen_return(*, return_id: UUID, why: str, by: Actor, at: datetime) -> Return:
    """Let a signed or a sent return be changed again, until the final deadline and before the council has answered.

    The copy and its signatures stay on record and no longer count. What the council has in hand, it keeps until the
    return is signed and sent anew.
    """
    of = return_for_update(return_id=return_id)
    require(may_reopen(by, of))
    if after(State(of.state), Move.REOPEN) is None:
        raise Refused(Reason.WRONG_STATE, ANSWERED if of.state == State.READ else NOTHING_SIGNED)
    if of.sent_back_at is None:
        require_open(of, at)
    if not why.strip():
        raise Refused(Reason.NOT_ASKABLE, SAY_WHY)
    copy = _standing(of)
    signed = copy.signatures.count() if copy else 0
    of.state = State.SENT_BACK if of.sent_back_at else after(State(of.state), Move.REOPEN) or State.STARTED
    of.save(update_fields=["state"])
    about = _about(of, copy) | {"signatures": signed}
    lapse_copies(of=of, by=by, at=at)
    record("return.reopened", by=by, at=at, about=about, why=why.strip())
    return of


@transaction.atomic
def note_answer(*, of: Return, by: Actor, at: datetime) -> None:
    """Note that the council has answered a return, and tell its school. What it answered, the caller keeps."""
    of.state = after(State(of.state), Move.ANSWER) or State.READ
    of.save(update_fields=["state"])
    _tell(of, Notice.Kind.ANSWERED, by, at)


@transaction.atomic
def open_for_more(*, of: Return, by: Actor, at: datetime) -> None:
    """Open a return again because the council asks for more, and tell its school. Why, the caller keeps."""
    lapse_copies(of=of, by=by, at=at)
    of.state, of.sent_back_at = after(State(of.state), Move.SEND_BACK) or State.SENT_BACK, at
    of.save(update_fields=["state", "sent_back_at"])
    _tell(of, Notice.Kind.SENT_BACK, by, at)


@transaction.atomic
def lapse_copies(*, of: Return, by: Actor, at: datetime) -> None:
    """Let no copy of a return stand, count none of its answers any more, and let its sheet be changed again."""
    for copy in of.copies.filter(lapsed_at__isnull=True):
        copy.lapsed_at = at
        copy.save(update_fields=["lapsed_at"])
        if copy.sent_at is not None:
            count_copy(of, copy, sign=-1)
    if of.sheet_id is not None:
        unlock_sheet(sheet_id=of.sheet_id, by=by, at=at)


def _standing(of: Return) -> Copy | None:
    """The copy that is being signed or was sent."""
    if of.state in ANSWERABLE:
        return None
    return of.copies.filter(lapsed_at__isnull=True).first()


def _require_turn(of: Return, copy: Copy | None, step: int, by: Actor) -> HeldPost:
    """The post in which she signs this step, where it is the next. Raises `Refused`."""
    if of.sheet_id is None:
        raise Refused(Reason.WRONG_STATE, NOT_BEGUN)
    signatures = list(copy.signatures.order_by("step")) if copy else []
    if step <= len(signatures):
        raise Refused(Reason.CHANGED_MEANWHILE, SIGNED_ALREADY.format(name=signatures[step - 1].name))
    if of.state in IN_HAND or after(State(of.state), Move.SIGN) is None:
        raise Refused(Reason.WRONG_STATE, SENT)
    if step != next_step(of.cycle.steps, len(signatures)):
        raise Refused(Reason.CHANGED_MEANWHILE, LAPSED)
    roles = of.cycle.steps[step - 1]
    if (post := signing_post(by, of, roles)) is None:
        raise Refused(Reason.NOT_THE_ROLE, NOT_YOURS.format(roles=step_in_words(roles)))
    return post


def _freeze(of: Return, digest: str, by: Actor, at: datetime) -> Copy:
    """The copy that is signed, where nothing is owed and it is what she saw."""
    require_open(of, at)
    assert of.sheet_id is not None  # it is her turn only once it was begun
    lapse_copies(of=of, by=by, at=at)
    sheet = lock_sheet(sheet_id=of.sheet_id, by=by, at=at)
    whole = whole_of(of, sheet, today=local_day(at))
    _require_complete(whole)
    if whole.digest != digest:
        raise Refused(Reason.CHANGED_MEANWHILE, CHANGED)
    copy = Copy.objects.create(of=of, number=whole.number, content=whole.content, digest=whole.digest, made_at=at)
    keep_plan(of=of, lines=whole.plan, by=by, at=at)
    of.state = after(State(of.state), Move.SIGN) or State.SIGNING
    of.save(update_fields=["state"])
    return copy


def _require_complete(whole: Whole) -> None:
    if whole.filled.owing:
        refs = [line.question.ref for line in whole.filled.owing]
        raise Refused(Reason.NOT_READY, OWED.format(refs=_named(refs)))
    if owing := [line for line in alive(whole.plan) if line.lacks]:
        refs = [line.ref or line.issue[0] for line in owing]
        raise Refused(Reason.NOT_READY, PLAN_OWED.format(refs=_named(refs)))


def _named(refs: Sequence[str]) -> str:
    shown = [*refs[:MOST_NAMED], f"{len(refs) - MOST_NAMED} more"] if len(refs) > MOST_NAMED else refs
    return in_a_row(shown)


def _send(of: Return, copy: Copy, by: Actor, at: datetime) -> None:
    """The last signature sends it."""
    of.state = after(State(of.state), Move.SEND) or State.SUBMITTED
    of.reference, of.submitted_at, of.sent_back_at = _reference(of, copy), at, None
    of.save(update_fields=["state", "reference", "submitted_at", "sent_back_at"])
    copy.sent_at = at
    copy.save(update_fields=["sent_at"])
    agree_plan(of=of, by=by, at=at)
    _tell(of, Notice.Kind.SENT, by, at)
    count_copy(of, copy)
    is_late = local_day(at) > of.days.final_due_on
    record("return.sent", by=by, at=at, about=_about(of, copy) | {"reference": of.reference, "late": is_late})


def _reference(of: Return, copy: Copy) -> str:
    """One that no other return of the cycle has."""
    digest, taken = copy.digest, Return.objects.filter(cycle=of.cycle_id).exclude(pk=of.pk)
    while taken.filter(reference=(made := reference(of.cycle.school_year, of.organisation.urn, digest))).exists():
        digest = hashlib.sha256(digest.encode()).hexdigest()
    return made


def _tell(of: Return, kind: Notice.Kind, by: Actor, at: datetime, step: int = 0) -> None:
    Notice.objects.create(of=of, kind=kind, step=step, made_at=at, made_by_id=by.person)


def _about(of: Return, copy: Copy | None) -> dict[str, Any]:
    about = {"return": of.pk, "cycle": of.cycle_id, "organisation": of.organisation_id, "area": of.cycle.area_id}
    return about | ({"copy": copy.number, "digest": copy.digest} if copy else {})
