"""The screens of reading, one module per reader."""
