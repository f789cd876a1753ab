"""A witness signs what begins with all that it signed before, and refuses everything else."""

import stat
import threading
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.verifier.logs import LOG, OTHER, Log, base64, consistency, put, root, small
from verifier.notes import PLAIN, TIMED, checkpoint_from, key_from
from witness.__main__ import main
from witness.tiles import Source

NAME = "witness.example.org/w1"


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of a witness with a key."""
    assert main(["key", str(tmp_path / "home"), NAME]) == 0
    put(tmp_path / "vkey", capsys.readouterr().out.strip().encode())
    return tmp_path / "home"


def grown(*, to: int, verb: str = "action.closed") -> Log:
    """A log whose first twelve entries are always the same."""
    log = Log()
    while len(log.entries) < to:
        log.add("action.closed" if len(log.entries) < 12 else verb)
    log.sign()
    return log


def request(log: Log, *, old: int) -> str:
    size = len(log.entries)
    proof = consistency(old, log.leaves) if 0 < old < size else []
    return "".join([f"old {old}\n", *(f"{base64(one)}\n" for one in proof), "\n", log.notes[size]])


def signed(home: Path, words: str) -> int:
    put(home.parent / "ask", words.encode())
    return main(["sign", str(home), "--log", LOG.vkey, str(home.parent / "ask")])


def size_of(home: Path, capsys: pytest.CaptureFixture[str]) -> int:
    capsys.readouterr()
    assert main(["size", str(home), "--log", LOG.vkey]) == 0
    return int(capsys.readouterr().out)


def test_it_signs_the_first_checkpoint_and_each_that_begins_with_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, key = 0, key_from((home.parent / "vkey").read_text(), TIMED)
    for size in (1, 12, 12, 13, 40, 300):
        log = grown(to=size)
        capsys.readouterr()
        assert signed(home, request(log, old=old)) == 0
        answer = capsys.readouterr().out
        assert answer.startswith(f"— {NAME} ")
        assert key.name in checkpoint_from(log.notes[size] + answer, [key_from(LOG.vkey, PLAIN)], [key]).seen
        assert size_of(home, capsys) == size
        old = size


def test_it_refuses_a_smaller_tree(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed(home, request(grown(to=13), old=0))
    assert signed(home, request(grown(to=12), old=13)) == 1
    assert f"you signed 13 with the root {base64(root(grown(to=13).leaves))}" in capsys.readouterr().err
    assert size_of(home, capsys) == 13


@pytest.mark.parametrize("size", [13, 20])
def test_it_refuses_a_fork_says_so_loudly_and_keeps_the_evidence(
    home: Path, capsys: pytest.CaptureFixture[str], size: int
) -> None:
    signed(home, request(grown(to=13), old=0))
    capsys.readouterr()
    forged = grown(to=size, verb="action.reopened")
    assert signed(home, request(forged, old=13)) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "!!!!\nFORK: " in said.err
    evidence = list(home.glob(f"*.refused-{size}-*"))
    assert [path.read_text() for path in evidence] == [forged.notes[size]]
    assert size_of(home, capsys) == 13


@pytest.mark.parametrize(
    "change",
    [
        lambda words: words.replace("old 13", "old 12"),
        lambda words: words.replace("old 13", "old 013"),
        lambda words: words.replace("old 13", "13"),
        lambda words: words.split("\n\n", 1)[1],
        lambda words: words.replace("\n\n", "\nAAAA\n\n", 1),
        lambda words: "old 13\n" + f"{base64(bytes(32))}\n" * 64 + "\n" + words.split("\n\n", 1)[1],
        lambda words: words.replace("\n20\n", "\n21\n"),
        lambda words: "",
    ],
)
def test_it_refuses_what_is_not_rightly_asked(home: Path, capsys: pytest.CaptureFixture[str], change: object) -> None:
    assert callable(change)
    signed(home, request(grown(to=13), old=0))
    assert signed(home, change(request(grown(to=20), old=13))) == 1
    assert capsys.readouterr().err.startswith("REFUSED. ")
    assert size_of(home, capsys) == 13


def test_it_refuses_a_log_that_it_does_not_know(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = Log(signer=OTHER)
    log.add()
    log.sign()
    assert signed(home, request(log, old=0)) == 1
    assert "not signed by the log" in capsys.readouterr().err


def test_it_reads_an_export_and_proves_for_itself(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for size in (5, 255, 256, 300, 700, 700):
        folder = grown(to=size).write(tmp_path / f"export-{size}")
        assert main(["sign", str(home), "--log", LOG.vkey, str(folder)]) == 0
        assert size_of(home, capsys) == size
    forged = grown(to=701, verb="action.reopened").write(tmp_path / "forged")
    assert main(["sign", str(home), "--log", LOG.vkey, str(forged)]) == 3


def test_the_proofs_it_makes_are_those_of_the_definition(tmp_path: Path) -> None:
    for size in (7, 64, 256, 300, 530):
        log = grown(to=size)
        source = Source(str(log.write(tmp_path / str(size))))
        for old in range(1, size + 1, 1 if size < 100 else 37):
            assert source.consistency(old, size) == consistency(old, log.leaves)


def test_a_tile_that_is_not_there_is_said_and_nothing_signed(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed(home, request(grown(to=13), old=0))
    folder = grown(to=20).write(tmp_path / "export")
    (folder / "tile" / "0" / "000.p" / "20").unlink()
    assert main(["sign", str(home), "--log", LOG.vkey, str(folder)]) == 1
    assert "tile/0/000.p/20 cannot be read" in capsys.readouterr().err
    assert size_of(home, capsys) == 13


def test_its_key_is_for_nobody_else_and_never_replaced(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = (home / "secret-key").read_bytes()
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert main(["key", str(home), NAME]) == 1
    assert (home / "secret-key").read_bytes() == secret


def test_a_file_that_somebody_else_put_there_is_not_believed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed(home, request(grown(to=13), old=0))
    (kept,) = home.glob("*.checkpoint")
    kept.write_text(grown(to=12).notes[12])
    assert signed(home, request(grown(to=20), old=12)) == 1
    assert "does not bear your own signature" in capsys.readouterr().err


def test_what_it_signs_is_written_down_first(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    assert signed(home, request(grown(to=13), old=0)) == 1
    assert capsys.readouterr().out == ""
    assert list(home.glob("*.checkpoint")) == []


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A log at an address, served without a certificate."""
    small(size=300).write(tmp_path / "log")
    monkeypatch.setattr("witness.tiles.HTTPSConnection", HTTPConnection)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield f"https://127.0.0.1:{server.server_port}/log/"
        server.shutdown()
        serving.join()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


def test_it_reads_a_log_at_an_address(address: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed(home, request(small(size=13), old=0))
    assert main(["sign", str(home), "--log", LOG.vkey, address]) == 0
    assert size_of(home, capsys) == 300
    assert main(["sign", str(home), "--log", LOG.vkey, f"{address}nowhere"]) == 1
    assert "the answer was 404" in capsys.readouterr().err


def test_no_address_but_https_is_read(home: Path, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sign", str(home), "--log", LOG.vkey, address.replace("https", "http")]) == 1
    assert capsys.readouterr().out == ""
