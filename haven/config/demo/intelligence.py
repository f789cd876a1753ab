"""A dozen things that schools and partners told Fairhaven’s intelligence unit, all invented; some are linked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from haven.access.actor import Actor
from haven.access.roles import Role
from haven.engines.days.moments import moment
from haven.intelligence.queries.lists import inbox
from haven.intelligence.rules.counting import month_before
from haven.intelligence.rules.grading import Graded, Handling, Information, Priority, Source
from haven.intelligence.rules.linking import Kind
from haven.intelligence.rules.outcomes import Outcome
from haven.intelligence.rules.telling import How, Sure, Telling, Theme
from haven.intelligence.services import answer, disseminate, grade, mention, sanitise, tell
from haven.intelligence.services.disseminating import Sending
from haven.people.models import Area, Organisation, Person, Post
from haven.people.queries import actor_of
from haven.subjects.models import Told

VAN = (Kind.VEHICLE, "FX19 KLM")
STEPS = (Kind.PLACE, "Harbour Steps")
JAY = (Kind.NAME, "Big Jay")
KIOSK = (Kind.PLACE, "the old ferry kiosk")
WORDS = "A grey van, FX19 KLM, waits at Harbour Steps on school days. A man hands out phones there."


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was told: how many days into last month, what, what it mentions, what became of it."""

    day: int
    matter: str
    theme: Theme
    how: How
    mentions: tuple[tuple[Kind, str], ...] = ()
    outcome: Outcome | None = None


THINGS = (
    Thing(1, "A grey van, FX19 KLM, waits at Harbour Steps after school.", Theme.CRIMINAL, How.SAW, (VAN, STEPS)),
    Thing(3, "Two boys have new phones from somebody they call Big Jay.", Theme.CRIMINAL, How.CHILD, (JAY,)),
    Thing(5, "Big Jay meets children at Harbour Steps.", Theme.CRIMINAL, How.ADULT, (JAY, STEPS)),
    Thing(7, "A number plate online: FX19 KLM, sells vapes.", Theme.DRUGS, How.ONLINE, (VAN,)),
    Thing(8, "Vapes are sold behind the old ferry kiosk.", Theme.DRUGS, How.CHILD, (KIOSK,), Outcome.USED),
    Thing(9, "Somebody paints slogans against newcomers at the quay.", Theme.TENSION, How.SAW, (), Outcome.USED),
    Thing(10, "Older pupils bring alcohol to the old ferry kiosk.", Theme.DRUGS, How.ADULT, (KIOSK,), Outcome.USED),
    Thing(12, "A girl talks of a man who buys her clothes.", Theme.SEXUAL, How.CHILD, (), Outcome.SAFEGUARDING),
    Thing(13, "A shop sells knives without asking for age.", Theme.CRIMINAL, How.SAW, (), Outcome.CRIME),
    Thing(15, "A rumour of a fight that never took place.", Theme.ANTISOCIAL, How.ANONYMOUS, (), Outcome.NO_ACTION),
    Thing(17, "Bicycles are stolen to order near the baths.", Theme.ORGANISED, How.ADULT, (), Outcome.USED),
    Thing(18, "A car without lights circles the park at night.", Theme.OTHER, How.SAW, (), Outcome.USED),
)


def furnish_intelligence(area: Area, today: date) -> None:
    """Write them as they would have happened: through the services, each step at its own moment."""
    first = month_before(today)
    officer = _being("ivo", today)
    leads = Post.objects.filter(role=Role.DSL).select_related("person").order_by("organisation__name")
    for number, (thing, post) in enumerate(zip(THINGS, leads, strict=False)):
        at = moment(first + timedelta(days=thing.day), time(16, 10))
        _tell(area, thing, actor_of(person=post.person, has_second_factor=True, on=today), at)
        _work(thing, officer, at + timedelta(days=1), is_sent=number == 0)


def _tell(area: Area, thing: Thing, by: Actor, at: datetime) -> None:
    telling = Telling(matter=thing.matter, theme=thing.theme, how=thing.how, sure=Sure.FAIRLY, could_show=False)
    tell(area=area.pk, organisation=by.posts[0].organisation, key=uuid4(), telling=telling, by=by, at=at)


def _work(thing: Thing, officer: Actor, at: datetime, *, is_sent: bool) -> None:
    """What the unit does the next day with what came last."""
    line = max(inbox(is_answered=False, by=officer, at=at), key=lambda each: each.received_at)
    for kind, words in thing.mentions:
        mention(submission_id=line.submission, kind=kind, words=words, by=officer, at=at)
    if thing.outcome or is_sent:
        graded = Graded(Source.UNTESTED, Information.PASSED_ON, Handling.CONDITIONS, Priority.MEDIUM)
        grade(submission_id=line.submission, graded=graded, theme=thing.theme, by=officer, at=at)
    if is_sent:
        made = sanitise(submission_id=line.submission, key=uuid4(), text=WORDS, has_looked=True, by=officer, at=at)
        health = Organisation.objects.get(name="Fairhaven Community Health")
        sending = Sending(
            health.pk, Handling.CONDITIONS, "Ring the unit before you act on it.", "to look out for it", Told.NO_CRIME
        )
        disseminate(report_id=made.pk, sending=sending, by=officer, at=at)
    if thing.outcome:
        answer(submission_id=line.submission, outcome=thing.outcome, by=officer, at=at)


def _being(key: str, on: date) -> Actor:
    return actor_of(person=Person.objects.get(email=f"{key}@example.org"), has_second_factor=True, on=on)
