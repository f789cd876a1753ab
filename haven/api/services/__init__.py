"""The verbs of programs and their keys, one module per noun."""

from haven.api.services.admitting import admit, admit_reading, sweep_nonces
from haven.api.services.keys import NewKey, approve_key, end_key, register_key
from haven.api.services.taking import Taken, take_notification

__all__ = [
    "NewKey",
    "Taken",
    "admit",
    "admit_reading",
    "approve_key",
    "end_key",
    "register_key",
    "sweep_nonces",
    "take_notification",
]
