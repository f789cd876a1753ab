"""What is typed for checks, one module per reader."""
