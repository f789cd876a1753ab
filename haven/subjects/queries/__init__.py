"""What may be known of subjects without opening anything sealed: where children learn, who gets what, what waits."""
