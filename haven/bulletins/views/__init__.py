"""The screens of bulletins: checking a note, reading a bulletin, the directory, the calendar."""
