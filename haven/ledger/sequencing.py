"""The sequencer: one process that gives what was recorded its entry and signs the tree. It alone uses the key.

Taking details, writing entries and tiles, and signing are one transaction. So an entry stands under a checkpoint from
the moment it is there, numbers have no gap, and a process that is killed leaves either all of a batch or none.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from haven.access.actor import Actor
from haven.engines.chain.checkpoints import Checkpoint as Read
from haven.engines.chain.checkpoints import TreeHead, sign, verified
from haven.engines.chain.hashing import HASH_BYTES
from haven.engines.chain.notes import BadNote, Note, Signature, SigningKey
from haven.engines.chain.tree import Edge, Tile, root
from haven.engines.chain.verifying import ERASED
from haven.ledger.custody import Custody
from haven.ledger.models import Checkpoint, Cosignature
from haven.ledger.queries.tiles import StoredTiles
from haven.ledger.services import record

KEY = 960_002  # of the lock that one sequencer holds
BATCH = 20_000
TAKE = f"""
    with next as (
        select range_agg(int8range(first, last, '[]')) as ids, min(first) as low, max(last) as high
        from (
            select first, last, sum(last - first + 1) over (order by first) - (last - first) as nth
            from (select first, last from ledger_waiting order by first limit %(most)s) as each
        ) as each
        where nth <= %(most)s
    ), told as materialized (
        select %(size)s + row_number() over (order by id) as number, leaf, id, erases
        from (
            select id, '\\x01'::bytea || sha256(salt || convert_to(text, 'UTF8')) as leaf,
                strpos(text, '"verb":"{ERASED}"') > 0 as erases
            from ledger_detail
            where id between (select low from next) and (select high from next) and id <@ (select ids from next)
        ) as each
    ), entered as (
        insert into ledger_entry (number, leaf, detail_id) select number, leaf, id from told
    ), gone as (
        delete from ledger_waiting where first between (select low from next) and (select high from next)
    )
    select coalesce(string_agg(sha256('\\x00'::bytea || leaf), ''::bytea order by number), ''),
        min(number) filter (where erases), max(number) filter (where erases)
    from told
"""  # nosec - only the verb is written into it
KEEP = "copy ledger_tile (level, index, hashes, root) from stdin (format binary)"
ERASE = "select ledger_erase(%s, %s)"

WHAT_ELSE = "What else to do: docs/how-to/keep-the-ledger-witnessed.md"


@dataclass(frozen=True, slots=True)
class Taken:
    """Entries that were made: the hashes of their leaves, one after the other, and between which numbers some erase."""

    hashes: bytes
    erasing: tuple[int, int] | None


class AnotherSequences(Exception):
    """Another process is the sequencer."""


class LedgerIsBehind(Exception):
    """The database holds less than was signed, or something else: it was restored, or written anew. See the text."""


def hold() -> None:
    """Become the sequencer for as long as this connection lives. Raises `AnotherSequences`."""
    _lock("pg_try_advisory_lock")


def seal(custody: Custody, *, origin: str, at: datetime) -> int:
    """Give every detail that waits its entry, a batch at a time, and give back how many there were.

    Raises `AnotherSequences`, and `LedgerIsBehind` without having signed anything.
    """
    sealed = 0
    while taken := _seal_batch(custody, origin, at):
        sealed += taken
    return sealed


def take_in(written: str, custody: Custody) -> Read:
    """Keep the cosignatures of a checkpoint, or a line of one on a checkpoint of ours; give the checkpoint back.

    Raises `BadNote` where it bears none of a known witness, and `LedgerIsBehind` where the witness has seen more.
    """
    note = _whole(written, custody)
    read = verified(note, logs=custody.logs(), witnesses=custody.known_witnesses())
    if not read.witnessed:
        raise BadNote("it bears no signature of a witness that is known here")
    ours = Checkpoint.objects.filter(size=read.head.size).first()
    if ours is None or Note.parse(ours.note).text != read.head.text:
        _remember(read, custody)
        raise LedgerIsBehind(_behind(read, _newest_size()))
    _keep_cosignatures(ours, read, custody)
    return read


def begin_anew(custody: Custody, *, origin: str, why: str, by: Actor, at: datetime) -> str:
    """Accept that what was signed is lost, or the key: sign what is here from now on as a log of another name.

    The old key and checkpoint are put aside, the old public key stays, and the ledger says what was given up and why.
    Gives back the new name.
    """
    last = custody.last_checkpoint()
    name = f"{origin}/{len(custody.logs()) + 1}"
    about = {"log": name, "held": _newest_size(), "signed": last.head.size if last else 0}
    with transaction.atomic():
        _lock("pg_try_advisory_xact_lock")
        record("ledger.begun_anew", by=by, at=at, about=about, why=why)
        custody.put_aside()
        custody.signing_key(name)
    seal(custody, origin=name, at=at)
    return name


def _seal_batch(custody: Custody, origin: str, at: datetime) -> int:
    with transaction.atomic():
        _lock("pg_try_advisory_xact_lock")
        newest = Checkpoint.objects.order_by("-size").first()
        edge = Edge.of(StoredTiles(), newest.size) if newest else Edge()
        _look_back(custody, edge)
        taken = _take(edge.size)
        if not taken.hashes:
            return 0
        signed_at = max(at, newest.signed_at) if newest else at  # a clock that was set back signs nothing earlier
        note = _grow(edge, taken.hashes, custody.signing_key(origin), signed_at)
        _carry_out_erasures(taken)
    custody.keep(note)
    return len(taken.hashes) // HASH_BYTES


def _take(size: int) -> Taken:
    """Give what waits the next numbers after a size."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"most": BATCH, "size": size})
        hashes, first, last = cursor.fetchone()
    return Taken(bytes(hashes), (first, last) if first else None)


def _grow(edge: Edge, hashes: bytes, key: SigningKey, at: datetime) -> str:
    """The tree with the leaves, its new full tiles written, its checkpoint signed and written."""
    _write_tiles(edge.append(hashes))
    note = _sign(edge, key, at)
    Checkpoint.objects.create(size=edge.size, note=note, signed_at=at)
    return note


def _write_tiles(full: list[Tile]) -> None:
    with connection.cursor() as cursor, cursor.copy(KEEP) as rows:
        rows.set_types(["int2", "int8", "bytea", "bytea"])
        for each in full:
            rows.write_row((each.level, each.index, each.hashes, each.root))


def _sign(edge: Edge, key: SigningKey, at: datetime) -> str:
    return sign(TreeHead(key.name, edge.size, edge.root()), key, at=int(at.timestamp()))


def _carry_out_erasures(taken: Taken) -> None:
    if taken.erasing:
        with connection.cursor() as cursor:
            cursor.execute(ERASE, taken.erasing)


def _look_back(custody: Custody, edge: Edge) -> None:
    """Refuse to go on without the key, from less than was signed, or from another tree."""
    size, last = edge.size, custody.last_checkpoint()
    if size and not custody.key.exists():
        raise LedgerIsBehind(f"{custody.key} is missing, and with it nothing can be signed: put it back. {WHAT_ELSE}")
    if last and (size < last.head.size or _root_then(edge, last.head.size) != last.head.root):
        raise LedgerIsBehind(_behind(last, size))


def _root_then(edge: Edge, size: int) -> bytes:
    """The root of a tree when it had a size, which mostly is the one that it still has."""
    return edge.root() if size == edge.size else root(StoredTiles(), size)


def _behind(last: Read, size: int) -> str:
    return (
        f"a checkpoint over {last.head.size} entries was signed, and this database holds {size} or others. "
        f"Nothing is signed over it: restore a newer backup. {WHAT_ELSE}"
    )


def _newest_size() -> int:
    return Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0


def _remember(read: Read, custody: Custody) -> None:
    last = custody.last_checkpoint()
    if last is None or last.head.size <= read.head.size:
        custody.keep(read.note)


@transaction.atomic
def _keep_cosignatures(ours: Checkpoint, read: Read, custody: Custody) -> None:
    witnesses = custody.known_witnesses()
    for key, signature in Note.parse(read.note).by(witnesses):
        at = next(each.at for each in read.witnessed if each.name == key.name)
        moment = datetime.fromtimestamp(at, tz=ours.signed_at.tzinfo)
        Cosignature.objects.get_or_create(
            checkpoint=ours, line=str(signature), defaults={"witness": key.name, "at": moment}
        )


def _whole(written: str, custody: Custody) -> str:
    """The checkpoint that was handed in; where only signature lines were, ours that they are of."""
    if not written.startswith("— "):
        return written
    lines = tuple(Signature.parse(line) for line in written.rstrip("\n").split("\n"))
    for kept in Checkpoint.objects.order_by("-size")[:1000]:
        note = Note.parse(kept.note)
        whole = str(Note(note.text, (*note.signatures, *lines)))
        try:
            verified(whole, logs=custody.logs(), witnesses=custody.known_witnesses())
        except BadNote:
            continue
        return whole
    raise BadNote("it is a signature of none of the last thousand checkpoints")


def _lock(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {how}(%s)", [KEY])
        if not cursor.fetchone()[0]:
            raise AnotherSequences("another process is the sequencer already")
