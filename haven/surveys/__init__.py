"""Surveys: what an area asks people as people. Each answers once, and nobody can tell who answered what."""
