"""Putting in what Haven knows, for as long as nobody has answered or confirmed it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Refused
from haven.audits.models import Return
from haven.audits.queries.changing import answered_for_update, require_open
from haven.audits.queries.ready import Prepared, given_by_trust, given_elsewhere
from haven.audits.rules.life import ANSWERABLE
from haven.engines.days.moments import local_day
from haven.questions import services as questions
from haven.questions.models import Answer
from haven.questions.queries.facts import Known, known
from haven.questions.rules.outline import Question
from haven.questions.services.sheets import Ready


def refresh_known(*, return_id: UUID, by: Actor, at: datetime) -> int:
    """Put in what Haven knows by now, where a school may answer; how many answers are new or other than before."""
    with transaction.atomic():
        of = answered_for_update(return_id=return_id, by=by)
        try:
            require_open(of, at)
        except Refused:
            return 0
        return put_known(of=of, by=HAVEN, at=at) if of.state in ANSWERABLE else 0


def put_known(*, of: Return, by: Actor, at: datetime) -> int:
    """Put in what Haven knows of the school of this return, which is locked; how many answers are new or other."""
    if of.sheet is None:
        return 0
    wanted = {question.key: question for question in of.sheet.version.outline if question.fact}
    facts = known(facts={each.fact for each in wanted.values()}, organisation=of.organisation, on=local_day(at))
    ready = {key: _ready(each, facts[each.fact]) for key, each in wanted.items() if each.fact in facts}
    return questions.put_answers(sheet_id=of.sheet.pk, ready=ready, by=by, at=at)


def put_prepared(*, of: Return, by: Actor, at: datetime) -> int:
    """Put in what the school answered for other councils and what its trust has handed out; how many answers."""
    if of.sheet is None:
        return 0
    elsewhere, trust = Answer.Origin.SHARED, Answer.Origin.TRUST
    ready = {key: _as_ready(each, elsewhere) for key, each in given_elsewhere(of, at).items()}
    ready |= {key: _as_ready(each, trust) for key, each in given_by_trust(of).items()}
    return questions.put_answers(sheet_id=of.sheet.pk, ready=ready, by=by, at=at)


def _as_ready(prepared: Prepared, origin: Answer.Origin) -> Ready:
    answer = prepared.answer
    return Ready(value=answer.value, origin=origin, words=answer.words, by_on=answer.by_on, fact_words=prepared.said)


def _ready(question: Question, fact: Known) -> Ready:
    """A fact as an answer: a value where exactly one choice is worth what the fact is, else its words alone."""
    fitting = [choice.value for choice in question.choices if fact.stands and choice.stands is fact.stands]
    return Ready(
        value=fitting[0] if len(fitting) == 1 else None,
        origin=Answer.Origin.KNOWN,
        fact_words=fact.words,
        records=fact.records,
    )
