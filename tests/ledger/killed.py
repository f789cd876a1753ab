"""A sequencer that is killed at each step, and two at once: run as a process of its own, which forks the victims.

    python -m tests.ledger.killed FOLDER

The database is that of HAVEN_DB_NAME; FOLDER is for the files of the sequencer. Prints one JSON object for each step.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import django

STEPS = {  # after which of the sequencer's steps it is killed; before the first, and once the batch is committed
    "before taking": ("_take", False),
    "after taking": ("_take", True),
    "after the tiles": ("_write_tiles", True),
    "after signing": ("_sign", True),
    "after the checkpoint": ("_grow", True),
    "after the erasures": ("_carry_out_erasures", True),
    "after the commit": ("Custody.keep", False),
    "after the file": ("Custody.keep", True),
}
EACH = 300  # told before each step: more than a tile
PATIENCE = 20.0  # seconds in which the database notices that a process is gone


def main(folder: Path) -> None:
    """Kill, look, and go on."""
    django.setup()
    ledgers, custody_of = import_module("tests.ledger.ledgers"), import_module("haven.ledger.custody")
    custody = custody_of.Custody(folder / "ledger-key", folder / "ledger-witnesses")
    told = 0
    for step, (name, is_after) in STEPS.items():
        told += _tell(ledgers)
        status = _forked(lambda name=name, is_after=is_after: _seal_and_die(ledgers, custody, name, is_after=is_after))
        _say(step, os.WTERMSIG(status), told, custody)
    _say_two_at_once(ledgers, custody, told)


def _tell(ledgers: Any) -> int:
    atomic = import_module("django.db.transaction").atomic
    with atomic():
        ids = ledgers.tell(EACH)
    with atomic():
        import_module("haven.ledger.services").erase(ids[:1], rule="a rule", by=ledgers.HAVEN, at=ledgers.AT)
    return EACH + 1


def _seal_and_die(ledgers: Any, custody: Any, name: str, *, is_after: bool) -> None:
    owner = import_module("haven.ledger.sequencing")
    *within, last = name.split(".")
    for each in within:
        owner = getattr(owner, each)
    real = getattr(owner, last)

    def deadly(*args: object, **kwargs: object) -> object:
        if is_after:
            real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(owner, last, deadly)
    _patiently(lambda: ledgers.seal_all(custody))


def _say(step: str, killed_by: int, told: int, custody: Any) -> None:
    models, proofs = import_module("haven.ledger.models"), import_module("haven.ledger.queries.proofs")
    numbers = list(models.Entry.objects.order_by("number").values_list("number", flat=True))
    waiting = sum(each.last - each.first + 1 for each in models.Waiting.objects.all())
    verdict = proofs.verified(custody)
    seen = {
        "step": step,
        "killed_by": killed_by,
        "has_gap": numbers != list(range(1, len(numbers) + 1)),
        "lost": told - len(numbers) - waiting,
        "waiting": waiting,
        "holds": verdict.holds,
        "why": verdict.why,
    }
    _print(seen)


def _say_two_at_once(ledgers: Any, custody: Any, told: int) -> None:
    """While one is the sequencer, another may neither become it nor seal; once it is killed, another may."""
    sequencing = import_module("haven.ledger.sequencing")
    ready, is_ready = os.pipe()

    def first() -> None:
        _patiently(sequencing.hold)
        os.write(is_ready, b"1")
        time.sleep(60)

    victim = _begun(first)
    os.read(ready, 1)
    refused = [os.WEXITSTATUS(_forked(each)) for each in (sequencing.hold, lambda: ledgers.seal_all(custody))]
    os.kill(victim, signal.SIGKILL)
    os.waitpid(victim, 0)
    taken_over = os.WEXITSTATUS(_forked(lambda: _patiently(lambda: ledgers.seal_all(custody))))
    _print({"step": "two at once", "refused": refused, "taken_over": taken_over})
    _say("in the end", 0, told, custody)


def _print(seen: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(seen) + "\n")
    sys.stdout.flush()


def _patiently(work: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            work()
        except import_module("haven.ledger.sequencing").AnotherSequences:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _forked(work: Callable[[], object]) -> int:
    return os.waitpid(_begun(work), 0)[1]


def _begun(work: Callable[[], object]) -> int:
    """A child that does this and ends: 0 done, 3 refused because another is the sequencer, 4 anything else."""
    connections = import_module("django.db").connections
    connections.close_all()
    connections["default"].close_pool()  # no thread of a pool may be running when a process forks
    if child := os.fork():
        return child
    status = 4
    try:
        work()
        status = 0
    except import_module("haven.ledger.sequencing").AnotherSequences:
        status = 3
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
