"""What may be seen of bulletins, one module per noun."""
