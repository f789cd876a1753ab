"""A campaign: senders at work, one injury after another, and a reckoning at the end."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from faults.judging import Reckoning, reckon
from faults.points import Plan, any_plan, named_points
from faults.processes import House, Part
from faults.receipts import Receipts
from faults.sending import Senders

BETWEEN = (0.2, 1.5)  # seconds from one injury to the next
UNMET = 8.0  # seconds after which a point that nobody passed is given up
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
        points = named_points()
        self.senders.begin()
        told = time.monotonic()
        while time.monotonic() < ends and (most_kills is None or self.kills < most_kills):
            self._injure(points)
            self.house.raise_what_is_down()
            time.sleep(self.chance.uniform(*BETWEEN))
            if time.monotonic() - told > 15:
                told = time.monotonic()
                left = max(0, ends - told)
                self.say(f"{self.kills} kills, {len(self.receipts.told)} acknowledged, {left / 60:.1f} minutes to go")
        self._rest()
        return reckon(
            self.house,
            self.receipts,
            kills=self.kills,
            done=self.done,
            hurried=self.senders.hurried,
            rested_since=self.senders.rested_since,
        )

    def _injure(self, points: Sequence[str]) -> None:
        what = self.chance.choices(
            ("point", "web", "worker", "sequencer", "database", "hurry", "clock", "disk"), (40, 14, 10, 6, 22, 6, 2, 2)
        )[0]
        if what == "point" and points:
            self._die_at(any_plan(points, self.chance))
        elif what == "hurry":
            self.done[f"{self.senders.hurry_a_deadline()} deadline brought near"] += 1
        elif what == "clock":
            self._set_clocks_wrong()
        elif what == "disk":
            self._fill_the_disk()
        else:
            self._kill(Part(what) if what != "point" else Part.WEB)

    def _kill(self, part: Part) -> None:
        self.done[self.house.kill(part, self.chance)] += 1
        self.kills += 1

    def _die_at(self, plan: Plan) -> None:
        """Wait until a process has died at a point; where none passes it in time, take the plan away again."""
        self.house.plan.write_text(json.dumps({"point": plan.point, "at_pass": plan.at_pass}))
        until = time.monotonic() + UNMET
        while self.house.plan.exists() and time.monotonic() < until:
            time.sleep(0.02)
        with suppress(FileNotFoundError):
            self.house.plan.unlink()
            return
        self.done[f"at {plan.point}"] += 1
        self.kills += 1
        time.sleep(0.3)  # the server notices that its process is gone

    def _set_clocks_wrong(self) -> None:
        """Begin web and worker anew with a clock that is three hours wrong, or right again."""
        self.house.skewed_by = 0.0 if self.house.skewed_by else self.chance.choice(SKEWS)
        for part in (Part.WEB, Part.WORKER):
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
