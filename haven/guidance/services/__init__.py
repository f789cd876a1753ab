"""The verbs of guidance, one module per noun."""

from haven.guidance.services.catalogue import load_catalogue
from haven.guidance.services.documents import add_document, amend_document, restore_document, withdraw_document
from haven.guidance.services.editions import add_edition, amend_edition, withdraw_edition
from haven.guidance.services.files import give_file, give_reading, remove_file

__all__ = [
    "add_document",
    "add_edition",
    "amend_document",
    "amend_edition",
    "give_file",
    "give_reading",
    "load_catalogue",
    "remove_file",
    "restore_document",
    "withdraw_document",
    "withdraw_edition",
]
