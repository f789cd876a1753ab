"""The verbs of people, one module per noun."""
