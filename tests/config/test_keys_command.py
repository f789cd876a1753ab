"""`haven keys` in the hands of whoever runs the machine."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings as Settings

from haven.config import checks
from haven.config.command import main
from haven.config.commands import work
from haven.config.database.cluster import NoDatabase
from haven.keys.models import OrganisationKey, Purpose, RootKey, State, Wrap
from tests.cast import Cast
from tests.keys.worlds import CANARY, OAKFIELD, read, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root_key(settings: Settings, tmp_path: Path) -> Path:
    """Where the root key of this test lies."""
    settings.ROOT_KEY_FILE = tmp_path / "root-key"
    return tmp_path / "root-key"


def keys(*words: str) -> int:
    return main(["keys", *words])


def shares(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is shown of a splitting, each share as its lines."""
    capsys.readouterr()
    assert keys("split") == 0
    shown = capsys.readouterr().out.split("Share ")[1:]
    return ["\n".join(line.strip() for line in each.splitlines()[2:5]) for each in shown]


def typed(monkeypatch: pytest.MonkeyPatch, text: str, *, by_hand: bool = False) -> None:
    given = io.StringIO(text)
    given.isatty = lambda: by_hand  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", given)


def root_finding() -> checks.Finding:
    return next(finding for finding in checks.findings() if finding.what == "root key")


def test_before_anything_is_sealed_there_is_nothing_to_keep(capsys: pytest.CaptureFixture[str]) -> None:
    assert keys("status") == 0
    assert "No root key yet" in capsys.readouterr().out
    assert root_finding().holds


def test_the_root_key_is_made_at_the_first_start(root_key: Path, caplog: pytest.LogCaptureFixture) -> None:
    work._make_root_key()
    assert root_key.exists()
    root_key.unlink()
    work._make_root_key()
    assert not root_key.exists()
    assert "haven keys restore" in caplog.text


def test_how_the_keys_stand_is_told(cast: Cast, capsys: pytest.CaptureFixture[str], root_key: Path) -> None:
    assert keys("make") == 0
    sealed(owner=cast.oakfield.pk, readers=[OAKFIELD])
    assert keys("split") == keys("test") == keys("status") == 0
    told = capsys.readouterr().out
    assert "at hand" in told
    assert "2 with a key, the oldest of 2 March 2026" in told
    assert "1, open to 2 readers in all" in told
    assert "never" not in told.split("organisations  ")[0].split("root key       ")[1]
    root_key.unlink()
    assert keys("status") == 1
    assert "NOT at hand" in capsys.readouterr().out


def test_a_root_key_that_others_can_read_is_told(capsys: pytest.CaptureFixture[str], root_key: Path) -> None:
    assert keys("make") == 0
    root_key.chmod(0o644)
    assert keys("status") == 1
    assert "chmod 600" in capsys.readouterr().out
    assert keys("test") == 2
    assert "chmod 600" in capsys.readouterr().err
    assert not root_finding().holds


@pytest.mark.parametrize("way", ["name", "number", "identifier"])
def test_one_organisations_key_is_replaced(cast: Cast, capsys: pytest.CaptureFixture[str], way: str) -> None:
    record, fields = sealed(owner=cast.oakfield.pk, readers=[OAKFIELD])
    named = {"name": "oakfield primary school", "number": "900001", "identifier": str(cast.oakfield.pk)}[way]
    assert keys("rotate", named) == 0
    assert "1 records put under new keys; 1 old keys destroyed" in capsys.readouterr().out
    live = OrganisationKey.objects.filter(state=State.LIVE, purpose=Purpose.WRAPPING)
    assert dict(live.values_list("organisation", "version")) == {cast.oakfield.pk: 2, OAKFIELD: 1}
    assert read(cast.oakfield.pk, record, fields) == {"narrative": CANARY}


def test_every_organisations_key_is_replaced_and_then_the_root_key(capsys: pytest.CaptureFixture[str]) -> None:
    record, fields = sealed(readers=[OAKFIELD])
    assert keys("rotate") == keys("rotate", "--root") == 0
    told = capsys.readouterr().out
    assert "2 records put under new keys; 2 old keys destroyed" in told
    assert "now haven keys split" in told
    assert RootKey.objects.count() == 2
    assert read(OAKFIELD, record, fields) == {"narrative": CANARY}


def test_what_was_broken_off_goes_on_with_the_same_command(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    sealed(owner=cast.oakfield.pk)
    Wrap.objects.update(wrapped=bytes(40))
    assert keys("rotate", "900001") == 1
    assert "1 records did not open" in capsys.readouterr().err
    assert keys("status") == 0
    assert "version 1 of Oakfield Primary School: 1 records left" in capsys.readouterr().out
    Wrap.objects.all().delete()
    assert keys("rotate", "900001") == 0
    assert OrganisationKey.objects.get(state=State.LIVE, purpose=Purpose.WRAPPING).version == 2


@pytest.mark.parametrize(
    ("named", "told"), [("Nowhere School", "no organisation"), ("Oakfield Primary School", "several")]
)
def test_an_organisation_that_cannot_be_told_is_asked_for(
    cast: Cast, capsys: pytest.CaptureFixture[str], named: str, told: str
) -> None:
    cast.ashdown.name = "Oakfield Primary School"
    cast.ashdown.save()
    assert keys("rotate", named) == 2
    assert told in capsys.readouterr().err


def test_an_organisation_without_a_key_has_none_to_replace(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert keys("rotate", "900001") == 2
    assert "no key to replace" in capsys.readouterr().err


def test_a_lost_root_key_comes_back_from_two_shares(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, root_key: Path
) -> None:
    record, fields = sealed(readers=[OAKFIELD])
    one, _, three = shares(capsys)
    root_key.unlink()
    typed(monkeypatch, f"\n{three.lower()}\n\n{one}\n")
    assert keys("restore") == 0
    assert "back in its place" in capsys.readouterr().out
    assert read(OAKFIELD, record, fields) == {"narrative": CANARY}


def test_whoever_mistypes_a_share_is_asked_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, root_key: Path
) -> None:
    keys("make")
    one, two, _ = shares(capsys)
    root_key.unlink()
    wrong = one[:-1] + ("0" if one[-1] != "0" else "1")
    typed(monkeypatch, f"{wrong}\n\n{one}\n\n{two}\n\n", by_hand=True)
    assert keys("restore") == 0
    assert capsys.readouterr().err.count("One share, all its groups") == 2


def test_a_share_that_stays_wrong_restores_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, root_key: Path
) -> None:
    keys("make")
    root_key.unlink()
    typed(monkeypatch, "ABCD EFGH\n\n" * 9, by_hand=True)
    assert keys("restore") == 2
    typed(monkeypatch, "ABCD EFGH\n")
    assert keys("restore") == 2
    assert capsys.readouterr().err.count("haven keys: a share has 72") == 2
    assert not root_key.exists()


def test_a_test_says_how_many_opened(capsys: pytest.CaptureFixture[str]) -> None:
    sealed(readers=[OAKFIELD])
    assert keys("test") == 0
    sealed()
    Wrap.objects.filter(organisation=OAKFIELD).update(wrapped=bytes(40))
    assert keys("test") == 1
    told = capsys.readouterr().out
    assert "1 of 1 records opened, for 2 readers" in told
    assert "1 of 2 records opened, for 3 readers" in told


def test_shares_that_nobody_keeps_and_tests_that_nobody_makes_are_told(settings: Settings) -> None:
    sealed()
    assert "haven keys split" in root_finding().words
    settings.IS_DEMO = True
    assert root_finding().holds
    settings.IS_DEMO = False
    keys("split")
    assert "haven keys test" in root_finding().words
    keys("test")
    assert root_finding().holds
    RootKey.objects.update(drilled_at=datetime.now(UTC) - timedelta(days=101))
    assert not root_finding().holds


def test_a_lost_root_key_is_told(root_key: Path) -> None:
    sealed()
    root_key.unlink()
    assert "haven keys restore" in root_finding().words
    assert not root_finding().holds


def test_a_database_that_does_not_answer_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise NoDatabase("it is not there")

    monkeypatch.setattr("haven.config.commands.keys.installation", fail)
    assert keys("status") == 2
    assert capsys.readouterr().err == "haven keys: it is not there\n"
