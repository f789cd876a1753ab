"""The verbs of changes, one module per noun."""

from haven.changes.services.comparing import (
    ask_for_change,
    ask_for_clause,
    judge_change,
)
from haven.changes.services.kept import (
    ask_for_comparison,
    discard_stale_comparisons,
    keep_comparison,
    keep_neighbours,
    work_out_comparison,
)
from haven.changes.services.pairs import compare_pair, forget_pair, keep_pair, sweep_pairs, take_pair

__all__ = [
    "ask_for_change",
    "ask_for_clause",
    "ask_for_comparison",
    "compare_pair",
    "discard_stale_comparisons",
    "forget_pair",
    "judge_change",
    "keep_comparison",
    "keep_neighbours",
    "keep_pair",
    "sweep_pairs",
    "take_pair",
    "work_out_comparison",
]
