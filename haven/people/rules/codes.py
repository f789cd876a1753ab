"""The short code of an invitation: read from an e-mail, typed by hand."""

import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
LENGTH = 12  # 60 bits: more than can be tried in a fortnight
GROUP = 4
LOOK_ALIKES = str.maketrans("ILO", "110")


def new_code() -> str:
    """A code nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def spaced(code: str) -> str:
    """The code as it is written in a letter: in groups of four."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def as_typed(text: str) -> str:
    """The code that somebody meant who typed this: case, spaces, hyphens and look-alike letters do not matter."""
    return "".join(each for each in text.upper() if each.isalnum()).translate(LOOK_ALIKES)
