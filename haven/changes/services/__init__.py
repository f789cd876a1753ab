"""The verbs of changes, one module per noun."""

from haven.changes.services.comparing import (
    ask_for_change,
    ask_for_clause,
    discard_stale_comparisons,
    judge_change,
    keep_comparison,
)

__all__ = ["ask_for_change", "ask_for_clause", "discard_stale_comparisons", "judge_change", "keep_comparison"]
