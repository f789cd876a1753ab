"""Which tests coverage looks at. To trace a test takes as long again as the test itself."""

from fnmatch import fnmatch
from pathlib import Path

TESTS = Path(__file__).parent
UNMEASURED = (  # what they walk, the tests of pages and of services have walked
    "browser/*",
    "canary/*",
    "shape/*",
    "unseen/*",
    "verifier/*",
    "*/test_constraints*",
    "*/test_policy*",
    "*/test_how_*",
    "*_families.py",
    "*_speed.py",
    "bulletins/test_going_back_after_publishing.py",
    "bulletins/test_who*",
    "bulletins/test_words_of_what_is_asked.py",
    "chain/test_random_edits.py",
    "chain/test_trees.py",
    "compare/test_comparing_properties.py",
    "documents/test_beginnings.py",
    "documents/test_holdings.py",
    "documents/test_late.py",
    "intelligence/test_nobody_learns_who_told.py",
    "notifications/test_every_delivery_has_an_owner.py",
    "reading/test_when_limits_worded.py",
    "reading/test_when_lines.py",
    "reading/test_who_dead_numbers.py",
    "reading/test_who_marking_*",
    "signin/test_sameness.py",
    "subjects/test_what_*",
    "subjects/test_who_may_*",
    "signin/test_throttles.py",
)


def is_measured(path: Path) -> bool:
    """Whether coverage looks at the tests of this file."""
    name = path.relative_to(TESTS).as_posix()
    return not any(fnmatch(name, pattern) for pattern in UNMEASURED)
