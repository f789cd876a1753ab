"""Every edit of a copied ledger is found."""

import random
from dataclasses import replace

import pytest

from haven.engines.chain.hashing import SALT_BYTES, START, canonical, leaf_hash, leaf_of, link_after
from haven.engines.chain.verifying import ERASED, Head, Line, verify


def ledger(size: int, seed: int = 1, erased: tuple[int, ...] = ()) -> tuple[list[Line], Head]:
    """A sound ledger whose last entry says which were erased."""
    chance = random.Random(seed)
    lines, link = [], START
    for number in range(1, size + 1):
        about = {"entries": list(erased)} if number == size else {"number": number}
        text = canonical({"verb": ERASED if number == size else "test.done", "about": about})
        salt = chance.randbytes(SALT_BYTES)
        leaf = leaf_of(salt, text)
        link = link_after(link, leaf)
        gone = number in erased
        lines.append(Line(number, leaf, link, None if gone else salt, None if gone else text))
    return lines, Head(size, link)


def _flip(value: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(value))
    return value[:place] + bytes([value[place] ^ (1 << chance.randrange(8))]) + value[place + 1 :]


def _edit(lines: list[Line], head: Head, chance: random.Random) -> tuple[list[Line], Head, int]:
    """One random edit, and the number of the entry at or before which it must be noticed."""
    lines = list(lines)
    place = chance.randrange(len(lines))
    line = lines[place]
    other = chance.choice([n for n in range(len(lines)) if n != place])
    low = min(place, other)
    match chance.randrange(11):
        case 0:
            lines[place] = replace(line, leaf=_flip(line.leaf, chance))
        case 1:
            lines[place] = replace(line, link=_flip(line.link, chance))
        case 2 if line.salt:
            lines[place] = replace(line, salt=_flip(line.salt, chance))
        case 3 if line.detail:
            lines[place] = replace(line, detail=line.detail + " ")
        case 4:
            del lines[place]
        case 5:
            lines.insert(place, line)
            return lines, head, place + 2
        case 6:
            lines[place], lines[other] = lines[other], lines[place]
            return lines, head, low + 1
        case 7:
            cut = chance.randrange(len(lines))
            return lines[:cut], head, cut + 1
        case 8:
            lines[place], lines[other] = (
                replace(line, salt=lines[other].salt, detail=lines[other].detail),
                replace(lines[other], salt=line.salt, detail=line.detail),
            )
            return lines, head, low + 1
        case 9:
            return lines, Head(head.size + chance.choice([-1, 1]), head.link), len(lines) + 1
        case _ if line.detail:
            lines[place] = replace(line, salt=None, detail=None)
        case _:
            lines[place] = replace(line, number=line.number + 1)
    return lines, head, place + 1


def test_an_untouched_ledger_holds() -> None:
    lines, head = ledger(60, erased=(4, 17))
    verdict = verify(lines, head)
    assert verdict.holds
    assert (verdict.entries, verdict.erased) == (60, 2)


def test_an_empty_ledger_holds() -> None:
    assert verify([], Head(0, START)).holds


def test_every_one_of_a_thousand_random_edits_is_found_and_named() -> None:
    lines, head = ledger(60, erased=(4, 17))
    chance = random.Random(20260302)
    found = named = 0
    for _ in range(1000):
        edited, edited_head, expected = _edit(lines, head, chance)
        if edited == lines and edited_head == head:
            continue  # an edit that changed nothing, such as swapping two erased details
        verdict = verify(edited, edited_head)
        found += not verdict.holds
        named += verdict.first_bad is not None and verdict.first_bad <= expected
        if verdict.holds:
            pytest.fail(f"an edit went unnoticed: expected at {expected}")
    assert found > 980
    assert named == found


def test_a_rewritten_entry_breaks_the_chain_though_its_own_leaf_is_right() -> None:
    lines, head = ledger(10)
    text = canonical({"verb": "test.forged"})
    forged = replace(lines[4], detail=text, leaf=leaf_of(lines[4].salt or b"", text))
    assert verify([*lines[:4], forged, *lines[5:]], head).first_bad == 5


def test_hashes_are_the_published_ones() -> None:
    """RFC 9162 §2.1.1: the hash of a leaf that holds nothing."""
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


def test_details_are_written_in_one_way() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'
