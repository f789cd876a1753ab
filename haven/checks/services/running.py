"""Running a check at the council: given to a worker, its band changed, more asked, its round closed, or withdrawn."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.checks.letters import tell
from haven.checks.models import Ask, BandChange, Check, Followup, Shared
from haven.checks.policy import WORKERS, may_run
from haven.checks.queries.people import emails, excluded_from_check, told_of
from haven.checks.queries.settings import settings_of
from haven.checks.rules.asking import LONGEST_WHY, may_share
from haven.checks.rules.bands import Band, due_at
from haven.checks.rules.states import DONE, PENDING, AskState, Deed, moved
from haven.checks.services.asking import ask_more
from haven.engines.days.moments import local_day
from haven.keys.queries import seal_with
from haven.ledger.services import record
from haven.people.models import Post, on_day
from haven.people.seeing import seeing
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Outcome, Told
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.ties import SENDERS, Asker, acting_as
from haven.subjects.services import assign_record, send_record, take_back

NOT_A_WORKER = "Choose somebody who works with children at your council"
SAY_WHY = "Say why, in a sentence"
SAY_WHAT = "Say what you need an update on"
OVER = "This check was withdrawn"
CLOSED = "Its round is closed already, and every answer is shared"
NOT_ANSWERED = "It is not answered yet: wait for the answer, then ask for more"


@seeing("checks.allocate")
def allocate(*, check_id: UUID, person_id: UUID, by: Actor, at: datetime) -> Check:
    """Give a check to a worker by name: she reads it and its answers, and asks for updates."""
    check = _to_run(check_id, by, at)
    posts = Post.objects.filter(on_day(local_day(at)), person=person_id, role__in=WORKERS, organisation=check.owner_id)
    if not posts.exists() or person_id in excluded_from_check(check.pk):
        raise Refused(Reason.NOT_ASKABLE, NOT_A_WORKER)
    for each in {check.record_id, *(row.root.answer_record for row in check.asks.select_related("thread"))}:
        assign_record(record_id=each, person_id=person_id, by=by, at=at)
    check.allocated_to_id, check.allocated_at = person_id, at
    check.save(update_fields=["allocated_to", "allocated_at"])
    record("check.allocated", by=by, at=at, about=_facts(check) | {"person": person_id})
    tell(emails([person_id]), "allocated")
    return check


@seeing("checks.change_band")
def change_band(*, check_id: UUID, band: Band, why: str, by: Actor, at: datetime) -> Check:
    """Make it more or less urgent, with a reason in writing. The time counts from when it was asked."""
    check = _to_run(check_id, by, at)
    if not why.strip() or len(why) > LONGEST_WHY:
        raise Refused(Reason.NOT_READY, SAY_WHY)
    if check.band == band:
        return check
    pk, setting = uuid4(), settings_of(area=check.area_id)
    field = f"band_{pk.hex}"
    sealed = seal_with(record=check.record_id, fields={field: why.strip().encode()})[field]
    BandChange.objects.create(pk=pk, of=check, band=band, why=sealed, at=at, by_id=person_of(by))
    was, check.band = check.band, band
    check.due_at = due_at(setting.hours_of(band), check.asked_at, setting.clock)
    check.save(update_fields=["band", "due_at"])
    due = {"due_at": check.due_at, "prompted_at": None, "late_told_at": None}
    check.asks.filter(state__in=PENDING - {AskState.AGAIN}).update(**due)
    record("check.band_changed", by=by, at=at, about=_facts(check) | {"was": was, "band": band})
    return check


@seeing("checks.ask_update")
def ask_update(*, update_id: UUID, ask_id: UUID, words: str, by: Actor, at: datetime) -> Followup:
    """Ask an agency that has answered for an update, in the same thread. `update_id` is drawn by the form."""
    ask = Ask.objects.select_for_update(of=("self",)).select_related("of__record", "agency").get(pk=ask_id)
    check = _to_run(ask.of_id, by, at)
    thread = Ask.objects.select_for_update(of=("self",)).select_related("of__record", "agency").get(pk=ask.root.pk)
    if sent := Followup.objects.filter(pk=update_id, asked_by=by.person).first():
        return sent
    if not words.strip() or len(words) > LONGEST_WHY:
        raise Refused(Reason.NOT_READY, SAY_WHAT)
    if thread.state not in DONE and thread.state != AskState.AGAIN:
        raise Refused(Reason.WRONG_STATE, NOT_ANSWERED)
    field = f"more_{update_id.hex}"
    sealed = seal_with(record=thread.answer_record, fields={field: words.strip().encode()})[field]
    kind = Followup.Kind.UPDATE
    return ask_more(thread=thread, check=check, kind=kind, words=(update_id, sealed), by=by, at=at)


@seeing("checks.close_round")
def close_round(*, check_id: UUID, by: Actor, at: datetime) -> Check:
    """Close the round: each agency may read the others' answers about the children it was asked about itself.

    What comes later is shared by closing it again.
    """
    check = _to_run(check_id, by, at)
    was_closed = check.closed_at is not None
    if not was_closed:
        check.closed_at, check.closed_by_id = at, by.person
        check.save(update_fields=["closed_at", "closed_by"])
    asks = list(check.asks.exclude(state=AskState.WITHDRAWN).select_related("thread__of", "of", "agency"))
    shared = [(of, to) for of, to in _pairs(asks) if _share(of, to, check, by, at)]
    if was_closed and not shared:
        raise Refused(Reason.WRONG_STATE, CLOSED)
    record("check.round_closed", by=by, at=at, about=_facts(check) | {"asks": len(asks), "shared": len(shared)})
    return check


@seeing("checks.withdraw_check")
def withdraw_check(*, check_id: UUID, by: Actor, at: datetime) -> Check:
    """Ask no longer. Whoever has not answered can read nothing of it any more; what was answered stays."""
    check = _to_run(check_id, by, at)
    check.withdrawn_at, check.withdrawn_by_id = at, by.person
    check.save(update_fields=["withdrawn_at", "withdrawn_by"])
    rows = check.asks.select_for_update(of=("self",)).select_related("of__record", "agency")
    for ask in rows:
        state = moved(AskState(ask.state), Deed.WITHDRAW)
        if state is None or ask.followers.exclude(state=AskState.WITHDRAWN).exists():
            continue
        if ask.thread_id is None:
            tell(told_of(ask, on=local_day(at)), "withdrawn")
        ask.state = state
        ask.save(update_fields=["state"])
    kept = set(check.asks.exclude(state=AskState.WITHDRAWN).values_list("agency", flat=True))
    for agency in set(check.asks.values_list("agency", flat=True)) - kept - {check.owner_id}:
        take_back(record_id=check.record_id, organisation=agency, by=by, at=at)
    record("check.withdrawn", by=by, at=at, about=_facts(check))
    return check


def _to_run(check_id: UUID, by: Actor, at: datetime) -> Check:
    check = Check.objects.select_for_update(of=("self",)).select_related("record").get(pk=check_id)
    require(may_run(Asker(by, at), check))
    if check.withdrawn_at is not None:
        raise Refused(Reason.WRONG_STATE, OVER)
    return check


def _pairs(asks: list[Ask]) -> Iterable[tuple[Ask, Ask]]:
    """Every answer with every other agency of the check."""
    return ((of, to) for of in asks for to in asks if of.agency_id != to.agency_id)


def _share(of: Ask, to: Ask, check: Check, by: Actor, at: datetime) -> bool:
    """Let an agency read another's answer, where the rule allows it; whether it could not before."""
    thread = of.root
    is_closed = thread.of_id == check.pk or thread.of.closed_at is not None
    asked = _children(list(check.asks.filter(agency=to.agency_id)))
    if thread.state not in DONE or not may_share(of=_children([thread]), asked=asked, is_closed=is_closed):
        return False
    if Shared.objects.filter(ask=thread, to=to.agency_id).exists():
        return False
    purpose = Purpose(Flow.MASH_TO_AGENCY, check.reference, check.basis, Told(check.told))
    post = acting_as(by, SENDERS, check.area_id)
    write_down(Outcome.SENT, record=thread.answer, purpose=purpose, post=post, by=by, at=at, to=to.agency_id)
    send_record(record_id=thread.answer_record, to=to.agency_id, by=by, at=at, naming=_children([thread]))
    Shared.objects.create(ask=thread, to=to.agency, at=at)
    return True


def _children(asks: list[Ask]) -> frozenset[UUID]:
    return frozenset(each for ask in asks for each in ask.about.values_list("subject", flat=True))


def _facts(check: Check) -> dict[str, object]:
    return {"check": check.pk, "area": check.area_id, "owner": check.owner_id}
