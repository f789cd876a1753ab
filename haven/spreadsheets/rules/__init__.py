"""The rules of spreadsheets: what their columns mean, and their words."""
