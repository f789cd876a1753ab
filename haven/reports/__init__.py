"""Reports: what an area makes of a whole audit, in pictures, in figures and in a document."""
