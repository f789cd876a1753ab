"""Moderation: what an area answers back. It reads what schools sent, remarks on it, gives feedback, and visits."""
