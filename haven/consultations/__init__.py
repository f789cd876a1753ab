"""Consultations on guidance: when each closes, and an area's response, gathered question by question and recorded."""
