"""What is typed about notifications, cleaned: one module per side."""
