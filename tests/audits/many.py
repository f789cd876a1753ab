"""Many schools at once, written in few statements: each with a sheet, its answers and their counts."""

from collections.abc import Sequence

from haven.access.roles import Kind
from haven.audits.models import Cycle, Return
from haven.audits.rules.life import State
from haven.people.models import Organisation, ServedArea
from haven.questions.models import Answer, Sheet, Tally
from haven.questions.queries.counting import counts_of
from haven.questions.rules.showing import Counts
from tests.cast import BEGAN, NOW, Cast

Answers = dict[str, str]
ALL_MET: Answers = {"lead-named": "met", "has-nursery": "no", "policy-read": "green", "policy-lived": "1"}


def schools(cast: Cast, number: int, phase: str = "primary", first: int = 0) -> list[Organisation]:
    """So many more schools of Fairhaven."""
    made = [
        Organisation(kind=Kind.SCHOOL.value, name=f"School {phase} {n:03}", urn=910000 + n, phase=phase)
        for n in range(first, first + number)
    ]
    Organisation.objects.bulk_create(made)
    ServedArea.objects.bulk_create(ServedArea(organisation=each, area=cast.area, starts_on=BEGAN) for each in made)
    return made


def returned(
    cycle: Cycle, made: Sequence[Organisation], answers: Answers = ALL_MET, state: State = State.SUBMITTED
) -> list[Return]:
    """Their returns in this state, all with these answers."""
    outline = cycle.version.outline
    sheets = [
        Sheet(version=cycle.version, organisation=each, address=f"/audits/{each.pk}/", opened_at=NOW) for each in made
    ]
    Sheet.objects.bulk_create(sheets)
    Answer.objects.bulk_create(
        Answer(
            sheet=sheet,
            section=outline.section_of[key].key,
            question=key,
            value=value,
            stands=outline.questions[key].stands(value) or "",
            words="Secret words.",
            written_at=NOW,
        )
        for sheet in sheets
        for key, value in answers.items()
    )
    if sheets:
        counted = counts_of(sheets[0])
        names = list(Counts.__dataclass_fields__)
        Tally.objects.bulk_create(
            Tally(sheet=sheet, section=key, **dict(zip(names, each.figures, strict=True)))
            for sheet in sheets
            for key, each in counted.items()
        )
    is_sent = state in (State.SUBMITTED, State.READ)
    return Return.objects.bulk_create(
        Return(
            cycle=cycle,
            organisation=sheet.organisation,
            sheet=sheet,
            state=state,
            reference=f"2025-{sheet.organisation.urn}" if is_sent else "",
            asked_at=NOW,
            submitted_at=NOW if is_sent else None,
        )
        for sheet in sheets
    )
