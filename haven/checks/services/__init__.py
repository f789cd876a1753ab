"""The verbs of checks, one module per noun."""

from haven.checks.services.answering import save_part, say_nothing_known, send_answer
from haven.checks.services.asking import NewCheck, ask
from haven.checks.services.chasing import chase
from haven.checks.services.children import add_child
from haven.checks.services.running import allocate, ask_update, change_band, close_round, withdraw_check
from haven.checks.services.setting import load_prompts, set_area

__all__ = [
    "NewCheck",
    "add_child",
    "allocate",
    "ask",
    "ask_update",
    "change_band",
    "chase",
    "close_round",
    "load_prompts",
    "save_part",
    "say_nothing_known",
    "send_answer",
    "set_area",
    "withdraw_check",
]
