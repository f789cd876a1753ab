"""What may be seen of what comes back, one module per noun."""
