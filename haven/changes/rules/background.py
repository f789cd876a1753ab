"""What is done in the background, by name, and when it is too much for a page to do itself."""

COMPARE_PAIR = "changes.compare_pair"
KEEP_COMPARISON = "changes.keep_comparison"
AFTER_ALL_ELSE = -10
"""The priority of whatever compares: what else waits goes first. It has no lock: a worker that dies would hold it."""

MOST_ON_A_PAGE = 6_000  # clauses of both editions together that a page compares itself
MOST_AT_ONCE = 5  # comparisons that a sweep makes before others have their turn
