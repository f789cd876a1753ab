"""The pages of what comes back to a school, one module per noun."""
