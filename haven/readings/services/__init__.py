"""The verbs of reading, one module per noun."""

from haven.readings.services.matrices import find_parts_again, move_matrix, set_matrix
from haven.readings.services.readers import add_readers, amend_reader, forget_readers, join_account, let_reader_go
from haven.readings.services.rounds import amend_round, end_round, remind, send_round
from haven.readings.services.signing import keep_place, record_on_paper, record_sheet, sign, take_back
from haven.readings.services.telling import remind_of_due, send_prompts

__all__ = [
    "add_readers",
    "amend_reader",
    "amend_round",
    "end_round",
    "find_parts_again",
    "forget_readers",
    "join_account",
    "keep_place",
    "let_reader_go",
    "move_matrix",
    "record_on_paper",
    "record_sheet",
    "remind",
    "remind_of_due",
    "send_prompts",
    "send_round",
    "set_matrix",
    "sign",
    "take_back",
]
