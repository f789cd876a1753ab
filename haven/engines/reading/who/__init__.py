"""Who can be reached, how she may be handled, and where the note leads."""
