"""What may be known of readings, one module per noun."""
