"""A checkpoint is countersigned where it begins with all that was signed before, and only then."""

from binascii import b2a_base64
from collections.abc import Callable
from pathlib import Path

from verifier.notes import TIMED, Amiss, Checkpoint, Key, checkpoint_from, from_base64, timed_message
from verifier.trees import EMPTY, is_consistent
from witness.keeping import alone, key_in, last_signed, place_of, write

MOST_STEPS = 63


class Fork(Amiss):
    """The log showed two histories. What it showed now is kept as evidence."""


def asked_in(request: str) -> tuple[int, list[bytes], str]:
    """Old size, proof and note of an add-checkpoint request (C2SP tlog-witness); Amiss where it is not one."""
    head, gap, note = request.partition("\n\n")
    old, *steps = head.split("\n")
    size = old.removeprefix("old ")
    is_number = size.isascii() and size.isdecimal() and str(int(size[:20])) == size
    if not gap or not is_number or old != f"old {size}" or len(steps) > MOST_STEPS:
        raise Amiss("it is not what a witness is asked: old SIZE, the proof, an empty line, the checkpoint")
    proof = [from_base64(step) for step in steps]
    if any(len(step) != 32 for step in proof):
        raise Amiss("a line of its proof is not a hash")
    return int(size), proof, note


def countersign(folder: Path, log: Key, note: str, now: int, prove: Callable[[int, int], list[bytes]]) -> str:
    """The witness's line for a checkpoint, once it is kept. `prove` gives the proof from the old size to the new.

    Raises Fork where the log does not begin with what was signed before, Amiss where it cannot be told or is too small.
    """
    point = checkpoint_from(note)
    point.signed_at([log])
    with alone(folder):
        kept = last_signed(folder, point.origin)
        old = (kept.size, kept.root) if kept else (0, EMPTY)
        last = f"{old[0]} with the root {b2a_base64(old[1], newline=False).decode()}"
        if point.size < old[0]:
            raise Amiss(f"it has {point.size} entries, and you signed {last}: it is old, or the log was cut short")
        if point.size == old[0] and point.root != old[1]:
            raise _fork(folder, point, note, f"it is another tree of {point.size} entries than you signed, {last}")
        if not is_consistent(old, (point.size, point.root), prove(old[0], point.size)):
            words = f"nothing shows that the tree of {point.size} entries begins with what you signed, {last}"
            raise _fork(folder, point, note, words)
        return _sign(folder, point, note, now)


def _fork(folder: Path, point: Checkpoint, note: str, words: str) -> Fork:
    evidence = place_of(folder, point.origin).with_suffix(f".refused-{point.size}-{point.root.hex()[:8]}")
    write(evidence, note.encode())
    return Fork(f"{words}. Do not sign. Keep {evidence} and {place_of(folder, point.origin).name}, and ask at once")


def _sign(folder: Path, point: Checkpoint, note: str, now: int) -> str:
    key, secret = key_in(folder)
    signature = secret.sign(timed_message(point.text, now))
    words = key.identifier(TIMED) + now.to_bytes(8, "big") + signature
    line = f"— {key.name} {b2a_base64(words, newline=False).decode()}\n"
    write(place_of(folder, point.origin), f"{point.text}\n{_others(note, key)}{line}".encode())
    return line


def _others(note: str, key: Key) -> str:
    """The signature lines that the note bears already, without earlier ones of this witness."""
    lines = note.rpartition("\n\n")[2].splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(f"— {key.name} "))
