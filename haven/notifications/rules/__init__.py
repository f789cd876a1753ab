"""What a notification says, where it stands and when somebody must be told: tables and plain functions."""
