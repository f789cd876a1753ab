"""What is typed about bulletins, cleaned; one module per noun."""
