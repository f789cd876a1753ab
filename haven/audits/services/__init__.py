"""The verbs of audits, one module per noun."""

from haven.audits.services.chasing import chase
from haven.audits.services.counting import count_copy, recount
from haven.audits.services.cycles import amend_cycle, close_cycle, discard_cycle, open_cycle, prepare_cycle, put_off
from haven.audits.services.knowing import put_known, refresh_known
from haven.audits.services.returns import (
    begin_return,
    choose_wording,
    confirm_known,
    give_evidence,
    save_return,
    say_school_traits,
    take_back_evidence,
)
from haven.audits.services.telling import give_notice, send_notices

__all__ = [
    "amend_cycle",
    "begin_return",
    "chase",
    "choose_wording",
    "close_cycle",
    "confirm_known",
    "count_copy",
    "discard_cycle",
    "give_evidence",
    "give_notice",
    "open_cycle",
    "prepare_cycle",
    "put_known",
    "put_off",
    "recount",
    "refresh_known",
    "save_return",
    "say_school_traits",
    "send_notices",
    "take_back_evidence",
]
