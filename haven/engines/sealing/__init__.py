"""Sealing: fields under a record's key, keys under keys, finding without reading, and a key in three shares."""
