"""What is typed when something is told, and when the unit works with it."""
