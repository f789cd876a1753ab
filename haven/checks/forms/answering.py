"""An answer as it is typed: a box for each question, all sent together, so that no saving loses another box."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict

from haven.checks.disclosure.requests import RequestView
from haven.checks.disclosure.threads import Answered
from haven.checks.rules.asking import LONGEST_ANSWER

WORDS, SEEN, PART = "words_", "seen_", "part_"
BOX = forms.Textarea(attrs={"rows": 5})


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in one box, beside which wording, under which name of its own."""

    key: str
    words: str
    seen: UUID | None
    part: UUID


def typed_in(data: QueryDict) -> list[Typed]:
    """Every box that was sent. One without a proper name was not sent by our page, and is left out."""
    found = []
    for name in data:
        key = name.removeprefix(WORDS)
        part, seen = _uuid(data.get(PART + key, "")), data.get(SEEN + key, "")
        if name.startswith(WORDS) and part is not None:
            found.append(Typed(key, str(data[name]), _uuid(str(seen)), part))
    return found


class AnswerForm(forms.Form):
    """The boxes of a request. What was refused stands in its box as it was typed, with why."""

    is_filter = True  # nothing in it is required, which the page says once

    def __init__(self, *, page: RequestView, kept: Mapping[str, str], faults: Mapping[str, str]) -> None:
        super().__init__({WORDS + key: words for key, words in kept.items()} if faults else None)
        for each in page.answers:
            words = each.wording.words if each.wording and each.wording.words else ""
            field = forms.CharField(label=each.question, required=False, max_length=LONGEST_ANSWER, widget=BOX)
            field.initial = kept.get(each.key, words)
            field.help_text = _said(each)
            self.fields[WORDS + each.key] = field
        if faults:
            self.is_valid()
            for key, why in faults.items():
                self.add_error(WORDS + key if WORDS + key in self.fields else None, why)

    def box(self, key: str) -> forms.BoundField:
        """The box of a question."""
        return self[WORDS + key]


def _said(each: Answered) -> str:
    if each.wording is None:
        return ""
    state = "sent" if each.wording.sent_at else "saved, not sent yet"
    return f"Last written by {each.wording.writer}: {state}."


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
