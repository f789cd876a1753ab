"""Where a school is with its audit, finer than its state: whose signature is waited for, how late it is, whose turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from haven.access.roles import SCHOOL_ROLES, Role
from haven.audits.rules.life import (
    OWING,
    STATES,
    Phase,
    Standing,
    State,
    Steps,
    Window,
    due_next,
    phase_on,
    step_in_words,
)
from haven.engines.days.moments import day_in_words, left_in_words

ANSWERING: Sequence[frozenset[str]] = (
    frozenset({Role.DSL.value, Role.DEPUTY_DSL.value}),
    frozenset({Role.HEAD.value}),
    frozenset(role.value for role in SCHOOL_ROLES),
)
"""Who hears of what a school has to answer: the first of these groups that anybody in the school belongs to."""

COLOURS: Mapping[State, str] = {
    State.WAITING: "grey",
    State.STARTED: "blue",
    State.SIGNING: "yellow",
    State.SUBMITTED: "turquoise",
    State.SENT_BACK: "orange",
    State.READ: "green",
}
"""What a state is shown in, on every page: green only once it is read and answered."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a school is, as people say it. The key is what a filter names it by."""

    key: str
    label: str
    colour: str
    is_owing: bool


GONE = Where("gone", "School has closed", "grey", is_owing=False)
"""It closed with its audit unsent: nobody waits for it."""


def step_waited(state: str, signed: int) -> int:
    """Which signature is waited for, from 1; nought where none is. `signed` counts those on the copy that stands."""
    return signed + 1 if state == State.SIGNING else 0


def where_of(state: str, step: int, steps: Steps, *, is_gone: bool = False) -> Where:
    """Where a school is. `step` is the signature that is waited for."""
    known = State(state)
    if is_gone and known in OWING:
        return GONE
    if known is State.SIGNING and 0 < step <= len(steps):
        label = f"Waiting to be signed: {step_in_words(steps[step - 1])}"
        return Where(f"{known}-{step}", label, COLOURS[known], is_owing=True)
    return Where(known.value, STATES[known], COLOURS[known], is_owing=known in OWING)


def places(steps: Steps) -> Sequence[Where]:
    """Everywhere that a school can be, in the order in which it goes through them."""
    signing = [where_of(State.SIGNING, number, steps) for number in range(1, len(steps) + 1)]
    first, last = (State.WAITING, State.STARTED), (State.SENT_BACK, State.SUBMITTED, State.READ)
    return (*(where_of(each, 0, steps) for each in first), *signing, *(where_of(each, 0, steps) for each in last), GONE)


class Late(StrEnum):
    """How late something is that has not been sent."""

    NO = ""
    FIRST = "first"
    FINAL = "final"


LATE: Mapping[Late, str] = {
    Late.FIRST: "After the first deadline",
    Late.FINAL: "After the final deadline",
}


def late_on(window: Window, where: Where, today: date) -> Late:
    """How late a school is on this day. A deadline lasts to its end."""
    if not where.is_owing:
        return Late.NO
    return {Phase.FINAL: Late.FIRST, Phase.OVER: Late.FINAL}.get(phase_on(window, today), Late.NO)


def left_or_late(due: date, today: date) -> str:
    """How long until a deadline is over, or since when it is."""
    late = (today - due).days
    return left_in_words(due, today) or f"{late:,} day{'' if late == 1 else 's'} late"


def turn_in_words(state: str, step: int, steps: Steps) -> str:
    """Whose turn it is, said to the school."""
    match State(state):
        case State.WAITING:
            return "Your school can begin."
        case State.STARTED:
            return f"Your school answers. Then this person signs: {_lower(step_in_words(steps[0]))}."
        case State.SIGNING:
            return f"This person signs next: {_lower(step_in_words(steps[min(step, len(steps)) - 1]))}."
        case State.SENT_BACK:
            return "Your school answers what the council asks."
        case State.SUBMITTED:
            return "The council reads it."
    return "The council has read it and answered."


def deadline_in_words(window: Window, today: date) -> str:
    """The deadline that counts on this day, said with how long there is."""
    if phase_on(window, today) is Phase.BEFORE:
        return f"Opens on {day_in_words(window.opens_on)}"
    due = due_next(window, today)
    which = "first" if due == window.first_due_on and due != window.final_due_on else "final"
    return f"The {which} deadline is {day_in_words(due)}: {left_or_late(due, today)}"


def window_now(windows: Sequence[Window], today: date) -> Window:
    """Of several groups' days those that count on this day: of what is open the soonest due; else what opens next;
    else what ended last."""
    by_phase = {each: phase_on(each, today) for each in windows}
    running = [each for each, phase in by_phase.items() if phase in (Phase.OPEN, Phase.FINAL)]
    if running:
        return min(running, key=lambda each: due_next(each, today))
    coming = [each for each, phase in by_phase.items() if phase is Phase.BEFORE]
    return min(coming, key=lambda each: each.opens_on) if coming else max(windows, key=lambda each: each.final_due_on)


def reminder_due(window: Window, before: Sequence[int], *, since: date, today: date) -> date | None:
    """The day for which a reminder is due now: the last of those so many days before the deadline that counts today.

    None before it opens and after the final deadline, and for a day on or before which the school was first asked.
    """
    if phase_on(window, today) in (Phase.BEFORE, Phase.OVER):
        return None
    due = due_next(window, today)
    days = (date.fromordinal(due.toordinal() - each) for each in before)
    return max((day for day in days if since < day <= today), default=None)


@dataclass(frozen=True, slots=True)
class Sums:
    """How many schools of a cycle are where."""

    asked: int = 0  # the closed ones left out
    sent: int = 0
    read: int = 0  # of those that were sent
    started: int = 0  # being answered, or waiting for a signature, or sent back
    gone: int = 0

    @property
    def owing(self) -> int:
        """How many have still to send it."""
        return self.asked - self.sent

    @property
    def unread(self) -> int:
        """How many wait to be read."""
        return self.sent - self.read

    @property
    def not_started(self) -> int:
        """How many have not started."""
        return self.owing - self.started

    @property
    def percent(self) -> int:
        """How many of a hundred have sent it, to the nearest, as the report says it; a hundred means all."""
        if not self.asked:
            return 0
        return min(round(self.sent * 100 / self.asked), 100 if self.sent >= self.asked else 99)

    @property
    def bar(self) -> Sequence[tuple[str, float, float]]:
        """Sent, started and not started, as the parts of a bar a hundred wide."""
        whole = max(self.asked, 1)
        done, started = round(self.sent * 100 / whole, 2), round(self.started * 100 / whole, 2)
        return tuple(part for part in (("done", 0.0, done), ("open", done, started)) if part[2])


def summed(counts: Mapping[tuple[str, bool], int]) -> Sums:
    """The sums of counts by state and whether the school has closed."""
    gone = sum(number for (state, is_gone), number in counts.items() if is_gone and State(state) in OWING)
    by_state = {
        state: sum(n for (each, is_gone), n in counts.items() if each == state and not (is_gone and state in OWING))
        for state in State
    }
    return Sums(
        asked=sum(by_state.values()),
        sent=by_state[State.SUBMITTED] + by_state[State.READ],
        read=by_state[State.READ],
        started=sum(by_state[each] for each in (State.STARTED, State.SIGNING, State.SENT_BACK)),
        gone=gone,
    )


def next_for_lead(standing: str, window: Window, sums: Sums, today: date) -> str:
    """What a lead does next with a cycle."""
    if standing == Standing.DRAFT:
        return "Look at it, then open it for your schools."
    if standing == Standing.CLOSED:
        return "It is closed."
    if not sums.owing and not sums.unread:
        return "Every school has its answer. You can close it."
    if not sums.owing:
        waits = "1 waits" if sums.unread == 1 else f"{sums.unread:,} wait"
        return f"Every school has sent it. {waits} to be read."
    match phase_on(window, today):
        case Phase.BEFORE:
            return f"It opens on {day_in_words(window.opens_on)}."
        case Phase.OVER:
            return f"The final deadline has passed. {_owing(sums)}: put the deadline off, or close it."
    return f"{_owing(sums)}. You can remind exactly those."


def year_in_words(year: int) -> str:
    """A school year by the year in which it begins."""
    return f"{year}–{(year + 1) % 100:02d}"


def _owing(sums: Sums) -> str:
    count = sums.owing
    return "1 school has still to send it" if count == 1 else f"{count:,} schools have still to send it"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
