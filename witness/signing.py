"""A checkpoint is countersigned where it begins with all that was signed before, and only then."""

from binascii import b2a_base64
from collections.abc import Callable
from pathlib import Path

from verifier.notes import TIMED, Amiss, Checkpoint, Key, checkpoint_from, from_base64
from verifier.trees import EMPTY
from witness.keeping import alone, key_in, last_signed, place_of, write
from witness.proofs import is_consistent

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
    point = checkpoint_from(note, [log])
    with alone(folder):
        kept = last_signed(folder, log)
        old = (kept.size, kept.root) if kept else (0, EMPTY)
        last = f"{old[0]} with the root {b2a_base64(old[1], newline=False).decode()}"
        if point.size < old[0]:
            raise Amiss(f"it has {point.size} entries, and you signed {last}: it is old, or the log was cut short")
        if point.size == old[0] and point.root != old[1]:
            raise _fork(folder, point, f"it is another tree of {point.size} entries than you signed, {last}")
        if not is_consistent(old, (point.size, point.root), prove(old[0], point.size)):
            words = f"nothing shows that the tree of {point.size} entries begins with what you signed, {last}"
            raise _fork(folder, point, words)
        return _sign(folder, point, now)


def _fork(folder: Path, point: Checkpoint, words: str) -> Fork:
    evidence = place_of(folder, point.origin).with_suffix(f".refused-{point.size}-{point.root.hex()[:8]}")
    write(evidence, point.note.encode())
    return Fork(f"{words}. Do not sign. Keep {evidence} and {place_of(folder, point.origin).name}, and ask at once")


def _sign(folder: Path, point: Checkpoint, now: int) -> str:
    key, secret = key_in(folder)
    text, _, lines = point.note.rpartition("\n\n")
    signature = secret.sign(f"cosignature/v1\ntime {now}\n{text}\n".encode())
    words = key.identifier(TIMED) + now.to_bytes(8, "big") + signature
    line = f"— {key.name} {b2a_base64(words, newline=False).decode()}\n"
    others = [other for other in lines.splitlines(keepends=True) if not other.startswith(f"— {key.name} ")]
    write(place_of(folder, point.origin), "".join([text, "\n\n", *others, line]).encode())
    return line
