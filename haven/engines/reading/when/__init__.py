"""Finds the days and hours a note speaks of, and tells which of them are deadlines and which are happenings."""
