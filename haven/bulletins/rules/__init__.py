"""The rules of bulletins, one module per subject."""
