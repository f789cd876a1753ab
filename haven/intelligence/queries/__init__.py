"""What may be known without opening anything sealed: units, lists, receipts."""
