"""What is typed about readings, cleaned."""
