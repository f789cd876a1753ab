"""A small template with every kind of question, and the ways into it that tests share."""

from copy import deepcopy
from typing import Any

from haven.access.actor import HAVEN
from haven.questions import services
from haven.questions.models import Version
from tests.cast import NOW

CONTENT: dict[str, Any] = {
    "format": "haven-questions/1",
    "id": "small",
    "version": "2026",
    "title": "A small audit",
    "use": "audit",
    "traits": [{"key": "boarding", "label": "Children stay overnight"}],
    "scales": {
        "one-is-best": [
            {"value": "1", "label": "1: Embedded", "stands": "in-place"},
            {"value": "2", "label": "2: Developing", "stands": "partly"},
            {"value": "3", "label": "3: Not yet", "stands": "not-in-place"},
        ]
    },
    "parts": [
        {
            "key": "a",
            "title": "People and policies",
            "sections": [
                {
                    "key": "leads",
                    "title": "Those who lead",
                    "questions": [
                        {"key": "lead-named", "words": "A lead is named.", "kind": "met"},
                        {"key": "lead-trained-on", "words": "When was the lead last trained?", "kind": "date"},
                        {"key": "has-nursery", "words": "Is there a nursery?", "kind": "yes-no", "turned": True},
                        {
                            "key": "nursery-lead",
                            "words": "Who leads in the nursery?",
                            "kind": "person",
                            "shown_if": [{"question": "has-nursery", "is": ["yes"]}],
                        },
                    ],
                },
                {
                    "key": "policies",
                    "title": "Policies",
                    "questions": [
                        {"key": "policy-read", "words": "Staff have read the policy.", "kind": "rag"},
                        {
                            "key": "policy-lived",
                            "words": "How far is it lived?",
                            "kind": "scale",
                            "scale": "one-is-best",
                            "may_not_apply": True,
                        },
                        {"key": "referrals", "words": "How many referrals?", "kind": "number", "min": 0},
                        {"key": "words", "words": "Anything else?", "kind": "text", "compulsory": False},
                    ],
                },
            ],
        },
        {
            "key": "b",
            "title": "Some schools only",
            "sections": [
                {
                    "key": "staying",
                    "title": "Staying overnight",
                    "questions": [
                        {
                            "key": "night-staff",
                            "words": "Somebody is awake at night.",
                            "kind": "yes-no",
                            "applies": {"traits": ["boarding"]},
                        },
                        {
                            "key": "sixth-form",
                            "words": "Sixth formers know whom to tell.",
                            "kind": "met",
                            "applies": {"phases": ["secondary"]},
                        },
                    ],
                }
            ],
        },
    ],
}


def content(**changed: Any) -> dict[str, Any]:
    """The small template's content, for a test to change."""
    return deepcopy(CONTENT) | changed


def released(**changed: Any) -> Version:
    """The small template as a pack brings it, released."""
    return services.load_template(content=content(**changed), area=None, by=HAVEN, at=NOW).version
