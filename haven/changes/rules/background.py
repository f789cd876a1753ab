"""What is done in the background, by name, and when it is too much for a page to do itself."""

COMPARE_PAIR = "changes.compare_pair"
KEEP_COMPARISON = "changes.keep_comparison"
ONE_AT_A_TIME = "changes.comparing"
"""Held by whatever compares in the background, so that other work is never kept waiting by it."""

MOST_ON_A_PAGE = 6_000  # clauses of both editions together that a page compares itself
MOST_AT_ONCE = 5  # comparisons that a sweep makes before others have their turn
