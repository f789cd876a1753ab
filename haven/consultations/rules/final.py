"""What an area sends: its answers as one text, and the digest by which the text is known again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST_TEXT, LONGEST_REFERENCE = 200_000, 200
LEFT_OUT = "No answer."


class Way(StrEnum):
    """How a response was sent."""

    FORM = "form"
    EMAIL = "email"
    POST = "post"


WAYS = ((Way.FORM, "By the online form"), (Way.EMAIL, "By e-mail"), (Way.POST, "By post"))
"""Each as people say it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the area's answer: what was chosen, in words, and what was written. Neither, if left out."""

    number: str
    question: str
    choice: str
    words: str

    @property
    def answer(self) -> str:
        """The answer as it is pasted."""
        return "\n\n".join(part for part in (self.choice, self.words) if part) or LEFT_OUT


def composed(answers: Sequence[Answered]) -> str:
    """The answers as one text, each below its question."""
    return "\n\n\n".join(f"{headed(each)}\n\n{each.answer}" for each in answers)


def headed(each: Answered) -> str:
    """A question with its number."""
    return f"{each.number}. {each.question}" if each.number else each.question


def digest_of(text: str) -> str:
    """SHA-256 of the text's UTF-8, its lines ended by line feeds, as forms send them otherwise."""
    return hashlib.sha256(plain(text).encode()).hexdigest()


def plain(text: str) -> str:
    """The text with its lines ended by line feeds, and nothing blank around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def quoted(words: str, group: str) -> str:
    """The words of a contribution as they stand in an answer: told by its kind, never by its name."""
    return f"“{plain(words)}” ({group})"


def with_quote(text: str, quote: str) -> str:
    """An answer with a quotation added at its end."""
    return f"{plain(text)}\n\n{quote}".strip()
