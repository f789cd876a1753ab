"""The verbs of subjects, one module per noun."""

from haven.subjects.services.breaking import break_glass, chase_reviews, review_glass
from haven.subjects.services.exclusions import declare_interest, end_exclusion, exclude
from haven.subjects.services.keeping import (
    ask_erasure,
    decide_erasure,
    end_hold,
    hold,
    set_area,
    set_retention,
)
from haven.subjects.services.lending import end_guest, let_guest_read, take_lent_keys
from haven.subjects.services.places import enrol, leave, move, teach_at_home
from haven.subjects.services.records import assign_record, link_record, make_record, send_record, take_back
from haven.subjects.services.sharing import decide_to_keep_back, decide_to_share
from haven.subjects.services.subjects import add_subject, give_safe_address, link_siblings

__all__ = [
    "add_subject",
    "ask_erasure",
    "assign_record",
    "break_glass",
    "chase_reviews",
    "decide_erasure",
    "decide_to_keep_back",
    "decide_to_share",
    "declare_interest",
    "end_exclusion",
    "end_guest",
    "end_hold",
    "enrol",
    "exclude",
    "give_safe_address",
    "hold",
    "leave",
    "let_guest_read",
    "link_record",
    "link_siblings",
    "make_record",
    "move",
    "review_glass",
    "send_record",
    "set_area",
    "set_retention",
    "take_back",
    "take_lent_keys",
    "teach_at_home",
]
