"""The verbs of digests, one module per noun."""

from haven.digests.services.digests import (
    add_line,
    change_digest,
    draft_digest,
    edit_line,
    settle_line,
    take_new_lines,
)
from haven.digests.services.publishing import amend_digest, announce_digests, publish_digest, withdraw_digest

__all__ = [
    "add_line",
    "amend_digest",
    "announce_digests",
    "change_digest",
    "draft_digest",
    "edit_line",
    "publish_digest",
    "settle_line",
    "take_new_lines",
    "withdraw_digest",
]
