"""How extraction says that a file cannot be read."""


class Unreadable(Exception):
    """A file that cannot be read. Its only argument is one line for a person: what is wrong, and what to do."""

    @property
    def line(self) -> str:
        """The line, without the file's name."""
        return str(self.args[0]) if self.args else "it cannot be read"
