"""What recurs in the words that schools wrote where something is lacking."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from haven.audits.models import Return
from haven.questions.models import Answer
from haven.questions.rules.kinds import LACKING
from haven.questions.rules.outline import Outline
from haven.reports.queries.sent import sent
from haven.reports.rules.comparing import FEWEST
from haven.reports.rules.phrases import Written, recurring

MOST_PHRASES, MOST_PLACES = 20, 12


@dataclass(frozen=True, slots=True)
class Place:
    """One answer in which the words stand."""

    return_id: UUID
    school: str
    section: str
    question: str
    ref: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """Words that recur, how many schools write them, and some of the answers that hold them."""

    words: str
    schools: int
    places: tuple[Place, ...]
    more: int  # answers that are not among these


def words_lacking(
    outline: Outline, returns: Sequence[Return], asked: Mapping[str, Collection[UUID]]
) -> Sequence[Recurring]:
    """What recurs in explanations of what is not wholly in place, never of fewer than five schools. One query.

    `asked` are the schools that were asked each question: what a later answer hid is not read.
    """
    of = {each.sheet_id: each for each in sent(returns)}
    by_school = {str(each.organisation_id): each for each in of.values()}
    rows = Answer.objects.filter(sheet__in=of, stands__in=LACKING, is_confirmed=True).exclude(words="").order_by("id")
    written = [
        Written(str(of[sheet].organisation_id), question, words)
        for sheet, question, words in rows.values_list("sheet_id", "question", "words")
        if of[sheet].organisation_id in asked.get(question, ())
    ]
    phrases = recurring(written, max(settings.AUDIT_FEWEST, FEWEST), MOST_PHRASES)
    return [
        Recurring(
            each.words,
            each.schools,
            tuple(_place(by_school[school], outline, key) for school, key in each.where[:MOST_PLACES]),
            max(len(each.where) - MOST_PLACES, 0),
        )
        for each in phrases
    ]


def _place(of: Return, outline: Outline, key: str) -> Place:
    question = outline.questions[key]
    return Place(of.pk, of.organisation.name, outline.section_of[key].key, key, question.ref)
