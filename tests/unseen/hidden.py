"""What is hidden in a world: a child of Oakfield from whom some are kept, and what was sent, asked, told and done."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID, uuid4

import time_machine
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.test import TestCase

from haven.access.actor import Actor
from haven.access.decision import Refused
from haven.checks.models import Ask, Check
from haven.checks.rules.bands import Band
from haven.checks.services import allocate, ask_update, change_band, close_round, withdraw_check
from haven.intelligence.models import Submission
from haven.intelligence.rules.linking import Kind
from haven.intelligence.rules.outcomes import Outcome
from haven.intelligence.services import answer, name_person
from haven.notifications import services as notifications
from haven.notifications.disclosure.showing import open_circumstances, open_name
from haven.notifications.models import Delivery
from haven.notifications.rules.sending import NewChild
from haven.notifications.rules.support import Kind as Did
from haven.notifications.services.receiving import NewSupport
from haven.subjects.models import Subject
from haven.subjects.rules.breaking import Why
from haven.subjects.rules.naming import Identity, Sort
from haven.subjects.services import break_glass, give_safe_address, hold, link_siblings
from tests.behind import behind, stop_the_clock
from tests.cast import NOW, Cast
from tests.checks import asked as checks
from tests.intelligence import told as matters
from tests.notifications import sent as notified
from tests.subjects.known import JONAH, child, kept_from, looked_for, sent
from tests.unseen.guesses import Guess

SOON = checks.SOON
SCHOOL = ("priya", "dee", "tom", "ruth")  # who answers for Oakfield, the next where one may not
ASKERS = ("mina", "dara", "marcus")
TELLERS = ("tom", "lena", "osei")
UNIT = ("ivo", "iris")
GWEN = Identity("Gwen", "Quayle", date(2018, 2, 3))  # the child’s sister, of whom everybody here may know
WENDELL = Identity("Wendell", "Osgood", date(2013, 5, 4))  # of whom Ashdown was told


class Hiding:
    """Everything about one child, drawn at random, with what was done and what could not be."""

    def __init__(self, cast: Cast, draw: random.Random, whom: list[str], gwen: Subject) -> None:
        self.cast, self.draw, self.whom, self.gwen = cast, draw, whom, gwen
        self.done: Counter[str] = Counter()
        self.matter: Submission | None = None
        self.values: dict[str, UUID] = {"subject_id": uuid4(), "record_id": uuid4()}
        self.guess = Guess()
        self.places = [cast.oakfield, cast.health] if draw.random() < 0.5 else [cast.oakfield]
        self.aside = random.Random()  # for what came later, so that each world’s number still draws what it drew
        self.aside.setstate(draw.getstate())

    def make(self, *, sorts: tuple[str, ...]) -> None:
        """The child, those who are kept from her, and what these sorts of work say of her; letters go out."""
        if "intelligence" in sorts:
            self._tell()
        with time_machine.travel(NOW, tick=False), TestCase.captureOnCommitCallbacks(execute=True):
            stop_the_clock(NOW)
            self.subject = child(self.cast, JONAH, self.cast.oakfield)
            self.values |= {"subject_id": self.subject.pk, "record_id": self.subject.record_id}
            for who in self.whom:
                kept_from(self.cast, self.subject, who)
            for each in sorts:
                getattr(self, f"_{each}")()

    def _try(self, what: str, step: Callable[[], object]) -> object:
        """A step, counted where it could be taken. What is refused leaves nothing behind."""
        try:
            with transaction.atomic():
                found = step()
        except (Refused, ObjectDoesNotExist, ValueError):
            return None
        self.done[what] += 1
        return found

    def _some(self, chance: float = 0.5) -> bool:
        return self.draw.random() < chance

    def _one_of(self, people: tuple[str, ...]) -> str | None:
        free = [each for each in people if each not in self.whom]
        return self.draw.choice(free) if free else None

    def _subjects(self) -> None:
        self._try("sent", lambda: sent(self.cast, self.subject, self.cast.oakfield))
        bell = self.cast.actor("bell")
        if self._some():
            link = {"one_id": self.subject.pk, "other_id": self.gwen.pk}
            self._try("siblings", lambda: link_siblings(**link, by=bell, at=NOW))
        if self._some():
            place = {"subject_id": self.subject.pk, "address": "7 Tern Avenue"}
            self._try("address", lambda: give_safe_address(**place, by=bell, at=NOW))
        if (who := self._one_of(("mina", "dara"))) and self._some():
            words = {"why": Why.DANGER, "words": "now", "wished": None, "is_fresh": True}
            by = self.cast.actor(who)
            self._try("glass", lambda: break_glass(record_id=self.subject.record_id, by=by, at=NOW, **words))
        if (who := self._one_of(("peter",))) and self._some(0.3):
            by = self.cast.actor(who)
            self._try("held", lambda: hold(subject_id=self.subject.pk, why="Inquiry 1", by=by, at=NOW))

    def _notifications(self) -> None:
        """Of the child alone or with her sister; unread, read, done, not theirs, or recalled."""
        together = [NewChild(JONAH, (self.cast.oakfield.pk,))]
        together += [NewChild(GWEN, (self.cast.oakfield.pk,))] if self._some(0.3) else []
        many = {"are_siblings": len(together) > 1}
        accepted = self._try("notified", lambda: notified.sent(self.cast, *together, **many))
        if accepted is None:
            return
        row: Delivery = accepted.deliveries[0]
        self.values |= {"delivery_id": row.pk, "notification_id": row.notification_id}
        kept = accepted.notification
        self.guess = Guess(kept.pk, kept.key, kept.reference, kept.accepted_at)
        who = next((each for each in SCHOOL if each not in self.whom), "bell")
        by, pk = self.cast.actor(who), row.pk
        steps = steps_at_school(delivery=pk, by=by, support=NewSupport(Did.OVERT, "x"))
        for name, step in steps[: self.draw.randint(0, len(steps))]:
            self._try(name, step)
        if self._some(0.2):
            self._try("refused", lambda: notifications.not_ours(delivery_id=pk, moved_to=None, by=by, at=NOW))
        if self._some(0.2):
            bell = self.cast.actor("bell")
            of = {"notification_id": row.notification_id}
            self._try("recalled", lambda: notifications.recall(**of, by=bell, at=NOW))

    def _checks(self) -> None:
        """Of the child alone or with her sister; asked, answered, given on, closed, changed, withdrawn."""
        who = self._one_of(ASKERS)
        if who is None:
            return
        about = {self.subject.pk} | ({self.gwen.pk} if self._some(0.4) else set())
        self.draw.shuffle(self.places)
        band = self.draw.choice(list(Band))
        said = {"reference": self.draw.choice(["FH-2000", "FH-1017"]), "band": band}
        if self._some(0.3):
            said |= {"is_other": True, "other": "another matter"}
        home = [self.cast.council] if self.aside.random() < 0.5 else []  # some of the week she is taught at home
        new = checks.new(self.cast, {place.pk: about for place in [*self.places, *home]}, **said)
        by = self.cast.actor(who)
        for identity in (JONAH, GWEN):
            looked_for(self.cast, who, identity)
        check = self._try("asked", lambda: checks.ask(new=new, by=by, at=NOW))
        if check is None:
            return
        with behind():
            asks = list(Ask.objects.filter(of=check).select_related("agency").order_by("asked_at", "pk"))
        self.values |= {"check_id": check.pk, "ask_id": asks[0].pk}
        for row in asks:
            if row.agency_id == self.cast.council.pk:
                self._officer_answers(row)
            elif self._some(0.7):
                answers = SCHOOL if row.agency_id == self.cast.oakfield.pk else ("osei",)
                self._answered(row, next((each for each in answers if each not in self.whom), "osei"))
        self._run(check, asks, by)

    def _answered(self, row: Ask, who: str) -> None:
        key = "attendance" if row.agency_id == self.cast.oakfield.pk else "seen"
        words = {"row": row, "who": who, "words": "Here 91 of 100 days.", "key": key}
        self._try("answered" if self._some() else "written", lambda: self._write(**words))

    def _officer_answers(self, row: Ask) -> None:
        words = {"row": row, "who": "hugo", "words": "By her aunt.", "key": "teaching"}
        if self.aside.random() < 0.7:
            self._try("answered-for-home", lambda: checks.answered(self.cast, **words))

    def _write(self, row: Ask, who: str, words: str, key: str) -> None:
        (checks.answered if self._some() else checks.written)(self.cast, row, who, words, key=key)

    def _run(self, check: Check, asks: list[Ask], by) -> None:
        steps = {
            "allocated": lambda: allocate(check_id=check.pk, person_id=self.cast.lena.pk, by=by, at=SOON),
            "round-closed": lambda: close_round(check_id=check.pk, by=by, at=SOON),
            "banded": lambda: change_band(check_id=check.pk, band=Band.RED, why="More is known", by=by, at=SOON),
            "updated": lambda: ask_update(update_id=uuid4(), ask_id=asks[0].pk, words="And now?", by=by, at=SOON),
            "withdrawn": lambda: withdraw_check(check_id=check.pk, by=by, at=SOON),
        }
        for name, step in steps.items():
            if self._some(0.4 if name != "withdrawn" else 0.15):
                self._try(name, step)

    def _tell(self) -> None:
        """Told before anybody knows whom it is about: until she is named, the unit’s people may see it."""
        teller = self._one_of(TELLERS)
        if teller is not None and self._one_of(UNIT) is not None:
            with time_machine.travel(NOW, tick=False), TestCase.captureOnCommitCallbacks(execute=True):
                stop_the_clock(NOW)
                self.matter = matters.submitted(self.cast, teller)
            self.done["told"] += 1
            mail.outbox.clear()

    def _intelligence(self) -> None:
        """Something told that names her, worked with by whoever of the unit may."""
        officer = self._one_of(UNIT)
        if self.matter is None or officer is None:
            return
        row, by = self.matter, self.cast.actor(officer)
        named = {"sort": Sort.CHILD, "identity": JONAH, "purpose": "to link what is known"}
        if self._try("matter-named", lambda: name_person(submission_id=row.pk, **named, by=by, at=SOON)) is None:
            raise AssertionError("nobody is kept from what names nobody")
        self.values["submission_id"] = row.pk
        link = self._try("linked", lambda: matters.mentioned(self.cast, row, Kind.PLACE, "Harbour Steps", officer))
        self.values |= {"link_id": link.pk} if link else {}
        if officer == "ivo" and self._some(0.7):
            matters.graded(self.cast, row)
            to = self.draw.choice([self.cast.health, self.cast.council])
            there = self._try("sent-on", lambda: matters.sent(self.cast, matters.sanitised(self.cast, row), to))
            self.values |= {"dissemination_id": there.pk} if there else {}
        if self._some():
            of = {"submission_id": row.pk, "outcome": Outcome.USED}
            self._try("answered-back", lambda: answer(**of, by=by, at=SOON))


def steps_at_school(
    *, delivery: UUID, by: Actor, support: NewSupport, at: datetime = NOW
) -> list[tuple[str, Callable[[], object]]]:
    """What a school does with a delivery from first to last, with the name of each step."""
    of = {"delivery_id": delivery, "by": by, "at": at}
    return [
        ("named", lambda: open_name(**of)),
        ("confirmed", lambda: notifications.confirm_on_roll(**of)),
        ("ruled", lambda: notifications.see_rule(**of)),
        ("read", lambda: open_circumstances(**of)),
        ("supported", lambda: notifications.record_support(new=support, **of)),
        ("closed", lambda: notifications.close(**of)),
    ]


def known_to_all(cast: Cast) -> Subject:
    """What everybody of this world may see, each as far as it is hers: a sister, notified, asked about and told of."""
    gwen = sent(cast, child(cast, GWEN, cast.oakfield), cast.oakfield)
    notified.one(cast, NewChild(GWEN, (cast.oakfield.pk,)))
    notified.read(cast, notified.one(cast, NewChild(GWEN, (cast.oakfield.pk,))))
    notified.one(cast, NewChild(WENDELL, (cast.ashdown.pk,)))
    looked_for(cast, "mina", GWEN)
    new = checks.new(cast, {place.pk: {gwen.pk} for place in (cast.oakfield, cast.health)})
    check = checks.ask(new=new, by=cast.actor("mina"), at=NOW)
    checks.answered(cast, checks.ask_of(check, cast.oakfield), "priya", "Always here.")
    allocate(check_id=check.pk, person_id=cast.lena.pk, by=cast.actor("mina"), at=SOON)
    matters.taken_through(cast)
    return gwen
