"""One value, a paper, into a Word document to edit and a PDF that everybody can read."""
