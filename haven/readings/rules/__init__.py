"""Tables and pure functions of reading, one module per noun."""
