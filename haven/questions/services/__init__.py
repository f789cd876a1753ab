"""The verbs of questionnaires, one module per noun."""

from haven.questions.services.answering import (
    confirm_answers,
    give_support,
    save_answers,
    settle_wording,
    take_back_support,
)
from haven.questions.services.bringing import bring_in_sheets, take_back_sheets
from haven.questions.services.looking import look_into_files
from haven.questions.services.sheets import lock_sheet, open_sheet, put_answers, say_traits, unlock_sheet
from haven.questions.services.templates import (
    bring_in,
    change_draft,
    copy_template,
    discard_version,
    load_template,
    make_template,
    release_version,
    start_version,
    step_back,
)

__all__ = [
    "bring_in",
    "bring_in_sheets",
    "change_draft",
    "confirm_answers",
    "copy_template",
    "discard_version",
    "give_support",
    "load_template",
    "lock_sheet",
    "look_into_files",
    "make_template",
    "open_sheet",
    "put_answers",
    "release_version",
    "save_answers",
    "say_traits",
    "settle_wording",
    "start_version",
    "step_back",
    "take_back_sheets",
    "take_back_support",
    "unlock_sheet",
]
