"""The screens of checks, one module per reader."""
