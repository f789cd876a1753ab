"""What may be seen of guidance, one module per noun."""
