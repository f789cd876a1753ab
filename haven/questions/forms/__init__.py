"""What is typed about questionnaires, one module per noun."""
