"""What people read of a campaign."""

import sys
import time
from collections.abc import Mapping, Sequence

from faults.judging import Reckoning

BEGAN = time.monotonic()


def say(words: str) -> None:
    """One line, with the seconds since the beginning."""
    sys.stdout.write(f"[{time.monotonic() - BEGAN:6.1f} s] {words}\n")
    sys.stdout.flush()


def report(found: Reckoning, controls: Mapping[str, bool], refusals: Sequence[str]) -> None:
    """The reckoning as a table, what was done, and whether each control saw what it was to see."""
    lines = [
        ("kills", found.kills),
        ("sendings tried", found.tried),
        ("acknowledged", found.acknowledged),
        ("lost", len(found.lost)),
        ("changed", len(found.changed)),
        ("duplicated", found.duplicated),
        ("receipts that contradict each other", found.contradictions),
        ("stored and never sent", found.strange),
        ("with nobody to read them", found.orphans),
        ("accepted at a wrong hour", found.wrong_hours),
        ("not in the ledger", found.unwritten),
        ("in the ledger later than its checkpoint", found.out_of_time),
        ("deadlines brought near", found.escalations),
        ("escalated late", found.escalated_late),
        ("letters marked as sent", found.prompts),
        ("of which none was sent", found.never_prompted),
        ("letters left unsent", found.left_unsent),
        ("letters sent again after a kill", found.prompted_again),
    ]
    width = max(len(name) for name, _ in lines)
    for name, number in lines:
        print(f"  {name:<{width}}  {number:>8,}")
    print(f"  {'the ledger':<{width}}  {found.ledger or 'holds'}")
    print("What was done:")
    for name, times in sorted(found.done.items(), key=lambda item: -item[1]):
        print(f"  {times:>6,}  {name}")
    if controls:
        print("With a protection taken away, the harm was")
        for name, seen in controls.items():
            print(f"  {'seen' if seen else 'NOT SEEN'}: {name}")
    for words in refusals:
        print(f"A sending was refused that should not be: {words}")
    print("Everything holds." if found.holds else "SOMETHING WAS LOST, DOUBLED OR LATE: see above.")
