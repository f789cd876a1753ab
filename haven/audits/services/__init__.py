"""The verbs of audits, one module per noun."""

from haven.audits.services.chasing import chase
from haven.audits.services.counting import count_copy, recount
from haven.audits.services.cycles import amend_cycle, close_cycle, discard_cycle, open_cycle, prepare_cycle, put_off
from haven.audits.services.exporting import take_cycle_away
from haven.audits.services.feedback import act_upon_promise, give_feedback, send_back
from haven.audits.services.imports import (
    finish_import,
    forget_import,
    forget_old_imports,
    give_import,
    match_choices,
    match_columns,
    match_schools,
    take_back_import,
    take_in_import,
)
from haven.audits.services.knowing import put_known, refresh_known
from haven.audits.services.plans import add_to_plan, put_back_into_plan, take_out_of_plan, write_plan
from haven.audits.services.reading import note_reading, open_evidence
from haven.audits.services.remarks import drop_remark, remark_on, reply_to_remarks
from haven.audits.services.reports import make_report, print_report, take_report, write_report
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
from haven.audits.services.visits import (
    add_visit,
    agree_visit,
    call_off_visit,
    draw_visits,
    note_findings,
    plan_visit,
)

__all__ = [
    "act_upon_promise",
    "add_to_plan",
    "add_visit",
    "agree_visit",
    "amend_cycle",
    "begin_return",
    "begin_trust_sheet",
    "call_off_visit",
    "chase",
    "choose_wording",
    "close_cycle",
    "confirm_known",
    "count_copy",
    "discard_cycle",
    "draw_visits",
    "drop_remark",
    "finish_import",
    "forget_import",
    "forget_old_imports",
    "give_evidence",
    "give_feedback",
    "give_import",
    "give_notice",
    "hand_out",
    "lapse_copies",
    "make_report",
    "match_choices",
    "match_columns",
    "match_schools",
    "note_findings",
    "note_reading",
    "open_cycle",
    "open_evidence",
    "plan_visit",
    "prepare_cycle",
    "print_report",
    "put_back_into_plan",
    "put_known",
    "put_off",
    "recount",
    "refresh_known",
    "remark_on",
    "reopen_return",
    "reply_to_remarks",
    "save_return",
    "save_trust_answers",
    "say_school_traits",
    "send_back",
    "send_notices",
    "sign_return",
    "take_back_evidence",
    "take_back_import",
    "take_cycle_away",
    "take_in_import",
    "take_out_of_plan",
    "take_report",
    "write_plan",
    "write_report",
]
