"""The rows of subjects, one module per noun."""

from haven.subjects.models.breaking import BrokenGlass
from haven.subjects.models.disclosures import Disclosure, Outcome, Told
from haven.subjects.models.exclusions import Exclusion, Ground
from haven.subjects.models.keeping import AreaSetting, Erasure, Hold, RetentionSetting
from haven.subjects.models.records import About, Record, TieRow
from haven.subjects.models.subjects import Attendance, FindMark, SafeAddress, Siblings, Subject

__all__ = [
    "About",
    "AreaSetting",
    "Attendance",
    "BrokenGlass",
    "Disclosure",
    "Erasure",
    "Exclusion",
    "FindMark",
    "Ground",
    "Hold",
    "Outcome",
    "Record",
    "RetentionSetting",
    "SafeAddress",
    "Siblings",
    "Subject",
    "TieRow",
    "Told",
]
