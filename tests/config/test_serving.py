"""Starting says what is in the way."""

import signal
import socket
import subprocess
import sys

import pytest

from haven.config.command import main
from haven.config.serving import ended, is_taken


@pytest.mark.parametrize("word", ["demo", "serve"])
def test_a_port_that_is_taken_is_told(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        port = line.getsockname()[1]
        assert is_taken("127.0.0.1", port)
        assert main([word, "--port", str(port)]) == 2
    assert str(port) in capsys.readouterr().out
    assert not is_taken("127.0.0.1", port)


def test_a_real_installation_is_not_served_as_a_demonstration(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAVEN_DEMO", "1")
    assert main(["serve", "--port", "9"]) == 2
    said = capsys.readouterr().out
    assert "HAVEN_DEMO" in said
    assert said.count("\n") == 1


def test_a_process_that_does_not_hear_that_it_should_end_is_ended_with_its_children() -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", deaf], start_new_session=True, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.terminate()
        assert ended(process, patience=0.2) == -signal.SIGKILL


def test_a_process_that_ends_by_itself_says_with_what() -> None:
    with subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], start_new_session=True) as process:
        assert ended(process, patience=20) == 3
