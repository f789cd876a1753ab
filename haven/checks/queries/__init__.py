"""What may be known of checks without opening anything sealed: boards, lists, who answers, what was asked twice."""
