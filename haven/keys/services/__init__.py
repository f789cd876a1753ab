"""What is done with keys: for records, for organisations, with the root. Who may, the capability above has asked."""

from haven.keys.services.organisations import (
    Replaced,
    carry_on,
    destroy_key,
    make_organisation_keys,
    rewrap_some,
    rotate_organisation,
)
from haven.keys.services.records import (
    Grant,
    Sealing,
    forget_record,
    grant,
    grant_all,
    seal_all,
    withdraw,
    withdraw_all,
)
from haven.keys.services.roots import Drilled, drill, make_root, restore_root, rotate_root, split_root

__all__ = [
    "Drilled",
    "Grant",
    "Replaced",
    "Sealing",
    "carry_on",
    "destroy_key",
    "drill",
    "forget_record",
    "grant",
    "grant_all",
    "make_organisation_keys",
    "make_root",
    "restore_root",
    "rewrap_some",
    "rotate_organisation",
    "rotate_root",
    "seal_all",
    "split_root",
    "withdraw",
    "withdraw_all",
]
