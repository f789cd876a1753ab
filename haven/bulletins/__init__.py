"""What arrives on paper: a note is read, checked item by item, and published as what it asks and announces."""
