"""What must be done and its proof: an action is asked of organisations, and each closes its own with evidence."""
