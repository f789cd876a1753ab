"""The only way to what is sealed: check, write the disclosure down, then hand over a value and never a row."""
