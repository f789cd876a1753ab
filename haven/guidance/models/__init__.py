"""The rows of guidance, one module per noun."""

from haven.guidance.models.clauses import Clause
from haven.guidance.models.documents import Document
from haven.guidance.models.editions import Edition, Promise
from haven.guidance.models.pointing import ClausePointer, digest_of, points_fully

__all__ = [
    "Clause",
    "ClausePointer",
    "Document",
    "Edition",
    "Promise",
    "digest_of",
    "points_fully",
]
