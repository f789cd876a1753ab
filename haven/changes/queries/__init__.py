"""What may be seen of changes, one module per noun."""
