"""What may be known of notifications without opening anything sealed, one module per noun."""
