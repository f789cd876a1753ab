"""Which programs an actor looks after, and what a program is told of what it sent: one module per noun."""
