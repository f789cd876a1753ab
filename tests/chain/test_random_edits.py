"""Every edit of an exported ledger is found, and the first entry that does not hold is named."""

import random
from collections.abc import Callable
from json import dumps
from pathlib import Path
from shutil import rmtree

from haven.engines.chain.hashing import LEAF_BYTES
from haven.engines.chain.notes import SigningKey
from tests.chain.ledgers import SEALED_AT, SIZE, checkpoints_of, found, lines_of, written
from tests.chain.trees import flipped

BUNDLE = 2 + LEAF_BYTES
Edit = Callable[[Path, random.Random], int]


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
