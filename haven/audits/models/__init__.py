"""The rows of audits, one module per noun."""

from haven.audits.models.counts import Count
from haven.audits.models.cycles import Audience, Cycle, Moved, Window
from haven.audits.models.plans import PlanItem
from haven.audits.models.returns import Copy, Return, Signature
from haven.audits.models.told import Notice
from haven.audits.models.trusts import TrustSheet

__all__ = [
    "Audience",
    "Copy",
    "Count",
    "Cycle",
    "Moved",
    "Notice",
    "PlanItem",
    "Return",
    "Signature",
    "TrustSheet",
    "Window",
]
