"""The verbs of audits, one module per noun."""

from haven.audits.services.chasing import chase
from haven.audits.services.counting import count_copy, recount
from haven.audits.services.cycles import amend_cycle, close_cycle, discard_cycle, open_cycle, prepare_cycle, put_off
from haven.audits.services.knowing import put_known, refresh_known
from haven.audits.services.plans import add_to_plan, put_back_into_plan, take_out_of_plan, write_plan
from haven.audits.services.returns import (
    begin_return,
    choose_wording,
    confirm_known,
    give_evidence,
    save_return,
    say_school_traits,
    take_back_evidence,
)
from haven.audits.services.signing import lapse_copies, reopen_return, sign_return
from haven.audits.services.telling import give_notice, send_notices
from haven.audits.services.trusts import begin_trust_sheet, hand_out, save_trust_answers

__all__ = [
    "add_to_plan",
    "amend_cycle",
    "begin_return",
    "begin_trust_sheet",
    "chase",
    "choose_wording",
    "close_cycle",
    "confirm_known",
    "count_copy",
    "discard_cycle",
    "give_evidence",
    "give_notice",
    "hand_out",
    "lapse_copies",
    "open_cycle",
    "prepare_cycle",
    "put_back_into_plan",
    "put_known",
    "put_off",
    "recount",
    "refresh_known",
    "reopen_return",
    "save_return",
    "save_trust_answers",
    "say_school_traits",
    "send_notices",
    "sign_return",
    "take_back_evidence",
    "take_out_of_plan",
    "write_plan",
]
