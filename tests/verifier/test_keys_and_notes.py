"""Keys and checkpoints are taken in their one form, and no signature but a good one counts."""

import pytest

from tests.verifier.logs import LOG, ORIGIN, OTHER, WITNESS, Signer, base64, small
from verifier.notes import PLAIN, TIMED, Amiss, checkpoint_from, key_from

KEY, SEEN_BY = key_from(LOG.vkey, PLAIN), key_from(WITNESS.vkey, TIMED)


def test_a_key_is_read() -> None:
    assert (KEY.name, KEY.public) == (ORIGIN, LOG.public)


@pytest.mark.parametrize(
    "vkey",
    [
        WITNESS.vkey,
        LOG.vkey[:-1],
        LOG.vkey + "\n",
        LOG.vkey.replace("haven", "heaven"),
        LOG.vkey.replace("+", " +", 1),
        Signer("", 1, 1).vkey,
        Signer("two words", 1, 1).vkey,
        "",
    ],
)
def test_what_is_not_the_key_of_a_log_is_refused(vkey: str) -> None:
    with pytest.raises(Amiss):
        key_from(vkey, PLAIN)


def test_a_checkpoint_tells_when_the_log_and_the_witness_signed() -> None:
    point = checkpoint_from(small().notes[20], [KEY], [SEEN_BY])
    assert (point.origin, point.size) == (ORIGIN, 20)
    assert point.seen == {SEEN_BY.name: point.time + 5}


def test_lines_of_strangers_are_passed_over() -> None:
    log = small()
    stranger = Signer("stranger.example.org", 4, 9)
    point = checkpoint_from(log.notes[20] + stranger.timed(log.text(), 1), [KEY], [SEEN_BY])
    assert list(point.seen) == [SEEN_BY.name]


def test_the_log_signs_once_in_each_kind() -> None:
    log = small()
    text, time = log.text(), log.time
    for lines in (
        LOG.plain(text),
        LOG.timed(text, time),
        LOG.plain(text) * 2 + LOG.timed(text, time),
        LOG.plain(text) + OTHER.timed(text, time),
        WITNESS.timed(text, time),
    ):
        with pytest.raises(Amiss, match="signed by"):
            checkpoint_from(f"{text}\n{lines}", [KEY])


def test_a_signature_of_a_known_key_that_is_not_good_spoils_the_checkpoint() -> None:
    log, earlier = small(), small(size=19)
    for line in (WITNESS.timed(earlier.text(), log.time), LOG.plain(earlier.text())):
        with pytest.raises(Amiss, match="not good"):
            checkpoint_from(log.notes[20] + line, [KEY], [SEEN_BY])


def test_a_log_signs_only_under_its_own_name() -> None:
    text = small().text().replace(ORIGIN, "elsewhere.example.org")
    with pytest.raises(Amiss):
        checkpoint_from(f"{text}\n{LOG.plain(text)}{LOG.timed(text, 1)}", [KEY])


def test_what_is_not_a_checkpoint_is_refused() -> None:
    note = small().notes[20]
    text, signatures = note.split("\n\n")
    changed = [
        "",
        text,
        note.rstrip("\n"),
        f"{text}\nmore\n\n{signatures}",
        note.replace("\n20\n", "\n020\n"),
        note.replace("\n20\n", "\n-20\n"),
        note.replace("\n20\n", "\n٢٠\n"),
        note.replace("\n20\n", f"\n{2**63}\n"),
        note.replace("=\n\n", "\n\n"),
        note.replace("— ", "- "),
        note.replace("— ", "—  "),
        note.replace("\n", "\r\n"),
        note.replace("haven", "ha\x07ven", 1),
        f"{note}\n",
        f"{text}\n\n" + signatures * 22,
        f"{text}\n\n{signatures}— name {base64(b'four')}\n",
        f"{text}\n\n{signatures}— na+me {base64(b'more than four')}\n",
        f"{text}\n\n{signatures}— na\u2028me {base64(b'more than four')}\n",
    ]
    assert len(changed) == 18
    for words in changed:
        with pytest.raises(Amiss):
            checkpoint_from(words, [KEY])
