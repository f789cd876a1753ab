"""What holds of programs’ requests, whoever sends them: signatures, rates, problems."""
