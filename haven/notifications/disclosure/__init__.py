"""The only way to what notifications say: checked, written down and committed, and then handed over as a value."""
