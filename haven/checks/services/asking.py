"""Asking: what a check says is sealed, each agency gets what concerns it, and nobody is asked twice."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Max

from haven.access.actor import Actor, HeldPost
from haven.access.decision import Reason, Refused, person_of, require
from haven.access.roles import Kind, Role
from haven.checks.letters import tell
from haven.checks.models import Ask, AskedAbout, Check, Concerned, Followup, Why
from haven.checks.policy import ASKERS, may_ask
from haven.checks.queries.people import about, answering, answering_to, emails, officers, opens_at
from haven.checks.queries.settings import settings_of
from haven.checks.rules.asking import Earlier, Said, Way, faults, may_go_on, way
from haven.checks.rules.bands import Band, due_at
from haven.checks.rules.naming import as_text, asked_of
from haven.checks.rules.states import AskState, moved
from haven.checks.rules.states import Deed as Step
from haven.checks.rules.terms import is_out_of_term
from haven.checks.services.giving import give
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.people.models import Organisation
from haven.people.queries import council_of
from haven.people.seeing import seeing
from haven.subjects.disclosure.opening import identities
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Outcome, Record, Subject, Told
from haven.subjects.queries.deciding import decide
from haven.subjects.queries.places import home_areas_on
from haven.subjects.rules.bases import USUAL, Flow
from haven.subjects.rules.ties import Asker, Deed, acting_as
from haven.subjects.services import assign_record, make_record, send_record
from haven.subjects.services.records import NewRecord

CLOSED = "A child’s record does not open, so nobody can be asked about her. Tell whoever looks after Haven"
NOT_HERE = "Only the council of the area where a child is taught at home is asked about that"
NOBODY = "Nobody at {name} can answer in Haven. Ask them in another way"


@dataclass(frozen=True, slots=True)
class NewCheck:
    """What is asked. `agencies` are those asked, each with the children it is asked about; `check` is drawn by the
    form, so that what is sent twice is asked once."""

    check: UUID
    area: UUID
    reference: str
    band: Band
    concern: str
    needs_for_task: bool
    told: Told
    agencies: Mapping[UUID, Collection[UUID]]
    questions: Sequence[Mapping[str, str]] = ()  # key, words, kind
    own_question: str = ""
    untold: str = ""
    basis: str = ""
    is_other: bool = False  # another episode than before
    other: str = field(default="", repr=False)

    @property
    def children(self) -> frozenset[UUID]:
        """Everybody it is about."""
        return frozenset(child for children in self.agencies.values() for child in children)


@seeing("checks.ask")
def ask(*, new: NewCheck, by: Actor, at: datetime) -> Check:
    """Ask. An agency that was asked about a child in the same episode is asked only what is new, or nothing more.

    Raises `Refused`, with advice, for what is lacking.
    """
    require(may_ask(by, new.area))
    if sent := Check.objects.filter(pk=new.check, asked_by=by.person).first():
        return sent
    if lacking := faults(_said(new)):
        raise Refused(Reason.NOT_READY, ". ".join(lacking))
    post = acting_as(by, ASKERS, new.area)
    assert post is not None
    check = _made(new, post, by, at)
    if check.allocated_to_id:
        assign_record(record_id=check.record_id, person_id=check.allocated_to_id, by=by, at=at)
    for agency in Organisation.objects.filter(pk__in=new.agencies).order_by("name", "pk"):
        home = _home_area(new, agency, at)
        for how, thread, children in _ways(new, check, agency, at):
            _ask_one(_One(check, agency, home, frozenset(children), how, thread), new, by, at)
    facts = {"check": check.pk, "area": check.area_id, "owner": check.owner_id, "band": check.band}
    asked = check.asks.all()
    facts |= {"asks": [each.pk for each in asked], "asked_twice": sum(each.thread_id is not None for each in asked)}
    record("check.asked", by=by, at=at, about=facts)
    return check


def _said(new: NewCheck) -> Said:
    return Said(
        reference=new.reference,
        concern=new.concern,
        needs_for_task=new.needs_for_task,
        is_told=new.told == Told.YES,
        untold=new.untold,
        children=len(new.children),
        agencies=len(new.agencies),
        questions=len(new.questions) + bool(new.own_question.strip()),
        is_other=new.is_other,
        other=new.other,
    )


def _made(new: NewCheck, post: HeldPost, by: Actor, at: datetime) -> Check:
    """The check with its record. What it says opens for the council and, once it is sent to them, for the agencies."""
    typed = {
        "children": _names(new.children, by, at),
        "concern": new.concern,
        "untold": new.untold,
        "own_question": new.own_question,
        "other": new.other if new.is_other else "",
    }
    fields = {name: words.strip().encode() for name, words in typed.items() if words.strip()}
    made = NewRecord("check", new.area, post.organisation, fields, new.children)
    row, sealed = make_record(new=made, by=by, at=at)
    _keep_as_long(row, new.children)
    person = person_of(by)
    setting = settings_of(area=new.area)
    is_worker = post.role is Role.SOCIAL_WORKER
    check = Check.objects.create(
        pk=new.check,
        record=row,
        area_id=new.area,
        owner_id=post.organisation,
        reference=" ".join(new.reference.split()),
        band=new.band,
        asked_at=at,
        due_at=due_at(setting.hours_of(new.band), at, setting.clock),
        asked_by_id=person,
        needs_for_task=new.needs_for_task,
        basis=new.basis or USUAL[Flow.MASH_TO_AGENCY].code,
        told=new.told,
        questions=list(new.questions),
        allocated_to_id=person if is_worker else None,
        allocated_at=at if is_worker else None,
        **sealed,
    )
    Concerned.objects.bulk_create(Concerned(of=check, subject_id=each) for each in sorted(new.children))
    return check


def _names(children: Collection[UUID], by: Actor, at: datetime) -> str:
    """Who they are. Whoever asks about a child must be allowed to read who she is: she has looked her up."""
    rows = list(Subject.objects.filter(pk__in=children).select_related("record"))
    if len(rows) != len(children):
        raise Refused(Reason.NOT_THE_ORGANISATION)
    for row in rows:
        require(decide(Asker(by, at), Deed.READ, row.record))
    named = identities(rows, organisations={post.organisation for post in by.posts})
    if len(named) != len(rows):
        raise Refused(Reason.NOT_READY, CLOSED)
    return as_text(named)


def _keep_as_long(row: Record, children: Collection[UUID]) -> None:
    """As long as the records of those it is about."""
    last = Subject.objects.filter(pk__in=children).aggregate(last=Max("record__review_on"))["last"]
    if last is not None:
        row.review_on = last
        row.save(update_fields=["review_on"])


@dataclass(frozen=True, slots=True)
class _One:
    """One agency to be asked about some children, in one way."""

    check: Check
    agency: Organisation
    home_area: UUID | None
    children: frozenset[UUID]
    how: Way
    thread: Ask | None


def _home_area(new: NewCheck, agency: Organisation, at: datetime) -> UUID | None:
    """Where those are taught at home about whom a council is asked: as Haven knows, or as whoever asks says."""
    if agency.kind != Kind.COUNCIL:
        return None
    today = local_day(at)
    known = {area for child in new.agencies[agency.pk] for area in home_areas_on(subject=child, on=today)}
    homes = sorted(area for area in known if council_of(area=area, on=today) == agency.pk)
    if not homes and council_of(area=new.area, on=today) != agency.pk:
        raise Refused(Reason.NOT_ASKABLE, NOT_HERE)
    return homes[0] if homes else new.area


def _ways(new: NewCheck, check: Check, agency: Organisation, at: datetime) -> list[tuple[Way, Ask | None, set[UUID]]]:
    """The children of an agency, by the thread in which each was asked about before."""
    within = settings_of(area=new.area).within_days
    found: dict[UUID | None, tuple[Way, Ask | None, set[UUID]]] = {}
    for child in sorted(new.agencies[agency.pk]):
        thread = _earlier(check, agency, child)
        how = way(_told(thread), reference=new.reference, on=local_day(at), within_days=within, is_other=new.is_other)
        known = thread if how is not Way.FRESH else None
        found.setdefault(known.pk if known else None, (how, known, set()))[2].add(child)
    return list(found.values())


def _earlier(check: Check, agency: Organisation, child: UUID) -> Ask | None:
    """The last time this council asked this agency about this child, in a check of the same children; locked."""
    asked = Ask.objects.filter(of__owner=check.owner_id, agency=agency, thread__isnull=True, about__subject=child)
    rows = asked.exclude(state=AskState.WITHDRAWN).exclude(of=check).select_related("of", "answer")
    latest = rows.order_by("-asked_at").select_for_update(of=("self",))
    return next((row for row in latest if may_go_on(of=_about(row.of), asked=_about(check))), None)


def _told(thread: Ask | None) -> Earlier | None:
    if thread is None:
        return None
    last = thread.followers.order_by("-asked_at").first() or thread
    return Earlier(thread.pk, last.of.reference, local_day(last.asked_at), AskState(thread.state))


def _ask_one(one: _One, new: NewCheck, by: Actor, at: datetime) -> None:
    """Send the check to the agency, written down first; begin its thread, or go on in the one there is."""
    check = one.check
    words = Purpose(Flow.MASH_TO_AGENCY, check.reference, check.basis, Told(check.told), new.untold)
    post = acting_as(by, ASKERS, check.area_id)
    write_down(Outcome.SENT, record=check.record, purpose=words, post=post, by=by, at=at, to=one.agency.pk)
    send_record(record_id=check.record_id, to=one.agency.pk, by=by, at=at, naming=one.children)
    if one.thread:
        _followed(one, by, at)
    else:
        _begun(one, by, at)


def _begun(one: _One, by: Actor, at: datetime) -> None:
    """Begin a thread. Those answer by name who must: where the agency's own people may not, where the school is shut,
    and where the child is taught at home."""
    check = one.check
    new = NewRecord("check-answer", check.area_id, check.owner_id, {}, _about(check))
    answer, _ = make_record(new=new, by=by, at=at)
    answer.review_on = check.record.review_on
    answer.save(update_fields=["review_on"])
    send_record(record_id=answer.pk, to=one.agency.pk, by=by, at=at, naming=one.children)
    today = local_day(at)
    there = answering(agency=one.agency, home_area=one.home_area, children=_about(check), on=today)
    if not there.people:
        name = asked_of(one.agency.name, is_at_home=one.home_area is not None)
        raise Refused(Reason.NOT_ASKABLE, NOBODY.format(name=name))
    is_school = one.agency.kind == Kind.SCHOOL
    is_shut = is_school and is_out_of_term(opens_at(school=one.agency.pk, at=at), check.due_at)
    row = _put(
        one,
        at,
        home_area_id=one.home_area,
        answer=answer,
        state=AskState.ASKED,
        is_out_of_term=is_shut,
        is_alarm=there.is_alarm,
    )
    named = dict.fromkeys(sorted(there.by_name), Why.AT_HOME if one.home_area else Why.RUNGS)
    if is_shut:
        found = officers(area=check.area_id, owner=check.owner_id, children=_about(check), on=today)
        named |= dict.fromkeys(sorted(found - there.people), Why.OUT_OF_TERM)
    for why in Why:
        people = [person for person, because in named.items() if because == why]
        give(ask=row, people=people, why=why, by=by, at=at)
    if check.allocated_to_id:
        assign_record(record_id=row.answer_record, person_id=check.allocated_to_id, by=by, at=at)
    tell(emails(there.people | set(named)), "asked")


def _put(one: _One, at: datetime, **fields: object) -> Ask:
    """That the agency is asked, and about which children."""
    check = one.check
    row = Ask.objects.create(of=check, agency=one.agency, asked_at=at, due_at=check.due_at, **fields)
    AskedAbout.objects.bulk_create(AskedAbout(ask=row, subject_id=each) for each in sorted(one.children))
    return row


def _followed(one: _One, by: Actor, at: datetime) -> None:
    """Where it was asked before. What is on its way is waited for; of what is there, only what is new is asked."""
    check, thread = one.check, one.thread
    assert thread is not None
    _put(one, at, home_area_id=thread.home_area_id, thread=thread, state=AskState.FOLLOWS)
    for person in thread.given.values_list("person", flat=True):
        assign_record(record_id=check.record_id, person_id=person, by=by, at=at)
    if check.allocated_to_id:
        assign_record(record_id=thread.answer_record, person_id=check.allocated_to_id, by=by, at=at)
    if one.how is Way.ANYTHING_NEW:
        ask_more(thread=thread, check=check, kind=Followup.Kind.NEW, words=None, by=by, at=at)
    elif check.due_at and (thread.due_at is None or check.due_at < thread.due_at):
        thread.due_at, thread.prompted_at, thread.late_told_at = check.due_at, None, None
        thread.save(update_fields=["due_at", "prompted_at", "late_told_at"])


def ask_more(
    *, thread: Ask, check: Check, kind: Followup.Kind, words: tuple[UUID, bytes] | None, by: Actor, at: datetime
) -> Followup:
    """Ask more in a thread that is locked, and tell those who answer. `words` come sealed, with their row's name."""
    state = moved(AskState(thread.state), Step.ASK_MORE)
    if state is None:
        raise Refused(Reason.WRONG_STATE, "It is not answered yet")
    setting = settings_of(area=check.area_id)
    pk, sealed = words or (uuid4(), None)
    row = Followup.objects.create(
        pk=pk,
        ask=thread,
        of=check,
        kind=kind,
        words=sealed,
        asked_by_id=person_of(by),
        asked_at=at,
        due_at=due_at(setting.hours_of(Band(check.band)), at, setting.clock),
    )
    is_open = thread.state == AskState.AGAIN and thread.due_at is not None
    thread.due_at = min(filter(None, (thread.due_at, row.due_at)), default=None) if is_open else row.due_at
    thread.state, thread.asked_at, thread.prompted_at, thread.late_told_at = state, at, None, None
    thread.save(update_fields=["state", "asked_at", "due_at", "prompted_at", "late_told_at"])
    children = about(thread)
    there = answering_to(thread, children=children, on=local_day(at)).people
    facts = {"check": check.pk, "area": check.area_id, "owner": check.owner_id, "ask": thread.pk, "kind": kind}
    facts |= {"followup": row.pk}
    record("check.more_asked", by=by, at=at, about=facts)
    tell(emails(there | set(thread.given.values_list("person", flat=True))), "again")
    return row


def _about(check: Check) -> frozenset[UUID]:
    return frozenset(check.concerned.values_list("subject", flat=True))
