"""The verbs of bulletins, one module per noun."""

from haven.bulletins.services.amending import amend_bulletin, amend_item, withdraw_bulletin, withdraw_item
from haven.bulletins.services.announcing import announce
from haven.bulletins.services.deciding import (
    accept_item,
    accept_sure_items,
    dismiss_item,
    edit_item,
    reconsider_item,
    set_kind,
)
from haven.bulletins.services.directory import amend_contact, export_contacts, restore_contact, retire_contact
from haven.bulletins.services.preparing import (
    add_note,
    add_reading,
    add_words,
    discard_bulletin,
    give_words,
    receive_mail,
    save_settings,
    sweep_drafts,
)
from haven.bulletins.services.publishing import publish
from haven.bulletins.services.shaping import add_item, join_items, split_item

__all__ = [
    "accept_item",
    "accept_sure_items",
    "add_item",
    "add_note",
    "add_reading",
    "add_words",
    "amend_bulletin",
    "amend_contact",
    "amend_item",
    "announce",
    "discard_bulletin",
    "dismiss_item",
    "edit_item",
    "export_contacts",
    "give_words",
    "join_items",
    "publish",
    "receive_mail",
    "reconsider_item",
    "restore_contact",
    "retire_contact",
    "save_settings",
    "set_kind",
    "split_item",
    "sweep_drafts",
    "withdraw_bulletin",
    "withdraw_item",
]
