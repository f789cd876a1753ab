"""Witness a ledger of Haven's: keep what it signed, countersign what begins with it, refuse everything else.

python -m witness key FOLDER NAME                  make your key, print the public one
python -m witness size FOLDER --log KEY            print how many entries you signed last
python -m witness sign FOLDER --log KEY SOURCE     print your signature for the newest checkpoint

FOLDER keeps your key and what you signed. SOURCE is an export, an address that begins with https://, or a file with
what `haven ledger checkpoint --old SIZE` printed. Exit status: 0 signed, 1 refused, 3 the log was written anew.
"""

import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from verifier.notes import PLAIN, Amiss, key_from
from witness.keeping import key_in, last_signed, make_key
from witness.signing import Fork, asked_in, countersign
from witness.tiles import Source


def sign(folder: Path, vkey: str, source: str) -> str:
    log = key_from(vkey, PLAIN)
    if key_in(folder)[0].public == log.public:
        raise Amiss("the log cannot be its own witness")
    if source.startswith("https://") or Path(source).is_dir():
        tiles = Source(source)
        return countersign(folder, log, tiles.read("checkpoint").decode(), int(time.time()), tiles.consistency)
    old, proof, note = asked_in(Path(source).read_text(encoding="utf-8"))

    def given(known: int, _: int) -> list[bytes]:
        if known != old:
            raise Amiss(f"it asks from size {old}, and you signed {known}: it must be asked with --old {known}")
        return proof

    return countersign(folder, log, note, int(time.time()), given)


def last_size(folder: Path, vkey: str) -> int:
    kept = last_signed(folder, key_from(vkey, PLAIN))
    return kept.size if kept else 0


def main(argv: list[str]) -> int:
    parser = ArgumentParser("witness", description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in ("key", "size", "sign"):
        words = verbs.add_parser(verb)
        words.add_argument("folder", type=Path)
        if verb == "key":
            words.add_argument("name", help="such as witness.example.org/w1")
        else:
            words.add_argument("--log", required=True, metavar="KEY", help="the log's vkey, from the people who run it")
        if verb == "sign":
            words.add_argument("source")
    asked = parser.parse_args(argv)
    try:
        if asked.verb == "key":
            print(make_key(asked.folder, asked.name))
        elif asked.verb == "size":
            print(last_size(asked.folder, asked.log))
        else:
            sys.stdout.write(sign(asked.folder, asked.log, asked.source))
    except Fork as fork:
        print(f"{'!' * 78}\nFORK: {fork}.\n{'!' * 78}", file=sys.stderr)
        return 3
    except (Amiss, OSError, ValueError) as amiss:
        print(f"REFUSED. {amiss}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
