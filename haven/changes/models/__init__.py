"""The rows of changes, one module per noun."""

from haven.changes.models.comparing import VERDICT_CHOICES, AskedClause, Comparison, Judgement, packed
from haven.changes.models.pairs import Pair, found_in

__all__ = [
    "VERDICT_CHOICES",
    "AskedClause",
    "Comparison",
    "Judgement",
    "Pair",
    "found_in",
    "packed",
]
