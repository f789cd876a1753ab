"""The verbs of actions, one module per noun."""

from haven.actions.services.answering import (
    GivenEvidence,
    close_assignment,
    hand_to,
    mark_not_applicable,
    mark_seen,
    reopen,
    return_assignment,
)
from haven.actions.services.asking import (
    amend_action,
    raise_action,
    raise_next_occurrences,
    replace_action,
    set_own_action,
    withdraw_action,
)
from haven.actions.services.keeping import (
    discard_draft,
    discard_old_drafts,
    make_calendar_key,
    revoke_calendar_key,
    save_draft,
)
from haven.actions.services.telling import remind, send_prompts, send_weekly_digests

__all__ = [
    "GivenEvidence",
    "amend_action",
    "close_assignment",
    "discard_draft",
    "discard_old_drafts",
    "hand_to",
    "make_calendar_key",
    "mark_not_applicable",
    "mark_seen",
    "raise_action",
    "raise_next_occurrences",
    "remind",
    "reopen",
    "replace_action",
    "return_assignment",
    "revoke_calendar_key",
    "save_draft",
    "send_prompts",
    "send_weekly_digests",
    "set_own_action",
    "withdraw_action",
]
