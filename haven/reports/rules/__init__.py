"""The rules of reports: what is counted, compared, withheld and said."""
