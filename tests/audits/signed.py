"""Audits that are planned, signed and sent, in the few steps that tests share."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from haven.access.roles import Role
from haven.audits import services
from haven.audits.models import Copy, Cycle, Return, Signature
from haven.audits.queries.freezing import whole_of
from haven.audits.rules.signing import next_step
from haven.audits.services.plans import WantedLine
from haven.ledger.models import Detail
from haven.people.models import Person, Post
from haven.questions.queries.sheets import sheet_of
from tests.audits.asked import answered, begun, opened
from tests.cast import BEGAN, NOW, TODAY, Cast

SIGNERS = {
    "oakfield": (("priya", Role.DSL), ("tom", Role.HEAD), ("ines", Role.CHAIR)),
    "ashdown": (("grace", Role.DSL), ("harold", Role.HEAD), ("ines", Role.CHAIR)),
}
BY = TODAY + timedelta(days=60)


def post(cast: Cast, who: str, role: Role, school: str = "oakfield") -> Post:
    """A post in a school, for one of the cast or for somebody new."""
    if who not in cast.people:
        cast.people[who] = Person.objects.create(email=f"{who}@example.org", name=who.title())
    person, place = cast.people[who], cast.organisations[school]
    made, _ = Post.objects.get_or_create(
        person=person, organisation=place, role=role.value, defaults={"starts_on": BEGAN}
    )
    return made


def again(of: Return) -> Return:
    """The return as it stands now, with what its copy needs."""
    rows = Return.objects.select_related("cycle__area", "cycle__version", "organisation", "window", "sheet__version")
    return rows.get(pk=of.pk)


def digest(of: Return) -> str:
    """What the page of signing shows: the digest of the copy that stands, or of what would be frozen now."""
    of = again(of)
    if of.state == "signing":
        return of.copies.get(lapsed_at__isnull=True).digest
    sheet = sheet_of(sheet_id=of.sheet_id) if of.sheet_id else None
    assert sheet is not None
    return whole_of(of, sheet, today=TODAY).digest


def planned(cast: Cast, of: Return, who: str = "priya") -> Return:
    """The return with every line of its plan filled in."""
    of = again(of)
    sheet = sheet_of(sheet_id=of.sheet_id) if of.sheet_id else None
    assert sheet is not None
    lines = whole_of(of, sheet, today=TODAY).plan
    wanted = {
        line.id: WantedLine(
            what=line.what or "See to it.", lead="Tom", due_on=line.due_on or BY, success="All is well."
        )
        for line in lines
    }
    services.write_plan(return_id=of.pk, wanted=wanted, by=cast.actor(who), at=NOW)
    return again(of)


def ready(cast: Cast, cycle: Cycle | None = None, who: str = "priya") -> Return:
    """A return of which nothing is owed any more: Oakfield's, or Ashdown's where Grace answers."""
    of = answered(cast, begun(cast, cycle, who), who)
    return planned(cast, of, who)


def signed(cast: Cast, of: Return, who: str, **changed: object) -> Signature:
    """The next signature of a return."""
    copy = of.copies.filter(lapsed_at__isnull=True).first()
    step = next_step(of.cycle.steps, copy.signatures.count() if copy else 0)
    given = {"step": step, "digest": digest(of), "words": "", "at": NOW} | changed
    return services.sign_return(return_id=of.pk, by=cast.actor(who), **given)  # type: ignore[arg-type]


def sent(cast: Cast, cycle: Cycle | None = None, school: str = "oakfield") -> Return:
    """A return that everybody has signed, and that the council has in hand."""
    signers = SIGNERS[school]
    for who, role in signers:
        post(cast, who, role, school)
    of = ready(cast, cycle or opened(cast), signers[0][0])
    for (who, _), _step in zip(signers, of.cycle.steps, strict=False):
        signed(cast, of, who)
    return again(of)


def copy_of(of: Return) -> Copy:
    """The copy that stands."""
    return of.copies.get(lapsed_at__isnull=True)


def with_a_line_taken_out(cast: Cast, cycle: Cycle) -> tuple[Return, UUID]:
    """Oakfield's return to a cycle of one signature, sent, and a line that was taken out of its plan."""
    of = ready(cast, cycle)
    signed(cast, of, "priya")
    line = of.plan.order_by("due_on").first()
    assert line is not None
    by = cast.actor("priya")
    services.take_out_of_plan(return_id=of.pk, line_id=line.pk, why="The trust does it.", by=by, at=NOW)
    return again(of), line.pk


def told(verb: str) -> list[dict[str, Any]]:
    """What the ledger says of each deed of this verb, in order."""
    found = [json.loads(each.text) for each in Detail.objects.order_by("pk")]
    return [each for each in found if each["verb"] == verb]
