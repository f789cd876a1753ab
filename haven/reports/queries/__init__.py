"""What may be seen of a whole audit, one module per noun."""
