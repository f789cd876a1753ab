"""Verify an export of Haven's ledger, or a receipt, with keys that you got by another way.

python -m verifier FOLDER --key KEY [--witness KEY …] [--checkpoint FILE …] [--back SECONDS]
python -m verifier receipt FILE --key KEY [--witness KEY …]
"""

import json
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from datetime import UTC, datetime
from pathlib import Path

from verifier.export import Asked, Export
from verifier.notes import PLAIN, TIMED, Amiss, Checkpoint, checkpoint_from, key_from
from verifier.receipt import verify_receipt


def say(words: str) -> None:
    """One line, without the signs that a terminal would obey."""
    print("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words))


def day(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%d %B %Y at %H:%M:%S UTC")
    except (ValueError, OverflowError, OSError):
        return f"{seconds} seconds after 1970 began"


def kept_in(file: str, asked: Asked) -> Checkpoint:
    point = checkpoint_from(Path(file).read_text(encoding="utf-8"))
    point.signed_at(asked.logs)
    return point


def verify_export(folder: Path, asked: Asked) -> int:
    export = Export(folder, asked)
    export.judge()
    if export.faults:
        say(f"AMISS. The first bad entry is {export.faults[0][0]}: {export.faults[0][1]}.")
        for number, words in export.faults[1:4]:
            say(f"  Also at {number}: {words}.")
        return 1
    erased = sum(count for _, count in export.rules)
    say(f"HOLDS. {export.size:,} entries, {export.heads:,} checkpoints.")
    if export.size:
        say(f"  Leaves: each was hashed again, and they lead to every checkpoint up to {day(export.newest.time)}.")
        say(f"  Details: {export.size - erased:,} are there, and each is the one that was written.")
    for rule, count in export.rules:
        say(f"  Erased: {count:,} under the rule “{rule}”, each named by an entry.")
    for name, (size, at) in export.seen.items():
        say(f"  Witness {name}: last countersigned {size:,} entries, on {day(at)}.")
    for kept in asked.kept:
        say(f"  Kept checkpoint of size {kept.size:,}: this ledger begins with it.")
    if not asked.witnesses and not asked.kept:
        say("  No witness and no kept checkpoint was given: whoever has the log's key could have written it all anew.")
    return 0


def verify_one(file: Path, asked: Asked) -> int:
    point, told, seen = verify_receipt(json.loads(file.read_text(encoding="utf-8")), asked)
    say(f"HOLDS. Entry {told['number']:,} stands in the ledger of {point.origin}, {point.size:,} entries large.")
    say(f"  It says: {told['detail']}")
    say(f"  The log signed it on {day(point.signed_at(asked.logs))}.")
    for name, at in seen.items():
        say(f"  Witness {name}: countersigned on {day(at)}.")
    return 0


def words_from(argv: list[str]) -> Namespace:
    parser = ArgumentParser("verifier", description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("what", type=Path, metavar="FOLDER", help="the export, or the file of a receipt")
    parser.add_argument("--key", action="append", required=True, help="the log's vkey, from the people who run it")
    parser.add_argument(
        "--witness", action="append", default=[], metavar="KEY", help="the vkey of a witness that you trust"
    )
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE", help="a checkpoint that you kept")
    parser.add_argument(
        "--back", type=float, default=float("inf"), metavar="SECONDS", help="how far times may run back"
    )
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Exit status 0 where all holds, 1 where something is amiss, 2 where the command was not understood."""
    is_receipt = argv[:1] == ["receipt"]
    words = words_from(argv[is_receipt:])
    try:
        logs = [key_from(key, PLAIN) for key in words.key]
        asked = Asked(logs, [key_from(key, TIMED) for key in words.witness])
        if {key.public for key in asked.witnesses} & {key.public for key in logs}:
            raise Amiss("the key of a witness is the log's own")
        asked = Asked(logs, asked.witnesses, [kept_in(file, asked) for file in words.checkpoint], words.back)
        return verify_one(words.what, asked) if is_receipt else verify_export(words.what, asked)
    except (Amiss, OSError, ValueError) as amiss:
        say(f"AMISS. {amiss}.")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
