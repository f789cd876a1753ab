"""Reading the ledger: what was told, the tree over it, and whether all of it holds."""
