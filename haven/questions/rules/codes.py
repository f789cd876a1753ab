"""Codes by which a survey is answered once: drawn, written and known again."""

import hashlib
import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is taken for something else
LONG, GROUP = 12, 4
MOST_CODES = 500


def drawn() -> str:
    """A new code, in groups as it is printed: one of 30 to the twelfth."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LONG))
    return "-".join(letters[place : place + GROUP] for place in range(0, LONG, GROUP))


def plain(code: str) -> str:
    """A code as it was typed, without what people add; empty where it cannot be one."""
    letters = re.sub(r"[\s-]", "", code).upper()
    return letters if len(letters) == LONG and set(letters) <= set(ALPHABET) else ""


def hash_of(code: str, survey: str) -> str:
    """What is kept of a code. It is long and random, so one round of hashing hides it."""
    return hashlib.sha256(f"{survey}:{plain(code)}".encode()).hexdigest()
