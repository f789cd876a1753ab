"""Questionnaires of packs are loaded once, all or none, and a bad one is told with file, line and reason."""

from pathlib import Path

import pytest

from haven.config.commands.load import Unreadable, load_packs, packs_in
from haven.questions.models import Template, Version
from haven.questions.packs import BadPack, load
from haven.questions.rules.packs import as_yaml
from tests.cast import NOW
from tests.people.seen import told
from tests.questions.template import content

PACKS = Path(__file__).parents[2] / "packs"


def _pack(folder: Path, name: str = "2026", **changed: object) -> Path:
    file = folder / "questions" / "small" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_yaml(content(**changed)), encoding="utf-8")
    return file


@pytest.mark.django_db
def test_the_packs_that_come_with_haven_are_loaded_once_and_oldest_first() -> None:
    files = packs_in(PACKS)
    changes, _ = load_packs(files, at=NOW)
    assert "questionnaire section-175 2026-27: loaded" in changes
    audit = Template.objects.get(key="section-175", area=None)
    assert list(audit.versions.values_list("number", "label")) == [(2, "2026-27"), (1, "2025-26")]
    assert load_packs(files, at=NOW)[0] == []


@pytest.mark.django_db
def test_loading_is_told_to_the_ledger_once(tmp_path: Path) -> None:
    file = _pack(tmp_path)
    assert load(file, at=NOW).changes == ("questionnaire small 2026: loaded",)
    assert (load(file, at=NOW).changes, load(file, at=NOW).unchanged) == ((), 1)
    assert [each["verb"] for each in told()] == ["template.loaded"]


@pytest.mark.django_db
def test_one_bad_pack_changes_nothing_and_every_fault_of_every_pack_is_told(tmp_path: Path) -> None:
    _pack(tmp_path, "a-sound-one")
    bad = _pack(tmp_path, "bad", use="quiz", title="")
    worse = _pack(tmp_path, "worse")
    worse.write_bytes(b"title: caf\xe9")
    with pytest.raises(Unreadable) as refused:
        load_packs(packs_in(tmp_path), at=NOW)
    told_lines = str(refused.value).splitlines()
    assert len(told_lines) == 3
    assert told_lines[0] == f"{bad}: line 4: “title” is missing."
    assert told_lines[1].startswith(f"{bad}: line 5: “use” must be one of audit, interim")
    assert told_lines[2] == f"{worse}: line 1: The file is not written in UTF-8.; nothing was changed"
    assert not Version.objects.exists()


@pytest.mark.django_db
def test_a_version_that_was_released_with_other_words_is_refused(tmp_path: Path) -> None:
    load(_pack(tmp_path), at=NOW)
    with pytest.raises(BadPack, match="released before with other questions"):
        load(_pack(tmp_path, title="Another title"), at=NOW)
    assert Version.objects.count() == 1


def test_a_file_that_is_no_yaml_is_told_by_its_line(tmp_path: Path) -> None:
    file = _pack(tmp_path)
    file.write_text("title: A\n  id: b\n")
    with pytest.raises(BadPack, match="line 2: The file cannot be read"):
        load(file, at=NOW)
