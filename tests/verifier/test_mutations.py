"""Three hundred random edits of an export, three hundred found."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verifier.logs import LOG, OTHER, WITNESS, Log, put, small
from verifier.__main__ import main

EDITS = 300
SIZE = 600
LEVELS = ("0", "1", "entries")


def sound() -> Log:
    """The witness signs the newest checkpoint alone: that it also signed an older one is no one's to miss."""
    log = Log()
    for number in range(1, SIZE + 1):
        log.erase(3, 7, 300) if number == 309 else log.add()
        if number % 50 == 0:
            log.sign(*([WITNESS] if number == SIZE else []))
    return log


def some_file(folder: Path, chance: random.Random) -> Path:
    kinds = [["details.jsonl"], ["checkpoints.jsonl"], ["checkpoint"], ["keys"], ["witnesses"]]
    kinds += [
        [str(path.relative_to(folder)) for path in folder.glob(f"tile/{level}/**/*") if path.is_file()]
        for level in LEVELS
    ]
    assert all(kinds)
    return folder / chance.choice(sorted(chance.choice(kinds)))


def flip_a_bit(folder: Path, chance: random.Random) -> None:
    path = some_file(folder, chance)
    held = bytearray(path.read_bytes())
    held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
    put(path, bytes(held))


def cut_short(folder: Path, chance: random.Random) -> None:
    path = some_file(folder, chance)
    held = path.read_bytes()
    put(path, held[: chance.randrange(len(held))])


def lengthen(folder: Path, chance: random.Random) -> None:
    path = some_file(folder, chance)
    put(path, path.read_bytes() + chance.randbytes(chance.randint(1, 80)))


def take_a_file_away(folder: Path, chance: random.Random) -> None:
    some_file(folder, chance).unlink()


def edit_lines(folder: Path, chance: random.Random, edit: Callable[[list[str], int, int], None]) -> None:
    path = folder / "details.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    edit(lines, *chance.sample(range(len(lines)), 2))
    path.write_text("".join(lines))


def drop_an_entry(folder: Path, chance: random.Random) -> None:
    edit_lines(folder, chance, lambda lines, one, _: lines.__delitem__(one))


def double_an_entry(folder: Path, chance: random.Random) -> None:
    edit_lines(folder, chance, lambda lines, one, other: lines.insert(other, lines[one]))


def swap_two_entries(folder: Path, chance: random.Random) -> None:
    def swap(lines: list[str], one: int, other: int) -> None:
        lines[one], lines[other] = lines[other], lines[one]

    edit_lines(folder, chance, swap)


def swap_two_tiles(folder: Path, chance: random.Random) -> None:
    level = chance.choice(("0", "entries"))
    one, other = folder / "tile" / level / "000", folder / "tile" / level / "001"
    held = one.read_bytes()
    put(one, other.read_bytes())
    put(other, held)


def swap_two_salts(folder: Path, chance: random.Random) -> None:
    log = sound()
    one, other = chance.sample([entry for entry in log.entries if not entry.is_erased], 2)
    honest = {name: (folder / name).read_bytes() for name in names(folder) if name != "details.jsonl"}
    one.salt, other.salt = other.salt, one.salt
    log.write(folder)
    for name, held in honest.items():
        put(folder / name, held)


def names(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


def anew(folder: Path, log: Log) -> None:
    """A whole export of another log, whose checkpoints are signed as the first's were, but by no witness."""
    for size in sorted(log.notes):
        log.notes[size] = Log(log.signer, log.entries[:size]).sign()
    shutil.rmtree(folder)
    log.write(folder)


def change_a_time(folder: Path, chance: random.Random) -> None:
    log = sound()
    entry = chance.choice([one for one in log.entries if not one.is_erased])
    entry.detail = entry.detail.replace("2026-03-02T", "2026-03-01T")
    shutil.rmtree(folder)
    log.write(folder)


def erase_in_secret(folder: Path, chance: random.Random) -> None:
    log = sound()
    chance.choice([one for one in log.entries if not one.is_erased]).is_erased = True
    log.write(folder)


def sign_with_another_key(folder: Path, chance: random.Random) -> None:
    log = sound()
    log.signer = OTHER
    anew(folder, log)
    if chance.random() < 0.5:
        put(folder / "keys", f"{LOG.vkey}\n".encode())


def write_it_anew(folder: Path, chance: random.Random) -> None:
    log = sound()
    chance.choice(log.entries).salt = chance.randbytes(32)
    anew(folder, log)


def roll_it_back(folder: Path, chance: random.Random) -> None:
    shutil.rmtree(folder)
    small(size=chance.randint(1, SIZE - 1), every=50).write(folder)


MEANS = [
    flip_a_bit,
    cut_short,
    lengthen,
    take_a_file_away,
    drop_an_entry,
    double_an_entry,
    swap_two_entries,
    swap_two_tiles,
    swap_two_salts,
    change_a_time,
    erase_in_secret,
    sign_with_another_key,
    write_it_anew,
    roll_it_back,
]
SLOW = {swap_two_salts, change_a_time, erase_in_secret, sign_with_another_key, write_it_anew, roll_it_back}
WEIGHTS = [1 if edit in SLOW else 4 for edit in MEANS]


@pytest.mark.slow
def test_every_edit_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance, folder = random.Random(7), tmp_path / "edited"
    original, kept = sound().write(tmp_path / "original"), tmp_path / "kept"
    put(kept, (original / "checkpoint").read_bytes())
    asked = ["--key", LOG.vkey, "--witness", WITNESS.vkey, "--checkpoint", str(kept)]
    assert main([str(original), *asked]) == 0
    capsys.readouterr()
    unfound, done = [], 0
    while done < EDITS:
        edit = chance.choices(MEANS, WEIGHTS)[0]
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(original, folder)
        edit(folder, chance)
        if all(
            (folder / name).is_file() and (folder / name).read_bytes() == (original / name).read_bytes()
            for name in names(original)
        ):
            continue
        done += 1
        if main([str(folder), *asked]) != 1 or not capsys.readouterr().out.startswith("AMISS. "):
            unfound.append((done, edit.__name__))
    assert unfound == []
