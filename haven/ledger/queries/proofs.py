"""The ledger for those who check it: verified, proved entry by entry, and as a folder of files."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import connection, transaction

from haven.engines.chain.checkpoints import verified as read_checkpoint
from haven.engines.chain.exported import Export
from haven.engines.chain.notes import Note, encoded
from haven.engines.chain.receipts import Receipt
from haven.engines.chain.tree import consistency, inclusion
from haven.engines.chain.verifying import Line, Signed, Verdict, verify
from haven.ledger.custody import Custody, ours
from haven.ledger.models import Checkpoint
from haven.ledger.queries.tiles import StoredTiles, TilesInOrder

CHUNK = 5000
LINES = """
    select number, leaf, salt, text from ledger_entry left join ledger_detail on ledger_detail.id = detail_id
    order by number
"""
RECEIPT = """
    select salt, text, size, note,
        array(select line from ledger_cosignature where checkpoint_id = size order by at)
    from ledger_entry
    left join ledger_detail on ledger_detail.id = detail_id
    join ledger_checkpoint on size = coalesce(
        (select max(checkpoint_id) from ledger_cosignature where checkpoint_id >= number),
        (select max(size) from ledger_checkpoint)
    )
    where number = %s
"""
STRAY = """
    select id from ledger_detail left join ledger_entry on detail_id = id
    where number is null
        and not id <@ (select coalesce(range_agg(int8range(first, last, '[]')), '{}') from ledger_waiting)
    order by id limit 1
"""


class NothingToProve(LookupError):
    """There is no such entry, its detail was erased, or nothing is sealed yet; the text says which."""


def verified(custody: Custody | None = None, *, known: Sequence[str] = ()) -> Verdict:
    """Recompute the whole ledger, as far as it is sealed. Writers and the sequencer go on meanwhile.

    `known` are checkpoints from elsewhere that it must begin with; the last that was signed here is always one.
    """
    custody = custody or ours()
    last = [custody.last.read_text(encoding="utf-8")] if custody.last.exists() else []
    with _one_view():
        verdict = verify(
            _lines(),
            checkpoints=_signed(),
            tiles=TilesInOrder(),
            logs=custody.logs(),
            witnesses=custody.known_witnesses(),
            known=[*known, *last],
        )
        stray = _never_sealed() if verdict.holds else None
    if stray is None:
        return verdict
    why = f"detail {stray} neither waits for its entry nor has one"
    return Verdict(verdict.entries, verdict.erased, verdict.entries + 1, why)


def newest_checkpoint() -> str:
    """The newest checkpoint with its cosignatures. Raises `NothingToProve` before the first."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        raise NothingToProve("nothing is sealed yet: the sequencer signs the first checkpoint")
    return _as_given_out(newest)


def request_to_witness(*, old: int) -> str:
    """What a witness is asked who last signed a checkpoint of this size: C2SP tlog-witness, add-checkpoint."""
    with _one_view():
        note = newest_checkpoint()
        size = int(note.split("\n")[1])
        if not 0 <= old <= size:
            raise NothingToProve(f"the newest checkpoint is over {size} entries: give a size from 0 to {size}")
        proof = consistency(StoredTiles(), old, size)
    return "".join([f"old {old}\n", *(f"{encoded(each)}\n" for each in proof), "\n", note])


def receipt_of(number: int, custody: Custody | None = None) -> Receipt:
    """The receipt of one entry, under the newest checkpoint that a witness signed, or else the newest.

    Two questions, and no view of its own: of what they read, nothing ever changes. Raises `NothingToProve`.
    """
    with connection.cursor() as cursor:
        cursor.execute(RECEIPT, [number])
        found = cursor.fetchone()
    if found is None:
        raise NothingToProve(f"entry {number} is not there, or not sealed yet")
    salt, detail, size, note, lines = found
    if salt is None:
        raise NothingToProve(f"the detail of entry {number} was erased under a rule")
    whole = _whole(note, lines)
    proof = inclusion(StoredTiles(), number - 1, size)
    logs = (custody or ours()).logs()
    origin = read_checkpoint(whole, logs=logs).head.origin
    key = next(each for each in reversed(logs) if each.name == origin)
    return Receipt(number, bytes(salt), detail, tuple(proof), whole, str(key))


def export_to(folder: Path, custody: Custody | None = None) -> int:
    """Write the ledger as a folder of files, and give back how many entries. Raises `CannotExport`."""
    custody = custody or ours()
    export = Export(folder)
    export.write_keys(logs=custody.logs(), witnesses=custody.known_witnesses())
    with _one_view():
        export.write_checkpoints(_signed())
        return export.write_entries(_lines())


@contextmanager
def _one_view() -> Iterator[None]:
    """One view of all tables, though others write meanwhile; within a transaction, that transaction's own."""
    is_within = connection.in_atomic_block
    with transaction.atomic():
        if not is_within:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        yield


def _lines() -> Iterator[Line]:
    """Every entry, past Django's own reading of rows, which takes twice as long: that is most of reading them. While
    some are looked at, the database fetches the next."""
    line = connection.connection
    with line.cursor(f"ledger_{uuid4().hex}") as cursor, ThreadPoolExecutor(1) as beside:
        cursor.execute(LINES, binary=True)
        coming = beside.submit(cursor.fetchmany, CHUNK)
        while rows := coming.result():
            coming = beside.submit(cursor.fetchmany, CHUNK)
            yield from map(Line._make, rows)


def _signed() -> Iterator[Signed]:
    rows = Checkpoint.objects.order_by("size").prefetch_related("cosignatures")
    for each in rows.iterator(chunk_size=CHUNK):
        yield Signed(each.size, _as_given_out(each))


def _as_given_out(checkpoint: Checkpoint) -> str:
    return _whole(checkpoint.note, [each.line for each in checkpoint.cosignatures.all()])


def _whole(note: str, lines: Sequence[str]) -> str:
    """A checkpoint as it is given out: the log's note, and below it the witnesses' lines."""
    return str(Note.parse(note + "".join(f"{line}\n" for line in lines))) if lines else note


def _never_sealed() -> int | None:
    """A detail that neither waits nor has an entry: somebody took it out of the queue by force."""
    with connection.cursor() as cursor:
        cursor.execute(STRAY)
        found = cursor.fetchone()
    return found[0] if found else None
