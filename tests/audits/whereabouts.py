"""Returns put where a test needs them, straight in the tables: who answers and who signs is tested elsewhere."""

from datetime import datetime, timedelta

from haven.access.roles import Role
from haven.audits.models import Copy, Return, Signature
from haven.audits.rules.life import State
from haven.people.models import Organisation, ServedArea
from haven.questions.models import Sheet
from tests.cast import BEGAN, NOW, Cast

HASH = "a" * 64


def put(of: Return, state: State, *, signed: int = 0, at: datetime = NOW) -> Return:
    """A return in this state, with so many signatures on the copy that stands; sent at this moment where it was."""
    if state is not State.WAITING and of.sheet is None:
        of.sheet = Sheet.objects.create(
            version_id=of.cycle.version_id, organisation_id=of.organisation_id, address="/audits/x/", opened_at=at
        )
        of.begun_at = at
    of.state = state
    if state in (State.SUBMITTED, State.READ, State.SENT_BACK):
        of.submitted_at, of.reference = at, f"2025-{of.organisation_id}"[:40]
    of.save()
    if state not in (State.WAITING, State.STARTED):
        _copy(of, signed, at, is_sent=of.submitted_at is not None)
    return of


def schools(cast: Cast, count: int) -> list[Organisation]:
    """So many more schools of the area."""
    made = [
        Organisation(kind="school", name=f"School {number:03}", urn=910000 + number, phase="primary")
        for number in range(count)
    ]
    Organisation.objects.bulk_create(made)
    ServedArea.objects.bulk_create(ServedArea(organisation=each, area=cast.area, starts_on=BEGAN) for each in made)
    return made


def _copy(of: Return, signed: int, at: datetime, *, is_sent: bool) -> None:
    of.copies.filter(lapsed_at=None).update(lapsed_at=at)
    copy = Copy.objects.create(
        of=of, number=of.copies.count() + 1, content={}, digest=HASH, made_at=at, sent_at=at if is_sent else None
    )
    who = of.organisation.posts.first()
    for step in range(1, signed + 1):
        Signature.objects.create(
            copy=copy,
            step=step,
            role=Role.DSL.value,
            signed_by=who.person,
            name=who.person.name,
            digest=HASH,
            signed_at=at - timedelta(hours=1),
        )
