"""The verbs of notifications, one module per noun."""

from haven.notifications.services.breaches import chase_copies, confirm_copies, forget_prompts, sign_seen
from haven.notifications.services.keeping import recall, send_on, settle
from haven.notifications.services.receiving import (
    close,
    confirm_on_roll,
    hand_on,
    not_ours,
    record_support,
    see_rule,
)
from haven.notifications.services.returns import chase_returns, confirm_return, make_returns, tell_of_returns
from haven.notifications.services.schools import end_sign_up, record_briefing, sign_up
from haven.notifications.services.sending import Accepted, KeyIsUsed, accept, accept_all
from haven.notifications.services.telling import remind, send_prompts, sweep

__all__ = [
    "Accepted",
    "KeyIsUsed",
    "accept",
    "accept_all",
    "chase_copies",
    "chase_returns",
    "close",
    "confirm_copies",
    "confirm_on_roll",
    "confirm_return",
    "end_sign_up",
    "forget_prompts",
    "hand_on",
    "make_returns",
    "not_ours",
    "recall",
    "record_briefing",
    "record_support",
    "remind",
    "see_rule",
    "send_on",
    "send_prompts",
    "settle",
    "sign_seen",
    "sign_up",
    "sweep",
    "tell_of_returns",
]
