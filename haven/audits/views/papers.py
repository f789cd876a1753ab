"""Copies and plans as papers and as tables, to be printed or taken away."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from haven.audits.models import Signature
from haven.audits.queries.copies import CopyPage, Told, ToldSection
from haven.audits.queries.plans import PlanLine
from haven.audits.rules.planning import PlanState
from haven.engines.days.moments import day_in_words, local, local_day
from haven.engines.printing.paper import (
    Block,
    Cell,
    Fact,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Span,
    Table,
    Tone,
    Wide,
)
from haven.questions.rules.kinds import Stands
from haven.questions.rules.showing import Counts
from haven.questions.rules.telling import Said

TONES = {Stands.IN_PLACE.value: Tone.GOOD, Stands.PARTLY.value: Tone.PARTLY, Stands.NOT_IN_PLACE.value: Tone.BAD}
PLAN_TONES = {PlanState.DONE: Tone.GOOD, PlanState.OVERDUE: Tone.BAD}
ANSWER_COLUMNS = (
    "Section",
    "No",
    "Question",
    "Answer",
    "Worth",
    "Explanation",
    "To be in place by",
    "Known to Haven",
    "Why the school says otherwise",
    "Evidence",
)
PLAN_COLUMNS = ("Question", "What is not in place", "What will be done", "Who leads", "By when", "How one will see it")
CHECKING = (
    "The digest is the SHA-256 of everything in this copy. The machine-readable file of the same copy has it as the "
    "digest of its own bytes, so anyone can check without this service that nothing was changed."
)


def copy_paper(page: CopyPage) -> Paper:
    """A copy, whole: who signed it, what its answers are worth, every answer, and the plan."""
    of, copy, told = page.of, page.copy, page.told
    blocks: list[Block] = [Heading("What the answers are worth"), _summary(told)]
    blocks += [Heading("Everything that is not in place"), _lacking(told)]
    blocks += [Heading("The answers")]
    for section in told.sections:
        title = f"{section.section.number}. {section.section.title}"
        blocks += [Heading(title, 2), _section(section)]
    blocks += [Wide((Heading("The action plan"), _plan_of_copy(told)))]
    blocks += [Heading("How to check this copy"), Paragraph(CHECKING), Paragraph((Span(copy.digest, bold=True),))]
    return Paper(
        title=of.cycle.title,
        organisation=of.organisation.name,
        dated=local_day(copy.sent_at or copy.made_at),
        subtitle=f"Copy {copy.number}" if copy.sent_at else f"Copy {copy.number}, which was not sent",
        facts=tuple(copy_facts(page)),
        blocks=(*blocks, Heading("Who signed it"), _signed(page)),
    )


def copy_facts(page: CopyPage) -> Iterator[Fact]:
    """What stands at the head of a copy."""
    of, copy = page.of, page.copy
    if of.cycle.brought_from:
        yield Fact("Brought in", f"{day_in_words(local_day(copy.made_at))}, from {of.cycle.brought_from}")
        yield Fact("Signed", "By nobody here: these answers came from a spreadsheet")
    if copy.sent_at:
        yield Fact("Sent to", of.cycle.area.name)
        yield Fact("Sent on", _moment_in_words(copy.sent_at))
        if copy.lapsed_at is None:
            yield Fact("Reference", of.reference)
    if copy.lapsed_at:
        yield Fact("Stands", f"No longer: it was opened again on {day_in_words(local_day(copy.lapsed_at))}")
    yield Fact("Digest", copy.digest)


def plan_paper(school: str, title: str, lines: Sequence[PlanLine], on: date) -> Paper:
    """A plan with how far each line is."""
    rows = [
        (
            line.ref or "Added",
            line.item.issue,
            line.what,
            line.item.lead,
            day_in_words(line.due_on) if line.due_on else "",
            line.item.success,
            Cell(line.label, PLAN_TONES.get(line.state)),
        )
        for line in lines
        if not line.is_dropped
    ]
    table = Table(caption="What will be done", header=(*PLAN_COLUMNS, "State"), rows=tuple(rows))
    dropped = tuple((line.ref or "Added", line.item.issue, line.why_ended) for line in lines if line.is_dropped)
    blocks: list[Block] = [Wide((Heading("The plan"), table))]
    if dropped:
        taken_out = Table(caption="Taken out", header=("Question", "What is not in place", "Why"), rows=dropped)
        blocks += [Heading("Taken out of the plan"), taken_out]
    return Paper(title=f"Action plan: {title}", organisation=school, dated=on, blocks=tuple(blocks))


def answer_rows(told: Told) -> Iterator[Sequence[object]]:
    """Every answer of a copy as a row of a table."""
    for section in told.sections:
        for said in section.lines:
            yield (
                f"{section.section.number}. {section.section.title}",
                said.question.ref,
                said.question.words,
                _value(said),
                said.worth.label,
                said.words,
                said.by_on or "",
                said.known,
                said.why,
                "\n".join(f"{each.kind}: {each.title}" for each in said.shown),
            )


def copied_plan_rows(told: Told) -> Iterator[Sequence[object]]:
    """Every line of a copy's plan as a row of a table."""
    for line in told.plan:
        yield (line.ref, line.issue, line.what, line.lead, line.by_on or "", line.success, line.dropped)


def plan_rows(lines: Sequence[PlanLine]) -> Iterator[Sequence[object]]:
    """Every line of a plan as a row of a table."""
    for line in lines:
        words = (line.ref, line.item.issue, line.what, line.item.lead, line.due_on or "", line.item.success)
        yield (*words, line.label, line.why_ended)


def signature_rows(page: CopyPage) -> Iterator[Sequence[object]]:
    """Who signed a copy, as rows of a table."""
    for post, each in page.signed:
        as_cover = " (as a cover)" if each.is_cover else ""
        yield (each.step, each.name, f"{post}{as_cover}", _moment_in_words(each.signed_at), each.words, each.digest)


def _summary(told: Told) -> Table:
    header = ("Section", "In place", "Partly", "Not in place", "Does not apply", "Answered otherwise")
    rows = [(f"{each.section.number}. {each.section.title}", *_figures(each.counts)) for each in told.sections]
    rows.append(("All", *_figures(told.counts)))
    return Table(caption="Answers by section", header=header, rows=tuple(rows), with_row_headers=True)


def _figures(counts: Counts) -> tuple[str, ...]:
    figures = (counts.in_place, counts.partly, counts.not_in_place, counts.not_applicable, counts.said)
    return tuple(str(each) for each in figures)


def _lacking(told: Told) -> Table:
    rows = tuple(
        (
            said.question.ref,
            said.question.words,
            Cell(said.worth.label, TONES.get(said.worth.key)),
            said.words,
            day_in_words(said.by_on) if said.by_on else "",
        )
        for said in told.lacking
    )
    header = ("No", "Question", "Worth", "What the school says", "By when")
    return Table(caption="Not in place, or partly", header=header, rows=rows, when_empty="Everything is in place.")


def _section(section: ToldSection) -> Table:
    rows = tuple(
        (said.question.ref, said.question.words, Cell(_answer(said), TONES.get(said.worth.key)), _beside(said))
        for said in section.lines
    )
    header = ("No", "Question", "Answer", "Explanation and evidence")
    return Table(caption=section.section.title, header=header, rows=rows)


def _answer(said: Said) -> str:
    value = _value(said)
    return f"{value}\n{said.worth.label}" if said.question.is_chosen and value else value or said.worth.label


def _value(said: Said) -> str:
    """What was answered; a table row by row."""
    if said.value.table is None:
        return said.value.words
    columns = said.value.table.columns
    rows = (zip(columns, row, strict=True) for row in said.value.table.rows)
    return "\n".join("; ".join(f"{name}: {cell}" for name, cell in row if cell) for row in rows)


def _beside(said: Said) -> str:
    by_on = f"To be in place by {day_in_words(said.by_on)}." if said.by_on else ""
    known = f"Known to Haven: {said.known}" if said.known else ""
    why = f"The school says otherwise: {said.why}" if said.why else ""
    shown = [f"{each.kind}: {each.title}" for each in said.shown]
    return "\n".join(line for line in (said.words, by_on, known, why, *shown) if line)


def _plan_of_copy(told: Told) -> Table:
    rows = tuple(
        (
            line.ref or "Added",
            line.issue,
            line.what,
            line.lead,
            day_in_words(line.by_on) if line.by_on else "",
            line.success,
        )
        for line in told.planned
    )
    return Table(caption="What will be done", header=PLAN_COLUMNS, rows=rows, when_empty="Nothing needs to be planned.")


def _signed(page: CopyPage) -> Facts:
    return Facts(tuple(Fact(f"{each.step}. {post}", _signature_in_words(each)) for post, each in page.signed))


def _signature_in_words(signature: Signature) -> str:
    cover = " (as a cover)" if signature.is_cover else ""
    lines = (f"{signature.name}{cover}", _moment_in_words(signature.signed_at), signature.words)
    return "\n".join(line for line in lines if line)


def _moment_in_words(at: datetime) -> str:
    return f"{day_in_words(local_day(at))} at {local(at):%H:%M}"
