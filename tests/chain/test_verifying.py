"""Every edit of an exported ledger is found, and the first entry that does not hold is named."""

import random
import re
from collections.abc import Callable
from json import dumps
from pathlib import Path
from shutil import rmtree

import pytest

from haven.engines.chain.exported import CannotExport, tile_name, verified_folder
from haven.engines.chain.exported import Export as Written
from haven.engines.chain.hashing import LEAF_BYTES, canonical, leaf_hash, leaf_of
from haven.engines.chain.notes import SigningKey
from haven.engines.chain.verifying import ERASED, Line, Verdict
from tests.chain.ledgers import AT, LOGS, SEALED_AT, SIZE, WITNESSES, checkpoints_of, lines_of, written
from tests.chain.trees import flipped
from verifier.export import Export
from verifier.notes import PLAIN, key_from

BUNDLE = 2 + LEAF_BYTES
Edit = Callable[[Path, random.Random], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = lines_of()
    return written(tmp_path / "export", lines, checkpoints_of(lines))


def found(folder: Path, *, known: list[str] | None = None) -> Verdict:
    return verified_folder(folder, logs=LOGS, witnesses=WITNESSES, known=known or [])


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


# --- the edits, each giving the number at or before which it must be noticed ------------------------------------------


def _flip_in_detail(folder: Path, chance: random.Random) -> int:
    lines = (folder / "details.jsonl").read_bytes().splitlines(keepends=True)
    place = chance.randrange(SIZE)
    lines[place] = flipped(lines[place], chance.randrange(len(lines[place]) * 8))
    (folder / "details.jsonl").write_bytes(b"".join(lines))
    return place + 1


def _flip_in_bundle(folder: Path, chance: random.Random) -> int:
    index = chance.randrange(2)
    path = folder / "tile/entries" / ("000" if index == 0 else "001.p/44")
    content = path.read_bytes()
    bit = chance.randrange(len(content) * 8)
    path.write_bytes(flipped(content, bit))
    return index * 256 + bit // 8 // BUNDLE + 1


def _flip_in_tile(folder: Path, chance: random.Random) -> int:
    level, name, first = chance.choice([(0, "000", 0), (0, "001.p/44", 256), (1, "000.p/1", 0)])
    path = folder / "tile" / str(level) / name
    content = path.read_bytes()
    bit = chance.randrange(len(content) * 8)
    path.write_bytes(flipped(content, bit))
    return first + bit // 256 * 256**level + 1


def _flip_in_checkpoints(folder: Path, chance: random.Random) -> int:
    lines = (folder / "checkpoints.jsonl").read_bytes().splitlines(keepends=True)
    place = chance.randrange(len(lines))
    lines[place] = flipped(lines[place], chance.randrange(len(lines[place]) * 8))
    (folder / "checkpoints.jsonl").write_bytes(b"".join(lines))
    return (0, *SEALED_AT)[place] + 1 if place < len(lines) - 1 else SIZE + 1


def _flip_in_newest(folder: Path, chance: random.Random) -> int:
    content = (folder / "checkpoint").read_bytes()
    (folder / "checkpoint").write_bytes(flipped(content, chance.randrange(len(content) * 8)))
    return SIZE + 1


def _details(change: Callable[[list[str], random.Random], int]) -> Edit:
    def edit(folder: Path, chance: random.Random) -> int:
        lines = (folder / "details.jsonl").read_text().splitlines(keepends=True)
        number = change(lines, chance)
        (folder / "details.jsonl").write_text("".join(lines))
        return number

    return edit


@_details
def _drop(lines: list[str], chance: random.Random) -> int:
    place = chance.randrange(SIZE)
    del lines[place]
    return place + 1


@_details
def _duplicate(lines: list[str], chance: random.Random) -> int:
    place = chance.randrange(SIZE)
    lines.insert(place, lines[place])
    return place + 2


@_details
def _swap(lines: list[str], chance: random.Random) -> int:
    one, other = sorted(chance.sample(range(SIZE), 2))
    lines[one], lines[other] = lines[other], lines[one]
    return one + 1


@_details
def _swap_salts(lines: list[str], chance: random.Random) -> int:
    whole = [n for n in range(SIZE) if '"salt": null' not in lines[n]]
    one, other = sorted(chance.sample(whole, 2))
    salts = [lines[n].rpartition('"salt": ')[2] for n in (one, other)]
    for n, salt in zip((one, other), reversed(salts), strict=True):
        lines[n] = lines[n].rpartition('"salt": ')[0] + '"salt": ' + salt
    return one + 1


@_details
def _change_a_time(lines: list[str], chance: random.Random) -> int:
    whole = [n for n in range(SIZE) if '"salt": null' not in lines[n]]
    place = chance.choice(whole)
    lines[place] = lines[place].replace('"at\\":\\"2026', '"at\\":\\"2025').replace(':\\"2026-', ':\\"2025-')
    return place + 1


@_details
def _forget(lines: list[str], chance: random.Random) -> int:
    whole = [n for n in range(SIZE) if '"salt": null' not in lines[n]]
    place = chance.choice(whole)
    lines[place] = f'{{"detail": null, "number": {place + 1}, "salt": null}}\n'
    return place + 1 if place < SIZE - 1 else 4  # without the last, nothing says which were erased


@_details
def _cut(lines: list[str], chance: random.Random) -> int:
    place = chance.randrange(SIZE)
    del lines[place:]
    return place + 1


def _cut_a_file(folder: Path, chance: random.Random) -> int:
    path = chance.choice([path for path in (folder / "tile").rglob("*") if path.is_file()])
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])
    return SIZE


def _swap_tiles(folder: Path, chance: random.Random) -> int:
    tile = folder / "tile/0/000"
    tile.write_bytes(chance.randbytes(8192))
    return 1


def _sign_with_another_key(folder: Path, chance: random.Random) -> int:
    other = SigningKey("haven.example.org/ledger", chance.randbytes(32))
    _seal_again(folder, checkpoints_of(lines_of(), key=other)[-1].note)
    return SEALED_AT[-2] + 1


def _roll_back(folder: Path, chance: random.Random) -> int:
    """A sound ledger, as it was before: only the checkpoint that was kept elsewhere tells."""
    size = SEALED_AT[chance.randrange(1, 3)]
    lines = lines_of(erased=())[:size]
    rmtree(folder)
    written(folder, lines, checkpoints_of(lines, tuple(each for each in SEALED_AT if each <= size)))
    return size + 1


def _seal_again(folder: Path, note: str) -> None:
    lines = (folder / "checkpoints.jsonl").read_text().splitlines(keepends=True)
    lines[-1] = dumps({"checkpoint": note, "size": SIZE}, ensure_ascii=False, sort_keys=True) + "\n"
    (folder / "checkpoints.jsonl").write_text("".join(lines))
    (folder / "checkpoint").write_text(note)


EDITS: list[Edit] = [
    _flip_in_detail,
    _flip_in_bundle,
    _flip_in_tile,
    _flip_in_checkpoints,
    _flip_in_newest,
    _drop,
    _duplicate,
    _swap,
    _swap_salts,
    _change_a_time,
    _forget,
    _cut,
    _cut_a_file,
    _swap_tiles,
    _sign_with_another_key,
    _roll_back,
]
EXACT = {_flip_in_bundle, _flip_in_tile, _drop, _swap_salts, _change_a_time, _forget, _cut, _swap_tiles}


def test_every_one_of_a_thousand_random_edits_is_found_and_named(folder: Path) -> None:
    chance = random.Random(20260302)
    kept = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    witnessed = [(folder / "checkpoint").read_text()]
    seen = 0
    for round_ in range(1000):
        edit = EDITS[round_ % len(EDITS)]
        expected = edit(folder, chance)
        if {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} != kept:
            verdict = found(folder, known=witnessed)
            assert verdict.first_bad is not None, f"{edit} went unnoticed: expected at {expected}"
            assert verdict.first_bad <= expected, (edit, verdict)
            assert verdict.first_bad == expected or edit not in EXACT, (edit, expected, verdict)
            seen += 1
        for path in [path for path in folder.rglob("*") if path.is_file() and path not in kept]:
            path.unlink()
        for path, content in kept.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    assert seen > 980
    assert found(folder, known=witnessed).holds


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
