"""The verbs of school policies, one module per noun."""

from haven.policies.services.approving import record_approval, sign_off
from haven.policies.services.linking import confirm_link, link_clause, link_document, unlink
from haven.policies.services.registering import add_policy, add_usual, amend_policy, withdraw_policy
from haven.policies.services.reviewing import start_due_reviews, start_review
from haven.policies.services.versions import (
    GivenVersion,
    add_version,
    discard_old_files,
    discard_version,
    send_back,
    send_for_approval,
)

__all__ = [
    "GivenVersion",
    "add_policy",
    "add_usual",
    "add_version",
    "amend_policy",
    "confirm_link",
    "discard_old_files",
    "discard_version",
    "link_clause",
    "link_document",
    "record_approval",
    "send_back",
    "send_for_approval",
    "sign_off",
    "start_due_reviews",
    "start_review",
    "unlink",
    "withdraw_policy",
]
