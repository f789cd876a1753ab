"""What may be seen of school policies, one module per noun."""
