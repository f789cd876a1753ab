"""The tree of the ledger: how an entry is committed to, how entries make one tree, how its checkpoints are signed."""
