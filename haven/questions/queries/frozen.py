"""A sheet as it stands at one moment, whole, as one canonical text: what a signature is bound to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from haven.engines.chain.hashing import digest_of
from haven.questions.models import Answer, Sheet, Support
from haven.questions.queries.counting import questions_asked
from haven.questions.rules.outline import Question

FORMAT = "haven-sheet/1"


@dataclass(frozen=True, slots=True)
class Frozen:
    """Everything asked and answered, and the SHA-256 of its text."""

    content: Mapping[str, Any]
    digest: str


def frozen(sheet: Sheet) -> Frozen:
    """The questions this school is asked with the answers that stand, and what stands behind each."""
    answers = {answer.question: answer for answer in sheet.answers.all()}
    supports: dict[str, list[Support]] = {}
    for support in sheet.supports.select_related("file"):
        supports.setdefault(support.question, []).append(support)
    content = content_of(sheet, questions_asked(sheet), answers, supports)
    return Frozen(content, digest_of(content))


def content_of(
    sheet: Sheet,
    questions: Mapping[str, Question],
    answers: Mapping[str, Answer],
    supports: Mapping[str, Sequence[Support]],
) -> dict[str, Any]:
    """The questions that are asked with these answers and what stands behind each."""
    return {
        "format": FORMAT,
        "template": {
            "title": sheet.version.outline.title,
            "label": sheet.version.label,
            "digest": sheet.version.digest,
        },
        "organisation": {"name": sheet.organisation.name, "urn": sheet.organisation.urn},
        "traits": list(sheet.traits),
        "answers": [_said(each, answers.get(key), supports.get(key, ())) for key, each in questions.items()],
    }


def _said(question: Question, answer: Answer | None, supports: Sequence[Support]) -> dict[str, Any]:
    said: dict[str, Any] = {"question": question.key, "ref": question.ref, "words": question.words}
    said["kind"] = question.kind.value
    if answer is not None and answer.is_confirmed:
        said |= {
            "value": answer.value,
            "stands": answer.stands,
            "explanation": answer.words,
            "by": answer.by_on.isoformat() if answer.by_on else None,
            "known": answer.fact_words,
            "override": answer.override_why,
        }
    said["supports"] = [
        {"kind": each.kind, "title": each.title, "address": each.address}
        | ({"sha256": each.file.sha256} if each.file else {})
        for each in supports
    ]
    return said
