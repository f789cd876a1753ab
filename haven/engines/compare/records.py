"""Named values that may change. `dataclasses` would say the same in fewer words, but to load it takes as long as to
compare two hundred clauses."""


class Record:
    """Equal to another of its class where all values are that its class names in `__slots__`; not those that begin with
    a low line, which are worked out from the others."""

    __slots__: tuple[str, ...] = ()
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and _values(self) == _values(other)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in _values(self).items())})"


def _values(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__ if not name.startswith("_")}
