"""The MASH's board by due time and band, and an agency's list. Neither opens anything: no name stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind
from haven.checks.models import AreaSetting, Ask, Check
from haven.checks.policy import ASKERS, asks_for, checks_for, may_answer, may_run, may_work_with
from haven.checks.queries.settings import settings_of
from haven.checks.rules.bands import Band, Standing, standing
from haven.checks.rules.states import DONE, PENDING, TURNS, WORDS, AskState, Turn
from haven.people.seeing import seeing
from haven.subjects.rules.ties import Asker

SHOWN = 300
TAGS = {Standing.LATE: "red", Standing.SOON: "orange", Standing.IN_TIME: "", Standing.NO_TARGET: "grey"}
COLOURS = {Band.RED: "red", Band.AMBER: "orange", Band.GREEN: "green", Band.BLUE: "blue"}


@dataclass(frozen=True, slots=True)
class AskLine:
    """One agency of a check. `state` is that of its thread."""

    ask: UUID
    agency: str
    state: AskState
    standing: Standing
    due_at: datetime | None
    is_again: bool  # it was asked before
    is_out_of_term: bool
    is_alarm: bool
    has_been_read: bool

    @property
    def words(self) -> str:
        """Where it stands, as people read it."""
        return WORDS[self.state]

    @property
    def tag(self) -> str:
        """The colour beside the words of its standing."""
        return TAGS[self.standing]

    @property
    def has_answered(self) -> bool:
        """Whether there is an answer to read, though more may be asked."""
        return self.state in DONE or self.state is AskState.AGAIN

    @property
    def is_pending(self) -> bool:
        """Whether the agency must act."""
        return TURNS[self.state] is Turn.AGENCY


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check on the board."""

    check: UUID
    reference: str
    band: Band
    asked_at: datetime
    due_at: datetime | None
    standing: Standing
    asks: Sequence[AskLine]
    allocated_to: str
    is_mine: bool
    is_closed: bool
    is_withdrawn: bool

    @property
    def colour(self) -> str:
        """Of the tag with its band; the word says as much."""
        return COLOURS[self.band]

    @property
    def tag(self) -> str:
        """The colour beside the words of its standing."""
        return TAGS[self.standing]

    @property
    def done(self) -> int:
        """How many have answered."""
        return sum(each.state in DONE for each in self.asks)


@dataclass(frozen=True, slots=True)
class Board:
    """What is open, by due time; and what is answered or over, the latest first."""

    open: Sequence[CheckLine]
    over: Sequence[CheckLine]

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(each.standing is Standing.LATE for each in self.open)

    @property
    def soon(self) -> int:
        """How many are due soon."""
        return sum(each.standing is Standing.SOON for each in self.open)


@dataclass(frozen=True, slots=True)
class CheckPage:
    """A check without what it says: the page from which it is opened."""

    line: CheckLine
    may_run: bool
    area: UUID
    owner: UUID


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as the agency's list has it."""

    ask: UUID
    reference: str
    band: Band
    state: AskState
    standing: Standing
    asked_at: datetime
    due_at: datetime | None
    agency: str
    council: str
    is_out_of_term: bool
    is_at_home: bool
    is_read: bool

    @property
    def words(self) -> str:
        """Where it stands, as people read it."""
        return WORDS[self.state]

    @property
    def colour(self) -> str:
        """Of the tag with its band; the word says as much."""
        return COLOURS[self.band]

    @property
    def tag(self) -> str:
        """The colour beside the words of its standing."""
        return TAGS[self.standing]


@dataclass(frozen=True, slots=True)
class Requests:
    """What waits for an agency, by due time; and what it has answered, the latest first."""

    waiting: Sequence[RequestLine]
    done: Sequence[RequestLine]


@seeing("checks.board")
def board(*, by: Actor, at: datetime) -> Board:
    """The checks that she works with."""
    rows = list(_checks(Asker(by, at)).order_by("-asked_at")[:SHOWN])
    lines = _lines(rows, by, at)
    is_open = [any(ask.is_pending for ask in line.asks) and not line.is_withdrawn for line in lines]
    waiting = [line for line, waits in zip(lines, is_open, strict=True) if waits]
    over = [line for line, waits in zip(lines, is_open, strict=True) if not waits]
    return Board(sorted(waiting, key=_by_due), over)


def late_checks(*, by: Actor, at: datetime) -> int:
    """How many of these are late; none for who asks nobody."""
    is_asker = any(post.role in ASKERS and post.kind is Kind.COUNCIL for post in by.posts)
    return board(by=by, at=at).late if is_asker else 0


@seeing("checks.check_page")
def check_page(*, check_id: UUID, by: Actor, at: datetime) -> CheckPage:
    """One check, unopened."""
    asker = Asker(by, at)
    check = _checks(asker).get(pk=check_id)
    require(may_work_with(asker, check))
    (line,) = _lines([check], by, at)
    return CheckPage(line, bool(may_run(asker, check)), check.area_id, check.owner_id)


@seeing("checks.check_of")
def check_of(*, ask_id: UUID, by: Actor, at: datetime) -> CheckPage:
    """The check of an ask, for whoever runs it."""
    row = Ask.objects.get(pk=ask_id)
    page = check_page(check_id=row.of_id, by=by, at=at)
    if not page.may_run:
        raise Refused(Reason.NOT_THE_ROLE)
    return page


@seeing("checks.requests")
def requests(*, by: Actor, at: datetime) -> Requests:
    """What those who answer for an agency are asked."""
    lines = [_request(row, at) for row in _threads(Asker(by, at)).order_by("-asked_at")[:SHOWN]]
    waiting = sorted((line for line in lines if line.state in PENDING), key=_by_due)
    return Requests(waiting, [line for line in lines if line.state in DONE])


@seeing("checks.requests")
def requests_waiting(*, by: Actor, at: datetime) -> int:
    """How many wait for those who answer for an agency."""
    return _threads(Asker(by, at)).filter(state__in=PENDING).count()


@seeing("checks.request_page")
def request_page(*, ask_id: UUID, by: Actor, at: datetime) -> RequestLine:
    """One request, unopened."""
    asker = Asker(by, at)
    row = _threads(asker).get(pk=ask_id)
    require(may_answer(asker, row))
    return _request(row, at)


def _checks(asker: Asker) -> QuerySet[Check]:
    asks = Ask.objects.select_related("agency", "thread", "of").prefetch_related("readings", "thread__readings")
    rows = Check.objects.filter(checks_for(asker)).select_related("record", "allocated_to")
    return rows.prefetch_related(Prefetch("asks", queryset=asks.order_by("agency__name", "pk")))


def _threads(asker: Asker) -> QuerySet[Ask]:
    rows = Ask.objects.filter(asks_for(asker))
    return rows.select_related("of__owner", "of__record", "agency", "answer").prefetch_related("readings")


def _by_due(line: CheckLine | RequestLine) -> tuple[bool, float, float]:
    due = line.due_at
    return due is None, due.timestamp() if due else 0, line.asked_at.timestamp()


def _lines(rows: Sequence[Check], by: Actor, at: datetime) -> list[CheckLine]:
    known = {area: settings_of(area=area) for area in {row.area_id for row in rows}}
    return [_line(row, known[row.area_id], by, at) for row in rows]


def _line(row: Check, setting: AreaSetting, by: Actor, at: datetime) -> CheckLine:
    asks = [_ask(each, setting, at) for each in row.asks.all() if each.state != AskState.WITHDRAWN]
    due = min((each.due_at for each in asks if each.is_pending and each.due_at), default=row.due_at)
    pending = [each.standing for each in asks if each.is_pending]
    worst = next((each for each in (Standing.LATE, Standing.SOON, Standing.IN_TIME) if each in pending), None)
    return CheckLine(
        check=row.pk,
        reference=row.reference,
        band=Band(row.band),
        asked_at=row.asked_at,
        due_at=due,
        standing=worst or Standing.NO_TARGET,
        asks=asks,
        allocated_to=row.allocated_to.name if row.allocated_to else "",
        is_mine=row.allocated_to_id is not None and row.allocated_to_id == by.person,
        is_closed=row.closed_at is not None,
        is_withdrawn=row.withdrawn_at is not None,
    )


def _ask(row: Ask, setting: AreaSetting, at: datetime) -> AskLine:
    root = row.root
    return AskLine(
        ask=row.pk,
        agency=row.asked_of,
        state=AskState(root.state),
        standing=standing(root.due_at, root.asked_at, at, setting.clock),
        due_at=root.due_at,
        is_again=row.thread_id is not None,
        is_out_of_term=root.is_out_of_term,
        is_alarm=root.is_alarm,
        has_been_read=bool(root.readings.all()),
    )


def _request(row: Ask, at: datetime) -> RequestLine:
    clock = settings_of(area=row.of.area_id).clock
    return RequestLine(
        ask=row.pk,
        reference=row.of.reference,
        band=Band(row.of.band),
        state=AskState(row.state),
        standing=standing(row.due_at, row.asked_at, at, clock),
        asked_at=row.asked_at,
        due_at=row.due_at,
        agency=row.asked_of,
        council=row.of.owner.name,
        is_out_of_term=row.is_out_of_term,
        is_at_home=row.home_area_id is not None,
        is_read=bool(row.readings.all()),
    )
