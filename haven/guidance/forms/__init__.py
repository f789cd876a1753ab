"""What is typed about guidance, cleaned; one module per noun."""
