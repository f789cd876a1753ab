"""How far a sheet is, counted from its answers."""

from collections.abc import Collection, Mapping

from django.db.models import Aggregate, JSONField

from haven.questions.models import Sheet
from haven.questions.rules.kinds import Stands
from haven.questions.rules.outline import Question
from haven.questions.rules.showing import Counts, Given, asked, counts


class ByQuestion(Aggregate):
    """All answers of a sheet as one object, by question: one row for each sheet comes over the line."""

    function = "jsonb_object_agg"
    output_field = JSONField()


def questions_asked(sheet: Sheet) -> Mapping[str, Question]:
    """The questions that this sheet's school is asked, as it has answered so far."""
    outline = sheet.version.outline
    governing = outline.governing
    rows = sheet.answers.filter(question__in=governing).values_list("question", "value") if governing else ()
    return {question.key: question for question in asked(outline, sheet.school, dict(rows))}


def counts_of(sheet: Sheet, sections: Collection[str] | None = None) -> Mapping[str, Counts]:
    """The counts of sections by their key; of all of them unless told which."""
    outline = sheet.version.outline
    wanted = [each for each in outline.sections if sections is None or each.key in sections]
    rows = sheet.answers.filter(section__in=[each.key for each in wanted])
    given = {
        key: Given(Stands(stands) if stands else None, is_confirmed)
        for key, stands, is_confirmed in rows.values_list("question", "stands", "is_confirmed")
    }
    keys = questions_asked(sheet)
    return {each.key: counts(each, keys, given) for each in wanted}
