"""What a program is told where its request was not taken: one problem, in the form of RFC 9457."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Problem(Enum):
    """Each problem by its code, with its status of HTTP and what it means."""

    UNSIGNED = ("unsigned", 401, "The request is not signed")
    MALFORMED = ("malformed-signature", 401, "The signature is not written as this description asks")
    UNKNOWN_KEY = ("unknown-key", 401, "No key of this name is registered here")
    NOT_APPROVED = ("key-not-approved", 401, "A second person has not approved this key yet")
    NOT_IN_TIME = ("key-not-in-time", 401, "This key is not good yet, or not any more")
    ENDED = ("key-ended", 401, "This key was taken out of use")
    AUDIENCE = ("wrong-audience", 401, "The request was signed for somebody else")
    STALE = ("stale", 401, "The request was signed too long ago, or its clock is ahead")
    DIGEST = ("wrong-digest", 401, "The body is not the one that was signed")
    SIGNATURE = ("wrong-signature", 401, "The signature is not one of this key over this request")
    REPLAYED = ("replayed", 401, "This very request was sent before")
    NOT_ALLOWED = ("not-allowed", 403, "This organisation may not do that here")
    NOT_THERE = ("not-there", 404, "There is no such thing here")
    OTHER_BODY = ("other-body", 409, "This idempotency key was used for another body")
    NOT_JSON = ("not-json", 400, "The body is not JSON of the type application/json")
    UNFIT = ("unfit", 422, "The body says something that cannot be taken")
    NO_ROOM = ("no-room", 503, "There is no room to keep it just now, and nothing was kept")
    TOO_MANY = ("too-many", 429, "There are too many requests")

    def __init__(self, code: str, status: int, title: str) -> None:
        self.code, self.status, self.title = code, status, title


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a body: where, as a path such as `children.0.born_on`, and what to do."""

    where: str
    what: str


class Refusal(Exception):
    """A request is not taken. `detail` says what to do, and quotes nothing that was sent."""

    def __init__(self, problem: Problem, detail: str = "", faults: Sequence[Fault] = (), wait: int = 0) -> None:
        super().__init__(problem.code)
        self.problem, self.detail, self.faults, self.wait = problem, detail, tuple(faults), wait

    def as_json(self) -> dict[str, Any]:
        """As a program reads it."""
        problem = self.problem
        told: dict[str, Any] = {"type": f"urn:haven:{problem.code}", "status": problem.status, "title": problem.title}
        told |= {"detail": self.detail} if self.detail else {}
        told |= {"faults": [{"where": each.where, "what": each.what} for each in self.faults]} if self.faults else {}
        return told
