"""Patterns that are compiled late, kept compiled, and searched with only where they can match."""
