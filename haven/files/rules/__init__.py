"""What a file must be to be kept, as pure functions over its bytes."""

from haven.files.rules.inspecting import Looked, inspect
from haven.files.rules.kinds import ACCEPTED, MAX_BYTES, FileKind
from haven.files.rules.names import clean_name
from haven.files.rules.unfit import Unfit

__all__ = ["ACCEPTED", "MAX_BYTES", "FileKind", "Looked", "Unfit", "clean_name", "inspect"]
