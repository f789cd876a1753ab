"""What holds of digests whoever asks and whenever; one module per subject."""
