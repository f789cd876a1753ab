"""What to look at before a version is released: what is lacking, and what is worth another look."""

from collections.abc import Sequence

from haven.questions.rules.kinds import Kind
from haven.questions.rules.outline import OPINIONS, Outline, Question


def lacking(outline: Outline) -> list[str]:
    """What must be there before it can be released, a sentence each."""
    if not outline.parts:
        return ["It has no part yet."]
    said = [f"The part “{part.title}” has no section." for part in outline.parts if not part.sections]
    return said + [
        f"The section “{section.title}” has no question." for section in outline.sections if not section.questions
    ]


def looked_at(outline: Outline) -> list[tuple[bool, str]]:
    """What usually ought to be so, with whether it is. None of it stands in the way."""
    questions = list(outline)
    long = [section.title for section in outline.sections if len(section.questions) > 20]
    checks = [(bool(outline.about), "Whoever answers is told what it is for")]
    if outline.use not in OPINIONS:
        checks.append(_all(questions, [q for q in questions if not q.law], "Every question says what it rests on"))
        judged = [q for q in questions if q.is_chosen]
        checks.append(_all(judged, [q for q in judged if not q.evidence], "Every judgement has examples of evidence"))
    rated = [q for q in questions if q.kind in {Kind.RAG, Kind.SCALE}]
    bare = [q for q in rated if not all(choice.means for choice in q.choices if choice.value != "not-applicable")]
    if rated:
        checks.append(_all(rated, bare, "Every colour and level is described in words"))
    named = f": {', '.join(long)}" if long else ""
    checks.append((not long, f"No section has more than 20 questions{named}"))
    return checks


def _all(questions: Sequence[Question], wrong: Sequence[Question], said: str) -> tuple[bool, str]:
    if not wrong:
        return True, said
    if len(wrong) == len(questions):
        return False, f"{said}: not one so far"
    refs = ", ".join(question.ref for question in wrong[:8])
    return False, f"{said}, but not {refs}{' and others' if len(wrong) > 8 else ''}"
