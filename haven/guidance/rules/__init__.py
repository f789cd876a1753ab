"""What holds of guidance whoever asks and whenever: its life, its lineage, its words; one module per subject."""
