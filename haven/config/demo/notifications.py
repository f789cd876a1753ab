"""A term of notifications in Fairhaven, all of them made up: most read before the bell, and one of everything else.

Each lies so many days before today, so that none grows old; each step is taken through the services at its own moment.
Last night's wait to be read. Who is excluded from one is a deputy at Oakfield: be Priya to read it.
"""

import random
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from haven.access.actor import HAVEN, Actor
from haven.access.roles import Role
from haven.config.demo.fairhaven import FIRST_NAMES, LAST_NAMES
from haven.config.demo.history import leading
from haven.engines.days.moments import local_day, moment
from haven.notifications import services
from haven.notifications.disclosure.showing import open_circumstances, open_name
from haven.notifications.models import Briefing, Delivery, MonthlyReturn, Prompt
from haven.notifications.rules.returns import month_before, month_of
from haven.notifications.rules.sending import Channel, NewChild, NewExclusion, NewNotification
from haven.notifications.rules.support import Kind
from haven.notifications.services.receiving import NewSupport
from haven.people.models import Area, Organisation, Person, Post
from haven.people.queries import actor_of
from haven.people.seeing import working_as
from haven.subjects.models import Ground
from haven.subjects.rules.naming import Identity

SEED = 49  # the section of the Act
USUAL = (82, 79, 72, 69, 62, 55, 51, 44, 37, 30, 16, 8)  # days ago, read in time
QUARTERS = (time(18, 40), time(20, 10), time(21, 35), time(23, 5))
WORDS = (
    "Neighbours heard shouting. One adult had left when officers came. The child was asleep upstairs.",
    "An argument about money in the kitchen. A door was damaged. The child stood on the stairs.",
    "Officers were called to raised voices in the street. Nobody was hurt.",
    "A parent asked for help by telephone. The child was with a grandparent that night.",
)
NOTES = (
    "Form tutor told that it was a hard night, no more.",
    "Quiet morning, then joined in. Seen at lunch with friends.",
    "Place at breakfast club offered to all of the class.",
)
NOT_YET_BRIEFED, ONLY_THE_LEAD, NOT_SIGNED_UP = 14, 6, 9
BEFORE_BELL, AFTER_BELL = timedelta(minutes=35), timedelta(hours=2)


def furnish_notifications(area: Area, today: date) -> None:
    """Write the term, who takes part and who was briefed, and the returns of the last months."""
    term = _Term(area, today)
    _take_part(term)
    for number, days in enumerate(USUAL):
        term.done(term.sent(days, number), closes=days > 20)
    _others(term)
    _last_night(term)
    services.sweep(by=HAVEN, at=term.now)
    _returns(term)
    with transaction.atomic(), working_as(HAVEN, "notifications.telling"):
        Prompt.objects.filter(sent_at=None).update(sent_at=term.now)


class _Term:
    """The schools, who leads safeguarding in each, and what is done there."""

    def __init__(self, area: Area, today: date) -> None:
        self.area, self.today, self.now = area, today, timezone.now()
        self.chance = random.Random(SEED)  # a made-up borough
        self.police = Organisation.objects.get(name="Fairhaven Police")
        self.officer = actor_of(person=Person.objects.get(email="bell@example.org"), has_second_factor=True, on=today)
        schools = Organisation.objects.filter(kind="school", phase="primary").order_by("urn")
        self.schools = list(schools)
        self.ashdown = Organisation.objects.get(name="Ashdown Academy")
        leads = Post.objects.filter(role=Role.DSL).select_related("person")
        self.leads = {post.organisation_id: post.person for post in leads}
        self.key_adults: dict[UUID, list[Person]] = {}
        for post in Post.objects.filter(role__in=(Role.DSL, Role.DEPUTY_DSL)).select_related("person"):
            self.key_adults.setdefault(post.organisation_id, []).append(post.person)

    def lead(self, school: UUID) -> Actor:
        """The safeguarding lead of a school."""
        return actor_of(person=self.leads[school], has_second_factor=True, on=self.today)

    def child(self, number: int, *schools: Organisation, older: bool = False) -> NewChild:
        """A child of an age that the schools teach."""
        first, last = FIRST_NAMES[(number * 5) % len(FIRST_NAMES)], LAST_NAMES[(number * 7) % len(LAST_NAMES)]
        born = self.today.replace(
            day=1, month=1 + number % 12, year=self.today.year - (14 if older else 6 + number % 4)
        )
        return NewChild(
            Identity(first, last, born), tuple(school.pk for school in schools), items={"present": "present"}
        )

    def sent(
        self,
        days: int,
        number: int,
        *children: NewChild,
        at: datetime | None = None,
        keeping_out: Iterable[Person] = (),
    ) -> Delivery:
        """One evening so many days ago, of a child at a school of her own unless others are given; the first of it."""
        return self.all_sent(days, number, *children, at=at, keeping_out=keeping_out)[0]

    def all_sent(
        self,
        days: int,
        number: int,
        *children: NewChild,
        at: datetime | None = None,
        keeping_out: Iterable[Person] = (),
    ) -> tuple[Delivery, ...]:
        """The same, with every delivery of it."""
        at = at or moment(self.today - timedelta(days=days), QUARTERS[number % len(QUARTERS)])
        school = self.schools[(number * 3 + 1) % len(self.schools)]
        new = NewNotification(
            key=uuid4(),
            sender=self.police.pk,
            area=self.area.pk,
            channel=Channel.FORM,
            children=children or (self.child(number, school),),
            items={
                "reference": f"FP/{at:%y}/{1000 - days * 4 + number % 4}",
                "happened-at": (at - timedelta(hours=2)).isoformat(),
                "circumstances": WORDS[number % len(WORDS)],
            },
            excluded=tuple(NewExclusion(person.pk, Ground.RELATIVE.value) for person in keeping_out),
            are_siblings=len(children) > 1,
        )
        return tuple(services.accept(new=new, by=self.officer, at=at).deliveries)

    def read(self, row: Delivery, at: datetime | None = None) -> bool:
        """Read at its school, before the bell unless said otherwise; not where that lies ahead."""
        at, by = at or row.deadline_at - BEFORE_BELL, self._reader(row)
        if at >= self.now:
            return False
        open_name(delivery_id=row.pk, by=by, at=at)
        services.confirm_on_roll(delivery_id=row.pk, by=by, at=at)
        services.see_rule(delivery_id=row.pk, by=by, at=at)
        open_circumstances(delivery_id=row.pk, by=by, at=at)
        return True

    def done(self, row: Delivery, at: datetime | None = None, *, closes: bool = False) -> None:
        """Read, and what the school did is recorded; closed some days later."""
        if not self.read(row, at):
            return
        at, by = (at or row.deadline_at) + timedelta(minutes=25), self._reader(row)
        kind = self.chance.choice((Kind.SILENT, Kind.SILENT, Kind.SILENT, Kind.OVERT, Kind.REFERRED, Kind.NONE))
        new = NewSupport(kind, self.chance.choice(NOTES))
        services.record_support(delivery_id=row.pk, new=new, by=by, at=min(at, self.now))
        if closes and at + timedelta(days=5) < self.now:
            services.close(delivery_id=row.pk, by=by, at=at + timedelta(days=5))

    def not_ours(self, row: Delivery, at: datetime) -> None:
        """Its school says that the child is not theirs."""
        open_name(delivery_id=row.pk, by=self._reader(row), at=at)
        services.not_ours(delivery_id=row.pk, moved_to=None, by=self._reader(row), at=at)

    def _reader(self, row: Delivery) -> Actor:
        assert row.school_id is not None  # nobody here is taught at home
        return self.lead(row.school_id)


def _take_part(term: _Term) -> None:
    agreed, lead = term.today - timedelta(days=420), leading(term.today)
    schools = list(Organisation.objects.filter(kind="school").order_by("-urn").values_list("pk", flat=True))
    services.sign_up(school_ids=schools[NOT_SIGNED_UP:], agreed_on=agreed, by=lead, at=moment(agreed, time(10)))
    council = next(post.organisation for post in lead.posts)
    with transaction.atomic(), working_as(HAVEN, "notifications.count"):
        Briefing.objects.bulk_create(
            Briefing(
                school_id=school,
                council_id=council,
                person=person,
                day_on=agreed + timedelta(days=20),
                made_at=moment(agreed + timedelta(days=20), time(16)),
            )
            for number, school in enumerate(schools[NOT_YET_BRIEFED:])
            for person in ([term.leads[school]] if number < ONLY_THE_LEAD else term.key_adults[school])
        )


def _others(term: _Term) -> None:
    """Late twice; a wrong school, and a right one; recalled before it was read, and after; brother and sister."""
    late = term.sent(33, 31)
    term.done(late, late.deadline_at + AFTER_BELL)
    seen = term.sent(19, 32)
    assert seen.school_id is not None
    by = term.lead(seen.school_id)
    open_name(delivery_id=seen.pk, by=by, at=seen.deadline_at - BEFORE_BELL)
    term.done(seen, seen.deadline_at + timedelta(days=1))
    wrong = term.sent(12, 33)
    term.not_ours(wrong, wrong.made_at + timedelta(minutes=20))
    right = services.send_on(
        delivery_id=wrong.pk,
        to_school=term.schools[5].pk,
        to_home=None,
        by=term.officer,
        at=wrong.made_at + timedelta(minutes=45),
    )
    term.done(right)
    for number, is_read in ((34, False), (35, True)):
        row = term.sent(26 - number % 2, number)
        if is_read:
            term.read(row)
        recalled_at = row.deadline_at + timedelta(hours=1) if is_read else row.made_at + timedelta(minutes=15)
        services.recall(notification_id=row.notification_id, by=term.officer, at=recalled_at)
    oakfield = term.schools[0]
    for row in term.all_sent(10, 36, term.child(36, oakfield), term.child(37, term.ashdown, older=True)):
        term.done(row)


def _last_night(term: _Term) -> None:
    """At Oakfield two that nobody has read, one of them kept from its deputy; and one that Ashdown sent back."""
    oakfield = term.schools[0]
    term.done(term.sent(5, 38, term.child(38, oakfield)))
    at = min(moment(term.today - timedelta(days=1), time(21, 50)), term.now - timedelta(hours=9))
    deputies = Post.objects.filter(organisation=oakfield, role=Role.DEPUTY_DSL).select_related("person")
    term.sent(1, 39, term.child(39, oakfield), at=at)
    term.sent(1, 40, term.child(40, oakfield), at=at, keeping_out=[post.person for post in deputies])
    row = term.sent(1, 41, term.child(41, term.ashdown, older=True), at=at)
    term.not_ours(row, term.now - timedelta(minutes=40))


def _returns(term: _Term) -> None:
    """The last two months: the older is in from everybody; of the newer some are missing, Oakfield's among them."""
    this = month_of(local_day(term.now))
    for month in (month_before(this), this):
        services.make_returns(by=HAVEN, at=min(moment(month, time(7, 5)), term.now))
    oakfield = term.schools[0].pk
    with transaction.atomic(), working_as(HAVEN, "notifications.count"):
        rows = list(MonthlyReturn.objects.select_related("school").order_by("school__urn", "month"))
        for row in rows:
            row.told_at = row.made_at
            is_in = row.month < month_before(this) or (row.school_id != oakfield and term.chance.random() < 0.7)
            at = row.made_at + timedelta(days=2, hours=3)
            if is_in and at < term.now:
                row.confirmed_at, row.confirmed_by = at, term.leads[row.school_id]
        MonthlyReturn.objects.bulk_update(rows, ["told_at", "confirmed_at", "confirmed_by"])
