"""The rows of changes, one module per noun."""

from haven.changes.models.comparing import VERDICT_CHOICES, AskedClause, Comparison, Judgement, packed

__all__ = ["VERDICT_CHOICES", "AskedClause", "Comparison", "Judgement", "packed"]
