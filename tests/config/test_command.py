"""The `haven` command finds its words, and the engines' words start without Django."""

import os
import subprocess
import sys

import pytest

from haven.config.command import COMMANDS, main
from tests.shape.source import HAVEN


def test_every_word_has_its_module_and_every_module_its_word() -> None:
    modules = {path.stem for path in (HAVEN / "config" / "commands").glob("*.py")} - {"__init__"}
    assert modules == set(COMMANDS)


def test_an_unknown_word_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["dance"])
    assert caught.value.code == 2
    assert "dance" in capsys.readouterr().err


def test_help_names_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(word in told for word in COMMANDS)


def test_reading_starts_without_django() -> None:
    look = "import sys, haven.config.command, haven.config.commands.read; print('django' in sys.modules)"
    bare = {key: value for key, value in os.environ.items() if not key.startswith("COV")}  # its plugin loads Django
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, env=bare)
    assert done.stdout.strip() == "False"
