"""What people see of subjects. A page by GET says nothing of anybody: opening is sent."""
