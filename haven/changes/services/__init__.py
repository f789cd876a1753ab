"""The verbs of changes, one module per noun."""

from haven.changes.services.comparing import (
    ask_for_change,
    ask_for_clause,
    discard_stale_comparisons,
    judge_change,
    keep_comparison,
)
from haven.changes.services.pairs import compare_pair, forget_pair, keep_pair, sweep_pairs, take_pair

__all__ = [
    "ask_for_change",
    "ask_for_clause",
    "compare_pair",
    "discard_stale_comparisons",
    "forget_pair",
    "judge_change",
    "keep_comparison",
    "keep_pair",
    "sweep_pairs",
    "take_pair",
]
