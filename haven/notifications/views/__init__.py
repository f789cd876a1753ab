"""The screens of notifications: whoever sends, the school, the council."""
