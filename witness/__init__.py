"""What another organisation runs so that nobody can write Haven's ledger anew unseen."""
