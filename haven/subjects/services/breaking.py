"""Breaking the glass: one record, for a while, with a reason, told at once, and looked at afterwards."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.decision import Reason, Refused, require
from haven.access.roles import LABELS, Kind, Role
from haven.engines.days.moments import local_day
from haven.keys.queries import seal_with
from haven.keys.services import grant
from haven.kit.letters import went_out
from haven.ledger.services import record
from haven.people.models import ServedArea
from haven.people.queries import holders, on_day
from haven.people.seeing import seeing, working_as
from haven.subjects import letters
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import BrokenGlass, Outcome, Record, TieRow
from haven.subjects.policy import excluded_from, may_break, may_review
from haven.subjects.queries.loading import there
from haven.subjects.queries.places import schools_on
from haven.subjects.queries.recipients import settings_of
from haven.subjects.rules import breaking
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.breaking import Verdict, Why, ends_at, review_due
from haven.subjects.rules.ties import SENDERS, Tie

SAY_MORE = "Say in a sentence why it cannot wait"
SAY_WHAT = "Say what you looked at, in a sentence"
PRIVACY = frozenset({Role.PRIVACY_OFFICER})
LEADS = frozenset({Role.SAFEGUARDING_LEAD})


@seeing("subjects.breaking")
def break_glass(
    *, record_id: UUID, why: Why, words: str, wished: timedelta | None, is_fresh: bool, by: Actor, at: datetime
) -> BrokenGlass:
    """Open one record that is not hers, for the area's usual time or as long as is wished, three hours at most.

    Its owner and the privacy officer are told at once. Exclusions are not broken by it. Raises `Refused`.
    """
    with working_as(HAVEN, "subjects.breaking"):  # nothing ties her to it yet
        row = there(Record.objects.select_for_update().filter(pk=record_id).first())
        require(may_break(by, row, schools=_schools(row, at)))
    if not is_fresh:
        raise Refused(Reason.NOT_FRESH)
    if not words.strip():
        raise Refused(Reason.NOT_READY, SAY_MORE)
    post, until = _post(by, row), ends_at(at, wished or _usual(row))
    with working_as(HAVEN, "subjects.breaking"):
        TieRow.objects.create(record=row, tie=Tie.BROKEN, person_id=by.person, starts_at=at, ends_at=until)
    grant(record=row.pk, to=post.organisation, by=by, at=at)
    assert by.person is not None
    glass = BrokenGlass.objects.create(
        record=row,
        person_id=by.person,
        organisation_id=post.organisation,
        role=LABELS[post.role],
        why=why,
        words=seal_with(record=row.pk, fields={"glass": words.strip().encode()})["glass"],
        broken_at=at,
        ends_at=until,
        review_by=review_due(local_day(at)),
    )
    purpose = Purpose(Flow.WITHIN, breaking.WHY_IN_WORDS[why], reasons=words)
    write_down(Outcome.SHOWN, record=row, purpose=purpose, post=post, by=by, at=at)
    about = {"glass": glass.pk, "record": row.pk, "until": until, "area": row.area_id}
    record("subject.glass_broken", by=by, at=at, about=about, why=why)
    _tell(row, PRIVACY, letters.glass_broken, at, but=by.person)
    return glass


@seeing("subjects.breaking")
def review_glass(*, glass_id: UUID, verdict: Verdict, remarks: str, by: Actor, at: datetime) -> BrokenGlass:
    """Say whether it was right to break it. For the area's privacy officer, never for her who broke it."""
    rows = BrokenGlass.objects.select_for_update(of=("self",)).select_related("record")
    glass = there(rows.filter(pk=glass_id).first())
    require(may_review(by, glass.record.area_id, broken_by=glass.person_id))
    if by.person in excluded_from(glass.record):
        raise Refused(Reason.NOT_THE_ORGANISATION)
    if glass.reviewed_at is not None:
        raise Refused(Reason.WRONG_STATE, "Somebody has looked at it already")
    if not remarks.strip():
        raise Refused(Reason.NOT_READY, SAY_WHAT)
    glass.remarks = seal_with(record=glass.record_id, fields={"remarks": remarks.strip().encode()})["remarks"]
    glass.reviewed_at, glass.reviewed_by_id, glass.verdict = at, by.person, verdict
    glass.save(update_fields=["remarks", "reviewed_at", "reviewed_by", "verdict"])
    about = {"glass": glass.pk, "verdict": verdict, "area": glass.record.area_id}
    record("subject.glass_reviewed", by=by, at=at, about=about)
    return glass


@seeing("subjects.breaking")
def chase_reviews(*, by: Actor, at: datetime) -> int:
    """Tell the privacy officer and the safeguarding lead of what nobody has looked at in time, once; how many."""
    if by is not HAVEN:
        raise Refused(Reason.NOT_THE_ROLE)
    late = BrokenGlass.objects.select_for_update(of=("self",)).select_related("record")
    rows = list(late.filter(reviewed_at=None, told_at=None, review_by__lt=local_day(at)))
    for glass in rows:
        _tell(glass.record, PRIVACY | LEADS, letters.review_late, at, but=glass.person_id)
    BrokenGlass.objects.filter(pk__in=[glass.pk for glass in rows]).update(told_at=at)
    if rows:
        record("subject.reviews_chased", by=by, at=at, about={"glass": [glass.pk for glass in rows]})
    return len(rows)


def _schools(row: Record, at: datetime) -> frozenset[UUID]:
    """The schools of every child it is about."""
    day = local_day(at)
    subjects = row.about.values_list("subject", flat=True)
    return frozenset(school for subject in subjects for school in schools_on(subject=subject, on=day))


def _usual(row: Record) -> timedelta:
    return timedelta(minutes=settings_of(area=row.area_id).glass_minutes)


def _post(by: Actor, row: Record) -> HeldPost:
    on_duty = [post for post in by.posts if post.role in breaking.ON_DUTY and row.area_id in post.areas]
    return (on_duty or [post for post in by.posts if post.is_cover and post.role in breaking.COVERING])[0]


def _tell(row: Record, roles: frozenset[Role], letter: Callable[..., None], at: datetime, *, but: UUID | None) -> None:
    """Write to these of the council and to whoever works with it at its owner, but for whoever may not know."""
    day = local_day(at)
    councils = ServedArea.objects.filter(on_day(day), area=row.area_id, organisation__kind=Kind.COUNCIL)
    people = holders(roles=roles, organisations=list(councils.values_list("organisation", flat=True)), on=day)
    people += holders(roles=SENDERS, organisations=[row.owner_id], on=day)
    silent = excluded_from(row) | {but}
    for email in sorted({each.email for each in people if each.person not in silent}):
        transaction.on_commit(partial(went_out, partial(letter, to=email)), robust=True)
