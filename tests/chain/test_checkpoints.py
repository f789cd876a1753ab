"""Notes, checkpoints and cosignatures are read strictly, and only by the keys that were given."""

import pytest

from haven.engines.chain.checkpoints import TreeHead, cosign, sign, verified
from haven.engines.chain.hashing import leaf_hash, leaf_of
from haven.engines.chain.notes import BadNote, Note, SigningKey, VerifierKey, decoded, encoded
from haven.engines.chain.receipts import Receipt, check
from haven.engines.chain.tree import inclusion, root
from tests.chain.trees import Kept, flipped

LOG = SigningKey("haven.example.org/ledger", bytes(range(32)))
WITNESS = SigningKey("witness.example.org/w1", bytes(range(1, 33)))
HEAD = TreeHead("haven.example.org/ledger", 5, bytes(32))
AT = 1_772_443_800
LOGS, WITNESSES = [LOG.verifier], [WITNESS.verifier.timed]
PUBLISHED = VerifierKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")


def cosigned() -> str:
    note = Note.parse(sign(HEAD, LOG, at=AT))
    return str(Note(note.text, (*note.signatures, cosign(HEAD, WITNESS, at=AT + 30))))


def test_a_published_key_is_read_and_written_alike() -> None:
    """The key of Go's checksum database, whose format this is."""
    assert PUBLISHED.name == "sum.golang.org"
    assert str(PUBLISHED) == "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"


def test_a_checkpoint_says_of_which_log_how_much_and_when() -> None:
    found = verified(cosigned(), logs=LOGS, witnesses=WITNESSES)
    assert (found.head, found.signed_at) == (HEAD, AT)
    assert [(each.name, each.at) for each in found.witnessed] == [("witness.example.org/w1", AT + 30)]


def test_a_checkpoint_is_three_lines_and_three_signatures() -> None:
    lines = cosigned().split("\n")
    assert lines[:4] == ["haven.example.org/ledger", "5", encoded(bytes(32)), ""]
    assert [line.split(" ")[1] for line in lines[4:-1]] == [LOG.name, LOG.name, WITNESS.name]
    assert [len(decoded(line.split(" ")[2])) for line in lines[4:-1]] == [68, 76, 76]


def test_a_private_key_is_read_as_it_was_written_and_never_shown() -> None:
    assert SigningKey.parse(LOG.written) == LOG
    assert encoded(LOG.seed)[:12] not in repr(LOG)


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    assert verified(cosigned(), logs=LOGS).witnessed == ()
    stranger = SigningKey("haven.example.org/ledger", bytes(32))
    with pytest.raises(BadNote, match="two signatures"):
        verified(cosigned(), logs=[stranger.verifier])


def test_a_log_signs_under_its_own_name_alone() -> None:
    with pytest.raises(BadNote):
        sign(HEAD, WITNESS, at=AT)


def test_no_bit_of_a_signed_checkpoint_can_change() -> None:
    written = cosigned().encode()
    refused = 0
    for bit in range(len(written) * 8):
        try:
            changed = flipped(written, bit).decode()
        except UnicodeDecodeError:
            refused += 1
            continue
        try:
            found = verified(changed, logs=LOGS, witnesses=WITNESSES)
        except BadNote:
            refused += 1
            continue
        assert found.head == HEAD
        assert not found.witnessed, "only the name or identifier of a witness can change, and then it is a stranger's"
    assert refused > len(written) * 7


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n5\n", "\n05\n"),
        ("\n5\n", "\n+5\n"),
        ("\n5\n", "\n٥\n"),
        ("\n5\n", f"\n{2**63}\n"),
        ("\n5\n", "\n\n"),
        ("=\n\n", "=\nanother line\n\n"),
        ("\n\n", "\n"),
        ("haven.example.org/ledger\n", "haven example\n"),
        ("haven.example.org/ledger\n", "\n"),
        ("AAA=\n", "AAB=\n"),
        ("AAA=\n", "AA==\n"),
        ("— haven", "- haven"),
        ("— haven", "—  haven"),
        ("\n\n", "\t\n\n"),
    ],
)
def test_a_checkpoint_has_one_spelling(old: str, new: str) -> None:
    written = sign(HEAD, LOG, at=AT)
    assert old in written
    with pytest.raises(BadNote):
        verified(written.replace(old, new, 1), logs=LOGS)


@pytest.mark.parametrize("cut", [1, 20, 100, 150])
def test_half_a_checkpoint_is_none(cut: int) -> None:
    with pytest.raises(BadNote):
        verified(sign(HEAD, LOG, at=AT)[:-cut], logs=LOGS)


def test_a_note_may_have_64_signatures_and_no_more() -> None:
    note = Note.parse(sign(HEAD, LOG, at=AT))
    strangers = [cosign(HEAD, SigningKey(f"w{n}", bytes([n]) * 32), at=AT) for n in range(63)]
    assert verified(str(Note(note.text, (*note.signatures, *strangers[:62]))), logs=LOGS).head == HEAD
    with pytest.raises(BadNote, match="at most 64"):
        verified(str(Note(note.text, (*note.signatures, *strangers))), logs=LOGS)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "haven",
        "haven+00000000+AQ==",
        str(LOG.verifier).replace("haven", "raven"),
        str(LOG.verifier).replace("+A", "+ A", 1),
        "+" + str(LOG.verifier),
    ],
)
def test_what_is_not_a_key_is_refused(written: str) -> None:
    with pytest.raises(BadNote):
        VerifierKey.parse(written)
    with pytest.raises(BadNote):
        SigningKey.parse(written)
    with pytest.raises(BadNote):
        SigningKey.parse(f"PRIVATE+KEY+{written}")


def receipt() -> Receipt:
    details = [f'{{"number":{number}}}' for number in range(5)]
    hashes = b"".join(leaf_hash(leaf_of(bytes([number]) * 32, text)) for number, text in enumerate(details))
    kept = Kept(hashes)
    note = sign(TreeHead(LOG.name, 5, root(kept, 5)), LOG, at=AT)
    return Receipt(3, bytes([2]) * 32, details[2], tuple(inclusion(kept, 2, 5)), note, str(LOG.verifier))


def test_a_receipt_stands_by_itself() -> None:
    written = receipt().written
    assert check(Receipt.parse(written), logs=LOGS).head.size == 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"number": 3', '"number": 4'),
        ('"index": 2', '"index": 1'),
        ('\\"number\\":2', '\\"number\\":3'),
        ("AgIC", "AgID"),
        ('"proof": [', '"proof": ["AAAA",'),
        ("\\n5\\n", "\\n6\\n"),
        ("receipt/1", "receipt/2"),
        ('"key"', '"keys"'),
        ('"number": 3', '"number": "3"'),
        ("{", "["),
    ],
)
def test_a_receipt_that_was_changed_is_refused(old: str, new: str) -> None:
    written = receipt().written
    assert old in written
    with pytest.raises(BadNote):
        check(Receipt.parse(written.replace(old, new, 1)), logs=LOGS)
