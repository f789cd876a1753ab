"""A thousand random edits of an export: each is found, and the first bad entry is named."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verifier.logs import LOG, OTHER, WITNESS, Log, put, small
from verifier.__main__ import main

EDITS = 1000
SIZE, EVERY = 600, 50
ERASING, ERASED = 309, (3, 7, 300)
LEVELS = ("0", "1", "entries")
First = int | None  # the first bad entry, None where no entry is the one


def sound() -> Log:
    """The witness signs the newest checkpoint alone: that it also signed an older one is no one's to miss."""
    log = Log()
    for number in range(1, SIZE + 1):
        log.erase(*ERASED) if number == ERASING else log.add()
        if number % EVERY == 0:
            log.sign(*([WITNESS] if number == SIZE else []))
    return log


def line_of(number: int) -> int:
    """The first bad entry where this line is not read: the erased ones go unnamed where it is the erasure."""
    return ERASED[0] if number == ERASING else number


def first_after(number: int) -> int:
    """The first bad entry of a checkpoint that covers this one."""
    return (number - 1) // EVERY * EVERY + 1


def entry_at(path: Path, byte: int) -> First:
    """Which entry a byte of a file speaks of first."""
    before = path.read_bytes()[:byte]
    if path.name == "details.jsonl":
        return line_of(before.count(b"\n") + 1)
    if path.name == "checkpoints.jsonl":
        return before.count(b"\n") * EVERY + 1
    if path.name in ("checkpoint", "keys", "witnesses"):
        return None
    level = path.parts[path.parts.index("tile") + 1]
    index = int((path.parent.name if path.parent.name.endswith(".p") else path.name).removesuffix(".p"))
    if level == "1":
        return byte // 32 * 256 + 1
    number = index * 256 + byte // (35 if level == "entries" else 32) + 1
    return line_of(number) if level == "entries" else number


def lost_from(path: Path, first: First) -> First:
    """The first bad entry where all of a file from this entry on is gone, and perhaps the erasure with it."""
    has_erasure = path.name == "details.jsonl" or "entries" in path.parts
    if first is None or not has_erasure or not ERASED[0] < first <= ERASING:
        return first
    return ERASED[0] if path.name == "details.jsonl" or first > 256 else first


def some_file(folder: Path, chance: random.Random) -> Path:
    kinds = [["details.jsonl"], ["checkpoints.jsonl"], ["checkpoint"], ["keys"], ["witnesses"]]
    kinds += [
        [str(path.relative_to(folder)) for path in folder.glob(f"tile/{level}/**/*") if path.is_file()]
        for level in LEVELS
    ]
    assert all(kinds)
    return folder / chance.choice(sorted(chance.choice(kinds)))


def flip_a_bit(folder: Path, chance: random.Random) -> First:
    path = some_file(folder, chance)
    held = bytearray(path.read_bytes())
    byte = chance.randrange(len(held))
    first = entry_at(path, byte)
    held[byte] ^= 1 << chance.randrange(8)
    put(path, bytes(held))
    return first


def cut_short(folder: Path, chance: random.Random) -> First:
    path = some_file(folder, chance)
    held = path.read_bytes()
    byte = chance.randrange(len(held))
    first = entry_at(path, byte)
    put(path, held[:byte])
    return lost_from(path, first)


def lengthen(folder: Path, chance: random.Random) -> First:
    path = some_file(folder, chance)
    held = path.read_bytes()
    first = entry_at(path, len(held) - 1 if "tile" in path.parts else len(held))
    put(path, held + chance.randbytes(chance.randint(1, 80)))
    return first


def take_a_file_away(folder: Path, chance: random.Random) -> First:
    path = some_file(folder, chance)
    first = None if path.suffix == ".jsonl" else entry_at(path, 0)
    path.unlink()
    return lost_from(path, first)


def edit_lines(folder: Path, chance: random.Random, edit: Callable[[list[str], int, int], First]) -> First:
    path = folder / "details.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    first = edit(lines, *chance.sample(range(len(lines)), 2))
    path.write_text("".join(lines))
    return first


def drop_an_entry(folder: Path, chance: random.Random) -> First:
    def drop(lines: list[str], one: int, _: int) -> First:
        del lines[one]
        return line_of(one + 1)

    return edit_lines(folder, chance, drop)


def double_an_entry(folder: Path, chance: random.Random) -> First:
    def double(lines: list[str], one: int, other: int) -> First:
        lines.insert(other, lines[one])
        return other + 1

    return edit_lines(folder, chance, double)


def swap_two_entries(folder: Path, chance: random.Random) -> First:
    def swap(lines: list[str], one: int, other: int) -> First:
        lines[one], lines[other] = lines[other], lines[one]
        return min(one, other) + 1

    return edit_lines(folder, chance, swap)


OTHERWISE: list[Callable[[str], str]] = [
    lambda line: line.replace('": ', '":', 1),
    lambda line: line.replace('", "', '","'),
    lambda line: line.replace("–", "\\u2013"),
    lambda line: line.replace('\\"', "\\u0022", 1),
    lambda line: line.replace("a", "\\u0061", 1),
    lambda line: line.replace("a", "\\u0061"),
    lambda line: line.replace("closed", "closed\\/") if "closed" in line else f" {line}",
    lambda line: re.sub(r'"number": (\d+)', r'"number": 0\1', line),
    lambda line: re.sub(r'"number": (\d+)', r'"number": \1.0', line),
    lambda line: re.sub(r'"number": (\d+)', r'"number": \1e0', line),
    lambda line: re.sub(r'"number": (\d+)', r'"number": "\1"', line),
    lambda line: re.sub(r'"number": (\d+)', r'"number": \1, "number": \1', line),
    lambda line: line.replace('{"detail"', '{"detail": null, "detail"'),
    lambda line: line.replace('{"detail"', '{"a": 1, "detail"'),
    lambda line: line.replace("}\n", ', "salt": null}\n'),
    lambda line: line.replace("}\n", ', "z": [1]}\n'),
    lambda line: line.replace('="}', '"}'),
    lambda line: line.replace('="}', '=="}'),
    lambda line: re.sub('(.)="}', lambda end: f'{chr(ord(end[1]) + 1)}="}}', line),
    lambda line: line.replace("\n", " \n"),
    lambda line: line.replace("\n", "\r\n"),
    lambda line: f"\ufeff{line}",
    lambda line: f"[{line[:-1]}]\n",
    lambda line: re.sub(r"\{(.*), (.*), (.*)\}", r"{\2, \1, \3}", line),
    lambda line: re.sub(r'"detail": (".*"), "number"', r'"detail": [\1], "number"', line),
    lambda line: re.sub(r'"salt": ".*"', '"salt": null', line),
    lambda line: "\n",
]


def spell_a_line_otherwise(folder: Path, chance: random.Random) -> First:
    def spell(lines: list[str], one: int, _: int) -> First:
        while one + 1 in ERASED:
            one += 1
        spelt = chance.choice(OTHERWISE)(lines[one])
        assert spelt != lines[one]
        lines[one] = spelt
        return line_of(one + 1)

    return edit_lines(folder, chance, spell)


def swap_two_tiles(folder: Path, chance: random.Random) -> First:
    level = chance.choice(("0", "entries"))
    one, other = folder / "tile" / level / "000", folder / "tile" / level / "001"
    held = one.read_bytes()
    put(one, other.read_bytes())
    put(other, held)
    return 1


def write_details_of(log: Log, folder: Path) -> None:
    """Nothing but the details is another."""
    honest = {name: (folder / name).read_bytes() for name in names(folder) if name != "details.jsonl"}
    log.write(folder)
    for name, held in honest.items():
        put(folder / name, held)


def swap_two_salts(folder: Path, chance: random.Random) -> First:
    log = sound()
    one, other = chance.sample([n for n, entry in enumerate(log.entries) if not entry.is_erased], 2)
    log.entries[one].salt, log.entries[other].salt = log.entries[other].salt, log.entries[one].salt
    write_details_of(log, folder)
    return min(line_of(one + 1), line_of(other + 1))


def bring_back_what_was_erased(folder: Path, chance: random.Random) -> First:
    log = sound()
    log.entries[chance.choice(ERASED) - 1].is_erased = False
    write_details_of(log, folder)
    return ERASING


def names(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


def anew(folder: Path, log: Log) -> None:
    """A whole export of another log, whose checkpoints are signed as the first's were, but by no witness."""
    for size in sorted(log.notes):
        log.notes[size] = Log(log.signer, log.entries[:size]).sign()
    shutil.rmtree(folder)
    log.write(folder)


def change_a_time(folder: Path, chance: random.Random) -> First:
    log = sound()
    number = chance.choice([n for n, one in enumerate(log.entries, 1) if not one.is_erased])
    log.entries[number - 1].detail = log.entries[number - 1].detail.replace("2026-03-02T", "2026-03-01T")
    shutil.rmtree(folder)
    log.write(folder)
    return first_after(number)


def erase_in_secret(folder: Path, chance: random.Random) -> First:
    log = sound()
    number = chance.choice([n for n, one in enumerate(log.entries, 1) if not one.is_erased])
    log.entries[number - 1].is_erased = True
    log.write(folder)
    return line_of(number)


def sign_with_another_key(folder: Path, chance: random.Random) -> First:
    log = sound()
    log.signer = OTHER
    anew(folder, log)
    if chance.random() < 0.5:
        put(folder / "keys", f"{LOG.vkey}\n".encode())
        return 1
    return None


def write_it_anew(folder: Path, chance: random.Random) -> First:
    log = sound()
    chance.choice([one for n, one in enumerate(log.entries, 1) if n not in ERASED]).salt = chance.randbytes(32)
    anew(folder, log)
    return 1


def roll_it_back(folder: Path, chance: random.Random) -> First:
    size = chance.randint(1, SIZE - 1)
    shutil.rmtree(folder)
    small(size=size, every=EVERY).write(folder)
    return size + 1


MEANS = [
    flip_a_bit,
    cut_short,
    lengthen,
    take_a_file_away,
    drop_an_entry,
    double_an_entry,
    swap_two_entries,
    spell_a_line_otherwise,
    swap_two_tiles,
    swap_two_salts,
    bring_back_what_was_erased,
    change_a_time,
    erase_in_secret,
    sign_with_another_key,
    write_it_anew,
    roll_it_back,
]
SLOW = MEANS[MEANS.index(swap_two_salts) :]
WEIGHTS = [1 if edit in SLOW else 8 for edit in MEANS]


@pytest.mark.slow
def test_every_edit_is_found_and_the_first_bad_entry_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
        first = edit(folder, chance)
        if all(
            (folder / name).is_file() and (folder / name).read_bytes() == (original / name).read_bytes()
            for name in names(original)
        ):
            continue
        done += 1
        status, said = main([str(folder), *asked]), capsys.readouterr().out
        wanted = "AMISS. " if first is None else f"AMISS. The first bad entry is {first}: "
        if status != 1 or not said.startswith(wanted):
            unfound.append((edit.__name__, first, said))
    assert unfound == []


@pytest.mark.parametrize("way", range(len(OTHERWISE)))
def test_a_line_in_any_other_spelling_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], way: int) -> None:
    folder = small().write(tmp_path / "export")
    path = folder / "details.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    spelt = OTHERWISE[way](lines[3])
    assert spelt != lines[3]
    path.write_text("".join([*lines[:3], spelt, *lines[4:]]))
    assert main([str(folder), "--key", LOG.vkey]) == 1
    assert "The first bad entry is 4: " in capsys.readouterr().out
