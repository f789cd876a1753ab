"""What holds of changes whoever asks and whenever; one module per subject."""
