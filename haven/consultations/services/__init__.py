"""The verbs of consultations, one module per noun."""

from haven.consultations.services.answering import leave_out, write_answer
from haven.consultations.services.closing import move_closing
from haven.consultations.services.contributing import contribute
from haven.consultations.services.preparing import amend_response, discard_response, invite, prepare_response
from haven.consultations.services.questioning import set_questions
from haven.consultations.services.recording import record_submission
from haven.consultations.services.telling import give_notice, remind, send_notices

__all__ = [
    "amend_response",
    "contribute",
    "discard_response",
    "give_notice",
    "invite",
    "leave_out",
    "move_closing",
    "prepare_response",
    "record_submission",
    "remind",
    "send_notices",
    "set_questions",
    "write_answer",
]
