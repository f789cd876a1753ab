"""The rows of checks, one module per noun."""

from haven.checks.models.answers import Part, Reading, Shared
from haven.checks.models.asks import Ask, AskedAbout, Followup, Given, Why
from haven.checks.models.checks import BandChange, Check, Concerned
from haven.checks.models.settings import AreaSetting, PromptSet

__all__ = [
    "AreaSetting",
    "Ask",
    "AskedAbout",
    "BandChange",
    "Check",
    "Concerned",
    "Followup",
    "Given",
    "Part",
    "PromptSet",
    "Reading",
    "Shared",
    "Why",
]
