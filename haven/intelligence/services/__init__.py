"""The verbs of intelligence, one module per noun."""

from haven.intelligence.services.answering import answer
from haven.intelligence.services.disseminating import disseminate, take_report_back
from haven.intelligence.services.grading import grade
from haven.intelligence.services.linking import end_mention, mention
from haven.intelligence.services.naming import name_person
from haven.intelligence.services.sanitising import MayShowSource, sanitise
from haven.intelligence.services.telling import Faults, tell
from haven.intelligence.services.units import set_unit

__all__ = [
    "Faults",
    "MayShowSource",
    "answer",
    "disseminate",
    "end_mention",
    "grade",
    "mention",
    "name_person",
    "sanitise",
    "set_unit",
    "take_report_back",
    "tell",
]
