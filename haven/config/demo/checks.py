"""Eight MASH checks of Fairhaven, all of them made up, one in every state: answered, asked again, late, withdrawn.

Each lies so many days before today and is taken through the services at its own moment. Be Priya to answer two of them,
or Hamid for the child who is taught at home; be Mina, who runs them, or Lena, to whom one was given.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from haven.access.actor import Actor
from haven.access.roles import Kind, Role
from haven.checks import services
from haven.checks.disclosure.checks import open_check
from haven.checks.disclosure.requests import open_request
from haven.checks.models import Ask, Check
from haven.checks.queries.settings import prompts
from haven.checks.rules.bands import Band
from haven.checks.services import NewCheck
from haven.engines.days.moments import moment
from haven.people.models import Area, Organisation, Person, Post
from haven.people.queries import actor_of
from haven.people.seeing import seeing_as
from haven.subjects.models import Told
from haven.subjects.rules.naming import Identity

ASKED_OF = {
    Kind.SCHOOL: ("attendance", "presentation", "home-contact", "concerns", "voice"),
    Kind.COUNCIL: ("home-since", "home-seen", "home-teaching", "home-concerns"),
    Kind.HEALTH: ("registered", "missed"),
    Kind.POLICE: ("incidents",),
}
"""Which questions of the pack are put, by kind of organisation."""

SCHOOL_SAYS = {
    "attendance": "91 of 100 days this year. Most absences are Mondays; an aunt rings in for them.",
    "presentation": "Clean and dressed for the weather. Tired since the half term.",
    "concerns": "Asleep in lessons three times since January. We spoke with the aunt each time.",
}
HOME_SAYS = {
    "home-since": "Since September. Before, at Pier Primary School.",
    "home-seen": "In October, at the library, by me. Her mother was there throughout.",
}
HEALTH_SAYS = {
    "registered": "Registered with the practice at the quay since birth. Seen by the school nurse in the autumn.",
    "missed": "Two dental appointments in a row. No reason was given.",
}


def furnish_checks(area: Area, today: date) -> None:
    """Write them as they would have happened, each step at its own moment."""
    desk = _Desk(area, today)
    first, child = _answered_and_shared(desk)
    _asked_again(desk, child)
    _of_a_family(desk)
    _at_home_and_at_school(desk)
    _late(desk)
    _nothing_known(desk)
    _withdrawn(desk)
    _without_a_time(desk)
    _more_asked(desk, first)


class _Desk:
    """The MASH of Fairhaven, and those it asks."""

    def __init__(self, area: Area, today: date) -> None:
        self.area, self.today, self.now = area, today, timezone.now()
        self.mina, self.lena = self.being("mina"), self.being("lena")
        self.oakfield = Organisation.objects.get(name="Oakfield Primary School")
        self.ashdown = Organisation.objects.get(name="Ashdown Academy")
        self.council = Organisation.objects.get(name="Fairhaven Council")
        self.health = Organisation.objects.get(name="Fairhaven Community Health")
        self.police = Organisation.objects.get(name="Fairhaven Police")
        self.questions = [
            {"key": each.key, "words": each.words, "kind": each.kind}
            for each in prompts()
            if each.key in ASKED_OF.get(Kind(each.kind), ())
        ]

    def being(self, key: str) -> Actor:
        """One of the cast."""
        person = Person.objects.get(email=f"{key}@example.org")
        return actor_of(person=person, has_second_factor=True, on=self.today)

    def lead(self, school: Organisation) -> Actor:
        """The safeguarding lead of a school."""
        post = Post.objects.select_related("person").get(organisation=school, role=Role.DSL)
        return actor_of(person=post.person, has_second_factor=True, on=self.today)

    def before(self, days: int, hour: int) -> datetime:
        """That hour of the last working day so many days ago, or before it."""
        day = self.today - timedelta(days=days)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        return moment(day, time(hour, 10))

    def child(self, name: str, age: int, school: Organisation | None, at: datetime) -> UUID:
        """A child of this age at a school, or taught at home, named for a check."""
        first, last = name.split()
        born = date(self.today.year - age, 1 + len(first), 11)
        identity, place = Identity(first, last, born), school.pk if school else None
        return services.add_child(area=self.area.pk, identity=identity, school=place, by=self.mina, at=at)

    def asked(
        self,
        reference: str,
        concern: str,
        agencies: Mapping[Organisation, set[UUID]],
        *,
        band: Band,
        at: datetime,
        untold: str = "",
        own_question: str = "",
    ) -> Check:
        """A check that Mina asks. The family is told of it where nothing says why not."""
        new = NewCheck(
            check=uuid4(),
            area=self.area.pk,
            reference=reference,
            band=band,
            concern=concern,
            needs_for_task=True,
            told=Told.NO_RISK if untold else Told.YES,
            untold=untold,
            agencies={agency.pk: children for agency, children in agencies.items()},
            questions=self.questions,
            own_question=own_question,
        )
        return services.ask(new=new, by=self.mina, at=at)

    def ask_of(self, check: Check, agency: Organisation) -> UUID:
        """What one agency is asked in it."""
        with seeing_as(self.mina):
            return Ask.objects.get(of=check, agency=agency).pk

    def written(self, ask: UUID, by: Actor, says: Mapping[str, str], at: datetime) -> None:
        """Opened and written, not yet sent."""
        open_request(ask_id=ask, by=by, at=at)
        for key, words in says.items():
            services.save_part(part_id=uuid4(), ask_id=ask, key=key, words=words, seen=None, by=by, at=at)

    def answered(self, check: Check, agency: Organisation, by: Actor, says: Mapping[str, str], at: datetime) -> UUID:
        """Opened, written and sent; or nothing known, where nothing is said."""
        ask = self.ask_of(check, agency)
        self.written(ask, by, says, at)
        if says:
            services.send_answer(ask_id=ask, by=by, at=at + timedelta(minutes=5))
        else:
            services.say_nothing_known(ask_id=ask, by=by, at=at)
        return ask


def _answered_and_shared(desk: _Desk) -> tuple[UUID, UUID]:
    """A month ago: Oakfield and health answered, the round is closed, and Lena read it; Oakfield’s ask, the child."""
    at = desk.before(33, 9)
    child = desk.child("Thea Netherby", 8, desk.oakfield, at)
    words = "A neighbour says that the child is often alone in the evening."
    both = {desk.oakfield: {child}, desk.health: {child}}
    check = desk.asked("FH-2041", words, both, band=Band.AMBER, at=at)
    ask = desk.answered(check, desk.oakfield, desk.lead(desk.oakfield), SCHOOL_SAYS, at + timedelta(hours=3))
    desk.answered(check, desk.health, desk.being("osei"), HEALTH_SAYS, at + timedelta(hours=5))
    services.allocate(check_id=check.pk, person_id=_person(desk.lena), by=desk.mina, at=at + timedelta(hours=6))
    open_check(check_id=check.pk, by=desk.lena, at=at + timedelta(hours=7))
    services.close_round(check_id=check.pk, by=desk.mina, at=at + timedelta(hours=7, minutes=30))
    return ask, child


def _asked_again(desk: _Desk, child: UUID) -> None:
    """Of the same child under another reference: Oakfield is asked only what is new, the police for the first time."""
    words = "A second call about the same flat, at night."
    both = {desk.oakfield: {child}, desk.police: {child}}
    desk.asked("FH-2119", words, both, band=Band.GREEN, at=desk.now - timedelta(hours=3))


def _of_a_family(desk: _Desk) -> None:
    """Brother and sister at two schools: one has begun its answer, one has not looked, health has answered."""
    at = desk.now - timedelta(hours=2)
    younger = desk.child("Samir Gathercole", 9, desk.oakfield, at)
    older = desk.child("Rosa Gathercole", 14, desk.ashdown, at)
    agencies = {desk.oakfield: {younger}, desk.ashdown: {older}, desk.health: {younger, older}}
    check = desk.asked(
        "FH-2120",
        "Bruises on both, explained in two different ways.",
        agencies,
        band=Band.RED,
        at=at,
        untold="An adult at home could silence them before they are seen.",
        own_question="Who fetched the child this week?",
    )
    says = {"attendance": "Here every day this week.", "presentation": "A plaster on the chin on Monday."}
    deputy = Post.objects.select_related("person").get(organisation=desk.oakfield, role=Role.DEPUTY_DSL).person
    writer = actor_of(person=deputy, has_second_factor=True, on=desk.today)
    desk.written(desk.ask_of(check, desk.oakfield), writer, says, at + timedelta(minutes=40))
    desk.answered(check, desk.health, desk.being("osei"), HEALTH_SAYS, at + timedelta(minutes=70))


def _at_home_and_at_school(desk: _Desk) -> None:
    """She is taught at home, and the council’s officer has begun; his school has answered. Neither sees the other."""
    at = desk.now - timedelta(hours=2, minutes=30)
    brother = desk.child("Femi Dunmore", 12, desk.ashdown, at)
    sister = desk.child("Elena Dunmore", 9, None, at)
    check = desk.asked(
        "FH-2118",
        "Not seen by a neighbour since the summer.",
        {desk.ashdown: {brother}, desk.council: {sister}},
        band=Band.AMBER,
        at=at,
    )
    desk.written(desk.ask_of(check, desk.council), desk.being("hamid"), HOME_SAYS, at + timedelta(minutes=50))
    says = {"attendance": "In school every day since September."}
    desk.answered(check, desk.ashdown, desk.lead(desk.ashdown), says, at + timedelta(hours=1))


def _late(desk: _Desk) -> None:
    """Nobody at Ferry has looked, and the time is over, whatever holidays lay between. Whoever had to be told was."""
    at = desk.before(7, 9)
    school = Organisation.objects.get(name="Ferry Primary School")
    child = desk.child("Niall Penhallow", 7, school, at)
    words = "Collected twice by somebody whom the school did not know."
    check = desk.asked("FH-2102", words, {school: {child}}, band=Band.RED, at=at)
    with seeing_as(desk.mina):
        Ask.objects.filter(of=check).update(prompted_at=at + timedelta(hours=3), late_told_at=at + timedelta(hours=5))


def _nothing_known(desk: _Desk) -> None:
    at = desk.before(12, 10)
    child = desk.child("Orla Inchbald", 6, Organisation.objects.get(name="Pier Primary School"), at)
    words = "Seen alone at the harbour after dark."
    check = desk.asked("FH-2077", words, {desk.health: {child}}, band=Band.GREEN, at=at)
    desk.answered(check, desk.health, desk.being("osei"), {}, at + timedelta(hours=4))


def _withdrawn(desk: _Desk) -> None:
    at = desk.before(8, 11)
    child = desk.child("Umar Lovelock", 10, desk.oakfield, at)
    words = "A report that turned out to be of another family."
    check = desk.asked("FH-2090", words, {desk.oakfield: {child}}, band=Band.AMBER, at=at)
    services.withdraw_check(check_id=check.pk, by=desk.mina, at=at + timedelta(hours=1))


def _without_a_time(desk: _Desk) -> None:
    at = desk.before(2, 14)
    child = desk.child("Wendell Osgood", 15, desk.ashdown, at)
    words = "Before a review: how is school going?"
    desk.asked("FH-2111", words, {desk.ashdown: {child}}, band=Band.BLUE, at=at)


def _more_asked(desk: _Desk, ask: UUID) -> None:
    """Lena asks Oakfield for an update in the thread that it has answered."""
    words = "Has the aunt been in touch since?"
    services.ask_update(update_id=uuid4(), ask_id=ask, words=words, by=desk.lena, at=desk.now - timedelta(minutes=50))


def _person(actor: Actor) -> UUID:
    assert actor.person is not None
    return actor.person
