"""The front door for programs: a force’s own system sends in signed requests, and asks what became of them."""
