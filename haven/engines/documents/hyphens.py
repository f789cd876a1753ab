"""Words that keep the hyphen after them, though a line ends there."""

KEEPS_HYPHEN = frozenset(
    """self non multi cross half ex e well long short part full high low face one two three four five six seven
    eight nine ten year mid on drop follow sign check co re pre post anti inter all""".split()
)
