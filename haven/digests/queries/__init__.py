"""What may be seen of digests, one module per noun."""
