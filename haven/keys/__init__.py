"""Whose keys open which sealed record: a key for every record, wrapped for each organisation that may read it."""
