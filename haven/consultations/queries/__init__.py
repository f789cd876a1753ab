"""What this actor may see of consultations, one module per kind of page."""
