"""What people call the sorts of record, by the word under which the capability that makes them keeps them."""

from collections.abc import Mapping

IN_WORDS: Mapping[str, str] = {
    "subject": "Who it is about",
    "address": "Safe address",
    "notification": "What the police told",
    "support": "What a school did",
    "check": "MASH check",
    "check-answer": "Answer in a MASH check",
    "intelligence-report": "Report of an intelligence unit",
}


def in_words(sort: str) -> str:
    """As people call it; its own word where there is no other."""
    return IN_WORDS.get(sort, sort.replace("-", " ").capitalize())
