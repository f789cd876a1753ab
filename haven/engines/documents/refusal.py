"""How extraction says that a file cannot be read."""

SMALLER = "split it, or paste the part that matters as text"
DAMAGED = "it is damaged, or not the kind of file its name says; save it again and read that"


class Unreadable(Exception):
    """A file that cannot be read: one line for a person, what is wrong and what to do; and, where there are several,
    which of them it is."""

    def __init__(self, line: str = "it cannot be read", name: str = "") -> None:
        super().__init__(line)
        self.line = line
        self.name = name
