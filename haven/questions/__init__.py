"""Questionnaires, built once and used everywhere: what is asked, what is answered, and what stands behind it."""
