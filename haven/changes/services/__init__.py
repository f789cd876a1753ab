"""The verbs of changes, one module per noun."""

from haven.changes.services.comparing import (
    ask_for_change,
    ask_for_clause,
    judge_change,
)
from haven.changes.services.digests import (
    add_line,
    change_digest,
    draft_digest,
    edit_line,
    settle_line,
    take_new_lines,
)
from haven.changes.services.kept import (
    ask_for_comparison,
    discard_stale_comparisons,
    keep_comparison,
    keep_neighbours,
    work_out_comparison,
)
from haven.changes.services.pairs import compare_pair, forget_pair, keep_pair, sweep_pairs, take_pair
from haven.changes.services.publishing import amend_digest, announce_digests, publish_digest, withdraw_digest

__all__ = [
    "add_line",
    "amend_digest",
    "announce_digests",
    "ask_for_change",
    "ask_for_clause",
    "ask_for_comparison",
    "change_digest",
    "compare_pair",
    "discard_stale_comparisons",
    "draft_digest",
    "edit_line",
    "forget_pair",
    "judge_change",
    "keep_comparison",
    "keep_neighbours",
    "keep_pair",
    "publish_digest",
    "settle_line",
    "sweep_pairs",
    "take_new_lines",
    "take_pair",
    "withdraw_digest",
    "work_out_comparison",
]
