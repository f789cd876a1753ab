"""What Django says of a field that is wrong, said plainly and with the field's name. The one place for it."""

import re
from collections.abc import Callable

Said = Callable[[str, re.Match[str]], str]

PLAIN: tuple[tuple[re.Pattern[str], Said], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"Enter a valid URL\.", lambda label, _: f"“{label}” must be a whole address, beginning with https://"),
        (r"Enter a valid email address\.", lambda label, _: f"“{label}” must be an address such as name@example.org"),
        (r"Enter a valid time\.", lambda label, _: f"“{label}” must be a time, such as 16:00"),
        (r"Enter a valid date\.", lambda label, _: f"“{label}” must be a real date"),
        (r"Enter a whole number\.|Enter a number\.", lambda label, _: f"“{label}” must be a number, such as 12"),
        (r"Select a valid choice\..*", lambda label, _: f"Choose from “{label}” again: that choice is not among them"),
        (r"The submitted file is empty\.", lambda _label, _: "The file is empty. Choose another."),
        (
            r"Ensure this value has at most (\d+) characters? \(it has (\d+)\)\.",
            lambda label, said: f"“{label}” must have {int(said[1]):,} characters or fewer. It has {int(said[2]):,}.",
        ),
        (
            r"Ensure this filename has at most (\d+) characters? \(it has \d+\)\.",
            lambda _label, said: f"The file's name must have {int(said[1]):,} characters or fewer.",
        ),
    )
)


def in_plain_words(label: str, said: str) -> str:
    """The sentence for the field of this label; one that a form has written itself stays as it is."""
    for pattern, plainly in PLAIN:
        if match := pattern.fullmatch(said):
            return plainly(label, match)
    return said
