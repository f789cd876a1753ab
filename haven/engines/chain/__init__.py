"""Hashes of the ledger: how an entry is committed to, and how each entry is chained to the one before."""
