"""Verify an export of Haven's ledger, or a receipt. Exit status: 0 all holds, 1 something is amiss, 2 not understood.

python -m verifier FOLDER --key KEY … [--witness KEY …] [--checkpoint FILE …] [--back SECONDS]
python -m verifier receipt FILE --key KEY … [--witness KEY …]
"""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from verifier.export import HASH, WRONG, Export
from verifier.notes import PLAIN, TIMED, Amiss, Checkpoint, Key, checkpoint_from, from_base64, key_from
from verifier.trees import root_from


def day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%d %B %Y at %H:%M:%S UTC")


def said_of(export: Export, witnesses: list[Key], kept: list[Checkpoint]) -> list[str]:
    if bad := sorted(export.bad):
        more = [*bad[1:4], *(fault for fault in bad[4:] if "FORK" in fault[1])]
        first = f"AMISS. The first bad entry is {bad[0][0]}: {bad[0][1]}."
        return [first, *(f"  Also at {number}: {words}." for number, words in more)]
    said = [f"HOLDS. {export.size:,} entries, {len(export.heads) - 1:,} checkpoints."]
    if export.size:
        there, newest = export.size - sum(count for _, count in export.rules), day(export.heads[-1].time)
        said += [f"  Leaves: each was hashed again, and they lead to every checkpoint up to {newest}."]
        said += [f"  Details: {there:,} are there, and each is the one that was written."]
    said += [f"  Erased: {count:,} under the rule “{rule}”, each named by an entry." for rule, count in export.rules]
    for name, (size, at) in export.seen.items():
        said += [f"  Witness {name}: last countersigned {size:,} entries, on {day(at)}."]
    said += [f"  Kept checkpoint of size {point.size:,}: this ledger begins with it." for point in kept]
    nobody = "  No witness and no kept checkpoint was given: whoever has the log's key could have written it all anew."
    return said if witnesses or kept else [*said, nobody]


def said_by(told: dict[str, Any], logs: list[Key], witnesses: list[Key]) -> list[str]:
    number, index, detail = told["number"], told["index"], told["detail"]
    is_receipt = told["format"] == "haven-ledger-receipt/1" and len(told) == 8 and type(number) is type(index) is int
    if not is_receipt or key_from(told["key"], PLAIN) not in logs:
        raise Amiss("it is not a receipt of the form haven-ledger-receipt/1, by the key of the log that you gave")
    point = checkpoint_from(told["checkpoint"], logs, witnesses)
    salt, *proof = [from_base64(one) for one in (told["salt"], *told["proof"])]
    leaf = sha256(b"\x00\x01" + sha256(salt + detail.encode()).digest()).digest()
    is_whole = number == index + 1 and all(len(one) == HASH for one in (salt, *proof))
    if not is_whole or root_from(leaf, index, point.size, proof) != point.root:
        raise Amiss(f"its entry {number} does not lead to the root of its checkpoint")
    if len(point.seen) < len(witnesses):
        raise Amiss("its checkpoint does not bear the countersignature of every witness you gave")
    said = [f"HOLDS. Entry {number:,} stands in the ledger of {point.origin}, {point.size:,} entries large."]
    said += [f"  It says: {detail}", f"  The log signed it on {day(point.time)}."]
    return said + [f"  Witness {name}: countersigned on {day(at)}." for name, at in point.seen.items()]


def main(argv: list[str]) -> int:
    parser = ArgumentParser("verifier", description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("what", type=Path)
    for name in ("--key", "--witness", "--checkpoint"):
        parser.add_argument(name, action="append", default=[], required=name == "--key")
    parser.add_argument("--back", type=float, default=float("inf"))
    is_receipt = argv[:1] == ["receipt"]
    words = parser.parse_args(argv[is_receipt:])
    try:
        logs, witnesses = [key_from(key, PLAIN) for key in words.key], [key_from(key, TIMED) for key in words.witness]
        if {key.public for key in witnesses} & {key.public for key in logs}:
            raise Amiss("the key of a witness is the log's own")
        kept = [checkpoint_from(Path(file).read_bytes().decode(), logs) for file in words.checkpoint]
        receipt = json.loads(words.what.read_bytes()) if is_receipt else {}
        export = None if is_receipt else Export(words.what, logs, witnesses, kept, words.back)
        said = said_of(export, witnesses, kept) if export else said_by(receipt, logs, witnesses)
    except (OSError, OverflowError, *WRONG) as error:
        said = [f"AMISS. {error}."]
    for line in said:  # without the signs that a terminal would obey
        print("".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line))
    return 0 if said[0].startswith("HOLDS") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
