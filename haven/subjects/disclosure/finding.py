"""Finding somebody: by the police and the council on name and birth date together, by a school among its own alone."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day, moment
from haven.engines.sealing.lookup import normalised
from haven.keys.queries import index_of_words
from haven.people.seeing import seeing, working_as
from haven.subjects.disclosure.opening import identities
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import FindMark, Outcome, Record, Subject, TieRow
from haven.subjects.policy import FINDERS, may_find, records_for, standing_exclusions
from haven.subjects.rules.finding import FIND_BY, words_of
from haven.subjects.rules.naming import Identity
from haven.subjects.rules.ties import RECIPIENTS, Asker, Deed, State, Tie, acting_as

NAME_WHOLE = "Give a last name, a first name and a date of birth"


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was found. `identity` is none where her record does not open: say so and go on."""

    subject: UUID
    identity: Identity | None


def find(*, area: UUID, identity: Identity, purpose: Purpose, by: Actor, at: datetime) -> list[Found]:
    """Whoever has this last name, first initial and birth date, for one who works for the area outside its schools.

    The look-up is written down first, whatever it finds. What it finds she may then read until the day is over.
    """
    require(may_find(by, area))
    post = acting_as(by, FINDERS, area)
    assert post is not None
    try:
        wanted = words_of(identity)
    except ValueError:
        raise Refused(Reason.NOT_ASKABLE, NAME_WHOLE) from None
    with transaction.atomic(), working_as(HAVEN, "subjects.finding"):  # nothing ties her to whom she finds
        write_down(Outcome.LOOKED_UP, record=None, purpose=purpose, post=post, by=by, at=at)
        mark = index_of_words(organisation=post.organisation, field=FIND_BY, words=wanted)
        rows = _marked(area, post, mark, by) if mark else []
        opened = identities(rows, organisations=[post.organisation])
        same = [row for row in rows if row.pk in opened and words_of(opened[row.pk]) == wanted]
        for row in same:
            write_down(Outcome.SHOWN, record=row.record, purpose=purpose, post=post, by=by, at=at)
            _lend(row, by, at)
    return [Found(row.pk, opened[row.pk]) for row in same]


@seeing("subjects.finding")
def search_own(*, school: UUID, words: str, purpose: Purpose, by: Actor, at: datetime) -> list[Found]:
    """The children of whom this school was told and whose name has every word, opened and looked through in memory."""
    post = next((each for each in by.posts if each.organisation == school and each.role in RECIPIENTS), None)
    if post is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    write_down(Outcome.LOOKED_UP, record=None, purpose=purpose, post=post, by=by, at=at)
    hers = Record.objects.filter(records_for(Asker(by, at), Deed.READ), sort="subject")
    sent = hers.filter(ties__tie=Tie.ADDRESSED, ties__organisation=school)
    rows = list(Subject.objects.filter(record__in=sent, names__isnull=False).order_by("added_at"))
    opened = identities(rows, organisations=[school])
    sought = [normalised(word) for word in words.split()]
    found = [Found(row.pk, opened.get(row.pk)) for row in rows]
    return [each for each in found if each.identity is None or _has(each.identity, sought)]


def _has(identity: Identity, sought: list[str]) -> bool:
    whole = normalised(f"{identity.first_name}{identity.last_name}{identity.other_names}")
    return all(word in whole for word in sought)


def _marked(area: UUID, post: HeldPost, mark: bytes, by: Actor) -> list[Subject]:
    marks = FindMark.objects.filter(organisation=post.organisation, mark=mark)
    rows = Subject.objects.filter(pk__in=marks.values("subject"), record__area=area).select_related("record")
    rows = rows.exclude(exclusions__in=standing_exclusions(by.person)).exclude(record__state=State.ERASED)
    return list(rows)


def _lend(row: Subject, by: Actor, at: datetime) -> None:
    """She may read it until the day is over, however often she looks it up."""
    until = moment(local_day(at) + timedelta(days=1), time())
    lent = {"record": row.record, "tie": Tie.LOOKED_UP, "person_id": by.person, "ends_at": until}
    if not TieRow.objects.filter(**lent).exists():
        TieRow.objects.create(starts_at=at, **lent)
