"""What may be seen of actions, one module per noun."""
