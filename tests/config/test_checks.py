"""`haven check` says what is safe and what is not."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings as Settings
from django.db.utils import OperationalError

from haven.access.actor import HAVEN
from haven.config import checks
from haven.config.command import main
from haven.config.commands import check
from haven.config.secrets import kept_secret
from haven.ledger.services import record
from haven.people.models import Area
from tests.cast import NOW
from tests.sealed import sealed_and_verified

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_this_machine(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]  # without the name that tests are served under


def found() -> dict[str, checks.Finding]:
    return {finding.what: finding for finding in checks.findings()}


def test_the_demonstration_is_refused_on_a_real_installation(settings: Settings) -> None:
    settings.IS_DEMO = True
    assert found()["demonstration"].holds
    settings.IS_SECURE = True
    assert not found()["demonstration"].holds


def test_a_server_of_ones_own_is_a_real_installation(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IS_DEMO = True
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/haven")
    assert not found()["demonstration"].holds


def test_the_demonstration_on_a_database_with_real_areas_is_refused(settings: Settings) -> None:
    Area.objects.create(name="Northmoor", code="998")
    assert found()["demonstration"].holds
    settings.IS_DEMO = True
    assert not found()["demonstration"].holds


def test_the_folder_of_the_demonstration_is_nobodys_installation(settings: Settings) -> None:
    Area.objects.create(name="Fairhaven", code="999")
    assert "choose another folder" in found()["demonstration"].words
    assert not found()["demonstration"].holds
    settings.IS_DEMO = True
    assert found()["demonstration"].holds


def test_it_is_told_by_its_place_alone(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HAVEN_DEMO_HOME", str(tmp_path))
    settings.HOME = tmp_path
    assert "choose another folder" in found()["demonstration"].words


def test_pages_must_be_served_encrypted(settings: Settings) -> None:
    assert not found()["encryption"].holds
    settings.IS_SECURE = True
    assert found()["encryption"].holds


def test_keys_that_others_can_read_are_told(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    assert found()["keys"].holds
    kept_secret(tmp_path / "secret")
    assert found()["keys"].holds
    (tmp_path / "secret").chmod(0o644)
    assert "secret" in found()["keys"].words
    assert not found()["keys"].holds


def test_the_database_its_tables_and_its_clock_are_in_order() -> None:
    seen = found()
    assert seen["database"].holds
    assert "haven_app" in seen["database"].words
    assert seen["tables"].holds
    assert seen["clock"].holds


def test_a_database_that_does_not_answer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> tuple[bool, str]:
        raise OperationalError("no route")

    monkeypatch.setitem(checks.LOOKS, "database", fail)
    assert "does not answer" in found()["database"].words


def test_mail_that_is_not_sent_is_told(settings: Settings) -> None:
    assert found()["mail"].holds
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = "/somewhere/mail"
    assert not found()["mail"].holds


def test_a_system_that_cannot_confine_the_process_that_parses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "version", lambda: 1)
    assert found()["reading"].holds
    monkeypatch.setattr(checks, "version", lambda: 0)
    assert "no Landlock" in found()["reading"].words
    assert not found()["reading"].holds


def test_the_command_fails_where_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    told = capsys.readouterr().out
    assert "WRONG  encryption" in told
    assert "ok     tables" in told


def test_the_command_is_content_where_all_is_well(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "LOOKS", {"one": lambda: (True, "fine")})
    assert main(["check"]) == 0
    assert "1 in order, 0 not" in capsys.readouterr().out


def test_the_command_prints_the_register(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--print-registers"]) == 0
    assert "people.Person" in capsys.readouterr().out
    assert check.__doc__


def test_a_secret_is_made_once_and_kept_to_oneself(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "deep" / "secret")
    assert kept_secret(tmp_path / "deep" / "secret") == first
    assert len(first) > 40
    assert os.stat(tmp_path / "deep" / "secret").st_mode & 0o077 == 0


def test_the_ledger_is_sealed_soon_or_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found()["ledger"].words == "nothing is sealed yet"
    record("test.done", by=HAVEN, at=NOW, about={})
    assert found()["ledger"].holds
    monkeypatch.setattr(checks, "LONGEST_WAIT", timedelta(seconds=-1))
    assert "is not sealed: haven ledger sequence --once says why" in found()["ledger"].words
    assert not found()["ledger"].holds
    assert sealed_and_verified().holds
    assert found()["ledger"].words == "sealed up to entry 1; no witness has signed"
