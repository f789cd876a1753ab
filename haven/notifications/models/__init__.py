"""The rows of notifications, one module per noun."""

from haven.notifications.models.breaches import Breach
from haven.notifications.models.deliveries import Delivery, Prompt, Reader
from haven.notifications.models.notifications import Notice, Notification
from haven.notifications.models.schools import Briefing, MonthlyReturn, SignUp
from haven.notifications.models.settings import AreaRule, ForceProfile
from haven.notifications.models.supports import Support

__all__ = [
    "AreaRule",
    "Breach",
    "Briefing",
    "Delivery",
    "ForceProfile",
    "MonthlyReturn",
    "Notice",
    "Notification",
    "Prompt",
    "Reader",
    "SignUp",
    "Support",
]
