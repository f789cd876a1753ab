"""Spreadsheets: last year’s answers brought in from one, and everything of an audit taken away as one."""
