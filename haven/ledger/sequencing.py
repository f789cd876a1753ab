"""The sequencer: one process that gives what was recorded its entry and signs the tree. It alone uses the key.

Taking details, writing entries and tiles, and signing are one transaction. So an entry stands under a checkpoint from
the moment it is there, numbers have no gap, and a process that is killed leaves either all of a batch or none.
"""

from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction

from haven.access.actor import Actor
from haven.engines.chain.checkpoints import Checkpoint as Read
from haven.engines.chain.checkpoints import TreeHead, sign, verified
from haven.engines.chain.notes import BadNote, Note, Signature, SigningKey
from haven.engines.chain.tree import Edge, root
from haven.engines.chain.tree import Tile as Full
from haven.ledger.custody import Custody
from haven.ledger.models import Checkpoint, Cosignature, Tile
from haven.ledger.queries.tiles import StoredTiles
from haven.ledger.services import record

KEY = 960_002  # of the lock that one sequencer holds
BATCH = 20_000
TAKE = """
    with gone as (
        delete from ledger_waiting
        where detail_id = any(array(select detail_id from ledger_waiting order by detail_id limit %s))
        returning detail_id
    )
    insert into ledger_entry (number, leaf, detail_id)
    select %s + row_number() over (order by id), leaf, id
    from (
        select id, '\\x01'::bytea || sha256(salt || convert_to(text, 'UTF8')) as leaf
        from ledger_detail where id = any(array(select detail_id from gone)) order by id
    ) as each
    returning number, leaf
"""
ERASE = "select ledger_erase(%s, %s)"

WHAT_ELSE = "What else to do: docs/how-to/keep-the-ledger-witnessed.md"


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
        size = newest.size if newest else 0
        _look_back(custody, size)
        leaves = _take(size)
        if not leaves:
            return 0
        signed_at = max(at, newest.signed_at) if newest else at  # a clock that was set back signs nothing earlier
        note = _grow(size, leaves, custody.signing_key(origin), signed_at)
        _carry_out_erasures(size, size + len(leaves))
    custody.keep(note)
    return len(leaves)


def _take(size: int) -> list[bytes]:
    """The leaves of the next entries, in order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [BATCH, size])
        return [bytes(leaf) for _, leaf in sorted(cursor.fetchall())]


def _grow(size: int, leaves: list[bytes], key: SigningKey, at: datetime) -> str:
    """The tree with the leaves, its new full tiles written, its checkpoint signed and written."""
    edge = Edge.of(StoredTiles(), size)
    _write_tiles(edge.append(b"".join([sha256(b"\x00" + leaf).digest() for leaf in leaves])))
    note = _sign(edge, key, at)
    Checkpoint.objects.create(size=edge.size, note=note, signed_at=at)
    return note


def _write_tiles(full: list[Full]) -> None:
    tiles = [Tile(level=each.level, index=each.index, hashes=each.hashes, root=each.root) for each in full]
    Tile.objects.bulk_create(tiles, batch_size=500)


def _sign(edge: Edge, key: SigningKey, at: datetime) -> str:
    return sign(TreeHead(key.name, edge.size, edge.root()), key, at=int(at.timestamp()))


def _carry_out_erasures(size: int, end: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ERASE, [size + 1, end])


def _look_back(custody: Custody, size: int) -> None:
    """Refuse to go on without the key, from less than was signed, or from another tree."""
    if size and not custody.key.exists():
        raise LedgerIsBehind(f"{custody.key} is missing, and with it nothing can be signed: put it back. {WHAT_ELSE}")
    last = custody.last_checkpoint()
    if last and (size < last.head.size or root(StoredTiles(), last.head.size) != last.head.root):
        raise LedgerIsBehind(_behind(last, size))


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
