"""What it means how the process that parses has ended."""

import json
import signal

from haven.engines.documents.child import OUT_OF_MEMORY, REFUSED
from haven.engines.documents.refusal import DAMAGED, SMALLER, Unreadable

_TOO_MUCH = f"it needs more memory than a document should; {SMALLER}"
_TOO_LONG = f"it takes too long to read; {SMALLER}"


def refusal(status: int, said: bytes) -> Unreadable:
    """The refusal that the exit status of the process, negative where a signal ended it, and what it said amount to."""
    if status == REFUSED and said:
        try:
            name, line = json.loads(said)
            return Unreadable(" ".join(str(line).split())[:400], str(name))
        except ValueError:
            return Unreadable(DAMAGED)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return Unreadable(_TOO_LONG)
    if status in (OUT_OF_MEMORY, -signal.SIGXFSZ, -signal.SIGABRT):
        return Unreadable(_TOO_MUCH)
    return Unreadable(DAMAGED)
