"""Three outlines with three scales, as three areas print them, entered through the pages and through nothing else.

Headings and questions are in words of our own; the numbering and the scales are theirs.
"""

import pytest

from haven.questions.models import Version
from haven.questions.rules.kinds import Stands
from tests.cast import Cast
from tests.questions.making import Maker

pytestmark = pytest.mark.django_db

COLOURS = {
    "means-green": "In place, known to all, and looked at every year",
    "means-amber": "Begun, or known to some",
    "means-red": "Not begun",
}
COLOURED = {
    "Part 0: Fair treatment": {
        "Fair to everybody": (
            "0.1 The school looks at who is harmed most often.",
            "0.2 Staff know what equality law asks.",
        )
    },
    "Part 2a: Leading safeguarding": {
        "Governors and leaders": (
            "2a.1 A governor leads on safeguarding.",
            "2a.2 The safeguarding lead belongs to the leadership team.",
        )
    },
    "Part 3: Safer recruitment": {
        "Appointing staff": ("3.1 One of every panel is trained.",),
        "The record of checks": ("3.2 The record holds every check.",),
    },
}
FOUR = [
    ("1: Embedded", "in-place"),
    ("2: In place", "in-place"),
    ("3: Begun", "partly"),
    ("4: Not begun", "not-in-place"),
]
GRADED = {
    "The audit": {
        "Key roles": ("The lead has time for the role.", "A deputy stands in."),
        "Information for all staff": ("Staff have read part one.",),
        "Managing safeguarding": ("Policies are followed.",),
        "Filtering and monitoring": ("Somebody looks at the alerts.",),
        "Safer recruitment": ("References come before the interview.",),
        "Teaching children to keep safe": ("Children know whom to tell.",),
    }
}
THREE = [
    ("3: Good", "in-place"),
    ("2: Partly", "partly"),
    ("1: Weak", "not-in-place"),
    ("0: Does not apply", "not-applicable"),
]
SECTIONS = (
    "Governance",
    "Safeguarding leads",
    "Policies",
    "Safer recruitment",
    "What staff know",
    "Working with others",
    "Allegations and whistleblowing",
    "Helping pupils keep safe",
    "Records",
    "Exploitation",
    "Radicalisation",
    "Harmful practices",
    "Mental health",
)
HIGH_IS_BEST = {"The audit": {name: (f"{name}: it works as it should.",) for name in SECTIONS}}


def _enter(
    maker: Maker, title: str, parts: dict[str, dict[str, tuple[str, ...]]], way: str, scale: list[tuple[str, str]]
) -> Version:
    """The outline, by the pages: begin, scale, parts, sections, questions pasted as they are printed."""
    maker.press("new", title=title, label="2026–27", use="audit")
    draft = Version.objects.get(template__title=title)
    if scale:
        levels = {f"label-{n}": label for n, (label, _) in enumerate(scale)}
        maker.keep(
            draft, "scale", name="ours", **levels, **{f"stands-{n}": worth for n, (_, worth) in enumerate(scale)}
        )
    for part, sections in parts.items():
        maker.keep(draft, "part", title=part)
        inside = draft.outline.parts[-1].key
        for section, questions in sections.items():
            maker.keep(draft, "section", inside, within=True, title=section)
            key = draft.outline.sections[-1].key
            maker.keep(draft, "paste", key, within=True, text="\n".join(questions), way=way)
    return draft


def _released(maker: Maker, draft: Version) -> Version:
    assert "Released." in maker.press("release", draft.pk)
    draft.refresh_from_db()
    return draft


def test_one_in_red_amber_and_green_with_descriptors_and_its_own_numbers(cast: Cast) -> None:
    maker = Maker(cast.client("marcus"))
    draft = _enter(maker, "In colours", COLOURED, "rag", [])
    for question in list(draft.outline):
        typed = {"words": question.words, "ref": question.ref, "is_compulsory": "on"}
        maker.keep(draft, "question", question.key, **typed, **COLOURS)
    done = _released(maker, draft)
    assert [question.ref for question in done.outline] == ["0.1", "0.2", "2a.1", "2a.2", "3.1", "3.2"]
    assert [part.title.split(":")[0] for part in done.outline.parts] == ["Part 0", "Part 2a", "Part 3"]
    assert {choice.means for question in done.outline for choice in question.choices} == set(COLOURS.values())
    assert "2a.2" in maker.see("preview", done.pk)


def test_one_from_one_to_four_in_which_one_is_best(cast: Cast) -> None:
    maker = Maker(cast.client("marcus"))
    done = _released(maker, _enter(maker, "One is best", GRADED, "scale:ours", FOUR))
    assert len(done.outline.sections) == 6
    for question in done.outline:
        assert [choice.value for choice in question.choices] == ["1", "2", "3", "4"]
        assert (question.stands("1"), question.stands("4")) == (Stands.IN_PLACE, Stands.NOT_IN_PLACE)
    assert "4: Not begun (not in place)" in maker.see("version", done.pk)


def test_one_from_one_to_three_in_which_nought_does_not_apply(cast: Cast) -> None:
    maker = Maker(cast.client("marcus"))
    done = _released(maker, _enter(maker, "Three is best", HIGH_IS_BEST, "scale:ours", THREE))
    assert [section.title for section in done.outline.sections] == list(SECTIONS)
    question = next(iter(done.outline))
    assert [question.stands(value) for value in ("3", "2", "1", "0")] == [
        Stands.IN_PLACE,
        Stands.PARTLY,
        Stands.NOT_IN_PLACE,
        Stands.NOT_APPLICABLE,
    ]
    assert "0: Does not apply" in maker.see("preview", done.pk)
