"""What an exported ledger must hold, and which entry is named where it does not."""

import re
from pathlib import Path

import pytest

from haven.engines.chain.exported import CannotExport, tile_name
from haven.engines.chain.exported import Export as Written
from haven.engines.chain.hashing import canonical, leaf_hash, leaf_of
from haven.engines.chain.verifying import ERASED, Line, Verdict
from tests.chain.ledgers import AT, LOGS, SEALED_AT, SIZE, checkpoints_of, found, lines_of, written
from verifier.export import Export
from verifier.notes import PLAIN, key_from


def test_an_untouched_export_holds(folder: Path) -> None:
    verdict = found(folder)
    assert verdict == Verdict(SIZE, 2, None, "every entry is as it was written", len(SEALED_AT), AT, SIZE)


def test_an_export_has_the_files_that_its_format_says(folder: Path) -> None:
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    tiles = {"tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"}
    assert names == tiles | {"checkpoint", "checkpoints.jsonl", "details.jsonl", "keys", "witnesses"}
    assert (folder / "tile/0/000").stat().st_size == 8192
    assert tile_name(1_234_067, 256) == "x001/x234/067"
    assert tile_name(0, 7) == "000.p/7"


def test_an_empty_ledger_holds(tmp_path: Path) -> None:
    assert found(written(tmp_path / "export", [], [])).entries == 0


def test_a_folder_that_holds_something_is_not_written_to(folder: Path) -> None:
    with pytest.raises(CannotExport):
        Written(folder)


def rewritten(folder: Path) -> Path:
    """A ledger of which one old entry was rewritten, and everything after it hashed and signed again with the key."""
    lines = lines_of()
    text = canonical({"verb": "test.forged", "about": {}, "at": "2026-03-02T09:00:00+00:00", "why": ""})
    salt = lines[99].salt
    assert salt
    lines[99] = lines[99]._replace(detail=text, leaf=leaf_of(salt, text))
    return written(folder, lines, checkpoints_of(lines))


def test_a_rewriting_by_whoever_has_the_key_is_found_by_the_witness_alone(folder: Path, tmp_path: Path) -> None:
    forged = rewritten(tmp_path / "forged")
    assert found(forged).holds, "everything in it is sound: this is why there is a witness"
    verdict = found(forged, known=[(folder / "checkpoint").read_text()])
    assert "a fork" in verdict.why
    before_it = checkpoints_of(lines_of())[0].note  # signed over 7 entries, all of them as they were
    assert found(forged, known=[before_it]).holds


def test_a_checkpoint_from_elsewhere_must_be_one(folder: Path) -> None:
    assert "from elsewhere" in found(folder, known=["nothing of the kind"]).why


def test_an_entry_dated_after_its_checkpoint_is_found(tmp_path: Path) -> None:
    lines = lines_of()
    salt = lines[9].salt
    assert salt
    text = canonical({"verb": "test.done", "about": {}, "at": "2026-03-02T09:31:01+00:00", "why": ""})
    lines[9] = lines[9]._replace(detail=text, leaf=leaf_of(salt, text))
    verdict = found(written(tmp_path / "export", lines, checkpoints_of(lines)))
    assert (verdict.first_bad, verdict.why) == (10, "its time is later than that of the checkpoint over it")


@pytest.mark.parametrize("text", ["[]", "{}", '{"at":5}', '{"at":"soon"}', "x"])
def test_a_detail_that_is_none_is_found(tmp_path: Path, text: str) -> None:
    lines = lines_of()
    salt = lines[9].salt
    assert salt
    lines[9] = lines[9]._replace(detail=text, leaf=leaf_of(salt, text))
    assert found(written(tmp_path / "export", lines, checkpoints_of(lines))).first_bad == 10


def with_erasure(lines: list[Line], number: int, named: tuple[int, ...], **said: object) -> list[Line]:
    """The same ledger, in which entry `number` says that these were erased, whether they are gone or not."""
    commitments = [lines[each - 1].leaf[1:].hex() for each in named]
    about = {"commitments": commitments, "count": len(named), "details": list(named)} | said
    at = "2026-03-02T09:00:00+00:00"
    text = canonical({"verb": ERASED, "about": about, "at": at, "why": said.get("why", "a rule")})
    salt = bytes(32)
    return [*lines[: number - 1], Line(number, leaf_of(salt, text), salt, text), *lines[number:]]


def judged(folder: Path, lines: list[Line]) -> tuple[int | None, str]:
    """What our own engine finds, which must name the same first bad entry as the independent verifier."""
    path = written(folder, lines, checkpoints_of(lines))
    independent = Export(path, [key_from(str(LOGS[0]), PLAIN)], [], [], float("inf"))
    verdict = found(path)
    assert verdict.first_bad == min((number for number, _ in independent.bad), default=None)
    return verdict.first_bad, verdict.why


def test_an_erasure_stands_after_what_it_erases(tmp_path: Path) -> None:
    lines = lines_of(erased=())
    gone = [*lines[:199], Line(200, lines[199].leaf, None, None), *lines[200:]]
    assert judged(tmp_path / "after", with_erasure(gone, 250, (200,))) == (None, "every entry is as it was written")
    assert judged(tmp_path / "none", gone) == (200, "its detail is gone, and no entry after it says that it was erased")
    number, why = judged(tmp_path / "before", with_erasure(gone, 100, (200,)))
    assert (number, why) == (100, "it erases what is still there, or what does not stand before it")
    number, why = judged(tmp_path / "itself", with_erasure(with_erasure(gone, 250, (200,)), 251, (200, 260)))
    assert number == 251


def test_what_an_erasure_names_is_gone(tmp_path: Path) -> None:
    number, why = judged(tmp_path / "there", with_erasure(lines_of(erased=()), 250, (200,)))
    assert (number, why) == (250, "it erases what is still there, or what does not stand before it")
    gone = [Line(each.number, each.leaf, None, None) if each.number == 200 else each for each in lines_of(erased=())]
    assert judged(tmp_path / "half", with_erasure(gone, 250, (199, 200)))[0] == 250
    twice = with_erasure(with_erasure(gone, 250, (200,)), 251, (200,))
    assert judged(tmp_path / "twice", twice)[0] is None, "asked for twice before it was carried out"


def test_a_false_erasure_is_named_though_more_is_amiss_after_it(tmp_path: Path) -> None:
    lines = with_erasure(lines_of(erased=()), 250, (200,))
    lines[259] = lines[259]._replace(detail="{}")
    assert judged(tmp_path / "export", lines)[0] == 250


@pytest.mark.parametrize(
    "said",
    [{"count": 2}, {"details": []}, {"commitments": 5}, {"commitments": ["A" * 64]}, {"why": " "}, {"why": None}],
)
def test_an_erasure_gives_its_rule_and_counts_what_it_names(tmp_path: Path, said: dict[str, object]) -> None:
    lines = with_erasure(lines_of(erased=()), 250, (200,), **said)
    assert judged(tmp_path / "there", lines)[0] == 250
    gone = [*lines[:199], Line(200, lines[199].leaf, None, None), *lines[200:]]
    assert judged(tmp_path / "gone", with_erasure(gone, 250, (200,), **said))[0] == 200


def test_an_erasure_of_another_entry_excuses_nothing(tmp_path: Path) -> None:
    lines = lines_of()
    last = lines[-1]
    assert last.detail
    assert last.salt
    text = re.sub("[0-9a-f]{64}", "0" * 64, last.detail)
    changed = [*lines[:-1], last._replace(detail=text, leaf=leaf_of(last.salt, text))]
    verdict = found(written(tmp_path / "export", changed, checkpoints_of(changed)))
    assert (verdict.first_bad, verdict.erased) == (4, 2)


def test_checkpoints_do_not_go_back_in_time_or_in_size(tmp_path: Path) -> None:
    lines = lines_of()
    signed = checkpoints_of(lines)
    assert found(written(tmp_path / "size", lines, [signed[1], signed[0], *signed[2:]])).first_bad == 257
    assert found(written(tmp_path / "twice", lines, [*signed, signed[-1]])).first_bad == SIZE + 1


def test_hashes_are_the_published_ones() -> None:
    """RFC 9162 §2.1.1: the hash of a leaf that holds nothing."""
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


def test_details_are_written_in_one_way() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'
