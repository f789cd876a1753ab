"""Haven: the hub that an area's safeguarding partners share."""
