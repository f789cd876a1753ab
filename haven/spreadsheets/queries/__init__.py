"""What may be seen of spreadsheets, one module per noun."""
