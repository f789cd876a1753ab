"""The verbs of notifications, one module per noun."""

from haven.notifications.services.keeping import recall, send_on, settle
from haven.notifications.services.receiving import (
    close,
    confirm_on_roll,
    hand_on,
    not_ours,
    record_support,
    see_rule,
)
from haven.notifications.services.sending import Accepted, KeyIsUsed, accept
from haven.notifications.services.telling import remind, send_prompts, sweep

__all__ = [
    "Accepted",
    "KeyIsUsed",
    "accept",
    "close",
    "confirm_on_roll",
    "hand_on",
    "not_ours",
    "recall",
    "record_support",
    "remind",
    "see_rule",
    "send_on",
    "send_prompts",
    "settle",
    "sweep",
]
