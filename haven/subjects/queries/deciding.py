"""The door through which capabilities above ask the one decision: of a record, and of all records as a filter."""

from haven.subjects.policy import decide, excluded_from, records_for

__all__ = ["decide", "excluded_from", "records_for"]
