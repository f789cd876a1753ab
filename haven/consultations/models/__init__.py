"""The rows of consultations, one module per noun."""

from haven.consultations.models.contributions import Contribution, Reply, Wording
from haven.consultations.models.questions import Answer, Question
from haven.consultations.models.responses import Audience, Moved, Response
from haven.consultations.models.sent import Submission
from haven.consultations.models.told import Notice

__all__ = [
    "Answer",
    "Audience",
    "Contribution",
    "Moved",
    "Notice",
    "Question",
    "Reply",
    "Response",
    "Submission",
    "Wording",
]
