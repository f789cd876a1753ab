"""What the police tell a child's school, at once readable, and what the school does with it."""
