"""The screens of changes."""
