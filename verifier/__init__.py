"""Verifies an export of Haven's ledger without Haven, by docs/reference/ledger-format.md and `cryptography` alone."""
