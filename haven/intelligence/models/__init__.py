"""The rows of intelligence, one module per noun."""

from haven.intelligence.models.links import Entity, Link
from haven.intelligence.models.reports import Dissemination, Report
from haven.intelligence.models.submissions import Grade, Receipt, Source, Submission
from haven.intelligence.models.units import Unit

__all__ = ["Dissemination", "Entity", "Grade", "Link", "Receipt", "Report", "Source", "Submission", "Unit"]
