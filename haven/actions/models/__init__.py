"""The rows of actions, one module per noun."""

from haven.actions.models.asked import Action, Audience, Version
from haven.actions.models.assigned import Assignment, Evidence, Remark
from haven.actions.models.kept import CalendarKey, Digest, Draft
from haven.actions.models.told import Prompt

__all__ = [
    "Action",
    "Assignment",
    "Audience",
    "CalendarKey",
    "Digest",
    "Draft",
    "Evidence",
    "Prompt",
    "Remark",
    "Version",
]
