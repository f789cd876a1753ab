"""A key in three shares, any two of which give it back and one of which tells nothing.

Shamir's scheme over GF(256), with the polynomial of AES: for each byte of the key a straight line through it is drawn
at random, and share x has the line's value at x = 1, 2, 3.

A share as people keep it is 45 bytes in 72 letters and digits, in groups of four:

    1 byte     version 1 in the upper half, x in the lower
    3 bytes    drawn for this splitting, so that shares of two splittings are not taken for one
    5 bytes    the name of the key (`name_of`)
    32 bytes   the line's values
    4 bytes    the beginning of the SHA-256 of all before: a mistyped share is refused

Letters are those of Crockford's base 32: no I, L, O or U; small letters, spaces and hyphens are taken as they come.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from haven.engines.sealing.fields import KEY_BYTES
from haven.engines.sealing.keys import NAME_BYTES, name_of

VERSION = 1
HOLDERS = (1, 2, 3)
SPLIT_BYTES = 3
CHECK_BYTES = 4
SHARE_BYTES = 1 + SPLIT_BYTES + NAME_BYTES + KEY_BYTES + CHECK_BYTES
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011", " -\t\r\n")
GROUP = 4


class BadShare(Exception):
    """A share was mistyped, or shares do not belong together; the text says which, in plain words."""


@dataclass(frozen=True, slots=True)
class Share:
    """One of three. `values` is secret together with any other."""

    holder: int
    split: bytes
    key_name: str
    values: bytes = field(repr=False)


def split(key: bytes) -> tuple[Share, Share, Share]:
    """Three shares of a key of 32 bytes, of a new splitting."""
    drawn, slopes = secrets.token_bytes(SPLIT_BYTES), secrets.token_bytes(len(key))
    one, two, three = (
        Share(x, drawn, name_of(key), bytes(byte ^ _times(slope, x) for byte, slope in zip(key, slopes, strict=True)))
        for x in HOLDERS
    )
    return one, two, three


def joined(shares: Sequence[Share]) -> bytes:
    """The key, from two shares. Raises `BadShare`."""
    if len({share.holder for share in shares}) != 2 or len(shares) != 2:
        raise BadShare("two different shares are needed")
    one, two = shares
    if one.key_name != two.key_name:
        raise BadShare("these are shares of two different keys")
    if one.split != two.split:
        raise BadShare("these shares were made at different times: take two of one splitting")
    over = _inverse(one.holder ^ two.holder)
    key = bytes(
        _times(_times(first, two.holder) ^ _times(second, one.holder), over)
        for first, second in zip(one.values, two.values, strict=True)
    )
    if name_of(key) != one.key_name:
        raise BadShare("the key that these shares give is not the one they name")
    return key


def written(share: Share) -> str:
    """A share in groups of four, six groups to a line."""
    body = bytes([VERSION << 4 | share.holder]) + share.split + bytes.fromhex(share.key_name) + share.values
    number = int.from_bytes(body + _check(body), "big")
    letters = "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(SHARE_BYTES * 8 // 5)))
    groups = [letters[at : at + GROUP] for at in range(0, len(letters), GROUP)]
    return "\n".join(" ".join(groups[at : at + 6]) for at in range(0, len(groups), 6))


def read(text: str) -> Share:
    """A share as it was typed. Raises `BadShare`."""
    typed = text.upper().translate(MISREAD)
    if strange := sorted(set(typed) - set(LETTERS)):
        raise BadShare(f"no share has {strange[0]} in it")
    if len(typed) != SHARE_BYTES * 8 // 5:
        raise BadShare(f"a share has {SHARE_BYTES * 8 // 5} letters and digits, and this has {len(typed)}")
    number = 0
    for letter in typed:
        number = number << 5 | LETTERS.index(letter)
    whole = number.to_bytes(SHARE_BYTES, "big")
    body, check = whole[:-CHECK_BYTES], whole[-CHECK_BYTES:]
    if _check(body) != check:
        raise BadShare("something in it is mistyped: compare it with the paper, group by group")
    version, holder = body[0] >> 4, body[0] & 15
    if version != VERSION or holder not in HOLDERS:
        raise BadShare("it is a share that this version does not know")
    name_at = 1 + SPLIT_BYTES
    values_at = name_at + NAME_BYTES
    return Share(holder, body[1:name_at], body[name_at:values_at].hex(), body[values_at:])


def _check(body: bytes) -> bytes:
    return sha256(body).digest()[:CHECK_BYTES]


def _times(a: int, b: int) -> int:
    """The product in GF(256), by the polynomial x⁸ + x⁴ + x³ + x + 1."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def _inverse(a: int) -> int:
    """What gives 1 with a: its 254th power."""
    power = 1
    for _ in range(254):
        power = _times(power, a)
    return power
