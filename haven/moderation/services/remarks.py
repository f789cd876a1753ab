"""Remarks on the answers of a return, one question at a time, and the school's replies to them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.audits.queries.changing import return_for_update
from haven.ledger.services import record
from haven.moderation.models import Remark
from haven.moderation.policy import may_remark, may_reply
from haven.moderation.queries.reading import about_of, remark_of_own, rows_of, standing_copy

SAY = "Write what you want to say."
STRANGE = "This question is not in what the school sent."
SHOWN = "The school has read it, so it stays."
NO_REMARK = "Nobody has remarked on this answer."


@transaction.atomic
def remark_on(*, return_id: UUID, question: str, kind: str, words: str, by: Actor, at: datetime) -> Remark:
    """Say something to one answer. The school sees it with the feedback, or when the return is sent back.

    The same words in the same minute, as from a form sent twice, are one remark.
    """
    of = return_for_update(return_id=return_id)
    require(may_remark(by, of))
    copy, words = standing_copy(of), words.strip()
    if not words or kind not in (Remark.Kind.COMMENT, Remark.Kind.MORE, Remark.Kind.GOOD):
        raise Refused(Reason.NOT_ASKABLE, SAY)
    if question not in rows_of(copy):
        raise Refused(Reason.NOT_ASKABLE, STRANGE)
    asked = {"copy": copy, "question": question, "kind": kind, "words": words, "said_by_id": person_of(by)}
    if known := Remark.objects.filter(**asked, shown_at__isnull=True).first():
        return known
    remark = Remark.objects.create(**asked, said_at=at)
    record("remark.made", by=by, at=at, about=about_of(of) | {"remark": remark.pk, "question": question, "kind": kind})
    return remark


@transaction.atomic
def drop_remark(*, remark_id: UUID, by: Actor, at: datetime) -> Remark:
    """Take a remark of one's own away, before the school has seen it; what it was."""
    remark = remark_of_own(remark_id=remark_id, by=by)
    of = return_for_update(return_id=remark.copy.of_id)
    require(may_remark(by, of))
    remark.refresh_from_db(fields=["shown_at"])
    if remark.shown_at is not None:
        raise Refused(Reason.WRONG_STATE, SHOWN)
    about = about_of(of) | {"remark": remark.pk, "question": remark.question}
    Remark.objects.filter(pk=remark.pk).delete()
    record("remark.dropped", by=by, at=at, about=about)
    return remark


@transaction.atomic
def reply_to_remarks(*, return_id: UUID, question: str, words: str, by: Actor, at: datetime) -> Remark:
    """Answer what the council remarked on one question. The council sees it at once."""
    of = return_for_update(return_id=return_id)
    require(may_reply(by, of))
    if not words.strip():
        raise Refused(Reason.NOT_ASKABLE, SAY)
    shown = Remark.objects.filter(copy__of=of, question=question, shown_at__isnull=False)
    last = shown.exclude(kind=Remark.Kind.REPLY).order_by("-shown_at").first()
    if last is None:
        raise Refused(Reason.NOT_ASKABLE, NO_REMARK)
    said = {"copy_id": last.copy_id, "question": question, "kind": Remark.Kind.REPLY, "words": words.strip()}
    said["said_by_id"] = person_of(by)
    if known := Remark.objects.filter(**said).first():
        return known
    reply = Remark.objects.create(**said, said_at=at, shown_at=at)
    record("remark.answered", by=by, at=at, about=about_of(of) | {"remark": reply.pk, "question": question})
    return reply
