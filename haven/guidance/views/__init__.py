"""The screens of guidance: reading and searching it, and keeping an area's own."""
