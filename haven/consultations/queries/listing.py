"""Which consultations there are, what an actor is asked, and when each opens, closes and is answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.consultations.models import Contribution, Response, Submission
from haven.consultations.policy import contributions_seen_by, may_enter, responses_kept_by
from haven.consultations.rules.life import ANSWERABLE, STAGES, Stage, in_words, left_or_closed, over_on, stage_on
from haven.consultations.rules.months import Event, Month
from haven.consultations.rules.standing import STANDINGS, Standing, standing_of, tag_for
from haven.guidance.models import Edition
from haven.guidance.queries.pages import documents_read
from haven.guidance.rules.life import Ending
from haven.people.models import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An area's response, as a line of who keeps it."""

    id: UUID
    area_id: UUID
    area: str
    standing: Standing
    label: str
    colour: str
    invited: int
    said: int
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an organisation is asked, as a line of its people."""

    id: UUID
    title: str
    edition: str
    organisation: str
    area: str
    standing: Standing
    label: str
    colour: str
    last_on: date
    left: str
    has_said: bool

    @property
    def is_open(self) -> bool:
        """Whether it still gathers."""
        return self.standing is Standing.GATHERING


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One consultation."""

    edition: UUID
    title: str
    label: str
    publisher: str
    stage: Stage
    stage_label: str
    colour: str
    beside: str
    is_unsourced: bool
    address: str
    by_day: date
    kept: tuple[Kept, ...]
    may_begin: bool  # whether an area that she leads can still begin a response


@dataclass(frozen=True, slots=True)
class Overview:
    """What is asked of her organisations, and every consultation by where it stands."""

    asked: tuple[Asked, ...]
    groups: tuple[tuple[Stage, str, tuple[Line, ...]], ...]

    @property
    def has_any(self) -> bool:
        """Whether any consultation is known."""
        return any(lines for _, _, lines in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happens to a consultation on a day."""

    day: date
    event: Event
    edition: UUID
    title: str
    label: str
    area: str = ""  # whose own date it is


@dataclass(frozen=True, slots=True)
class Open:
    """A consultation with the days on which it can be answered, the last included."""

    edition: UUID
    title: str
    label: str
    from_on: date
    until_on: date

    def has(self, day: date) -> bool:
        """Whether it is open on a day."""
        return self.from_on <= day <= self.until_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A consultation that is open and to which an area that she leads has sent nothing."""

    edition: UUID
    title: str
    label: str
    left: str
    area: str
    kept: Kept | None


def overview(*, by: Actor, on: date) -> Overview:
    """Every consultation that she may know of, and what is asked of her organisations. Raises `Refused`."""
    require(may_enter(by))
    kept = _kept(by, on)
    leads = list(Area.objects.filter(pk__in=by.leads)) if by.leads else []
    lines = [_line(each, kept.get(each.pk, ()), leads, on) for each in editions_consulted(by=by)]
    groups = tuple(
        (stage, label, _ordered((line for line in lines if line.stage is stage), stage))
        for stage, (label, _) in STAGES.items()
    )
    return Overview(asked=tuple(asked_of(by=by, on=on)), groups=groups)


def asked_of(*, by: Actor, on: date) -> list[Asked]:
    """What her organisations are asked: first what waits for them, the soonest first; then the newest."""
    sent = Submission.objects.filter(response=OuterRef("response"))
    rows = Contribution.objects.filter(contributions_seen_by(by)).select_related(
        "response__edition__document", "response__area", "organisation"
    )
    lines = [_asked(row, on) for row in rows.annotate(is_sent=Exists(sent))]
    waiting = sorted((each for each in lines if each.is_open), key=lambda each: (each.has_said, each.last_on))
    return waiting + sorted((each for each in lines if not each.is_open), key=lambda each: each.last_on, reverse=True)


def editions_consulted(*, by: Actor) -> QuerySet[Edition]:
    """The editions that were, are or will be out for consultation, of the documents that she may read."""
    dated = Q(opens_on__isnull=False) | Q(closes_on__isnull=False)
    return Edition.objects.filter(dated, document__in=documents_read(by=by)).select_related("document")


def editions_open(*, on: date) -> list[Edition]:
    """Every edition that can be answered on this day and has a closing date, whoever may read it."""
    rows = Edition.objects.filter(closes_on__gte=on).select_related("document")
    return [each for each in rows if stage_on(each.days, on) is Stage.OPEN]


def happenings(*, by: Actor, month: Month | None = None) -> list[Happening]:
    """What happens to consultations, day by day; in one month, or always. Raises `Refused`."""
    require(may_enter(by))
    found = [each for edition in editions_consulted(by=by) for each in _of_edition(edition)]
    found += _own_dates(by)
    order = list(Event)
    return sorted(
        (each for each in found if month is None or month.has(each.day)),
        key=lambda each: (each.day, order.index(each.event), each.title),
    )


def spans(*, by: Actor, month: Month) -> list[Open]:
    """The consultations that are open for some of a month, the first to close first. Raises `Refused`."""
    require(may_enter(by))
    first, last = month.first, month.last
    rows = editions_consulted(by=by).filter(opens_on__lte=last, closes_on__gte=first).order_by("closes_on")
    return [
        Open(each.pk, each.document.title, each.label, each.opens_on, _until(each))
        for each in rows
        if each.opens_on and each.closes_on
    ]


def unanswered(*, by: Actor, on: date) -> list[Unanswered]:
    """The consultations that are open and to which her areas have sent nothing, the first to close first."""
    if not by.leads:
        return []
    kept, areas = _kept(by, on), list(Area.objects.filter(pk__in=by.leads))
    soonest = sorted(
        (each for each in editions_consulted(by=by).filter(closes_on__gte=on) if _is_open(each, on)),
        key=lambda each: (each.closes_on, each.document.title),
    )
    return [line for each in soonest for line in _unanswered(each, kept.get(each.pk, ()), areas, on)]


def standing_on(response: Response, on: date, *, is_sent: bool) -> Standing:
    """Where a response stands on a day."""
    return standing_of(
        is_invited=response.invited_at is not None,
        is_sent=is_sent,
        is_called_off=stage_on(response.edition.days, on) is Stage.CALLED_OFF,
        is_over=response.last_on < on,
    )


def _kept(by: Actor, on: date) -> Mapping[UUID, tuple[Kept, ...]]:
    """The responses that she keeps, by their editions."""
    if not by.leads:
        return {}
    rows = Response.objects.filter(responses_kept_by(by)).select_related("edition", "area")
    counted = rows.annotate(
        invited=Count("contributions", distinct=True),
        said=Count("contributions", filter=Q(contributions__version__gt=0), distinct=True),
        is_sent=Exists(Submission.objects.filter(response=OuterRef("pk"))),
    )
    found: dict[UUID, tuple[Kept, ...]] = {}
    for row in counted:
        standing = standing_on(row, on, is_sent=row.is_sent)
        label, colour = STANDINGS[standing]
        line = Kept(
            id=row.pk,
            area_id=row.area_id,
            area=row.area.name,
            standing=standing,
            label=label,
            colour=colour,
            invited=row.invited,
            said=row.said,
            last_on=row.last_on,
        )
        found[row.edition_id] = (*found.get(row.edition_id, ()), line)
    return found


def _line(edition: Edition, kept: tuple[Kept, ...], leads: Iterable[Area], on: date) -> Line:
    stage = stage_on(edition.days, on)
    label, colour = STAGES[stage]
    begun = {each.area_id for each in kept}
    free = [area for area in leads if edition.document.area_id in (None, area.pk) and area.pk not in begun]
    return Line(
        edition=edition.pk,
        title=edition.document.title,
        label=edition.label,
        publisher=edition.document.publisher,
        stage=stage,
        stage_label=label,
        colour=colour,
        beside=in_words(edition.days, edition.said, on),
        is_unsourced=bool({"opens_on", "closes_on", "answered_on"} & set(edition.unsourced)),
        address=edition.consultation_address,
        by_day=over_on(edition.days) if edition.closes_on or stage not in ANSWERABLE else date.max,
        kept=kept,
        may_begin=stage in ANSWERABLE and bool(free),
    )


def _ordered(lines: Iterable[Line], stage: Stage) -> tuple[Line, ...]:
    """What is open and coming, the first to close first; what is over, the last that closed first."""
    by_day = sorted(lines, key=lambda line: (line.by_day, line.title))
    return tuple(by_day if stage in ANSWERABLE else reversed(by_day))


def _asked(row: Contribution, on: date) -> Asked:
    response = row.response
    standing = standing_on(response, on, is_sent=row.is_sent)  # type: ignore[attr-defined]
    label, colour = tag_for(standing, has_said=row.version > 0)
    return Asked(
        id=row.pk,
        title=response.edition.document.title,
        edition=response.edition.label,
        organisation=row.organisation.name,
        area=response.area.name,
        standing=standing,
        label=label,
        colour=colour,
        last_on=response.last_on,
        left=left_or_closed(response.last_on, on),
        has_said=row.version > 0,
    )


def _of_edition(edition: Edition) -> Iterator[Happening]:
    dates = ((edition.opens_on, Event.OPENS), (edition.closes_on, Event.CLOSES), (edition.answered_on, Event.ANSWERED))
    for day, event in dates:
        if day:
            yield Happening(day=day, event=event, edition=edition.pk, title=edition.document.title, label=edition.label)


def _own_dates(by: Actor) -> list[Happening]:
    """The closing dates of the areas that she leads, and of those that ask her organisations."""
    mine = Contribution.objects.filter(contributions_seen_by(by)).values("response")
    rows = Response.objects.filter(responses_kept_by(by) | Q(pk__in=mine), invited_at__isnull=False)
    return [
        Happening(
            day=row.last_on,
            event=Event.OURS,
            edition=row.edition_id,
            title=row.edition.document.title,
            label=row.edition.label,
            area=row.area.name,
        )
        for row in rows.select_related("edition__document", "area")
        if row.last_on != row.edition.closes_on
    ]


def _until(edition: Edition) -> date:
    """The last day on which it can be answered: a draft that is withdrawn cannot be answered any more."""
    days = edition.days
    last = days.closes_on or date.max
    is_ended = days.ending is Ending.WITHDRAWN and days.ended_on
    return min(last, days.ended_on - timedelta(days=1)) if is_ended and days.ended_on else last


def _is_open(edition: Edition, on: date) -> bool:
    return stage_on(edition.days, on) is Stage.OPEN


def _unanswered(edition: Edition, kept: tuple[Kept, ...], areas: Iterable[Area], on: date) -> Iterator[Unanswered]:
    by_area = {each.area_id: each for each in kept}
    for area in areas:
        own = by_area.get(area.pk)
        if edition.document.area_id not in (None, area.pk) or (own and own.standing is Standing.SENT):
            continue
        yield Unanswered(
            edition=edition.pk,
            title=edition.document.title,
            label=edition.label,
            left=left_or_closed(edition.closes_on or on, on),
            area=area.name,
            kept=own,
        )
