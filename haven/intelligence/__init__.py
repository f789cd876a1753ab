"""What partners tell an intelligence unit, who told kept apart, and what became of it told back to them."""
