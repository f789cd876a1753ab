"""What waits for somebody when she opens Haven, and the ledger in people's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from haven.access.actor import NOBODY, Actor
from haven.access.roles import COUNCIL_LEADS, GOVERNORS, SCHOOL_LEADS, SCHOOL_ROLES, Role
from haven.actions.queries.lists import Listed, OwnCounts, Shown, own_counts, own_list
from haven.actions.queries.overviews import Counts, area_counts
from haven.actions.queries.pressing import Pressing, pressing_for
from haven.audits.queries.cycles import KeptCycle, cycles_kept
from haven.audits.queries.mine import OwnAudit, waiting_for
from haven.audits.queries.trusts import TrustCycle, open_for_trust
from haven.audits.rules.life import Standing
from haven.bulletins.queries.checking import drafts_of
from haven.bulletins.queries.events import Happening, events_for
from haven.bulletins.queries.lists import Listed as Bulletin
from haven.bulletins.queries.lists import Sought, newest_for
from haven.bulletins.queries.public import public_bulletins
from haven.changes.queries.waiting import Unjudged, unjudged_for
from haven.checks.queries.boards import late_checks, requests_waiting
from haven.consultations.queries.listing import Asked, Unanswered, asked_of, unanswered
from haven.desk.rules import about_in_words, post_in_words, verb_in_words
from haven.digests.queries.digests import ListedDigest, digests_for
from haven.engines.days.moments import local_day
from haven.intelligence.queries.lists import unanswered_in_units
from haven.ledger.queries.told import Sealed, Told, newest_told, sealed_so_far
from haven.notifications.queries.breaches import copies_to_confirm
from haven.notifications.queries.receiving import unread_by
from haven.notifications.queries.sent import came_back
from haven.notifications.queries.watching import late_in_areas
from haven.people.models import Area, Person
from haven.readings.queries.own import Waits, waits_for

PRESSING, NEWEST, DATES, UNJUDGED, CHANGED = 5, 4, 4, 2, 3  # how many of each the home page shows


class Desk(StrEnum):
    """Whose desk it is."""

    VISITOR = "visitor"
    UNREADY = "unready"
    SCHOOL = "school"
    LEAD = "lead"
    SCRUTINEER = "scrutineer"
    PARTNER = "partner"
    ADMINISTRATOR = "administrator"


LEDGER_LINES = 50  # on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutChildren:
    """How many wait for her of what is shared about children, and nothing of whom or what."""

    unread: int = 0  # notifications
    copies: int = 0  # of what was recalled, to be destroyed
    back: int = 0  # of what her force sent
    requests: int = 0  # of a MASH
    late: int = 0  # notifications that nobody in her areas has read in time
    checks: int = 0  # of her MASH, late
    told: int = 0  # to her intelligence unit, and not answered

    @property
    def is_any(self) -> bool:
        """Whether anything waits."""
        return any((self.unread, self.copies, self.back, self.requests, self.late, self.checks, self.told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The home page of one actor. What is not for her is empty."""

    desk: Desk
    posts: tuple[str, ...] = ()
    reading: Waits = field(default_factory=Waits)  # what she herself has to read and sign
    own: OwnCounts | None = None
    handed: tuple[Listed, ...] = ()  # to her by a colleague
    meant: tuple[Listed, ...] = ()  # for governors, where she is one
    pressing: tuple[Listed, ...] = ()
    areas: tuple[tuple[Area, Counts], ...] = ()
    drafts: int = 0
    awaited: Pressing = field(default_factory=Pressing)
    newest: tuple[Bulletin, ...] = ()
    dates: tuple[Happening, ...] = ()
    changed: tuple[ListedDigest, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    closing: tuple[Unanswered, ...] = ()  # consultations to which her areas have sent nothing
    cycles: tuple[KeptCycle, ...] = ()  # the audits that her areas have open
    audits: tuple[OwnAudit, ...] = ()  # that her school has still to send; first those that wait for her signature
    of_trust: tuple[TrustCycle, ...] = ()  # the audits that her trust's schools are asked now
    children: AboutChildren = field(default_factory=AboutChildren)
    views: tuple[Asked, ...] = ()  # what her organisations are asked for their view on, and have not answered


def desk_of(actor: Actor) -> Desk:
    """Whose desk to lay. Whoever leads an area and works in a school too sees the area's first."""
    if actor.person is None:
        return Desk.VISITOR
    if not actor.posts:
        return Desk.UNREADY
    if actor.holds(*COUNCIL_LEADS):
        return Desk.LEAD
    if actor.holds(*SCHOOL_ROLES):
        return Desk.SCHOOL
    if actor.holds(Role.SCRUTINEER):
        return Desk.SCRUTINEER
    return Desk.PARTNER if actor.holds(*(set(Role) - {Role.ADMINISTRATOR})) else Desk.ADMINISTRATOR


def home_of(*, by: Actor, at: datetime) -> Home:
    """What waits for this actor."""
    desk = desk_of(by)
    match desk:
        case Desk.VISITOR:
            return _visitor(at)
        case Desk.LEAD:
            return _lead(by, at)
        case Desk.SCHOOL | Desk.PARTNER:
            return _asked(desk, by, at)
    return Home(desk=desk, posts=_posts(by), reading=waits_for(by=by, on=local_day(at)))


def _visitor(at: datetime) -> Home:
    newest = public_bulletins(sought=Sought(), start=0, size=NEWEST, on=local_day(at)).lines
    return Home(desk=Desk.VISITOR, newest=tuple(newest))


def _lead(by: Actor, at: datetime) -> Home:
    return Home(
        desk=Desk.LEAD,
        posts=_posts(by),
        reading=waits_for(by=by, on=local_day(at)),
        areas=tuple(area_counts(by=by, at=at)),
        drafts=drafts_of(by=by).count(),
        awaited=pressing_for(by=by, at=at, at_most=PRESSING),
        newest=_newest(by, at),
        dates=_dates(by, at),
        changed=_changed(by, at),
        closing=tuple(unanswered(by=by, on=local_day(at))),
        unjudged=unjudged_for(by=by, at=at, at_most=UNJUDGED),
        cycles=_cycles(by, at),
        audits=_audits(by, at),
        children=_about_children(by, at),
    )


def _asked(desk: Desk, by: Actor, at: datetime) -> Home:
    counts = own_counts(by=by, at=at)
    handed = own_list(by=by, at=at, shown=Shown(is_mine=True)) if counts.waiting else []
    governs = by.holds(*GOVERNORS) and not by.holds(*SCHOOL_LEADS)
    meant = own_list(by=by, at=at, shown=Shown(role=Role.GOVERNOR)) if governs else []
    first = {line.id for line in (*handed, *meant)}
    waiting = own_list(by=by, at=at, shown=Shown()) if counts.waiting else []
    return Home(
        desk=desk,
        posts=_posts(by),
        reading=waits_for(by=by, on=local_day(at)),
        own=counts,
        handed=tuple(handed),
        meant=tuple(meant),
        pressing=tuple(line for line in waiting if line.id not in first)[:PRESSING],
        newest=_newest(by, at),
        dates=_dates(by, at),
        audits=_audits(by, at),
        of_trust=tuple(open_for_trust(by=by, at=at)),
        views=_views(by, at),
        changed=_changed(by, at),
        children=_about_children(by, at),
    )


def _about_children(by: Actor, at: datetime) -> AboutChildren:
    return AboutChildren(
        unread=unread_by(by=by, at=at),
        copies=copies_to_confirm(by=by),
        back=came_back(by=by),
        requests=requests_waiting(by=by, at=at),
        late=late_in_areas(by=by, at=at),
        checks=late_checks(by=by, at=at),
        told=unanswered_in_units(by=by, at=at),
    )


def _cycles(by: Actor, at: datetime) -> tuple[KeptCycle, ...]:
    return tuple(each for each in cycles_kept(by=by, on=local_day(at)) if each.standing is Standing.OPEN)


def _audits(by: Actor, at: datetime) -> tuple[OwnAudit, ...]:
    return tuple(sorted(waiting_for(by=by, on=local_day(at)), key=lambda each: not each.is_hers))


def _views(by: Actor, at: datetime) -> tuple[Asked, ...]:
    return tuple(each for each in asked_of(by=by, on=local_day(at)) if each.is_open and not each.has_said)


def _posts(by: Actor) -> tuple[str, ...]:
    """Her posts in words, each once."""
    told = (post_in_words(post.role, post.organisation_name, is_cover=post.is_cover) for post in by.posts)
    return tuple(dict.fromkeys(told))


def _newest(by: Actor, at: datetime) -> tuple[Bulletin, ...]:
    return tuple(newest_for(by=by, at_most=NEWEST, on=local_day(at)))


def _dates(by: Actor, at: datetime) -> tuple[Happening, ...]:
    return tuple(events_for(by=by, on=local_day(at))[:DATES])


def _changed(by: Actor, at: datetime) -> tuple[ListedDigest, ...]:
    return tuple(digests_for(by=by, on=local_day(at), at_most=CHANGED))


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry of the ledger in people's words. `at` is none where it was erased, `number` until it is sealed."""

    id: int
    number: int | None = None
    at: datetime | None = None
    who: str = ""
    posts: tuple[str, ...] = ()
    what: str = ""
    about: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of the ledger. `earlier` is the identifier before which the next page lies; none on the last. `sealed` is
    how far the ledger is sealed; none before the first checkpoint.
    """

    lines: tuple[LedgerLine, ...]
    earlier: int | None
    sealed: Sealed | None


def ledger_page(*, by: Actor, before: int | None) -> LedgerPage:
    """The newest entries she may read, before one of them where its identifier is given. Raises `Refused`."""
    areas = by.areas({Role.SCRUTINEER})
    here = Person.objects.filter(posts__organisation__served_areas__area__in=areas)
    elsewhere = Person.objects.filter(posts__isnull=False).exclude(pk__in=here.values("pk"))
    others = set(elsewhere.values_list("pk", flat=True))
    found = newest_told(by=by, elsewhere=others, before=before, count=LEDGER_LINES + 1)
    entries = found[:LEDGER_LINES]
    unnamed = {said["who"]["person"] for each in entries if (said := each.detail) and not said["who"]["name"]}
    names = {str(pk): name for pk, name in Person.objects.filter(pk__in=unnamed).values_list("pk", "name")}
    earlier = entries[-1].id if len(found) > LEDGER_LINES else None
    return LedgerPage(tuple(_ledger_line(each, names) for each in entries), earlier, sealed_so_far())


def _ledger_line(told: Told, names: Mapping[str, str]) -> LedgerLine:
    if told.detail is None:
        return LedgerLine(told.id, told.number)
    who = told.detail["who"]
    name = who["name"] or names.get(who["person"], "Somebody whose account is gone")
    return LedgerLine(
        id=told.id,
        number=told.number,
        at=told.at,
        who="Somebody not signed in" if name == NOBODY.name else name,
        posts=tuple(post_in_words(post["role"], post["of"]) for post in who["posts"]),
        what=verb_in_words(told.detail["verb"]),
        about=about_in_words({name: each for name, each in told.detail["about"].items() if each != who["person"]}),
        why=told.detail["why"],
    )
