"""The pages of pictures and of the report, one module per noun."""
