"""Reads a bulletin or meeting note into the deadlines, events, contacts, actions, guidance and links that it holds."""
