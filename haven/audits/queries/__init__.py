"""What may be seen of audits, one module per noun."""
