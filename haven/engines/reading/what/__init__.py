"""What is asked of schools, and which published guidance the note speaks of."""
