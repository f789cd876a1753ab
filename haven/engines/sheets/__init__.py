"""Reads spreadsheets (.xlsx, .xls, .ods, .csv) as plain grids of text, numbers and days."""
