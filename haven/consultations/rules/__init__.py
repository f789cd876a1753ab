"""The rules of consultations: where each stands, how questions are read, what was sent."""
