"""What a model keeps about people, and for how long: written beside its fields, printed as the privacy register."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Privacy:
    """How each field of a model is classed, as names with spaces between, and the rule by which its rows end.

    `public` anyone may know; `working` is for those who do the work; `personal` says something of a person;
    `confidential` could harm somebody if it reached the wrong person.
    """

    keep: str
    public: str = ""
    working: str = ""
    personal: str = ""
    confidential: str = ""

    def classes(self) -> dict[str, str]:
        """The class of each field by its name."""
        named = {kind: getattr(self, kind) for kind in ("public", "working", "personal", "confidential")}
        return {field: kind for kind, fields in named.items() for field in fields.split()}


WHILE_IN_USE = "as long as the area uses Haven: it names organisations, not people"
"""The rule for rows that say nothing of anyone."""
