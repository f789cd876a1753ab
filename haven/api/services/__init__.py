"""The verbs of programs and their keys, one module per noun."""

from haven.api.services.admitting import admit, admit_reading, sweep_nonces
from haven.api.services.keys import NewKey, approve_key, end_key, register_key
from haven.api.services.taking import Answer, Taken, take_notification, take_notifications

__all__ = [
    "Answer",
    "NewKey",
    "Taken",
    "admit",
    "admit_reading",
    "approve_key",
    "end_key",
    "register_key",
    "sweep_nonces",
    "take_notification",
    "take_notifications",
]
