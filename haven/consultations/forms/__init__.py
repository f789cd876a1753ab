"""What is typed about consultations, cleaned."""
