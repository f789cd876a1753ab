"""Answering: saving, confirming, choosing between two wordings, and giving what stands behind an answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.files.services import store_file
from haven.ledger.services import record
from haven.questions.models import Answer, Sheet, Support, Wording
from haven.questions.policy import person_of
from haven.questions.queries.changing import open_sheet_for_update
from haven.questions.queries.supports import warning_of
from haven.questions.rules.answering import Entry, Unsound, sound, sound_words
from haven.questions.rules.clashing import Saving, Standing, is_worth_keeping, saving
from haven.questions.rules.kinds import Kind
from haven.questions.rules.outline import Question
from haven.questions.services.counting import count_again

STRANGE = "This question is not on the sheet."
NOT_A_PAGE = "Give the whole address of the page, beginning with https://."


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed for one question, and the revision of the answer that she had before her."""

    entry: Entry
    seen: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of it: the answer which stands, with its revision; `fault` says what is wrong with the value."""

    saving: Saving | None
    answer: Answer | None = None
    fault: str = ""

    @property
    def revision(self) -> int:
        """Of the answer; 0 where there is none."""
        return self.answer.revision if self.answer else 0


@transaction.atomic(savepoint=False)
def save_answers(*, sheet_id: UUID, typed: Mapping[str, Typed], by: Actor, at: datetime) -> Mapping[str, Saved]:
    """Save answers to questions of one sheet; what became of each, by the question's key.

    A value that does not fit its question is told and not saved, while its explanation and the other answers are. What
    clashes with words that somebody else wrote in the meantime is kept beside them. Saving the same twice saves once.
    Raises `Refused` where nothing may be saved.
    """
    sheet = open_sheet_for_update(sheet_id, by)
    outline = sheet.version.outline
    if strange := [key for key in typed if key not in outline.questions]:
        raise Refused(Reason.NOT_ASKABLE, f"{STRANGE} ({strange[0][:60]})")
    known = {answer.question: answer for answer in sheet.answers.filter(question__in=typed)}
    saved = {key: _take_in(sheet, outline.questions[key], known.get(key), each, by, at) for key, each in typed.items()}
    _note_writing(sheet, [key for key, each in saved.items() if each.saving is Saving.WRITTEN], at)
    return saved


@transaction.atomic
def confirm_answers(*, sheet_id: UUID, questions: Collection[str], by: Actor, at: datetime) -> int:
    """Confirm answers that stand ready, as they are; how many."""
    sheet = open_sheet_for_update(sheet_id, by)
    waiting = list(sheet.answers.filter(question__in=questions, is_confirmed=False))
    for answer in waiting:
        answer.is_confirmed, answer.revision = True, answer.revision + 1
        answer.written_at, answer.written_by_id = at, person_of(by)
    Answer.objects.bulk_update(waiting, ["is_confirmed", "revision", "written_at", "written_by"])
    _note_writing(sheet, [answer.question for answer in waiting], at)
    return len(waiting)


@transaction.atomic
def settle_wording(*, wording_id: int, takes_it: bool, by: Actor, at: datetime) -> Answer:
    """Choose between an answer and what was written beside it. The one that is not chosen is kept as an earlier one."""
    wording = Wording.objects.select_related("answer").get(pk=wording_id)
    sheet = open_sheet_for_update(wording.answer.sheet_id, by)
    wording.refresh_from_db()
    answer = wording.answer
    if wording.is_beside and wording.settled_at is None:
        wording.settled_at = at
        wording.save(update_fields=["settled_at"])
        if takes_it:
            question = sheet.version.outline.questions[answer.question]
            _keep_wording(answer, at)
            entry = Entry(value=wording.value, words=wording.words, by_on=wording.by_on, why=answer.override_why)
            _set_down(answer, question, entry, by, at)
            _note_writing(sheet, [answer.question], at)
    return answer


@transaction.atomic
def give_support(
    *, sheet_id: UUID, question: str, title: str, address: str, file: tuple[str, bytes] | None, by: Actor, at: datetime
) -> Support:
    """Put a file or a web page behind an answer. What is odd about a file is flagged, and the file kept."""
    sheet = open_sheet_for_update(sheet_id, by)
    if question not in sheet.version.outline.questions:
        raise Refused(Reason.NOT_ASKABLE, STRANGE)
    support = Support(sheet=sheet, question=question, given_at=at, given_by_id=person_of(by))
    if file is not None:
        support.kind = Support.Kind.FILE
        support.warning = warning_of(sheet, question, file[1])
        support.file = store_file(name=file[0], content=file[1], by=by, at=at)
        support.title = title.strip()[:200] or support.file.name
    else:
        try:
            support.address = str(sound(Question(key="", ref="", words="", kind=Kind.LINK), address) or "")
        except Unsound as unsound:
            raise Refused(Reason.NOT_ASKABLE, str(unsound)) from unsound
        if not support.address:
            raise Refused(Reason.NOT_ASKABLE, NOT_A_PAGE)
        support.kind, support.title = Support.Kind.LINK, title.strip()[:200] or support.address[:200]
    support.save()
    about = {"sheet": sheet.pk, "organisation": sheet.organisation_id, "question": question, "support": support.pk}
    record("support.given", by=by, at=at, about=about)
    return support


@transaction.atomic
def take_back_support(*, support_id: UUID, by: Actor, at: datetime) -> Sheet:
    """Take a file or a page away from an answer, before anybody signed. The file itself stays where else it stands."""
    support = Support.objects.get(pk=support_id)
    sheet = open_sheet_for_update(support.sheet_id, by)
    about = {"sheet": sheet.pk, "organisation": sheet.organisation_id, "question": support.question}
    support.delete()
    record("support.taken_back", by=by, at=at, about=about | {"support": support_id})
    return sheet


def _take_in(sheet: Sheet, question: Question, answer: Answer | None, typed: Typed, by: Actor, at: datetime) -> Saved:
    entry, fault = _sound(question, answer, typed.entry)
    if answer is None:
        if entry == Entry():
            return Saved(Saving.SAME if not fault else None, fault=fault)
        answer = Answer(sheet=sheet, question=question.key, revision=0)
        answer.section = sheet.version.outline.section_of[question.key].key
        _set_down(answer, question, entry, by, at)
        return Saved(None if fault else Saving.WRITTEN, answer, fault)
    standing = _standing(answer, entry)
    becomes = saving(standing, seen=typed.seen, by=person_of(by))
    if becomes is Saving.BESIDE:
        _put_beside(answer, entry, typed.seen, by, at)
    elif becomes is Saving.WRITTEN:
        if is_worth_keeping(standing, seen=typed.seen, by=person_of(by), at=at):
            _keep_wording(answer, at)
        _set_down(answer, question, entry, by, at)
    return Saved(becomes, answer, fault)


def _sound(question: Question, answer: Answer | None, entry: Entry) -> tuple[Entry, str]:
    """The entry as it is kept. Where its value does not fit, the value that stood stays, and why is said."""
    words, why = sound_words(entry.words), sound_words(entry.why)
    try:
        return Entry(value=sound(question, entry.value), words=words, by_on=entry.by_on, why=why), ""
    except Unsound as unsound:
        stood = answer.value if answer else None
        return Entry(value=stood, words=words, by_on=entry.by_on, why=why), str(unsound)


def _standing(answer: Answer, entry: Entry) -> Standing:
    return Standing(
        revision=answer.revision,
        written_by=answer.written_by_id,
        written_at=answer.written_at,
        is_same=answer.is_confirmed and answer.entry == entry,
        is_empty=answer.is_empty or not answer.is_confirmed,
    )


def _set_down(answer: Answer, question: Question, entry: Entry, by: Actor, at: datetime) -> None:
    if answer.origin != Answer.Origin.KNOWN and answer.entry != entry:
        answer.origin = Answer.Origin.GIVEN  # it is no longer what was carried over, or prepared elsewhere
    answer.value, answer.words, answer.by_on, answer.override_why = entry.value, entry.words, entry.by_on, entry.why
    answer.stands = question.stands(entry.value) or ""
    answer.is_confirmed = True
    answer.revision, answer.written_at, answer.written_by_id = answer.revision + 1, at, person_of(by)
    answer.save()


def _keep_wording(answer: Answer, at: datetime) -> None:
    Wording.objects.create(
        answer=answer,
        value=answer.value,
        words=answer.words,
        by_on=answer.by_on,
        revision=answer.revision,
        written_at=answer.written_at,
        written_by_id=answer.written_by_id,
        until_at=at,
    )


def _put_beside(answer: Answer, entry: Entry, seen: int, by: Actor, at: datetime) -> None:
    """Keep it beside the answer; a writer's next words take the place of hers before."""
    Wording.objects.update_or_create(
        answer=answer,
        written_by_id=person_of(by),
        is_beside=True,
        settled_at=None,
        defaults={
            "value": entry.value,
            "words": entry.words,
            "by_on": entry.by_on,
            "revision": seen,
            "written_at": at,
            "until_at": at,
        },
    )


def _note_writing(sheet: Sheet, questions: Collection[str], at: datetime) -> None:
    """Count again what the answers to these questions change, and note that the sheet was begun."""
    if not questions:
        return
    outline = sheet.version.outline
    decides = not outline.governing.isdisjoint(questions)
    count_again(sheet, None if decides else {outline.section_of[key].key for key in questions})
    if sheet.started_at is None:
        sheet.started_at = at
        sheet.save(update_fields=["started_at"])
