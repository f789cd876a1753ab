"""The bytes of a file of any kind into the passages of an edition, in reading order."""
