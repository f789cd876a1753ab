"""What changed between two editions of guidance, and what each area makes of it."""
