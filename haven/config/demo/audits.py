"""Fairhaven's safeguarding audit: last year's, which is done, and this year's in full swing."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.actions.rules import ALL_SCHOOLS
from haven.audits.models import Cycle, Notice, Return
from haven.audits.rules.life import State, Window
from haven.audits.services import close_cycle, open_cycle, prepare_cycle
from haven.audits.services.counting import recount
from haven.audits.services.cycles import WantedCycle
from haven.config.demo.audit_copies import Signed, signers
from haven.config.demo.audited import Said, answers, care_of
from haven.config.demo.fairhaven import OF_TRUST
from haven.engines.days.moments import moment
from haven.moderation.services import give_feedback, note_reading
from haven.people.models import Area, Organisation, Person
from haven.people.queries import actor_of
from haven.questions.models import Answer, Sheet, Support, Tally, Version
from haven.questions.rules.changed import is_counted_anew
from haven.questions.rules.kinds import Stands
from haven.questions.rules.outline import Outline
from haven.questions.rules.showing import Counts, Given, School, asked, counts

SEED = 175
TEMPLATE = "section-175"
AT = time(10, 40)
NOTE = (
    "Answer for your school as it is today. Last year’s answers stand ready: confirm what is still true and change "
    "what is not. We read every return and write back."
)
FEEDBACK = (
    (
        "Thank you for an honest return. The evidence behind leadership and policies is clear. Please tell us in the "
        "spring how far the training of midday staff is.",
        "We run a second evening session for midday staff in February.",
    ),
    (
        "A careful return, and a plan that one can check. Two answers on online safety rest on the supplier alone: "
        "look for yourselves once a term.",
        "We share an example of a termly filtering check.",
    ),
    (
        "Thank you. Most of this is in place, and you say plainly what is not. We have no questions.",
        "",
    ),
    (
        "We read this beside last year’s. Records and information sharing have come a long way. The plan names nobody "
        "for two lines: please add who leads.",
        "We come back to this at the cluster meeting.",
    ),
)
SENT, SIGNING, STARTED = 35, 14, 26  # of 96 schools, besides those that are named; the rest have not started
THEIRS = (State.SUBMITTED, State.SUBMITTED, State.STARTED, State.WAITING, State.WAITING)  # of the trust’s five
IN_TIME = 0.8  # of what is sent, by the first deadline
CAREFUL = {"Oakfield Primary School": 0.96}
"""Of the cast, so that her own list of actions is no longer than one can look at."""
FIGURES = list(Counts.__dataclass_fields__)


def furnish_audits(area: Area, today: date) -> None:
    """Write both cycles. What lies behind is written in bulk, as it would stand; nobody is written to about it."""
    marcus = _actor("marcus", today)
    labels = {each.label: each for each in Version.objects.filter(template__key=TEMPLATE, template__area__isnull=True)}
    before, now = (labels[label] for label in sorted(labels)[-2:])
    last = _cycle(area, before, None, _window(today - timedelta(days=365)), marcus)
    this = _cycle(area, now, last, _window(today), marcus)
    past, present = _Told(last, today - timedelta(days=330)), _Told(this, today)
    chance = random.Random(SEED)
    for of in past.returns:
        care = max(care_of(chance), CAREFUL.get(of.organisation.name, 0.0))
        past.answer(of, care, chance, State.SUBMITTED)
        present.cares[of.organisation_id] = min(1.0, care + chance.uniform(-0.05, 0.12))
        present.before[of.organisation_id] = past.sheets[of.pk]
        present.last[of.organisation_id] = past.said[of.pk]
    past.write()
    _sign(past, {of.pk: State.SUBMITTED for of in past.returns}, chance, done=0.86)
    states = dict(_states(present.returns, chance))
    for of in present.returns:
        if of.pk in states:
            present.answer(of, present.cares[of.organisation_id], chance, states[of.pk])
    present.write()
    _sign(present, states, chance, done=0.1)
    _answer_back(last, marcus, past.today + timedelta(days=60), share=1.0)
    _answer_back(this, marcus, today, share=0.6)
    recount(by=HAVEN, at=moment(today, AT))
    close_cycle(cycle_id=last.pk, by=marcus, at=moment(last.final_due_on + timedelta(days=20), AT))
    Notice.objects.filter(told_at__isnull=True).update(told_at=moment(today, AT))


def _actor(name: str, on: date) -> Actor:
    return actor_of(person=Person.objects.get(email=f"{name}@example.org"), has_second_factor=True, on=on)


def _window(today: date) -> Window:
    """Open for five weeks, with two to the first deadline and four more to the final one."""
    return Window(today - timedelta(days=35), today + timedelta(days=12), today + timedelta(days=40))


def _cycle(area: Area, version: Version, before: Cycle | None, window: Window, by: Actor) -> Cycle:
    at = moment(window.opens_on, AT)
    year = int(version.label[:4])
    wanted = WantedCycle(
        title=f"Safeguarding audit {year}–{(year + 1) % 100:02}",
        school_year=year,
        version=version.pk,
        window=window,
        audience=(ALL_SCHOOLS,),
        note=NOTE,
        before=before.pk if before else None,
    )
    cycle = prepare_cycle(area=area, wanted=wanted, by=by, at=at - timedelta(days=14))
    return open_cycle(cycle_id=cycle.pk, by=by, at=at)


def _sign(told: "_Told", states: Mapping[UUID, State], chance: random.Random, *, done: float) -> None:
    """Sign what is finished: all steps of what was sent, one or two of what is being signed."""
    signed = Signed(chance)
    for of in told.returns:
        state = states.get(of.pk)
        if state in (State.SUBMITTED, State.SIGNING):
            steps = len(told.cycle.steps) if state is State.SUBMITTED else chance.choice((1, 1, 2))
            is_early = chance.random() < IN_TIME
            by = min(told.today, told.cycle.first_due_on if is_early else told.cycle.final_due_on)
            at = moment(by - timedelta(days=chance.randrange(5, 15)), AT)
            signed.sign(of, told.people[of.organisation_id], steps=steps, at=at, done=done, state=state)
    signed.write(moment(told.today, AT))


def _answer_back(cycle: Cycle, by: Actor, on: date, *, share: float) -> None:
    """Read what was sent and write back, the first that came first."""
    sent = list(cycle.returns.filter(state=State.SUBMITTED).order_by("submitted_at", "pk"))
    for number, of in enumerate(sent[: round(len(sent) * share)]):
        at = moment(on - timedelta(days=number % 4), AT)
        note_reading(return_id=of.pk, by=by, at=at)
        words, area_will = FEEDBACK[number % len(FEEDBACK)]
        give_feedback(return_id=of.pk, words=words, area_will=area_will, by=by, at=at)


def _states(returns: Sequence[Return], chance: random.Random) -> Iterator[tuple[UUID, State]]:
    """How far each school is this year. Oakfield has not started; of the trust's five, two have sent."""
    named = {"Oakfield Primary School": State.WAITING} | dict(zip(OF_TRUST, THEIRS, strict=True))
    others = [of for of in returns if of.organisation.name not in named]
    chance.shuffle(others)
    states = [State.SUBMITTED] * SENT + [State.SIGNING] * SIGNING + [State.STARTED] * STARTED
    yield from ((of.pk, named[of.organisation.name]) for of in returns if of.organisation.name in named)
    yield from zip((of.pk for of in others), states, strict=False)


@dataclass
class _Told:
    """What the schools of one cycle answer, in the making."""

    cycle: Cycle
    today: date  # of that year
    cares: dict[UUID, float] = field(default_factory=dict)
    before: dict[UUID, Sheet] = field(default_factory=dict)
    last: dict[UUID, Mapping[str, Said]] = field(default_factory=dict)  # what each school said a year ago
    said: dict[UUID, Mapping[str, Said]] = field(default_factory=dict)
    sheets: dict[UUID, Sheet] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    supports: list[Support] = field(default_factory=list)
    changed: list[Return] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outline: Outline = self.cycle.version.outline
        self.returns = list(self.cycle.returns.select_related("organisation"))
        self.people = signers()

    def answer(self, of: Return, care: float, chance: random.Random, state: State) -> None:
        """Let one school answer, as far as its state says."""
        if state is State.WAITING:
            return
        began = moment(self.cycle.opens_on + timedelta(days=chance.randrange(2, 20)), AT)
        school = School(of.organisation.phase, of.organisation.school_type, _traits(of.organisation))
        names = {role: person.name for role, person in self.people[of.organisation_id].items()}
        last = self.last.get(of.organisation_id, {})
        said = answers(self.outline, school, names, care=care, on=self.today, chance=chance, last=last)
        done = set(said) if state is not State.STARTED else _first(self.outline, said, chance.uniform(0.08, 0.9))
        ready = {key for key in last if key in said and not is_counted_anew(self.outline.questions[key])}
        said = {key: each if key in done else last[key] for key, each in said.items() if key in done | ready}
        self.said[of.pk] = said
        sheet = Sheet(
            version=self.cycle.version,
            organisation=of.organisation,
            address=f"/audits/{of.pk}/",
            traits=sorted(school.traits),
            before=self.before.get(of.organisation_id),
            opened_at=began,
            started_at=began,
        )
        self.sheets[of.pk] = sheet
        self._write_answers(sheet, said, last, done, began)
        self._count(sheet, school, said, done)
        self._support(sheet, said, done, care, began, chance)
        of.sheet, of.state, of.begun_at = sheet, State.STARTED, began
        self.changed.append(of)

    def write(self) -> None:
        """Write all of it at once."""
        Sheet.objects.bulk_create(self.sheets.values())
        Answer.objects.bulk_create(self.answers, batch_size=2000)
        Tally.objects.bulk_create(self.tallies, batch_size=2000)
        Support.objects.bulk_create(self.supports, batch_size=2000)
        Return.objects.bulk_update(self.changed, ["sheet", "state", "begun_at"])

    def _write_answers(
        self, sheet: Sheet, said: Mapping[str, Said], last: Mapping[str, Said], done: set[str], at: datetime
    ) -> None:
        for key, each in said.items():
            is_done = key in done
            self.answers.append(
                Answer(
                    sheet=sheet,
                    section=self.outline.section_of[key].key,
                    question=key,
                    value=each.value,
                    stands=each.stands,
                    words=each.words,
                    by_on=each.by_on if is_done else None,
                    origin=Answer.Origin.CARRIED if _is_same(each, last.get(key)) else Answer.Origin.GIVEN,
                    is_confirmed=is_done,
                    written_at=at,
                )
            )

    def _support(
        self, sheet: Sheet, said: Mapping[str, Said], done: set[str], care: float, at: datetime, chance: random.Random
    ) -> None:
        """Pages of the school's website behind some of what it says is in place."""
        host = re.sub(r"\W+", "-", sheet.organisation.name.replace("’", "")).strip("-").lower()
        for key in (key for key, each in said.items() if key in done and each.stands == Stands.IN_PLACE):
            examples = self.outline.questions[key].evidence
            if examples and chance.random() < 0.75 * care:
                title = chance.choice(examples)
                self.supports.append(
                    Support(
                        sheet=sheet,
                        question=key,
                        kind=Support.Kind.LINK,
                        title=title[0].upper() + title[1:],
                        address=f"https://{host}.example.org/safeguarding/{key}",
                        given_at=at,
                    )
                )

    def _count(self, sheet: Sheet, school: School, said: Mapping[str, Said], done: set[str]) -> None:
        keys = {each.key for each in asked(self.outline, school, {key: each.value for key, each in said.items()})}
        given = {key: Given(Stands(each.stands), key in done) for key, each in said.items()}
        for section in self.outline.sections:
            figures = dict(zip(FIGURES, counts(section, keys, given).figures, strict=True))
            self.tallies.append(Tally(sheet=sheet, section=section.key, **figures))


def _is_same(said: Said, last: Said | None) -> bool:
    return last is not None and (said.value, said.words) == (last.value, last.words)


def _first(outline: Outline, said: Mapping[str, Said], share: float) -> set[str]:
    """The questions that a school has come to, from the top."""
    keys = [key for key in outline.questions if key in said]
    return set(keys[: int(len(keys) * share)])


def _traits(school: Organisation) -> frozenset[str]:
    """What kind of school it is: the same every year."""
    chance = random.Random(f"{SEED} {school.urn}")
    has = {
        "early-years": school.phase in {"nursery", "primary"} and "Junior" not in school.name,
        "boarding": school.name == "Fairhaven College for Girls",
        "sixth-form": school.phase == "16-plus" or (school.phase == "secondary" and chance.random() < 0.5),
        "alternative-provision": school.phase == "secondary" and chance.random() < 0.6,
        "premises-shared": chance.random() < 0.6,
    }
    return frozenset(key for key, holds in has.items() if holds)
