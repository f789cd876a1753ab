"""What may be seen of templates and sheets."""
