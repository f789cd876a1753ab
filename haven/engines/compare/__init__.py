"""Two editions of one document into the changes between them, clause by clause."""
