"""The embedded PostgreSQL: one folder, one socket, no network; and the three roles every database of Haven has."""
