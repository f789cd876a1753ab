"""The rows of questionnaires, one module per noun."""

from haven.questions.models.answers import Answer, Support, Tally, Wording
from haven.questions.models.sheets import Sheet
from haven.questions.models.templates import Step, Template, Version

__all__ = ["Answer", "Sheet", "Step", "Support", "Tally", "Template", "Version", "Wording"]
