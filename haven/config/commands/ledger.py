"""`haven ledger`: the sequencer, and all that shows others whether the ledger holds."""

import argparse
import json
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Any

from django.db.utils import OperationalError, ProgrammingError

from haven.config.django_ready import make_ready
from haven.config.progress import bar, shared
from haven.engines.chain.exported import CannotExport, verified_folder
from haven.engines.chain.notes import BadNote, VerifierKey
from haven.engines.chain.verifying import Verdict

ENTRY_HELP = "the number of the entry"


class Wrong(Exception):
    """What the command says on standard error before it ends with a status."""

    def __init__(self, words: str, status: int = 2) -> None:
        self.words, self.status = words, status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the ledger."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser("verify", help="recompute every entry, or those of an export")
    verify.add_argument("folder", nargs="?", type=Path, help="an export (default: this installation’s ledger)")
    verify.add_argument("--key", help="with an export: the log’s public key, as it was given to you")
    verify.add_argument("--witnesses", type=Path, help="with an export: a file of the witnesses’ public keys")
    verify.add_argument("--against", type=Path, action="append", default=[], help="a checkpoint kept elsewhere")
    words = "compare it with the confidential tables too: each row has its entry, and each entry its row"
    verify.add_argument("--complete", action="store_true", help=words)
    verify.add_argument("--json", action="store_true", help="print one JSON object")
    checkpoint = verbs.add_parser("checkpoint", help="print the newest checkpoint")
    checkpoint.add_argument("--old", type=int, help="print what a witness is asked who last signed this size")
    prove = verbs.add_parser("prove", help="print the receipt of one entry")
    prove.add_argument("number", type=int, help=ENTRY_HELP)
    export = verbs.add_parser("export", help="write the whole ledger as a folder of files")
    export.add_argument("folder", type=Path, help="a folder that is new or empty")
    cosign = verbs.add_parser("cosign", help="take in what a witness answered")
    cosign.add_argument("file", help="its signature line, or the checkpoint with it; - for standard input")
    sequence = verbs.add_parser("sequence", help="be the sequencer: seal what was recorded, and sign")
    sequence.add_argument("--once", action="store_true", help="seal what waits, and end")
    sequence.add_argument("--stand-by", action="store_true", help="wait while another is the sequencer")
    anew = verbs.add_parser("begin-anew", help="sign under a new name where what was signed, or the key, is lost")
    anew.add_argument("--why", required=True, help="who decided it, and why; it is recorded")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 done, 1 something does not hold, 2 it could not be done."""
    if args.verb != "verify" or not args.folder:
        make_ready()
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # one line says it, not ten
    try:
        return VERBS[args.verb](args)
    except (OperationalError, ProgrammingError):
        return _say("the database does not answer, or has no tables yet: start Haven, or look at HAVEN_HOME")
    except BadNote as wrong:
        return _say(f"it is refused: {wrong}")
    except (CannotExport, OSError) as wrong:
        return _say(str(wrong))
    except Wrong as wrong:
        return _say(wrong.words, wrong.status)


def _verify(args: argparse.Namespace) -> int:
    known = [path.read_text(encoding="utf-8") for path in args.against]
    if args.folder:
        if args.complete:
            raise Wrong("--complete compares with this installation’s tables, and an export has none")
        verdict = _verified_export(args, known)
    else:
        with _shown("recomputing the ledger"):
            verdict = import_module("haven.ledger.queries.proofs").verified(known=known)
    compared = _compared() if args.complete and verdict.holds else None
    if args.json:
        names = ("holds", "entries", "erased", "checkpoints", "sealed_at", "witnessed", "first_bad", "why")
        told = {name: getattr(verdict, name) for name in names}
        sys.stdout.write(json.dumps(told | ({"compared": asdict(compared)} if compared else {})) + "\n")
    elif verdict.holds:
        sys.stdout.write(f"{_counted(verdict)}: {verdict.why}\n")
        sys.stdout.write(_said_of(compared) if compared else "")
    else:
        sys.stdout.write(f"entry {verdict.first_bad} does not hold: {verdict.why}\n")
    return 0 if verdict.holds and not (compared and compared.missing) else 1


def _compared() -> Any:
    """What comparing the ledger with the tables found, with a bar where somebody looks."""
    *_, found = shared("comparing it with the tables", import_module("haven.config.completeness").compared())
    return found


def _said_of(compared: Any) -> str:
    if not compared.missing:
        return f"{compared.rows} confidential rows: each has its entry, and each entry its row\n"
    lines = [f"{compared.missing} entries or rows are missing:", *compared.faults]
    return "".join(f"{line}\n" for line in lines)


def _verified_export(args: argparse.Namespace, known: list[str]) -> Verdict:
    if not (args.folder / "details.jsonl").exists():
        raise Wrong(f"{args.folder} holds no export of a ledger")
    given = args.key or (args.folder / "keys").read_text()
    if not args.key:
        sys.stderr.write("haven ledger: by the key that lies in the export: give yours with --key\n")
    lines = args.witnesses.read_text() if args.witnesses else ""
    logs, witnesses = ([VerifierKey.parse(line) for line in each.splitlines()] for each in (given, lines))
    return verified_folder(args.folder, logs=logs, witnesses=witnesses, known=known)


def _checkpoint(args: argparse.Namespace) -> int:
    proofs = import_module("haven.ledger.queries.proofs")
    try:
        printed = proofs.newest_checkpoint() if args.old is None else proofs.request_to_witness(old=args.old)
    except proofs.NothingToProve as wrong:
        raise Wrong(str(wrong)) from wrong
    sys.stdout.write(printed)
    return 0


def _prove(args: argparse.Namespace) -> int:
    proofs = import_module("haven.ledger.queries.proofs")
    try:
        sys.stdout.write(proofs.receipt_of(args.number).written + "\n")
    except proofs.NothingToProve as wrong:
        raise Wrong(str(wrong)) from wrong
    return 0


def _export(args: argparse.Namespace) -> int:
    with _shown("writing the ledger"):
        count = import_module("haven.ledger.queries.proofs").export_to(args.folder)
    sys.stdout.write(f"{count} entries in {args.folder}\n")
    return 0


def _cosign(args: argparse.Namespace) -> int:
    written = sys.stdin.read() if args.file == "-" else Path(args.file).read_text(encoding="utf-8")
    sequencing = import_module("haven.ledger.sequencing")
    try:
        taken = sequencing.take_in(written, _ours())
    except sequencing.LedgerIsBehind as wrong:
        raise Wrong(str(wrong), 1) from wrong
    names = " and ".join(sorted({each.name for each in taken.witnessed}))
    sys.stdout.write(f"{names} signed for entries 1 to {taken.head.size}\n")
    return 0


def _sequence(args: argparse.Namespace) -> int:
    settings, stop = import_module("django.conf").settings, Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    said = ""
    while not stop.is_set():
        words = _sealed_once(settings.LEDGER_ORIGIN, holding=not args.once)
        if words and not args.stand_by:
            raise Wrong(words, 1)
        if words != said:
            sys.stderr.write(f"haven ledger: {words}\n" if words else "")
            said = words
        if args.once:
            return 0
        stop.wait(settings.LEDGER_SECONDS)
    return 0


def _sealed_once(origin: str, *, holding: bool) -> str:
    """Seal what waits. Gives back why it could not be done, or nothing."""
    sequencing, database = import_module("haven.ledger.sequencing"), import_module("django.db").connection
    try:
        if holding:
            sequencing.hold()
        sequencing.seal(_ours(), origin=origin, at=_now())
    except (sequencing.AnotherSequences, sequencing.LedgerIsBehind, BadNote) as wrong:
        return str(wrong)
    except OperationalError:
        database.close()  # the next try connects again
        return "the database does not answer"
    return ""


def _begin_anew(args: argparse.Namespace) -> int:
    sequencing, settings = import_module("haven.ledger.sequencing"), import_module("django.conf").settings
    haven = import_module("haven.access.actor").HAVEN
    try:
        name = sequencing.begin_anew(_ours(), origin=settings.LEDGER_ORIGIN, why=args.why, by=haven, at=_now())
    except sequencing.AnotherSequences as wrong:
        raise Wrong(f"{wrong}: stop Haven first") from wrong
    sys.stdout.write(f"from now on the ledger is signed as {name}: give its witnesses the key in {_ours().public}\n")
    return 0


def _shown(doing: str) -> AbstractContextManager[None]:
    """A bar where somebody looks, since a large ledger takes minutes."""
    return bar(doing) if sys.stderr.isatty() else nullcontext()


def _now() -> datetime:
    moment: datetime = import_module("haven.ledger.clock").now()
    return moment


def _ours() -> Any:
    return import_module("haven.ledger.custody").ours()


def _counted(verdict: Verdict) -> str:
    words = f"{verdict.entries} entries, {verdict.erased} erased under a rule, {verdict.checkpoints} checkpoints"
    return f"{words}, witnessed up to {verdict.witnessed}" if verdict.witnessed else words


def _say(words: str, status: int = 2) -> int:
    sys.stderr.write(f"haven ledger: {words}\n")
    return status


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "verify": _verify,
    "checkpoint": _checkpoint,
    "prove": _prove,
    "export": _export,
    "cosign": _cosign,
    "sequence": _sequence,
    "begin-anew": _begin_anew,
}
