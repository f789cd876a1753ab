"""The verbs of spreadsheets, one module per noun."""

from haven.spreadsheets.services.exporting import take_cycle_away
from haven.spreadsheets.services.imports import (
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

__all__ = [
    "finish_import",
    "forget_import",
    "forget_old_imports",
    "give_import",
    "match_choices",
    "match_columns",
    "match_schools",
    "take_back_import",
    "take_cycle_away",
    "take_in_import",
]
