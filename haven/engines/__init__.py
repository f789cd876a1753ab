"""Document and calendar engines: plain functions over plain values. No Django, no database, no clock of their own."""
