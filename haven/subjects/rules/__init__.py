"""What holds of confidential records, whoever asks: tables and pure functions."""
