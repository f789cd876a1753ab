"""What is typed about audits, cleaned."""
