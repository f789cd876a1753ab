"""The safeguarding audit: asked in a cycle, half answered by what is known, signed, read, and answered back."""
