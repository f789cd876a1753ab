"""Sheets that were answered elsewhere: brought in whole and in bulk, locked at once. The caller asks her policy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.ledger.services import record
from haven.people.models import Organisation
from haven.questions.models import Answer, Sheet, Support, Tally, Version
from haven.questions.queries.frozen import content_of
from haven.questions.rules.answering import Value
from haven.questions.rules.kinds import Stands
from haven.questions.rules.outline import Question
from haven.questions.rules.showing import Counts, Given, asked, counts
from haven.questions.services.sheets import NOT_RELEASED

AT_ONCE = 5_000
BUILT_UPON = "Answers of a later audit were taken from it, so it cannot be taken back."


@dataclass(frozen=True, slots=True)
class Ours:
    """One answer from elsewhere, sound for its question, with the web pages behind it."""

    value: Value
    words: str = ""
    by_on: date | None = None
    links: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SheetBrought:
    """All that one school answered elsewhere."""

    organisation: Organisation
    address: str
    traits: Sequence[str]
    answers: Mapping[str, Ours]


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet as it is kept, and what a copy of it says."""

    sheet: Sheet
    asked: Mapping[str, Question]
    content: dict[str, Any]


@transaction.atomic
def bring_in_sheets(*, version: Version, brought: Sequence[SheetBrought], by: Actor, at: datetime) -> list[Kept]:
    """Keep sheets with all their answers, counted and locked, in the same few statements however many they are."""
    if not version.is_released:
        raise Refused(Reason.WRONG_STATE, NOT_RELEASED)
    kept: list[Kept] = []
    answers: list[Answer] = []
    supports: list[Support] = []
    tallies: list[Tally] = []
    for each in brought:
        sheet = _sheet(version, each, at)
        own = {key: _answer(sheet, key, ours, at) for key, ours in each.answers.items()}
        behind = {key: _supports(sheet, key, ours.links, at) for key, ours in each.answers.items() if ours.links}
        values = {key: ours.value for key, ours in each.answers.items()}
        questions = {question.key: question for question in asked(version.outline, sheet.school, values)}
        kept.append(Kept(sheet, questions, content_of(sheet, questions, own, behind)))
        answers += own.values()
        supports += (support for found in behind.values() for support in found)
        tallies += _tallies(sheet, questions, own)
    Sheet.objects.bulk_create([each.sheet for each in kept])
    Answer.objects.bulk_create(answers, batch_size=AT_ONCE)
    Support.objects.bulk_create(supports, batch_size=AT_ONCE)
    Tally.objects.bulk_create(tallies, batch_size=AT_ONCE)
    about = {"version": version.pk, "sheets": len(kept), "answers": len(answers)}
    record("sheets.brought_in", by=by, at=at, about=about)
    return kept


@transaction.atomic
def take_back_sheets(*, sheets: Iterable[UUID], by: Actor, at: datetime) -> None:
    """Let sheets that were brought in be as if they had not been. Raises `Refused` where others build on them."""
    rows = Sheet.objects.filter(pk__in=list(sheets))
    if Sheet.objects.filter(before__in=rows).exists():
        raise Refused(Reason.WRONG_STATE, BUILT_UPON)
    keys = list(rows.values_list("pk", flat=True))
    Support.objects.filter(sheet__in=keys).delete()
    Tally.objects.filter(sheet__in=keys).delete()
    Answer.objects.filter(sheet__in=keys).delete()
    Sheet.objects.filter(pk__in=keys).delete()
    record("sheets.taken_back", by=by, at=at, about={"sheets": len(keys)})


def _sheet(version: Version, each: SheetBrought, at: datetime) -> Sheet:
    return Sheet(
        version=version,
        organisation=each.organisation,
        address=each.address,
        traits=list(each.traits),
        opened_at=at,
        started_at=at,
        locked_at=at,
    )


def _answer(sheet: Sheet, key: str, ours: Ours, at: datetime) -> Answer:
    outline = sheet.version.outline
    return Answer(
        sheet=sheet,
        section=outline.section_of[key].key,
        question=key,
        value=ours.value,
        stands=outline.questions[key].stands(ours.value) or "",
        words=ours.words,
        by_on=ours.by_on,
        origin=Answer.Origin.IMPORTED,
        written_at=at,
    )


def _supports(sheet: Sheet, key: str, links: Sequence[str], at: datetime) -> list[Support]:
    return [
        Support(sheet=sheet, question=key, kind=Support.Kind.LINK, title=link[:200], address=link[:500], given_at=at)
        for link in dict.fromkeys(links)
    ]


def _tallies(sheet: Sheet, questions: Mapping[str, Question], own: Mapping[str, Answer]) -> list[Tally]:
    given = {key: Given(Stands(each.stands) if each.stands else None, each.is_confirmed) for key, each in own.items()}
    return [_tally(sheet, section.key, counts(section, questions, given)) for section in sheet.version.outline.sections]


def _tally(sheet: Sheet, section: str, counted: Counts) -> Tally:
    return Tally(sheet=sheet, section=section, **dict(zip(Counts.__dataclass_fields__, counted.figures, strict=True)))
