"""Answering for an agency: in parts, by several people, sent once and added to later."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.checks.letters import tell
from haven.checks.models import Ask, Followup, Part
from haven.checks.policy import ANSWERERS, may_answer
from haven.checks.queries.people import emails, running
from haven.checks.rules.asking import LONGEST_ANSWER, field_of
from haven.checks.rules.states import AskState, Deed, moved
from haven.engines.days.moments import local_day
from haven.keys.queries import seal_with
from haven.ledger.services import record
from haven.people.seeing import seeing
from haven.subjects.disclosure.opening import opened
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Outcome, Told
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.ties import Asker, acting_as

MEANWHILE = "A colleague wrote here while you did. Her words stand above yours: put the two together, then save again"
EMPTY = "Write something first"
TOO_LONG = f"Write at most {LONGEST_ANSWER:,} characters"
NOTHING_TO_SEND = "There is nothing new to send. Write an answer first, or say that nothing is known"
NOT_NOW = "That cannot be done as it stands now. Open it again to see what changed"


@seeing("checks.save_part")
def save_part(*, part_id: UUID, ask_id: UUID, key: str, words: str, seen: UUID | None, by: Actor, at: datetime) -> Part:
    """Keep the answer to one question. `seen` is the wording that she had before her when she wrote.

    Nothing is written over: where a colleague wrote meanwhile it is refused, with both wordings left to be put
    together. `part_id` is drawn by the form, so that what is sent twice is kept once.
    """
    ask = _to_answer(ask_id, by, at)
    if kept := ask.parts.filter(pk=part_id, written_by=by.person).first():
        return kept
    if key not in ask.keys:
        raise Refused(Reason.NOT_ASKABLE)
    if not words.strip() or len(words) > LONGEST_ANSWER:
        raise Refused(Reason.NOT_READY, TOO_LONG if words.strip() else EMPTY)
    last = ask.parts.filter(key=key).order_by("-number").first()
    if last is not None and _words(ask, last, by) == words.strip():
        return last
    if (last.pk if last else None) != seen:
        raise Refused(Reason.CHANGED_MEANWHILE, MEANWHILE)
    _move(ask, Deed.WRITE)
    sealed = seal_with(record=ask.answer_record, fields={field_of(part_id): words.strip().encode()})
    part = Part.objects.create(
        pk=part_id,
        ask=ask,
        key=key,
        number=last.number + 1 if last else 1,
        words=sealed[field_of(part_id)],
        written_by_id=person_of(by),
        written_at=at,
    )
    record("check.part_written", by=by, at=at, about=ask.facts | {"part": part.pk, "key": key})
    return part


@seeing("checks.send_answer")
def send_answer(*, ask_id: UUID, by: Actor, at: datetime) -> Ask:
    """Send what was written to the council. What was replaced before it was sent stays with the agency."""
    ask = _to_answer(ask_id, by, at)
    last = ask.parts.order_by().values("key").annotate(number=Max("number"))
    numbers = {row["key"]: row["number"] for row in last}
    drafts = [part for part in ask.parts.filter(sent_at__isnull=True) if part.number == numbers[part.key]]
    if not drafts:
        if ask.state == AskState.ANSWERED:
            return ask  # pressed twice
        raise Refused(Reason.NOT_READY, NOTHING_TO_SEND)
    _move(ask, Deed.SEND)
    Part.objects.filter(pk__in=[part.pk for part in drafts]).update(sent_at=at)
    _answered(ask, by, at)
    record("check.answered", by=by, at=at, about=ask.facts | {"parts": len(drafts)})
    return ask


@seeing("checks.say_nothing_known")
def say_nothing_known(*, ask_id: UUID, by: Actor, at: datetime) -> Ask:
    """Say that the agency knows nothing or, where it was asked for more, nothing more."""
    ask = _to_answer(ask_id, by, at)
    if ask.state == AskState.NOTHING:
        return ask  # pressed twice
    was_asked_again = ask.state == AskState.AGAIN
    _move(ask, Deed.SAY_NOTHING)
    _answered(ask, by, at)
    record("check.nothing_known", by=by, at=at, about=ask.facts | {"more": was_asked_again})
    return ask


def _to_answer(ask_id: UUID, by: Actor, at: datetime) -> Ask:
    rows = Ask.objects.select_for_update(of=("self",)).select_related("of__record", "agency", "answer")
    ask = rows.get(pk=ask_id, thread__isnull=True)
    require(may_answer(Asker(by, at), ask))
    return ask


def _words(ask: Ask, part: Part, by: Actor) -> str | None:
    """What stands there already: whoever writes the same again changes nothing."""
    places = {post.organisation for post in by.posts}
    return opened(ask.answer_record, field_of(part.pk), part.words, organisations=places)


def _move(ask: Ask, deed: Deed) -> None:
    state = moved(AskState(ask.state), deed)
    if state is None:
        raise Refused(Reason.WRONG_STATE, NOT_NOW)
    ask.state = state
    ask.save(update_fields=["state"])


def _answered(ask: Ask, by: Actor, at: datetime) -> None:
    """Write down that it went to the council, answer what was asked, and tell those who asked."""
    purpose = Purpose(Flow.AGENCY_TO_MASH, ask.of.reference, told=Told.ROUTINE)
    post = acting_as(by, ANSWERERS) or next(iter(by.posts), None)
    write_down(Outcome.SENT, record=ask.answer, purpose=purpose, post=post, by=by, at=at, to=ask.of.owner_id)
    ask.answered_at = ask.answered_at or at
    ask.save(update_fields=["answered_at"])
    Followup.objects.filter(ask=ask, answered_at__isnull=True).update(answered_at=at)
    tell(emails(running(ask, on=local_day(at))), "answered")
