"""Files that people give to Haven: checked, sealed, kept in the database, handed back as attachments only."""
