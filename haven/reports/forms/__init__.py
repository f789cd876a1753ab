"""What is typed about pictures and reports, cleaned."""
