"""Opening a school's sheet with what stands ready for it, and locking it. The caller has asked her own policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.ledger.services import record
from haven.people.models import Organisation
from haven.questions.models import Answer, Sheet, Support, Version
from haven.questions.queries.changing import open_sheet_for_update, sheet_for_update
from haven.questions.rules.answering import Unsound, Value, sound
from haven.questions.rules.changed import is_counted_anew, may_carry
from haven.questions.services.counting import count_again

NOT_RELEASED = "These questions are not released yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An answer that stands ready before anybody wrote it, to be confirmed or changed."""

    value: Value
    origin: Answer.Origin
    words: str = ""
    by_on: date | None = None
    fact_words: str = ""
    records: Sequence[tuple[str, str]] = ()  # what stands behind it: title and address within Haven


@transaction.atomic
def open_sheet(
    *, version: Version, organisation: Organisation, address: str, before: Sheet | None, by: Actor, at: datetime
) -> Sheet:
    """Open a sheet for an organisation, with the answers of last time standing ready in it."""
    if not version.is_released:
        raise Refused(Reason.WRONG_STATE, NOT_RELEASED)
    sheet = Sheet.objects.create(
        version=version,
        organisation=organisation,
        address=address,
        before=before,
        traits=before.traits if before else [],
        opened_at=at,
    )
    carried = _carry(sheet, before, at) if before else 0
    count_again(sheet)
    about = {"sheet": sheet.pk, "organisation": organisation.pk, "version": version.pk, "carried": carried}
    record("sheet.opened", by=by, at=at, about=about)
    return sheet


@transaction.atomic
def put_answers(*, sheet_id: UUID, ready: Mapping[str, Ready], by: Actor, at: datetime) -> int:
    """Put answers in where nobody has answered yet; how many. What somebody has given or confirmed stays as it is.

    A value that does not fit its question is left out. What Haven knows without a value is put in as words alone, and
    never in the place of a value from elsewhere.
    """
    sheet = sheet_for_update(sheet_id)
    outline = sheet.version.outline
    known = {answer.question: answer for answer in sheet.answers.filter(question__in=ready)}
    put = 0
    for key, each in ready.items():
        question, answer = outline.questions.get(key), known.get(key)
        if question is None or (answer and answer.is_confirmed and not answer.is_empty):
            continue
        try:
            value = sound(question, each.value)
        except Unsound:
            continue
        if value is None and answer and answer.value is not None and answer.origin != each.origin:
            continue
        if answer and (answer.origin, answer.value, answer.fact_words) == (each.origin, value, each.fact_words):
            continue
        _put(sheet, answer or Answer(sheet=sheet, question=key, revision=0), each, value, at)
        put += 1
    if put:
        count_again(sheet)
        record("sheet.prepared", by=by, at=at, about={"sheet": sheet.pk, "answers": put})
    return put


@transaction.atomic
def say_traits(*, sheet_id: UUID, traits: Sequence[str], by: Actor, at: datetime) -> Sheet:
    """Say what kind of school it is, where that decides what is asked. Answers that are no longer asked are kept."""
    sheet = open_sheet_for_update(sheet_id, by)
    known = [trait.key for trait in sheet.version.outline.traits]
    sheet.traits = [key for key in known if key in traits]
    sheet.save(update_fields=["traits"])
    count_again(sheet)
    record("sheet.traits_said", by=by, at=at, about={"sheet": sheet.pk, "traits": sheet.traits})
    return sheet


@transaction.atomic
def lock_sheet(*, sheet_id: UUID, by: Actor, at: datetime) -> Sheet:
    """Let nothing on it be changed any more."""
    sheet = sheet_for_update(sheet_id)
    if not sheet.is_locked:
        sheet.locked_at = at
        sheet.save(update_fields=["locked_at"])
        record("sheet.locked", by=by, at=at, about={"sheet": sheet.pk, "organisation": sheet.organisation_id})
    return sheet


@transaction.atomic
def unlock_sheet(*, sheet_id: UUID, by: Actor, at: datetime) -> Sheet:
    """Let it be changed again."""
    sheet = sheet_for_update(sheet_id)
    if sheet.is_locked:
        sheet.locked_at = None
        sheet.save(update_fields=["locked_at"])
        record("sheet.unlocked", by=by, at=at, about={"sheet": sheet.pk, "organisation": sheet.organisation_id})
    return sheet


def _put(sheet: Sheet, answer: Answer, ready: Ready, value: Value, at: datetime) -> None:
    outline = sheet.version.outline
    question = outline.questions[answer.question]
    answer.section = outline.section_of[answer.question].key
    answer.value, answer.words, answer.by_on = value, ready.words, ready.by_on
    answer.stands = question.stands(value) or ""
    answer.origin, answer.is_confirmed = ready.origin, False
    answer.known_value = value if ready.origin == Answer.Origin.KNOWN else None
    answer.fact_words, answer.override_why = ready.fact_words, ""
    answer.revision, answer.written_at, answer.written_by = answer.revision + 1, at, None
    answer.save()
    sheet.supports.filter(question=answer.question, is_from_fact=True).delete()
    Support.objects.bulk_create(
        Support(
            sheet=sheet,
            question=answer.question,
            kind=Support.Kind.RECORD,
            title=title[:200],
            address=address,
            is_from_fact=True,
            given_at=at,
        )
        for title, address in ready.records
    )


def _carry(sheet: Sheet, before: Sheet, at: datetime) -> int:
    """The answers of last time as ready ones, and what stands behind them."""
    now, then = sheet.version.outline, before.version.outline
    rows: list[Any] = []
    for answer in before.answers.filter(is_confirmed=True):
        question = now.questions.get(answer.question)
        if question is None or is_counted_anew(question):
            continue
        if not may_carry(question, then.questions.get(answer.question), answer.value):
            continue
        rows.append(
            Answer(
                sheet=sheet,
                section=now.section_of[question.key].key,
                question=question.key,
                value=answer.value,
                stands=question.stands(answer.value) or "",
                words=answer.words,
                origin=Answer.Origin.CARRIED,
                is_confirmed=False,
                written_at=at,
            )
        )
    Answer.objects.bulk_create(rows)
    carried = {row.question for row in rows}
    Support.objects.bulk_create(
        Support(
            sheet=sheet,
            question=each.question,
            kind=each.kind,
            title=each.title,
            file_id=each.file_id,
            address=each.address,
            warning=each.warning,
            given_at=each.given_at,
            given_by_id=each.given_by_id,
        )
        for each in before.supports.filter(question__in=carried, is_from_fact=False)
    )
    return len(rows)
