"""The rows of school policies, one module per noun."""

from haven.policies.models.links import Link
from haven.policies.models.policies import Policy, Remark, Review
from haven.policies.models.versions import Version

__all__ = ["Link", "Policy", "Remark", "Review", "Version"]
