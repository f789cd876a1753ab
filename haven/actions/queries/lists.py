"""An organisation's own list, and the counts for the home page."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.access.roles import Kind, Role
from haven.actions.models import Assignment
from haven.actions.policy import ANSWERING, SEEING
from haven.actions.queries.sources import Words, words_for
from haven.actions.rules import CLOSED, SOON, WAITING, EvidenceAsked, Group, State, group_of
from haven.engines.days.moments import local
from haven.people.models import Organisation

ORDER = {group: place for place, group in enumerate(Group)}


@dataclass(frozen=True, slots=True)
class Listed:
    """One assignment as a line of a list."""

    id: UUID
    what: str
    organisation_id: UUID
    organisation: str
    asked_by: str
    set_by: str  # in words, where the organisation set it for itself: "your school"
    source_label: str
    due_on: date | None
    due_time: time | None
    group: Group
    state: State
    is_new: bool
    is_optional: bool
    prohibits: bool
    evidence_asked: EvidenceAsked
    recurs: str
    handed_to: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of the list to show. `group` none means all that waits."""

    group: Group | None = None
    role: Role | None = None
    organisation: UUID | None = None
    text: str = ""
    is_new: bool = False
    is_returned: bool = False
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class OwnCounts:
    """How many assignments of the actor's organisations stand where."""

    overdue: int
    soon: int
    later: int
    undated: int
    returned: int
    new: int
    done: int

    @property
    def waiting(self) -> int:
        """How many have still to be answered."""
        return self.overdue + self.soon + self.later + self.undated


def overdue_at(at: datetime, path: str = "") -> Q:
    """Assignments whose due moment has passed: `rules.is_overdue` as a filter. `path` leads to them."""
    today, now = local(at).date(), local(at).time()
    return Q((f"{path}due_on__lt", today)) | Q((f"{path}due_on", today), (f"{path}due_time__lt", now))


def waiting_and_overdue(at: datetime, path: str = "") -> Q:
    """Assignments that still wait although their due moment has passed. `path` leads to them."""
    return Q((f"{path}state__in", WAITING)) & overdue_at(at, path)


def own_organisations(*, by: Actor) -> QuerySet[Organisation]:
    """The organisations whose list the actor sees. Raises `Refused` where there is none."""
    if not (mine := by.organisations(SEEING)):
        raise Refused(Reason.NO_LIVE_POST)
    return Organisation.objects.filter(pk__in=mine)


def own_counts(*, by: Actor, at: datetime) -> OwnCounts:
    """How many assignments of the actor's organisations stand where. All nought for whoever has none."""
    mine = Assignment.objects.filter(organisation__in=by.organisations(SEEING))
    waits, late = Q(state__in=WAITING), waiting_and_overdue(at)
    soon = waits & Q(due_on__lte=local(at).date() + SOON) & ~overdue_at(at)
    counts = mine.aggregate(
        overdue=Count("pk", filter=late),
        soon=Count("pk", filter=soon),
        later=Count("pk", filter=waits & Q(due_on__gt=local(at).date() + SOON)),
        undated=Count("pk", filter=waits & Q(due_on__isnull=True)),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        new=Count("pk", filter=waits & Q(seen_at__isnull=True)),
        done=Count("pk", filter=Q(state__in=CLOSED)),
    )
    return OwnCounts(**counts)


def own_list(*, by: Actor, at: datetime, shown: Shown) -> list[Listed]:
    """The assignments of the actor's organisations, most pressing first; of those done, the newest.

    Raises `Refused` where she has none.
    """
    if not (mine := by.organisations(SEEING)):
        raise Refused(Reason.NO_LIVE_POST)
    rows = Assignment.objects.filter(_filter(shown, by, at), organisation__in=mine)
    rows = rows.select_related("action__asked_by", "organisation", "handed_to")
    if shown.group is Group.DONE:
        rows = rows.order_by("-closed_at", "pk")
    words = words_for(actions=[row.action for row in rows], by=by, at=at)
    lines = [line_of(row, words[row.action_id], at) for row in rows]
    if shown.group is Group.DONE:
        return lines
    return sorted(lines, key=lambda line: (ORDER[line.group], line.due_on or date.max))


def _filter(shown: Shown, by: Actor, at: datetime) -> Q:
    chosen = _of_group(shown.group, at)
    if shown.role:
        chosen &= Q(action__roles__contains=[shown.role.value])
    if shown.organisation:
        chosen &= Q(organisation=shown.organisation)
    if shown.text:
        words = (Q(action__what__icontains=word) | Q(action__detail__icontains=word) for word in shown.text.split())
        for word in words:
            chosen &= word
    if shown.is_new:
        chosen &= Q(seen_at__isnull=True)
    if shown.is_returned:
        chosen &= Q(state=State.RETURNED)
    if shown.is_mine:
        chosen &= Q(handed_to=by.person)
    return chosen


def _of_group(group: Group | None, at: datetime) -> Q:
    waits, horizon = Q(state__in=WAITING), local(at).date() + SOON
    return {
        None: waits,
        Group.OVERDUE: waits & overdue_at(at),
        Group.SOON: waits & Q(due_on__lte=horizon) & ~overdue_at(at),
        Group.LATER: waits & Q(due_on__gt=horizon),
        Group.UNDATED: waits & Q(due_on__isnull=True),
        Group.DONE: Q(state__in=CLOSED),
        Group.WITHDRAWN: Q(state=State.WITHDRAWN),
    }[group]


def own_word(kind: str) -> str:
    """What the people of such an organisation call it."""
    return "school" if kind == Kind.SCHOOL else "organisation"


def sets_for(*, by: Actor) -> str:
    """What she calls that for which she may set actions; empty where there is nothing."""
    words = {own_word(post.kind) for post in by.posts if post.role in ANSWERING}
    return min(words, default="")


def line_of(row: Assignment, words: Words, at: datetime) -> Listed:
    """The assignment as a line of a list, in these words; which month's it is, where no date says so."""
    action, state = row.action, State(row.state)
    return Listed(
        id=row.pk,
        what=f"{words.what} – {row.occurrence}" if row.occurrence else words.what,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        asked_by=action.asked_by.name,
        set_by=f"your {own_word(row.organisation.kind)}" if action.is_own else "",
        source_label=words.source_label,
        due_on=row.due_on,
        due_time=row.due_time,
        group=group_of(state, row.due_on, row.due_time, at),
        state=state,
        is_new=row.seen_at is None and state in WAITING,
        is_optional=action.is_optional,
        prohibits=action.prohibits,
        evidence_asked=EvidenceAsked(action.evidence_asked),
        recurs=action.get_recurs_display() if action.recurs else "",
        handed_to=row.handed_to.name if row.handed_to else "",
        comment=row.comment if state is State.RETURNED else "",
    )
