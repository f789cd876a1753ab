"""What is told in Fairhaven, all invented, and those of the unit who work with it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from haven.intelligence.models import Receipt, Report, Submission
from haven.intelligence.queries.lists import receipts_of
from haven.intelligence.rules.grading import Graded, Handling, Information, Priority, Source
from haven.intelligence.rules.linking import Kind
from haven.intelligence.rules.outcomes import Outcome
from haven.intelligence.rules.telling import Aware, How, Sure, Telling, Theme
from haven.intelligence.services import answer, disseminate, grade, mention, sanitise, tell
from haven.intelligence.services.disseminating import Sending
from haven.people.models import Organisation
from haven.subjects.models import Told
from haven.subjects.rules.ties import Asker
from tests.behind import behind
from tests.cast import NOW, TODAY, Cast
from tests.subjects.known import joined

LATER = NOW + timedelta(minutes=5)
STAFF = {  # who joins the cast for this
    "ivo": ("Ivo Marlowe", "intelligence-officer", "police"),
    "iris": ("Iris Tolland", "intelligence-lead", "police"),
    "peter": ("Pavel Kestrel", "privacy-officer", "council"),
}
TELLING = Telling(
    matter="A grey van, FX19 KLM, waits at Harbour Steps after school. Jordan Pike gives out phones there.",
    theme=Theme.CRIMINAL,
    how=How.CHILD,
    sure=Sure.FAIRLY,
    could_show=False,
    aware=Aware.NO,
    handling="Do not ring the school about it.",
    agencies="Nobody yet.",
    told_by="Casey in year nine",
)
GRADED = Graded(Source.UNTESTED, Information.PASSED_ON, Handling.PERMITTED, Priority.MEDIUM)
SAFE = "A grey van, FX19 KLM, waits at Harbour Steps on school days. A man gives out phones there."


def asker(cast: Cast, who: str, at=LATER) -> Asker:
    """Somebody who asks."""
    return Asker(cast.actor(who, on=TODAY), at)


def told(cast: Cast, who: str = "priya", key: UUID | None = None, at=NOW, **said) -> Receipt:
    """What somebody at her first organisation tells."""
    by = cast.actor(who)
    return tell(
        area=cast.area.pk,
        organisation=by.posts[0].organisation,
        key=key or uuid4(),
        telling=replace(TELLING, **said),
        by=by,
        at=at,
    )


def submitted(cast: Cast, who: str = "priya", at=NOW, **said) -> Submission:
    """The same, as the unit has it."""
    before = set(everything(Submission))
    told(cast, who, at=at, **said)
    (made,) = set(everything(Submission)) - before
    return made


def everything(model) -> list:
    """Every row of a model, behind its lock."""
    with behind():
        return list(model.objects.all())


def graded(cast: Cast, row: Submission, what: Graded = GRADED, at=LATER):
    """It, graded."""
    theme = Theme(row.theme)
    return grade(submission_id=row.pk, graded=what, theme=theme, by=cast.actor("ivo"), at=at)


def mentioned(cast: Cast, row: Submission, kind: Kind, words: str, who: str = "ivo", at=LATER):
    """It, mentioning something."""
    return mention(submission_id=row.pk, kind=kind, words=words, by=cast.actor(who), at=at)


def sanitised(
    cast: Cast, row: Submission, text: str = SAFE, *, has_looked: bool = False, key=None, who="ivo", at=LATER
) -> Report:
    """It, sanitised."""
    return sanitise(
        submission_id=row.pk, key=key or uuid4(), text=text, has_looked=has_looked, by=cast.actor(who), at=at
    )


def sending(to: Organisation, conditions: str = "") -> Sending:
    """To this organisation, on these conditions."""
    handling = Handling.CONDITIONS if conditions else Handling.PERMITTED
    return Sending(to.pk, handling, conditions, "to keep children safe", Told.NO_CRIME)


def sent(cast: Cast, report: Report, to: Organisation, conditions: str = "", at=LATER):
    """A report, sent."""
    return disseminate(report_id=report.pk, sending=sending(to, conditions), by=cast.actor("ivo"), at=at)


def taken_through(cast: Cast, **said) -> dict[str, UUID]:
    """Something that Priya told, taken through every step and answered; what stands in addresses of it."""
    if "ivo" not in cast.people:
        joined(cast, STAFF)
    row = submitted(cast, **said)
    link = mentioned(cast, row, Kind.PLACE, "Harbour Steps", at=NOW)
    graded(cast, row, at=NOW)
    there = sent(cast, sanitised(cast, row, at=NOW), cast.health, at=NOW)
    answer(submission_id=row.pk, outcome=Outcome.USED, by=cast.actor("ivo"), at=NOW)
    (receipt,) = receipts_of(by=cast.actor("priya"))
    return {
        "submission_id": row.pk,
        "link_id": link.pk,
        "dissemination_id": there.pk,
        "receipt_id": receipt.receipt,
    }
