"""A campaign: senders at work, one injury after another, and a reckoning at the end."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from faults.judging import Reckoning, reckon
from faults.points import Plans
from faults.processes import House, Part
from faults.receipts import Receipts
from faults.sending import Senders

BETWEEN = (0.02, 0.3)  # seconds from one injury to the next
BETWEEN_LOADED_ANEW = (0.2, 1.5)
KINDS = {"point": 30, "web": 36, "worker": 2, "sequencer": 6, "database": 3, "hurry": 4, "clock": 0.4, "disk": 0.2}
KINDS_LOADED_ANEW = {
    "point": 40,
    "web": 14,
    "worker": 10,
    "sequencer": 6,
    "database": 22,
    "hurry": 6,
    "clock": 2,
    "disk": 2,
}
MOST_HURRIED = 300  # deadlines brought near: they are few beside what is sent
SKEWS = (-10_800.0, 10_800.0)  # three hours


@dataclass
class Campaign:
    """What is done to a house, for how long, and what it has seen so far."""

    house: House
    senders: Senders
    receipts: Receipts
    chance: random.Random
    say: Callable[[str], None]
    done: Counter[str] = field(default_factory=Counter)
    kills: int = 0

    def run(self, *, minutes: float, most_kills: int | None = None) -> Reckoning:
        """Injure until the time is over or so many were killed; let everything come to rest; count."""
        ends = time.monotonic() + minutes * 60
        plans = Plans(self.house.plans, self.chance)
        self.senders.begin()
        told = time.monotonic()
        while time.monotonic() < ends and (most_kills is None or self.kills < most_kills):
            self._injure(plans)
            self._count(plans.met())
            self.house.raise_what_is_down()
            time.sleep(self.chance.uniform(*(BETWEEN if self.house.is_forked else BETWEEN_LOADED_ANEW)))
            if time.monotonic() - told > 15:
                told = time.monotonic()
                left = max(0, ends - told)
                self.say(f"{self.kills} kills, {len(self.receipts.told)} acknowledged, {left / 60:.1f} minutes to go")
        self._count(plans.given_up())
        self._rest()
        return reckon(
            self.house,
            self.receipts,
            kills=self.kills,
            done=self.done,
            hurried=self.senders.hurried,
            rested_since=self.senders.rested_since,
        )

    def _injure(self, plans: Plans) -> None:
        kinds = KINDS if self.house.is_forked else KINDS_LOADED_ANEW
        what = self.chance.choices(list(kinds), list(kinds.values()))[0]
        if what == "point":
            plans.lay()
        elif what == "hurry" and len(self.senders.hurried) < MOST_HURRIED:
            self.done["a deadline brought near"] += self.senders.hurry_a_deadline()
        elif what == "clock":
            self._set_clocks_wrong()
        elif what == "disk":
            self._fill_the_disk()
        elif what != "hurry":
            self._kill(self.chance.choice(self.house.webs) if what == "web" else Part(what))

    def _kill(self, part: Part) -> None:
        if killed := self.house.kill(part, self.chance):
            self.done[killed] += 1
            self.kills += 1

    def _count(self, points: Iterable[str]) -> None:
        for point in points:
            self.done[f"at {point}"] += 1
            self.kills += 1

    def _set_clocks_wrong(self) -> None:
        """Begin web and worker anew with a clock that is three hours wrong, or right again."""
        self.house.skewed_by = 0.0 if self.house.skewed_by else self.chance.choice(SKEWS)
        for part in (*self.house.webs, Part.WORKER):
            self._kill(part)
            self.house.start(part)
        self.done["clock set wrong" if self.house.skewed_by else "clock set right"] += 1

    def _fill_the_disk(self) -> None:
        """For a few seconds leave less room than Haven asks for, or none at all; then give it back."""
        volume = self.house.volume
        if volume is None or not volume.is_there:
            return
        leaving = self.chance.choice((0.05, 0.0))
        volume.fill(leaving)
        time.sleep(5)
        volume.empty()
        self.done["disk filled but for a twentieth" if leaving else "disk filled"] += 1

    def _rest(self) -> None:
        """Let everything run unharmed, every sending get its answer, and everything that is due be done."""
        if self.house.skewed_by:
            self._set_clocks_wrong()
        self.senders.finish()
        self.house.raise_what_is_down()
        self.senders.settle()
