"""The verbs of moderation, one module per noun."""

from haven.moderation.services.feedback import act_upon_promise, give_feedback, send_back
from haven.moderation.services.reading import note_reading, open_evidence
from haven.moderation.services.remarks import drop_remark, remark_on, reply_to_remarks
from haven.moderation.services.visits import (
    add_visit,
    agree_visit,
    call_off_visit,
    draw_visits,
    note_findings,
    plan_visit,
)

__all__ = [
    "act_upon_promise",
    "add_visit",
    "agree_visit",
    "call_off_visit",
    "draw_visits",
    "drop_remark",
    "give_feedback",
    "note_findings",
    "note_reading",
    "open_evidence",
    "plan_visit",
    "remark_on",
    "reply_to_remarks",
    "send_back",
]
