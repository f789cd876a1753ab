"""What programs are answered, and the pages on which their keys are kept."""
