"""Counts school days, working days, opening hours and calendar days, and says when a thing is due."""
