"""What came back to a school: who read its return, what was said to it, and what the council promised."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.models import Action
from haven.audits.models import Copy, Cycle, Return
from haven.audits.queries.back import Answered, SentBack
from haven.audits.queries.returns import return_read
from haven.moderation.models import Feedback, Reading, Remark, Visit
from haven.moderation.policy import may_keep, may_oversee, may_remark, may_reply
from haven.moderation.queries.reading import feedback_of, outline_of, readings_of, rows_of
from haven.moderation.rules.reading import promised
from haven.questions.queries.telling import said_in
from haven.questions.rules.outline import Section
from haven.questions.rules.telling import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What was said to one question, and back, with the answer as it stood."""

    section: Section
    said: Said
    remarks: Sequence[Remark]

    @property
    def asks_for_more(self) -> bool:
        """Whether more is asked for here."""
        return any(remark.kind == Remark.Kind.MORE for remark in self.remarks)

    @property
    def is_good(self) -> bool:
        """Whether it is called good practice."""
        return any(remark.kind == Remark.Kind.GOOD for remark in self.remarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPage:
    """All that came back on one return."""

    of: Return
    sent_at: datetime | None
    readings: Sequence[Reading]
    feedback: Sequence[Feedback]
    threads: Sequence[Thread]
    visit: Visit | None
    may_reply: bool
    is_lead: bool
    may_answer: bool  # for the council: to give feedback, or send it back

    @property
    def asked_for_more(self) -> Sequence[Thread]:
        """The questions to which more is asked for."""
        return [thread for thread in self.threads if thread.asks_for_more]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the council said it would do, to one school or in the same words to several."""

    feedback: Feedback  # in which it was said first
    given: Sequence[Feedback]  # every feedback that says it, the first first
    action: Action | None

    @property
    def school(self) -> str:
        """To whom, shortly."""
        schools = {each.copy.of.organisation.name for each in self.given}
        return min(schools) if len(schools) == 1 else f"{len(schools):,} schools"

    @property
    def organisations(self) -> Sequence[UUID]:
        """The schools to which it was said."""
        return list(dict.fromkeys(each.copy.of.organisation_id for each in self.given))


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesPage:
    """What the council will do because of the returns of a cycle."""

    cycle: Cycle
    promises: Sequence[Promise]

    @property
    def waiting(self) -> int:
        """How many have not become an action."""
        return sum(promise.action is None for promise in self.promises)


def feedback_page(*, return_id: UUID, by: Actor) -> FeedbackPage:
    """What came back, for the school, and for leads of the area once it was sent. Raises `Refused`."""
    of = return_read(return_id=return_id, by=by)
    return FeedbackPage(
        of=of,
        sent_at=of.submitted_at,
        readings=readings_of(of),
        feedback=feedback_of(of),
        threads=_threads(of),
        visit=_visit(of, by),
        may_reply=bool(may_reply(by, of)),
        is_lead=bool(may_oversee(by, of)),
        may_answer=bool(may_remark(by, of)),
    )


def last_answers(*, returns: Collection[UUID]) -> Mapping[UUID, Answered]:
    """The newest feedback on each of some returns."""
    rows = Feedback.objects.filter(copy__of__in=returns).order_by("given_at", "number")
    return {of: Answered(at, words) for of, at, words in rows.values_list("copy__of", "given_at", "words")}


def why_sent_back(*, return_id: UUID) -> SentBack | None:
    """Why a return was sent back last, with what is asked of which answer; none where it never was."""
    given = Feedback.objects.filter(copy__of=return_id, sends_back=True).order_by("given_at", "number").last()
    if given is None:
        return None
    asked = Remark.objects.filter(copy=given.copy_id, kind=Remark.Kind.MORE, shown_at__isnull=False)
    return SentBack(
        given_at=given.given_at,
        name=given.name,
        place=given.place,
        words=given.words,
        remarks=list(asked.values_list("question", "words")),
    )


def promises_page(*, cycle_id: UUID, by: Actor) -> PromisesPage:
    """What was promised in the feedback of a cycle, the newest first, for its area's leads. Raises `Refused`."""
    cycle = Cycle.objects.select_related("area").get(pk=cycle_id)
    require(may_keep(by, cycle.area_id))
    rows = Feedback.objects.filter(copy__of__cycle=cycle).exclude(area_will="").order_by("-given_at", "-pk")
    given = list(rows.select_related("copy__of__organisation", "copy__of__cycle").defer("copy__content"))
    return PromisesPage(cycle=cycle, promises=_together(given))


def promise(*, feedback_id: UUID, by: Actor) -> Promise:
    """One of them. Raises `Refused`."""
    feedback = promise_for_update(feedback_id=feedback_id)
    require(may_keep(by, feedback.copy.of.cycle.area_id))
    return promise_of(feedback)


def promise_of(feedback: Feedback) -> Promise:
    """The promise that a feedback makes, with every other feedback of its cycle that makes the same."""
    rows = Feedback.objects.filter(copy__of__cycle=feedback.copy.of.cycle_id).exclude(area_will="")
    same = rows.select_related("copy__of__organisation", "copy__of__cycle").defer("copy__content")
    given = [
        each for each in same.order_by("-given_at", "-pk") if promised(each.area_will) == promised(feedback.area_will)
    ]
    (found,) = _together(given)
    return found


def promise_for_update(*, feedback_id: UUID) -> Feedback:
    """A feedback in which the council promised something; the caller asks her policy. Raises `Refused`."""
    rows = Feedback.objects.select_related("copy__of__organisation", "copy__of__cycle__area").defer("copy__content")
    feedback = rows.get(pk=feedback_id)
    if not feedback.area_will:
        raise Refused(Reason.WRONG_STATE)
    return feedback


def _together(given: Sequence[Feedback]) -> Sequence[Promise]:
    """What was said in the same words once, in the order of what was said last; given newest first."""
    actions, found = _actions_of(given), dict[str, list[Feedback]]()
    for each in given:
        found.setdefault(promised(each.area_will), []).append(each)
    return [
        Promise(
            feedback=same[-1],
            given=same[::-1],
            action=next((actions[each.pk] for each in same[::-1] if each.pk in actions), None),
        )
        for same in found.values()
    ]


def _actions_of(feedback: Sequence[Feedback]) -> Mapping[UUID, Action]:
    """The action that each became: it has the same identifier, so that none is asked twice."""
    return {action.pk: action for action in Action.objects.filter(pk__in=[each.pk for each in feedback])}


def _threads(of: Return) -> Sequence[Thread]:
    """The shown remarks by question, in the order of the questions, each with the answer to which it was said."""
    remarks: dict[str, list[Remark]] = {}
    rows = Remark.objects.filter(copy__of=of, shown_at__isnull=False).select_related("said_by")
    for remark in rows:
        remarks.setdefault(remark.question, []).append(remark)
    if not remarks:
        return []
    outline = outline_of(of)
    copies = {copy.pk: rows_of(copy) for copy in Copy.objects.filter(of=of, remarks__isnull=False).distinct()}
    return [
        Thread(
            section=outline.section_of[key],
            said=said_in(question, copies[remarks[key][-1].copy_id].get(key, {})),
            remarks=remarks[key],
        )
        for key, question in outline.questions.items()
        if key in remarks
    ]


def _visit(of: Return, by: Actor) -> Visit | None:
    """The visit: for a school once a day is planned."""
    rows = of.visits.select_related("visitor")
    return (rows if may_oversee(by, of) else rows.filter(planned_on__isnull=False)).first()
