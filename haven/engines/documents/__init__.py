"""Turns the bytes of a file into a `Document`: its text, its blocks, and the links behind its words."""
