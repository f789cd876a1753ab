"""Starting says what is in the way."""

import socket

import pytest

from haven.config.command import main
from haven.config.serving import is_taken


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
