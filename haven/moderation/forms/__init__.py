"""What is typed in reading, answering and visiting, cleaned."""
