"""What is typed about changes, cleaned; one module per noun."""
