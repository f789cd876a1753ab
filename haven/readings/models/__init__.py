"""The rows of reading, one module per noun."""

from haven.readings.models.matrices import Matrix, Part, Replacement
from haven.readings.models.readers import Reader
from haven.readings.models.rounds import Prompt, Round
from haven.readings.models.signatures import Bookmark, Signature

__all__ = ["Bookmark", "Matrix", "Part", "Prompt", "Reader", "Replacement", "Round", "Signature"]
